"""What a row holds, and where the rows come from."""

import ast
from collections.abc import Iterator
from itertools import pairwise

from lessons.mutants.sentences import brief, listed, within
from lessons.mutants.source import Source, called, items, owner, renamed, text_of, with_items, written
from lessons.mutants.types import Change, Operator

SETS = ("union", "intersection", "difference")
GIVES = {"union": "either has", "intersection": "both have", "difference": "only the first has"}
FETCHED = frozenset({"select_related", "prefetch_related"})


def drop_place(source: Source) -> Iterator[Change]:
    for call in source.calls({"values", "values_list", "only", "defer"}):
        for argument in call.args if len(call.args) > 1 else ():
            name = text_of(argument) or "place"
            left = [item for item in items(call) if item is not argument]
            words = f"Yours behaves as if `{name}` were not named in `{called(call)}()`."
            yield Change(f"drop-{name}", call, ast.unparse(with_items(call, left)), words)


def swap_places(source: Source) -> Iterator[Change]:
    """In ``values_list`` and in tuples of a comprehension."""
    for call in source.calls({"values_list"}):
        for place, (one, other) in enumerate(pairwise(call.args)):
            swapped = [*call.args[:place], other, one, *call.args[place + 2 :]]
            yield Change(
                "swap-places", call, ast.unparse(with_items(call, [*swapped, *call.keywords])), swapped_places(one, other)
            )
    for node in source.nodes:
        if isinstance(node, ast.ListComp | ast.GeneratorExp) and isinstance(node.elt, ast.Tuple):
            for place, (one, other) in enumerate(pairwise(node.elt.elts)):
                swapped = [*node.elt.elts[:place], other, one, *node.elt.elts[place + 2 :]]
                yield Change("swap-places", node.elt, ast.unparse(ast.Tuple(swapped)), swapped_places(one, other))


def swapped_places(one: ast.expr, other: ast.expr) -> str:
    first, second = (f"`{text_of(each)}`" if text_of(each) else brief(each) for each in (one, other))
    return f"Yours behaves as if {second} came before {first} in each row."


def dicts_or_tuples(source: Source) -> Iterator[Change]:
    for call in source.calls(SHAPES):
        other, shape = SHAPES[called(call)]
        if owner(call) and not call.keywords:
            words = f"Yours behaves as if `{called(call)}()` were `{other}()`: each row is {shape}."
            yield Change(f"{called(call)}→{other}", call, ast.unparse(renamed(call, other)), words)


SHAPES = {"values": ("values_list", "a tuple and no dict"), "values_list": ("values", "a dict and no tuple")}


def drop_flat(source: Source) -> Iterator[Change]:
    """Where the rows are the answer, a value and a tuple of one are the same."""
    for call in source.calls({"values_list"}):
        flags = [each for each in call.keywords if each.arg == "flat"]
        if flags and not is_answer(source, call):
            left = [item for item in items(call) if item not in flags]
            words = f"Yours behaves as if `flat=True` were missing{within(source, call)}: each value is in a tuple of its own."
            yield Change("drop-flat", call, ast.unparse(with_items(call, left)), words)


def is_answer(source: Source, call: ast.Call) -> bool:
    above: ast.AST | None = call
    while isinstance(above, ast.Call | ast.Attribute | ast.Subscript):
        below, above = above, source.parent(above)
        if isinstance(above, ast.Call) and above.func is not below:
            return False
    return above in source.tree.body


def other_set(source: Source) -> Iterator[Change]:
    for call in source.calls(SETS):
        if not owner(call) or not call.args:
            continue
        name = called(call)
        for other in SETS:
            if other != name:
                words = f"Yours behaves as if `{name}()` were `{other}()`: it gives the rows that {GIVES[other]}."
                new = with_items(renamed(call, other), call.args)
                yield Change(f"{name}→{other}", call, ast.unparse(new), words)
        if name == "union":
            yield union_all(call)


def union_all(call: ast.Call) -> Change:
    every = any(each.arg == "all" for each in call.keywords)
    new = with_items(call, call.args if every else [*call.args, ast.keyword("all", ast.Constant(True))])
    words = f"Yours behaves as if `union()` {'dropped' if every else 'kept'} the second of rows that are in both."
    return Change("union-all→union" if every else "union→union-all", call, ast.unparse(new), words)


def drop_fetched(source: Source) -> Iterator[Change]:
    for call in source.calls(FETCHED):
        if value := owner(call):
            names = f" of {listed([brief(key) for key in call.args])}" if call.args else ""
            words = f"Yours behaves as if there were no `{called(call)}()`{names}: it asks the database again for each row."
            yield Change(f"drop-{called(call)}", call, written(value), words)


def other_relation(source: Source) -> Iterator[Change]:
    for call in source.calls(FETCHED):
        for place, argument in enumerate(call.args):
            name, taken = text_of(argument), {text_of(one) for one in call.args}
            for other in source.names.relations if name in source.names.relations else ():
                if other not in taken:
                    new = [*call.args[:place], ast.Constant(other), *call.args[place + 1 :]]
                    words = f"Yours behaves as if `{called(call)}()` named `{other}` and not `{name}`: "
                    words += f"it asks the database again for each row's `{name}`."
                    yield Change(f"{name}→{other}", call, ast.unparse(with_items(call, [*new, *call.keywords])), words)


OPERATORS = (
    Operator("drop values field", drop_place),
    Operator("swap values fields", swap_places),
    Operator("union↔intersection↔difference", other_set),
    Operator("values↔values_list", dicts_or_tuples),
    Operator("drop flat", drop_flat),
    Operator("drop select_related/prefetch_related", drop_fetched, asks="queries"),
    Operator("other relation", other_relation, asks="queries"),
)
