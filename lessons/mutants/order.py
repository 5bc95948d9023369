"""In which order, and which of the ordered rows."""

import ast
from collections.abc import Iterator
from itertools import pairwise

from lessons.mutants.sentences import brief, listed, within
from lessons.mutants.source import Source, called, constant, items, manager, on, owner, renamed, text_of, with_items, written
from lessons.mutants.types import Change, Operator

ENDS = {"first": "last", "last": "first", "earliest": "latest", "latest": "earliest", "asc": "desc", "desc": "asc"}
NULLS = {"nulls_first": "nulls_last", "nulls_last": "nulls_first"}


def drop_order(source: Source) -> Iterator[Change]:
    for call in source.calls({"order_by", "reverse"}):
        if value := owner(call):
            how = (
                f"nothing were ordered by {listed([key_name(key) for key in call.args])}"
                if call.args
                else f"there were no `{called(call)}()`"
            )
            words = f"Yours behaves as if {how}: {'the rows come as they lie' if call.args else 'that is the other direction'}."
            yield Change(f"drop-{called(call)}", call, written(manager(value)), words)


def key_name(key: ast.expr) -> str:
    """In ticks, without its sign."""
    if isinstance(key, ast.Call) and called(key) in ("asc", "desc"):
        return sorted_by(key)
    return f"`{text_of(key).removeprefix('-')}`" if text_of(key) else brief(key)


def flip_key(source: Source) -> Iterator[Change]:
    for call in source.calls({"order_by"}):
        for place, key in enumerate(call.args):
            if name := text_of(key):
                other = name[1:] if name.startswith("-") else f"-{name}"
                keys = [*call.args[:place], ast.Constant(other), *call.args[place + 1 :]]
                way = "rises, and it should fall" if name.startswith("-") else "falls, and it should rise"
                words = f"Yours behaves as if `{name}` were `{other}` in `order_by()`: {key_name(key)} {way}."
                yield Change(f"{name}→{other}", call, ast.unparse(with_items(call, keys)), words)


def lose_key(source: Source) -> Iterator[Change]:
    for call in source.calls({"order_by"}):
        for key in call.args if len(call.args) > 1 else ():
            left = [one for one in call.args if one is not key]
            words = f"Yours behaves as if it were not ordered by {key_name(key)}: "
            words += f"look at rows that have the same {listed([key_name(key) for key in left])}."
            yield Change(f"drop-{text_of(key) or 'key'}", call, ast.unparse(with_items(call, left)), words)


def swap_keys(source: Source) -> Iterator[Change]:
    for call in source.calls({"order_by"}):
        for place, (one, other) in enumerate(pairwise(call.args)):
            keys = [*call.args[:place], other, one, *call.args[place + 2 :]]
            first, second = key_name(one), key_name(other)
            words = f"Yours behaves as if {second} came before {first} in `order_by()`: "
            words += f"{first} has to decide first, and {second} only where that is equal."
            yield Change("swap-keys", call, ast.unparse(with_items(call, keys)), words)


def other_end(source: Source) -> Iterator[Change]:
    for call in source.calls(ENDS):
        if owner(call):
            name = called(call)
            words = f"Yours behaves as if `{name}()` were `{ENDS[name]}()`{within(source, call)}: {ending(call)}."
            yield Change(f"{name}→{ENDS[name]}", call, ast.unparse(renamed(call, ENDS[name])), words)


def ending(call: ast.Call) -> str:
    if called(call) in ("asc", "desc"):
        return f"{sorted_by(call)} {'falls' if called(call) == 'asc' else 'rises'}"
    return "it takes the other end of the order"


def sorted_by(call: ast.Call) -> str:
    """What ``F("born").asc()`` sorts by: `` `born` ``."""
    value = owner(call) or (call.args[0] if call.args else call)
    return key_name(value.args[0]) if called(value) == "F" and isinstance(value, ast.Call) and value.args else brief(value)


def nulls(source: Source) -> Iterator[Change]:
    for call in source.calls({"asc", "desc", "OrderBy"}):
        for each in call.keywords:
            if each.arg in NULLS:
                rest = [item for item in items(call) if item is not each]
                other = ast.keyword(NULLS[each.arg], each.value)
                where = f"look at rows where {sorted_by(call)} has no value"
                words = f"Yours behaves as if `{each.arg}` were `{NULLS[each.arg]}`: {where}."
                yield Change(f"{each.arg}→{NULLS[each.arg]}", call, ast.unparse(with_items(call, [*rest, other])), words)
                words = f"Yours behaves as if `{each.arg}` were not there: {where}."
                yield Change(f"drop-{each.arg}", call, ast.unparse(with_items(call, rest)), words)


def slices(source: Source) -> Iterator[Change]:
    for node in source.nodes:
        if not isinstance(node, ast.Subscript) or not isinstance(node.slice, ast.Slice):
            continue
        words = f"Yours behaves as if there were no `[{ast.unparse(node.slice)}]`{within(source, node)}: nothing is cut off."
        yield Change("drop-slice", node, written(node.value), words)
        for which in ("lower", "upper"):
            bound = constant(getattr(node.slice, which))
            for step in (1, -1) if isinstance(bound, int) else ():
                changed = ast.Slice(node.slice.lower, node.slice.upper, node.slice.step)
                setattr(changed, which, ast.Constant(int(str(bound)) + step))
                words = (
                    f"Yours behaves as if `[{ast.unparse(node.slice)}]` were `[{ast.unparse(changed)}]`: {SHIFTED[which, step]}."
                )
                label = f"slice-{which}{step:+d}"
                yield Change(label, node, ast.unparse(ast.Subscript(node.value, changed)), words)


SHIFTED = {
    ("lower", 1): "it starts one too late, and the first is missing",
    ("lower", -1): "it starts one too early, and has one too many",
    ("upper", 1): "it ends one too late, and has one too many",
    ("upper", -1): "it ends one too early, and the last is missing",
}


def reversed_sort(source: Source) -> Iterator[Change]:
    """``sorted(…)`` and ``.sort()`` the other way round, or without their key."""
    for call in source.calls({"sorted", "sort"}):
        named = {each.arg for each in call.keywords}
        if "reverse" not in named:
            new = with_items(call, [*items(call), ast.keyword("reverse", ast.Constant(True))])
            words = f"Yours behaves as if `{called(call)}()` went the other way round{within(source, call)}."
            yield Change("sorted→reverse", call, ast.unparse(new), words)
        for each in call.keywords:
            left = [item for item in items(call) if item is not each]
            words = f"Yours behaves as if `{called(call)}()` were without {brief(each)}{within(source, call)}."
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
            same = listed([key_name(key) for key in call.args])
            words = f"Yours behaves as if there were a `distinct()`: the same {same} comes only once."
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
