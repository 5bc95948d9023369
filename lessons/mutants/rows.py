"""What a row holds, and where the rows come from."""

import ast
from collections.abc import Iterator
from itertools import pairwise

from lessons.mutants.source import Source, called, items, owner, renamed, text_of, with_items, written
from lessons.mutants.types import Change, Operator

SETS = ("union", "intersection", "difference")
FETCHED = frozenset({"select_related", "prefetch_related"})


def drop_place(source: Source) -> Iterator[Change]:
    for call in source.calls({"values", "values_list", "only", "defer"}):
        for argument in call.args if len(call.args) > 1 else ():
            name = text_of(argument) or "place"
            left = [item for item in items(call) if item is not argument]
            words = f"Yours behaves as if `{name}` were missing from each row."
            yield Change(f"drop-{name}", call, ast.unparse(with_items(call, left)), words)


def swap_places(source: Source) -> Iterator[Change]:
    """In ``values_list`` and in tuples of a comprehension."""
    words = "Yours behaves as if two places of the rows had changed places."
    for call in source.calls({"values_list"}):
        for place, (one, other) in enumerate(pairwise(call.args)):
            swapped = [*call.args[:place], other, one, *call.args[place + 2 :]]
            yield Change("swap-places", call, ast.unparse(with_items(call, [*swapped, *call.keywords])), words)
    for node in source.nodes:
        if isinstance(node, ast.ListComp | ast.GeneratorExp) and isinstance(node.elt, ast.Tuple):
            for place, (one, other) in enumerate(pairwise(node.elt.elts)):
                swapped = [*node.elt.elts[:place], other, one, *node.elt.elts[place + 2 :]]
                yield Change("swap-places", node.elt, ast.unparse(ast.Tuple(swapped)), words)


def other_set(source: Source) -> Iterator[Change]:
    for call in source.calls(SETS):
        if not owner(call) or not call.args:
            continue
        name = called(call)
        for other in SETS:
            if other != name:
                words = f"Yours behaves as if `{name}` were `{other}`."
                new = with_items(renamed(call, other), call.args)
                yield Change(f"{name}→{other}", call, ast.unparse(new), words)
        if name == "union":
            yield union_all(call)


def union_all(call: ast.Call) -> Change:
    every = any(each.arg == "all" for each in call.keywords)
    new = with_items(call, call.args if every else [*call.args, ast.keyword("all", ast.Constant(True))])
    words = f"Yours behaves as if `union` {'dropped' if every else 'kept'} rows that are in both."
    return Change("union-all→union" if every else "union→union-all", call, ast.unparse(new), words)


def drop_fetched(source: Source) -> Iterator[Change]:
    for call in source.calls(FETCHED):
        if value := owner(call):
            words = f"Yours behaves as if there were no `{called(call)}`: it asks the database again for each row."
            yield Change(f"drop-{called(call)}", call, written(value), words)


OPERATORS = (
    Operator("drop values field", drop_place),
    Operator("swap values fields", swap_places),
    Operator("union↔intersection↔difference", other_set),
    Operator("drop select_related/prefetch_related", drop_fetched, asks="queries"),
)
