"""In which order, and which of the ordered rows."""

import ast
from collections.abc import Iterator
from itertools import pairwise

from lessons.mutants.source import Source, called, constant, items, manager, on, owner, renamed, text_of, with_items, written
from lessons.mutants.types import Change, Operator

ENDS = {"first": "last", "last": "first", "earliest": "latest", "latest": "earliest", "asc": "desc", "desc": "asc"}
NULLS = {"nulls_first": "nulls_last", "nulls_last": "nulls_first"}


def drop_order(source: Source) -> Iterator[Change]:
    for call in source.calls({"order_by", "reverse"}):
        if value := owner(call):
            words = f"Yours behaves as if there were no `{called(call)}`: the rows come as they lie."
            yield Change(f"drop-{called(call)}", call, written(manager(value)), words)


def flip_key(source: Source) -> Iterator[Change]:
    for call in source.calls({"order_by"}):
        for place, key in enumerate(call.args):
            if name := text_of(key):
                other = name[1:] if name.startswith("-") else f"-{name}"
                keys = [*call.args[:place], ast.Constant(other), *call.args[place + 1 :]]
                words = f"Yours behaves as if `{name}` were `{other}`: that is the other direction."
                yield Change(f"{name}→{other}", call, ast.unparse(with_items(call, keys)), words)


def lose_key(source: Source) -> Iterator[Change]:
    for call in source.calls({"order_by"}):
        for key in call.args if len(call.args) > 1 else ():
            name = text_of(key) or ast.unparse(key)
            words = f"Yours behaves as if it were not ordered by `{name}`: look at rows that are equal in the rest."
            left = [one for one in call.args if one is not key]
            yield Change(f"drop-{text_of(key) or 'key'}", call, ast.unparse(with_items(call, left)), words)


def swap_keys(source: Source) -> Iterator[Change]:
    for call in source.calls({"order_by"}):
        for place, (one, other) in enumerate(pairwise(call.args)):
            keys = [*call.args[:place], other, one, *call.args[place + 2 :]]
            words = "Yours behaves as if the names in `order_by` stood in another order: the first decides first."
            yield Change("swap-keys", call, ast.unparse(with_items(call, keys)), words)


def other_end(source: Source) -> Iterator[Change]:
    for call in source.calls(ENDS):
        if owner(call):
            name = called(call)
            words = f"Yours behaves as if `{name}` were `{ENDS[name]}`."
            yield Change(f"{name}→{ENDS[name]}", call, ast.unparse(renamed(call, ENDS[name])), words)


def nulls(source: Source) -> Iterator[Change]:
    for call in source.calls({"asc", "desc", "OrderBy"}):
        for each in call.keywords:
            if each.arg in NULLS:
                rest = [item for item in items(call) if item is not each]
                other = ast.keyword(NULLS[each.arg], each.value)
                words = f"Yours behaves as if `{each.arg}` were `{NULLS[each.arg]}`: look at rows that have no value."
                yield Change(f"{each.arg}→{NULLS[each.arg]}", call, ast.unparse(with_items(call, [*rest, other])), words)
                words = f"Yours behaves as if `{each.arg}` were not there: look at rows that have no value."
                yield Change(f"drop-{each.arg}", call, ast.unparse(with_items(call, rest)), words)


def slices(source: Source) -> Iterator[Change]:
    for node in source.nodes:
        if not isinstance(node, ast.Subscript) or not isinstance(node.slice, ast.Slice):
            continue
        yield Change("drop-slice", node, written(node.value), "Yours behaves as if there were no slice: all rows are there.")
        for which in ("lower", "upper"):
            bound = constant(getattr(node.slice, which))
            for step in (1, -1) if isinstance(bound, int) else ():
                changed = ast.Slice(node.slice.lower, node.slice.upper, node.slice.step)
                setattr(changed, which, ast.Constant(int(str(bound)) + step))
                words = "Yours behaves as if the slice were one row longer or shorter at one end."
                label = f"slice-{which}{step:+d}"
                yield Change(label, node, ast.unparse(ast.Subscript(node.value, changed)), words)


def reversed_sort(source: Source) -> Iterator[Change]:
    """``sorted(…)`` and ``.sort()`` the other way round, or without their key."""
    for call in source.calls({"sorted", "sort"}):
        named = {each.arg for each in call.keywords}
        if "reverse" not in named:
            new = with_items(call, [*items(call), ast.keyword("reverse", ast.Constant(True))])
            yield Change("sorted→reverse", call, ast.unparse(new), "Yours behaves as if it were sorted the other way round.")
        for each in call.keywords:
            left = [item for item in items(call) if item is not each]
            words = f"Yours behaves as if it were sorted without `{each.arg}`."
            yield Change(f"drop-{each.arg}", call, ast.unparse(with_items(call, left)), words)


def drop_distinct(source: Source) -> Iterator[Change]:
    for call in source.calls({"distinct"}):
        if value := owner(call):
            words = "Yours behaves as if `distinct()` were not there: rows come more than once."
            yield Change("drop-distinct", call, written(value), words)


def add_distinct(source: Source) -> Iterator[Change]:
    """Behind ``values`` and ``values_list``: whole objects without a join are distinct already."""
    for call in source.calls({"values", "values_list"}):
        names = {text_of(argument) for argument in call.args}
        if owner(call) and names and not names & {"pk", "id"} and not is_counted(source, call):
            words = "Yours behaves as if there were a `distinct()`: rows that are equal come only once."
            yield Change("add-distinct", call, ast.unparse(on(call, "distinct")), words)


def is_counted(source: Source, call: ast.Call) -> bool:
    """Whether an aggregate follows: ``values`` then makes the groups, which are distinct."""
    above = source.parent(source.parent(call) or call)
    return called(above) in {"annotate", "distinct"}


OPERATORS = (
    Operator("drop order", drop_order),
    Operator("flip order key", flip_key),
    Operator("lose order key", lose_key),
    Operator("swap order keys", swap_keys),
    Operator("first↔last", other_end),
    Operator("nulls first/last", nulls),
    Operator("slice ±1", slices),
    Operator("sorted", reversed_sort),
    Operator("drop distinct", drop_distinct),
    Operator("add distinct", add_distinct),
)
