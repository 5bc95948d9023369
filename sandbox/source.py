"""A learner's source: compiled so that the value of the last statement is kept, and run in a module of its own."""

import ast
import builtins
import linecache
import sys
from collections.abc import Mapping
from types import CodeType, ModuleType
from typing import Any

ANSWER = "answer"
LAST = "__woodshed_last__"


class NoAnswer(Exception):
    """The last statement is neither an expression nor an assignment to ``answer``."""

    def __init__(self, line: int | None) -> None:
        super().__init__("The last statement must be an expression, or assign to `answer`.")
        self.line = line


class Source:
    """One file of a learner's. Compiling raises SyntaxError (or ValueError for a NUL byte) as Python words it."""

    def __init__(self, path: str, text: str, *, answers: bool = True) -> None:
        self.path = path
        tree = ast.parse(text, path)
        self.last_line = tree.body[-1].end_lineno if tree.body else None
        self.first_line_of_last = tree.body[-1].lineno if tree.body else None
        self.answers = answers and _keep_last(tree)
        self.code: CodeType = compile(tree, path, "exec", dont_inherit=True)
        # A traceback's lines are read from here: there is no file.
        linecache.cache[path] = (len(text), None, text.splitlines(keepends=True), path)

    def run(self, module: ModuleType) -> None:
        exec(self.code, module.__dict__)

    def answer(self, module: ModuleType) -> Any:
        """The last statement's value, after :meth:`run`. Raises NoAnswer when there is none."""
        if not self.answers:
            raise NoAnswer(self.first_line_of_last)
        return module.__dict__[LAST]


def _keep_last(tree: ast.Module) -> bool:
    """Make the last statement also assign its value to ``LAST``; say whether it has one."""
    match tree.body[-1:]:
        case [ast.Expr(value=value) as last]:
            tree.body[-1] = ast.copy_location(ast.Assign([_name(LAST, last)], value), last)
        case [ast.Assign(targets=targets) as last] if any(isinstance(one, ast.Name) and one.id == ANSWER for one in targets):
            targets.insert(0, _name(LAST, last))
        case [ast.AnnAssign(target=ast.Name(id=name), value=ast.expr()) | ast.AugAssign(target=ast.Name(id=name)) as last] if (
            name == ANSWER
        ):
            kept = ast.Assign([_name(LAST, last)], ast.copy_location(ast.Name(ANSWER, ast.Load()), last))
            tree.body.append(ast.copy_location(kept, last))
        case _:
            return False
    return True


def _name(name: str, where: ast.stmt) -> ast.Name:
    return ast.copy_location(ast.Name(name, ast.Store()), where)


def module(names: Mapping[str, Any]) -> ModuleType:
    """A module to run a learner's code in. It is in ``sys.modules``, or a dataclass could not be defined in it."""
    made = ModuleType(ANSWER)
    made.__dict__.update(names, __builtins__=builtins)
    sys.modules[ANSWER] = made
    return made
