"""Numbers, dates, spans of time, and yes or no."""

import ast
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from lessons.mutants.constants import DATES, SIGNS, number, written_date
from lessons.mutants.lookups import parted
from lessons.mutants.sentences import belonging, brief, day_of, option, spoken_day, within
from lessons.mutants.source import Source, called, items, text_of, with_items, written
from lessons.mutants.types import Change, Operator

UNITS = {
    "weeks": ("days",),
    "days": ("hours", "weeks"),
    "hours": ("minutes", "days"),
    "minutes": ("seconds", "hours"),
    "seconds": ("minutes",),
}


def one_off(source: Source) -> Iterator[Change]:
    """Numbers, but neither a slice's, nor a day of the month, nor a status: those have operators of their own."""
    for node in source.nodes:
        known = number(node)
        if known is not None and not is_bound(source, node) and not in_date(source, node) and not is_status(source, node):
            for step in (1, -1):
                yield other_number(source, node, known, known + step)


def other_number(source: Source, node: ast.AST, known: int | Decimal, new: int | Decimal) -> Change:
    parent, minus = source.parent(node), ""
    if isinstance(parent, ast.UnaryOp) and isinstance(parent.op, ast.USub):
        parent, minus = source.parent(parent), "-"
    if isinstance(parent, ast.Subscript):
        words = f"Yours behaves as if `[{minus}{known}]` were `[{minus}{new}]`{within(source, node)}: {PLACES[bool(minus)]}."
    else:
        words = f"Yours behaves as if `{known}` were `{new}`{belonging(source, node)}: look at {known} and at {new}."
    return Change(f"{known}→{new}", node, node_text(node, str(new)), words)


PLACES = {False: "places count from 0", True: "places count from the end, and the last is `[-1]`"}


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


def is_status(source: Source, node: ast.AST) -> bool:
    parent = source.parent(node)
    return isinstance(parent, ast.keyword) and parent.arg == "status"


def decimal_point(source: Source) -> Iterator[Change]:
    """An amount with its point in another place: 0.50 for 0.05, 5 and 50."""
    for node in source.nodes:
        known = number(node)
        if isinstance(known, Decimal) and known:
            for places in (-1, 1, 2):
                new = f"{known.scaleb(places).normalize():f}"
                words = (
                    f"Yours behaves as if `{known}` were `{new}`{belonging(source, node)}: the decimal point stands elsewhere."
                )
                yield Change(f"{known}→{new}", node, node_text(node, new), words)


def flip(source: Source) -> Iterator[Change]:
    for node in source.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, bool) and not is_flat(source, node):
            words = f"Yours behaves as if {flipped(source, node)}."
            yield Change(f"{node.value}→{not node.value}", node, str(not node.value), words)


def is_flat(source: Source, node: ast.AST) -> bool:
    parent = source.parent(node)
    return isinstance(parent, ast.keyword) and parent.arg == "flat"


def flipped(source: Source, node: ast.Constant) -> str:
    """What the constant belongs to, as it is and as it would be."""
    old, new = str(node.value), str(not node.value)
    match source.parent(node):
        case ast.keyword(arg=str(name)) as parent:
            return f"`{name}={old}` were `{name}={new}`{option(source, parent)}"
        case ast.Assign(targets=[target]):
            name = ast.unparse(target)
            return f"`{name} = {old}` were `{name} = {new}`{within(source, node)}"
        case ast.Return():
            return f"it returned `{new}` and not `{old}`{within(source, node)}"
        case ast.Compare() as parent:
            return f"`{old}` were `{new}` in the comparison {brief(parent)}"
    return f"`{old}` were `{new}`{belonging(source, node)}"


def dates(source: Source) -> Iterator[Change]:
    """A day earlier or later, in ``date(2020, 1, 1)`` and in ``"2020-01-01"``."""
    for node in source.nodes:
        if isinstance(node, ast.Call) and called(node) in DATES and len(node.args) >= 3:
            yield from (other_day(source, node, f"({ast.unparse(node)} + {shift(node, days)})", days) for days in (-1, 1))
        elif isinstance(node, ast.Constant) and (known := written_date(node)):
            near = {days: beside(known, days) for days in (-1, 1)}
            yield from (other_day(source, node, repr(str(day)), days) for days, day in near.items() if day)


def beside(day: date | datetime, days: int) -> date | datetime | None:
    """None before the first day there is, and after the last."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def shift(node: ast.Call, days: int) -> str:
    """With the same name for the module, if it was used: ``datetime.timedelta``."""
    name = "timedelta"
    if isinstance(node.func, ast.Attribute):
        name = ast.unparse(ast.Attribute(node.func.value, name))
    return f"{name}(days={days})"


def other_day(source: Source, node: ast.expr, new: str, days: int) -> Change:
    label, when = ("day-before", "earlier") if days < 0 else ("day-after", "later")
    known = day_of(node)
    moved = beside(known, days) if known else None
    if known is None or moved is None:
        return Change(label, node, new, f"Yours behaves as if {brief(node)} were a day {when}{belonging(source, node)}.")
    words = f"Yours behaves as if {spoken_day(known)} were {spoken_day(moved)}{belonging(source, node)}"
    return Change(label, node, new, f"{words}: {moved_end(end_at(source, node), known, days)}.")


def end_at(source: Source, node: ast.expr) -> str:
    """The limit that the date is: ``gte``, …, or empty where it is none, or where it says which rows go."""
    parent = source.parent(node)
    around = source.parent(parent) if isinstance(parent, ast.Tuple | ast.List) else parent
    if not isinstance(around, ast.keyword) or not around.arg or called(source.parent(around)) == "exclude":
        return ""
    lookup = parted(around.arg)[1]
    if lookup == "range" and isinstance(parent, ast.Tuple | ast.List):
        return "gte" if node is parent.elts[0] else "lte"
    return lookup if lookup in ("gt", "gte", "lt", "lte") else ""


def moved_end(limit: str, day: date | datetime, days: int) -> str:
    """What is lost or comes along when a limit moves by a day."""
    if not limit or (isinstance(day, datetime) and day.time() != time()):
        return f"that is a day {'earlier' if days < 0 else 'later'}"
    low = limit.startswith("g")
    inside = limit.endswith("e") if not isinstance(day, datetime) else low
    last = day if inside else beside(day, 1 if low else -1)
    lost = low == (days > 0)
    which = last if lost or not last else beside(last, -1 if low else 1)
    return f"{spoken_day(which or day)} {'is lost' if lost else 'comes along'}"


def spans(source: Source) -> Iterator[Change]:
    for call in source.calls({"timedelta"}):
        for each in call.keywords:
            for other in UNITS.get(str(each.arg), ()):
                left = [ast.keyword(other, each.value) if item is each else item for item in items(call)]
                count = ast.unparse(each.value)
                words = f"Yours behaves as if `{each.arg}={count}` of the `timedelta` were `{other}={count}`: "
                words += "look at spans between the two."
                yield Change(f"{each.arg}→{other}", call, ast.unparse(with_items(call, left)), words)


def f_to_constant(source: Source) -> Iterator[Change]:
    """``F("price") + n``: only the ``n`` is left; anywhere else, ``F`` is 0."""
    for call in source.calls({"F"}):
        name, parent = text_of(call.args[0]) if call.args else "", source.parent(call)
        if isinstance(parent, ast.BinOp):
            other = parent.right if parent.left is call else parent.left
            words = f"Yours behaves as if `F({name!r})` were not there: {brief(other)} alone is left of {brief(parent)}."
            yield Change("drop-f", parent, written(other), words)
        if not isinstance(parent, ast.BinOp) or not isinstance(parent.op, ast.Add):
            words = (
                f"Yours behaves as if `F({name!r})` were 0{belonging(source, call)}: each row's own `{name}` is not looked at."
            )
            yield Change("f→0", call, "0", words)


def arithmetic(source: Source) -> Iterator[Change]:
    for node in source.nodes:
        if isinstance(node, ast.BinOp) and type(node.op) in SIGNS:
            label, new, old, sign = SIGNS[type(node.op)]
            words = f"Yours behaves as if `{old}` were `{sign}` in {brief(node)}."
            yield Change(label, node, written(ast.BinOp(node.left, new(), node.right)), words)
        elif isinstance(node, ast.AugAssign) and type(node.op) in SIGNS:
            yield from augmented(source, node)


def augmented(source: Source, node: ast.AugAssign) -> Iterator[Change]:
    """``stock.quantity += copies``, the other way, or without what was there."""
    label, _, old, sign = SIGNS[type(node.op)]
    target, count = ast.unparse(node.target), ast.unparse(node.value)
    for name, new, why in (
        (label, f"{target} {sign}= {count}", "it goes the other way"),
        (f"{label.split('→')[0]}→set", f"{target} = {count}", "what was there is lost"),
    ):
        words = f"Yours behaves as if `{target} {old}= {count}` were `{new}`{within(source, node)}: {why}."
        yield Change(name, node, new, words)


OPERATORS = (
    Operator("constant ±1", one_off),
    Operator("decimal point", decimal_point),
    Operator("bool flip", flip),
    Operator("date boundary", dates),
    Operator("timedelta unit", spans),
    Operator("F→constant", f_to_constant),
    Operator("arithmetic", arithmetic),
)
