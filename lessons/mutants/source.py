"""A source to be mutated: its tree, and where in the text each node stands."""

import ast
from collections.abc import Container, Iterator, Sequence
from itertools import accumulate

from lessons.mutants.types import Names

ATOMS = (ast.Call, ast.Name, ast.Attribute, ast.Constant, ast.Subscript, ast.List, ast.Tuple, ast.Dict, ast.Set)
type Item = ast.expr | ast.keyword


class Source:
    """Raises SyntaxError or ValueError for text that is no Python."""

    def __init__(self, text: str, names: Names) -> None:
        self.text, self.names = text, names
        self.tree = ast.parse(text)
        self._data = text.encode()
        self._lines = [0, *accumulate(len(line) for line in self._data.splitlines(keepends=True))]
        self.nodes = list(ast.walk(self.tree))
        self._parents = {child: node for node in self.nodes for child in ast.iter_child_nodes(node)}

    def parent(self, node: ast.AST) -> ast.AST | None:
        return self._parents.get(node)

    def line(self, node: ast.AST) -> int:
        """The line to name. A call in a chain stands where its method's name stands, not where the chain begins."""
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            return node.func.end_lineno or node.lineno
        line: int = node.lineno  # type: ignore[attr-defined]
        return line

    def start(self, node: ast.AST) -> tuple[int, int]:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            return self.line(node), node.func.end_col_offset or 0
        return self.line(node), node.col_offset  # type: ignore[attr-defined]

    def replaced(self, node: ast.AST, new: str) -> str:
        """The whole text with ``new`` in the node's place."""
        begin, end = self._at(node.lineno, node.col_offset), self._at(node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]
        return (self._data[:begin] + new.encode() + self._data[end:]).decode()

    def _at(self, line: int, column: int) -> int:
        return self._lines[line - 1] + column

    def calls(self, names: Container[str]) -> Iterator[ast.Call]:
        """Calls of these names, as functions and as methods."""
        return (node for node in self.nodes if isinstance(node, ast.Call) and called(node) in names)


def called(node: ast.AST | None) -> str:
    """``filter`` for ``x.filter()``, ``Q`` for ``Q()``; empty for anything else."""
    match node:
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
            return name
    return ""


def owner(call: ast.Call) -> ast.expr | None:
    """What the method is called on."""
    return call.func.value if isinstance(call.func, ast.Attribute) else None


def root(node: ast.AST) -> str:
    """The name that a chain begins with: ``Stock`` of ``Stock.objects.filter(…)``; empty where it begins with none."""
    while isinstance(node, ast.Call | ast.Attribute | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def manager(value: ast.expr) -> ast.expr:
    """A manager is no rows yet; its ``all()`` is."""
    return on(value, "all") if isinstance(value, ast.Attribute) else value


def items(call: ast.Call) -> list[Item]:
    return [*call.args, *call.keywords]


def with_items(call: ast.Call, left: Sequence[Item], func: ast.expr | None = None) -> ast.Call:
    """The same call of other arguments."""
    arguments = [item for item in left if not isinstance(item, ast.keyword)]
    keywords = [item for item in left if isinstance(item, ast.keyword)]
    return ast.Call(func or call.func, arguments, keywords)


def renamed(call: ast.Call, name: str) -> ast.Call:
    """The same call of another function or method."""
    func = ast.Attribute(call.func.value, name) if isinstance(call.func, ast.Attribute) else ast.Name(name)
    return ast.Call(func, call.args, call.keywords)


def on(value: ast.expr, name: str, left: Sequence[Item] = ()) -> ast.Call:
    """``value.name(*left)``"""
    return with_items(ast.Call(value, [], []), left, ast.Attribute(value, name))


def written(node: ast.expr) -> str:
    """The node as text, in brackets where another operator beside it could take it apart."""
    text = ast.unparse(node)
    return text if isinstance(node, ATOMS) else f"({text})"


def keyword(name: str, value: ast.expr) -> str:
    return f"{name}={ast.unparse(value)}"


def constant(node: ast.AST | None) -> object:
    """The value of a constant, negative numbers included; None for anything else."""
    match node:
        case ast.Constant(value=value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
            return -number
    return None


def text_of(node: ast.AST | None) -> str:
    """The text of a string constant; empty for anything else."""
    value = constant(node)
    return value if isinstance(value, str) else ""
