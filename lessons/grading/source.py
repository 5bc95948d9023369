"""What a learner's source calls, and with what. It is parsed, never run."""

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from sandbox.protocol import ErrorReport, File

CONDITIONS = frozenset({"filter", "exclude", "get", "Q", "When"})
"""What takes conditions: ``field=value``."""
LONGEST_QUOTE = 40


@dataclass(frozen=True)
class Source:
    """The file in which something went wrong, and the line (from 1, or 0 when nobody knows it)."""

    text: str
    line: int

    @classmethod
    def of(cls, report: ErrorReport, files: Sequence[File]) -> Self:
        return cls(next((file.text for file in files if file.path == report.path), ""), report.line or 0)

    @cached_property
    def tree(self) -> ast.Module:
        return parse(self.text)

    @cached_property
    def calls(self) -> list[ast.Call]:
        """Every call, those on the line first: a query can fail long after the line on which it was written."""
        every = [node for node in ast.walk(self.tree) if isinstance(node, ast.Call)]
        return sorted(every, key=lambda call: not self.covers(call))

    def covers(self, node: ast.expr) -> bool:
        return node.lineno <= self.line <= (node.end_lineno or node.lineno)

    @property
    def conditions(self) -> list[ast.Call]:
        return [call for call in self.calls if name_called(call) in CONDITIONS]

    @property
    def keywords(self) -> Iterator[tuple[str, ast.expr]]:
        """``("price__gte", the value's node)`` of every condition."""
        return ((each.arg, each.value) for call in self.conditions for each in call.keywords if each.arg)

    def quote(self, node: ast.expr) -> str:
        """The node as the learner wrote it; an ellipsis when that is long."""
        text = ast.get_source_segment(self.text, node) or ""
        return text if 0 < len(text) <= LONGEST_QUOTE and "\n" not in text else "…"


def name_called(call: ast.Call) -> str:
    """``"filter"`` of ``Book.objects.filter(…)``"""
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def dotted(node: ast.expr) -> list[str]:
    """``["published", "year"]`` of ``published.year``; nothing for anything but names."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return [node.id, *reversed(names)] if isinstance(node, ast.Name) else []


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
