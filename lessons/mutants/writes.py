"""Rows that are made when they are missing: ``get_or_create`` and what is taken for it, and ``get`` for its rows."""

import ast
from collections.abc import Iterator

from lessons.mutants.sentences import within
from lessons.mutants.source import Source, called, items, on, owner, renamed
from lessons.mutants.types import Change, Operator

OTHERS = {"get_or_create": "update_or_create", "update_or_create": "get_or_create"}
THERE = {
    "get_or_create": "a row that is there already stays as it is",
    "update_or_create": "a row that is there already is written over",
}


def other_maker(source: Source) -> Iterator[Change]:
    for call in source.calls(OTHERS):
        name, other = called(call), OTHERS[called(call)]
        if owner(call) and not any(each.arg == "create_defaults" for each in call.keywords):
            words = f"Yours behaves as if `{name}()` were `{other}()`{within(source, call)}: {THERE[other]}."
            yield Change(f"{name}→{other}", call, ast.unparse(renamed(call, other)), words)


def always_new(source: Source) -> Iterator[Change]:
    """``create`` with the same values, as a pair like the one that ``get_or_create`` gives."""
    for call in source.calls(OTHERS):
        value, plain = owner(call), [each for each in call.keywords if each.arg != "defaults"]
        if value and not call.args:
            defaults = [ast.keyword(None, each.value) for each in call.keywords if each.arg == "defaults"]
            new = ast.unparse(on(value, "create", [*plain, *defaults]))
            words = f"Yours behaves as if `{called(call)}()` were `create()`{within(source, call)}: "
            words += "it makes a row even where there is one already."
            yield Change(f"{called(call)}→create", call, f"({new}, True)", words)


def rows_for_a_row(source: Source) -> Iterator[Change]:
    for call in source.calls({"get"}):
        value, asked = owner(call), items(call)
        if value and asked and all(isinstance(each, ast.keyword) and each.arg for each in asked):
            words = (
                f"Yours behaves as if `get()` were `filter()`{within(source, call)}: that is a QuerySet, and not the row in it."
            )
            yield Change("get→filter", call, ast.unparse(on(value, "filter", asked)), words)


OPERATORS = (
    Operator("get_or_create↔update_or_create", other_maker),
    Operator("get_or_create→create", always_new),
    Operator("get→filter", rows_for_a_row),
)
