"""Free: what a piece of code gives, whatever that is. It belongs to no exercise kind.

``seen`` is that of rows where there are rows, and of value, with ``"kind": "not_rows"``, where there is a value. Where the last
statement gives nothing (a loop that prints, or ``None``)::

    {"kind": "nothing", "said": true}   # said: whether the last statement is an expression, which gave None
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from sandbox.encode import Encoder, text
from sandbox.observers import rows
from sandbox.run import Run
from sandbox.source import NoAnswer


def observe(run: Run) -> Mapping[str, Any]:
    with run.recording():
        try:
            answer = run.answer()
        except NoAnswer:
            return {"kind": "nothing", "said": False}
        found = None if rows.not_rows(answer) else rows.gather(answer)
    if answer is None:
        return {"kind": "nothing", "said": True}
    return rows.describe(answer, found) if found is not None else _value(answer)


def _value(answer: Any) -> dict[str, Any]:
    """A model instance comes with its fields, as one row."""
    names = (
        rows.instance_columns(answer) if issubclass(type(answer), Model) else []
    )  # before its text is made, which may read more
    encoder = Encoder()
    seen = {"kind": "not_rows", "type": text(type(answer).__name__), "value": encoder.encode(answer)}
    return seen | {"columns": names, "cells": [[encoder.encode(vars(answer)[name]) for name in names]]} if names else seen
