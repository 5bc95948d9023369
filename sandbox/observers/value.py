"""Value: the one value that an expression or a few statements give back.

``seen``: ``{"value": encoded, "type": "int"}``, and for a model instance ``"columns"`` and ``"cells"``, one row, as in rows.

An exception is the observation's ``error``, as everywhere.
"""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from django.db.models import Model, QuerySet

from sandbox.encode import Encoder, text
from sandbox.limits import Limit
from sandbox.observers.rows import instance_columns
from sandbox.protocol import ROWS_COMPARED
from sandbox.run import Run


def observe(run: Run) -> Mapping[str, Any]:
    with run.recording():
        answer = run.answer()
        value = evaluate(answer)
    fields = instance_columns(value) if issubclass(type(value), Model) else []
    encoder = Encoder()
    seen: dict[str, Any] = {"value": encoder.encode(value), "type": text(type(answer).__name__)}
    if fields:
        seen |= {"columns": fields, "cells": [[encoder.encode(vars(value)[name]) for name in fields]]}
    return seen


def evaluate(answer: Any) -> Any:
    """A QuerySet's rows; everything else is what it is."""
    if not isinstance(answer, QuerySet):
        return answer
    rows = list(islice(answer, ROWS_COMPARED + 1))
    if len(rows) > ROWS_COMPARED:
        raise Limit("output", f"{ROWS_COMPARED:,} rows")
    return rows
