"""The constants that a source names."""

import ast
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from lessons.mutants.source import called, constant, text_of

DATES = frozenset({"date", "datetime"})
SIGNS: dict[type[ast.operator], tuple[str, type[ast.operator], str, str]] = {
    ast.Add: ("plus→minus", ast.Sub, "+", "-"),
    ast.Sub: ("minus→plus", ast.Add, "-", "+"),
    ast.Mult: ("times→divided", ast.Div, "*", "/"),
    ast.Div: ("divided→times", ast.Mult, "/", "*"),
    ast.FloorDiv: ("floor→divided", ast.Div, "//", "/"),
    ast.Mod: ("mod→floor", ast.FloorDiv, "%", "//"),
}
"""What a sign is taken for: the change's name, the other sign, and both as they are written."""


def number(node: ast.AST) -> int | Decimal | None:
    """An int, a float, or the text in ``Decimal("…")``."""
    value = constant(node) if isinstance(node, ast.Constant) else None
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(node, ast.Call) and called(node) == "Decimal" and len(node.args) == 1:
        try:
            return Decimal(text_of(node.args[0]))
        except InvalidOperation:
            return None
    return None


def written_date(node: ast.AST) -> date | datetime | None:
    """Of ``"2020-01-01"``, with a time or without."""
    try:
        value = text_of(node)
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value) if len(value) > 10 else None
    except ValueError:
        return None
