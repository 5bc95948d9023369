"""Migrations: operations that are missing or in another order, and ways back that are missing or do nothing."""

import ast
from collections.abc import Iterator
from itertools import pairwise

from lessons.mutants.source import Item, Source, called, with_items
from lessons.mutants.types import Change, Operator

REVERSES = {"RunPython": "reverse_code", "RunSQL": "reverse_sql"}
"""The second argument of these says how to undo the first."""


def lists(source: Source) -> Iterator[ast.List]:
    """Of operations: ``operations = […]`` in a class."""
    for node in source.nodes:
        if isinstance(node, ast.ClassDef):
            for statement in node.body:
                match statement:
                    case ast.Assign(targets=[ast.Name(id="operations")], value=ast.List() as found):
                        yield found


def drop_operation(source: Source) -> Iterator[Change]:
    for operations in lists(source):
        for one in operations.elts:
            name = called(one) or "operation"
            yield Change(f"drop-{name}", one, "*()", f"Yours behaves as if one `{name}` were missing.")


def swap_operations(source: Source) -> Iterator[Change]:
    for operations in lists(source):
        for place, (one, other) in enumerate(pairwise(operations.elts)):
            swapped = [*operations.elts[:place], other, one, *operations.elts[place + 2 :]]
            words = f"Yours behaves as if `{called(other)}` came before `{called(one)}`."
            yield Change("swap-operations", operations, ast.unparse(ast.List(swapped)), words)


def ways_back(source: Source) -> Iterator[tuple[ast.Call, Item, list[Item]]]:
    """Each call with what undoes it, and with its other arguments."""
    for call in source.calls(REVERSES):
        name = REVERSES[called(call)]
        found: Item | None = call.args[1] if len(call.args) > 1 else next((one for one in call.keywords if one.arg == name), None)
        if found:
            yield call, found, [item for item in (*call.args, *call.keywords) if item is not found]


def drop_way_back(source: Source) -> Iterator[Change]:
    for call, _, left in ways_back(source):
        words = f"Yours behaves as if `{called(call)}` could not be reversed."
        yield Change(f"drop-{REVERSES[called(call)]}", call, ast.unparse(with_items(call, left)), words)


def nothing_back(source: Source) -> Iterator[Change]:
    for call, found, left in ways_back(source):
        noop = ast.Attribute(call.func, "noop")
        value = found.value if isinstance(found, ast.keyword) else found
        if ast.unparse(value) != ast.unparse(noop):
            changed = with_items(call, [*left, ast.keyword(REVERSES[called(call)], noop)])
            words = f"Yours behaves as if nothing were undone when `{called(call)}` is reversed."
            yield Change("reverse→noop", call, ast.unparse(changed), words)


OPERATORS = (
    Operator("drop operation", drop_operation),
    Operator("swap operations", swap_operations),
    Operator("drop reverse", drop_way_back),
    Operator("reverse nothing", nothing_back),
)
