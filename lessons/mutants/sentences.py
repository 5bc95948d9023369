"""What the sentences of the operators are made of. A value, a field and a place are shown as code, and kept short."""

import ast
from collections.abc import Collection, Iterable
from datetime import date, datetime, time

from lessons.mutants.constants import DATES, written_date
from lessons.mutants.source import Source, called, constant, text_of
from lessons.mutants.vocabulary import CONDITIONS, LOOKUPS, PARTS

LONGEST = 60
"""Of a piece of code in a sentence, in characters."""


def brief(node: ast.AST, longest: int = LONGEST) -> str:
    """The code in ticks, on one line."""
    text = ast.unparse(node).replace("\n", " ").replace("`", "'")
    return f"`{text}`" if len(text) <= longest else f"`{text[: longest - 1]}…`"


def value(node: ast.expr) -> str:
    """As it is said: ``2020``, ``2020-01-01``, ``3 days``; a column's name and other code in ticks."""
    if day := day_of(node):
        return spoken_day(day)
    if isinstance(node, ast.Call) and called(node) in ("Decimal", "F") and node.args and (text := text_of(node.args[0])):
        return text if called(node) == "Decimal" else f"`{text}`"
    if isinstance(node, ast.Call) and called(node) == "timedelta" and not node.args:
        units = [f"{constant(each.value)} {each.arg}" for each in node.keywords if is_number(each.value)]
        return listed(units) if units and len(units) == len(node.keywords) else brief(node)
    return str(constant(node)) if is_number(node) else brief(node)


def is_number(node: ast.expr) -> bool:
    known = constant(node)
    return isinstance(known, int | float) and not isinstance(known, bool)


def day_of(node: ast.AST) -> date | datetime | None:
    """Of ``date(2020, 1, 1)``, of ``datetime(2020, 1, 1, 9, 30)``, and of the same as text."""
    if isinstance(node, ast.Call) and called(node) in DATES:
        parts = [part for one in node.args if isinstance(part := constant(one), int)]
        kind = date if called(node) == "date" else datetime
        try:
            return kind(*parts) if len(parts) == len(node.args) >= 3 else None
        except (ValueError, TypeError):
            return None
    return written_date(node)


def spoken_day(day: date | datetime) -> str:
    """Without the time where that is midnight."""
    if isinstance(day, datetime) and day.time() != time():
        return str(day.replace(tzinfo=None))
    return day.strftime("%Y-%m-%d")


def field(path: str) -> str:
    """``the year of `placed_at` `` for ``placed_at__year__lt``."""
    first, *names = path.split("__")
    kept = "__".join([first, *(name for name in names if name not in LOOKUPS)])
    part = next((name for name in names if name in PARTS), "")
    return f"the {part.replace('_', ' ')} of `{kept}`" if part else f"`{kept}`"


def paths(part: ast.AST) -> list[str]:
    """The lookups that a condition names."""
    inside = [each for node in ast.walk(part) if called(node) in CONDITIONS for each in getattr(node, "keywords", ())]
    return [each.arg for each in [part, *inside] if isinstance(each, ast.keyword) and each.arg]


def about(parts: Iterable[ast.AST]) -> str:
    """What the conditions ask about: their fields, or, where they name none, the code itself."""
    found = [field(path) for part in parts for path in paths(part)] or [brief(part) for part in parts]
    return listed(dict.fromkeys(found))


def listed(words: Collection[str]) -> str:
    *before, last = words or [""]
    return f"{', '.join(before)} and {last}" if before else last


def within(source: Source, node: ast.AST) -> str:
    """The function that it stands in, as `` in `sell` ``; empty for what stands in none."""
    above = source.parent(node)
    while above is not None and not isinstance(above, ast.FunctionDef | ast.AsyncFunctionDef):
        above = source.parent(above)
    return f" in `{above.name}`" if above else ""


def made_by(source: Source, call: ast.AST | None) -> str:
    """The field that a call in a model's class makes, in ticks; empty for any other call."""
    parent = source.parent(call) if call else None
    return brief(parent.targets[0]) if isinstance(parent, ast.Assign) and isinstance(source.parent(parent), ast.ClassDef) else ""


def option(source: Source, each: ast.keyword) -> str:
    """What a keyword belongs to: `` of `price` `` for a field's, `` in `filter()` `` for any other call's."""
    call = source.parent(each)
    field_made = made_by(source, call)
    return f" of {field_made}" if field_made else f" in `{called(call) or 'a call'}()`"


def belonging(source: Source, node: ast.AST) -> str:
    """What a value is given to, compared or counted with, as `` in `quantity` ``; then, or else, the function it stands in."""
    match source.parent(node):
        case ast.keyword(arg=str(name)) as each:
            made = made_by(source, source.parent(each))
            return f" in `{name}` of {made}" if made else f" in `{name}`"
        case ast.BinOp() | ast.Compare() as whole:
            return f" in {brief(whole)}"
        case ast.Assign(targets=[target]) | ast.AugAssign(target=target):
            return f" in {brief(target)}"
        case ast.Call() as call if called(call):
            return f" in {brief(call)}" if called(call) in DATES else f" in `{called(call)}()`"
        case ast.Tuple() | ast.List() | ast.UnaryOp() as around:
            return belonging(source, around)
    return within(source, node)
