"""Rows: what an expression or a few statements give back, evaluated as a list.

``seen`` of one database::

    {"kind": "instances" | "dicts" | "tuples" | "scalars" | "mixed" | "not_rows",
     "type": "QuerySet",                 # the answer's type, for messages
     "model": "bookshop.Book",           # instances only, else ""
     "columns": ["id", "title"],         # heads of the cells, for showing: fields and annotations, keys, or names if known
     "rows": [encoded row, …],           # at most ROWS_COMPARED
     "cells": [[encoded cell, …], …],    # the first ROWS_SHOWN rows, one cell a column
     "total": 12,
     "sequence": true,                   # false for a set, which has no order
     "keys": [[encoded key, …], …],      # one per row, only if options["order"] was given and rows are instances
     "value": encoded}                   # not_rows only: what came instead

``options``: ``{"order": ["price", "author__name"]}``, lookup paths (without the minus sign) to read from each instance; asked for
in the reference's run only.
"""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.query import NamedValuesListIterable, ValuesIterable, ValuesListIterable

from sandbox.encode import Encoder, text
from sandbox.limits import Limit
from sandbox.protocol import ROWS_COMPARED, ROWS_SHOWN, Encoded
from sandbox.run import Run

NOT_ROWS = (str, bytes, bytearray, dict, Model, type)


def observe(run: Run) -> Mapping[str, Any]:
    with run.recording():
        answer = run.answer()
        rows = None if not_rows(answer) else gather(answer)
    if rows is None:
        return {"kind": "not_rows", "type": text(type(answer).__name__), "value": Encoder().encode(answer)}
    return describe(answer, rows) | keys(rows, run.options.get("order", ()))


def not_rows(answer: Any) -> bool:
    return issubclass(type(answer), NOT_ROWS) or not hasattr(type(answer), "__iter__")


def gather(answer: Iterable[Any]) -> list[Any]:
    """Evaluate the answer, once. A QuerySet goes through ``iter()``, so that its own result cache and prefetches work."""
    rows = list(islice(answer, ROWS_COMPARED + 1))
    if len(rows) > ROWS_COMPARED:
        raise Limit("output", f"{ROWS_COMPARED:,} rows")
    return rows


def describe(answer: Any, rows: list[Any]) -> dict[str, Any]:
    encoder = Encoder()
    kind = kind_of(answer, rows)
    columns = columns_of(kind, answer, rows)
    annotations = annotations_of(answer, rows) if kind == "instances" else []
    return {
        "kind": kind,
        "type": text(type(answer).__name__),
        "model": rows[0]._meta.label if kind == "instances" and rows else "",
        "columns": columns,
        "rows": [encoder.encode(row, annotations) for row in rows],
        "cells": [cells(encoder, row, kind, columns) for row in rows[:ROWS_SHOWN]],
        "total": len(rows),
        "sequence": not issubclass(type(answer), set | frozenset),
    }


def kind_of(answer: Any, rows: list[Any]) -> str:
    kinds = {shape(row) for row in rows}
    if len(kinds) == 1:
        return kinds.pop()
    if kinds:
        return "mixed"
    iterable = getattr(answer, "_iterable_class", None) if isinstance(answer, QuerySet) else None
    empty: dict[Any, str] = {
        None: "scalars",
        ValuesIterable: "dicts",
        ValuesListIterable: "tuples",
        NamedValuesListIterable: "tuples",
    }
    return empty.get(iterable, "instances")


def shape(row: Any) -> str:
    for kind, name in ((Model, "instances"), (dict, "dicts"), (tuple | list, "tuples")):
        if issubclass(type(row), kind):
            return name
    return "scalars"


def columns_of(kind: str, answer: Any, rows: list[Any]) -> list[str]:
    match kind:
        case "instances" if rows:
            return instance_columns(rows[0]) + annotations_of(answer, rows)
        case "dicts" if rows:
            return [text(str(name)) for name in rows[0]]
        case "tuples" if rows:
            return tuple_columns(answer, rows)
        case _:
            return []


def instance_columns(instance: Model) -> list[str]:
    """The fields that were read; a deferred one would cost a query to show."""
    return [field.attname for field in instance._meta.concrete_fields if field.attname in vars(instance)]


def annotations_of(answer: Any, rows: list[Any]) -> list[str]:
    """What an instance carries besides its fields: for a QuerySet its annotations, else what was set on it."""
    if not rows:
        return []
    held = [name for name in vars(rows[0]) if not name.startswith("_") and name not in instance_columns(rows[0])]
    named = answer.query.annotations if isinstance(answer, QuerySet) else held
    return [text(name) for name in named if name in held]


def tuple_columns(answer: Any, rows: list[Any]) -> list[str]:
    names = getattr(type(rows[0]), "_fields", None) or selected(answer)
    return [text(str(name)) for name in names] if names and len(names) == len(rows[0]) else []


def selected(answer: Any) -> list[str]:
    query = getattr(answer, "query", None)
    return list(getattr(query, "selected", None) or ())


def cells(encoder: Encoder, row: Any, kind: str, columns: list[str]) -> list[Encoded]:
    match kind:
        case "instances":
            return [encoder.encode(vars(row).get(name)) for name in columns]
        case "dicts":
            return [encoder.encode(value) for value in dict.values(row)]
        case "tuples":
            return [encoder.encode(value) for value in row]
        case _:
            return [encoder.encode(row)]


def keys(rows: list[Any], order: Iterable[str]) -> dict[str, Any]:
    """Each instance's values of the lookup paths in ``order``; nothing when the rows are not instances."""
    paths = list(order)
    if not paths or not rows or not all(isinstance(row, Model) for row in rows):
        return {}
    encoder = Encoder()
    return {"keys": [[encoder.encode(follow(row, path)) for path in paths] for row in rows]}


def follow(instance: Any, path: str) -> Any:
    """``author__name`` from a book: its author's name, None where a link on the way is empty."""
    for name in path.split("__"):
        instance = getattr(instance, name) if instance is not None else None
    return instance
