"""Numbers, dates and yes or no."""

import ast
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from lessons.mutants.source import Source, called, constant, text_of, written
from lessons.mutants.types import Change, Operator

DATES = frozenset({"date", "datetime"})


def one_off(source: Source) -> Iterator[Change]:
    """Numbers, but neither a slice's, nor a day of the month: those have operators of their own."""
    for node in source.nodes:
        value = number(node)
        if value is None or is_bound(source, node) or in_date(source, node):
            continue
        for step in (1, -1):
            new = str(value + step)
            text = f"{node_text(node, new)}"
            words = f"Yours behaves as if `{value}` were `{new}`: look at {value} and at {new}."
            yield Change(f"{value}→{new}", node, text, words)


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


def node_text(node: ast.AST, new: str) -> str:
    if isinstance(node, ast.Call):
        return ast.unparse(ast.Call(node.func, [ast.Constant(new)], []))
    return f"({new})" if new.startswith("-") else new


def is_bound(source: Source, node: ast.AST) -> bool:
    parent = source.parent(node)
    if isinstance(parent, ast.UnaryOp):
        parent = source.parent(parent)
    return isinstance(parent, ast.Slice)


def in_date(source: Source, node: ast.AST) -> bool:
    """A month or a day, whose neighbours may not exist."""
    parent = source.parent(node)
    return isinstance(parent, ast.Call) and called(parent) in DATES and node in parent.args[1:]


def flip(source: Source) -> Iterator[Change]:
    for node in source.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, bool):
            words = f"Yours behaves as if `{node.value}` were `{not node.value}`."
            yield Change(f"{node.value}→{not node.value}", node, str(not node.value), words)


def dates(source: Source) -> Iterator[Change]:
    """A day earlier or later, in ``date(2020, 1, 1)`` and in ``"2020-01-01"``."""
    for node in source.nodes:
        known = written_date(node) if isinstance(node, ast.Constant) else None
        if isinstance(node, ast.Call) and called(node) in DATES and len(node.args) >= 3:
            yield from (spoken(node, f"({ast.unparse(node)} + {shift(node, days)})", days) for days in (-1, 1))
        elif known:
            yield from (spoken(node, repr(str(known + timedelta(days=days))), days) for days in (-1, 1))


def written_date(node: ast.AST) -> date | datetime | None:
    try:
        value = text_of(node)
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value) if len(value) > 10 else None
    except ValueError:
        return None


def shift(node: ast.Call, days: int) -> str:
    """With the same name for the module, if it was used: ``datetime.timedelta``."""
    name = "timedelta"
    if isinstance(node.func, ast.Attribute):
        name = ast.unparse(ast.Attribute(node.func.value, name))
    return f"{name}(days={days})"


def spoken(node: ast.AST, new: str, days: int) -> Change:
    when = "earlier" if days < 0 else "later"
    label = "day-before" if days < 0 else "day-after"
    words = f"Yours behaves as if a date were a day {when}: look at the first and the last day."
    return Change(label, node, new, words)


def f_to_constant(source: Source) -> Iterator[Change]:
    for call in source.calls({"F"}):
        name = text_of(call.args[0]) if call.args else ""
        words = f"Yours behaves as if it did not look at each row's own `{name}`."
        yield Change("f→0", call, "0", words)


def arithmetic(source: Source) -> Iterator[Change]:
    for node in source.nodes:
        if isinstance(node, ast.BinOp) and type(node.op) in SIGNS:
            label, new, old, sign = SIGNS[type(node.op)]
            words = f"Yours behaves as if `{old}` were `{sign}`."
            yield Change(label, node, written(ast.BinOp(node.left, new(), node.right)), words)


SIGNS: dict[type[ast.operator], tuple[str, type[ast.operator], str, str]] = {
    ast.Add: ("plus→minus", ast.Sub, "+", "-"),
    ast.Sub: ("minus→plus", ast.Add, "-", "+"),
    ast.Mult: ("times→divided", ast.Div, "*", "/"),
    ast.Div: ("divided→times", ast.Mult, "/", "*"),
    ast.FloorDiv: ("floor→divided", ast.Div, "//", "/"),
    ast.Mod: ("mod→floor", ast.FloorDiv, "%", "//"),
}

OPERATORS = (
    Operator("constant ±1", one_off),
    Operator("bool flip", flip),
    Operator("date boundary", dates),
    Operator("F→constant", f_to_constant),
    Operator("arithmetic", arithmetic),
)
