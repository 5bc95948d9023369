"""What a learner's source calls. It is parsed, never run."""

import ast
from collections.abc import Iterable, Iterator

from sandbox.protocol import File


def names_called(files: Iterable[File]) -> frozenset[str]:
    """``{"filter", "Count"}``: the last part of every name that is called; a name imported under another is known by both.

    A file that cannot be parsed calls nothing.
    """
    return frozenset(name for file in files for name in _names(parse(file.text)))


def parse(text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module(body=[], type_ignores=[])


def _names(tree: ast.Module) -> Iterator[str]:
    aliases = {alias.asname: alias.name for node in ast.walk(tree) for alias in imported(node) if alias.asname}
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=name)):
                yield name
            case ast.Call(func=ast.Name(id=name)):
                yield name
                yield aliases.get(name, name)


def imported(node: ast.AST) -> list[ast.alias]:
    return node.names if isinstance(node, ast.ImportFrom) else []
