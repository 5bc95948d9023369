"""Exercises, and runs as the sandbox would report them, from plain Python values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from lessons.catalogue.types import Answer, Exercise, Wrong
from lessons.grading.grade import grade
from lessons.grading.types import Check, Trial, Verdict
from sandbox.protocol import ErrorReport, File, Frame, Observation, Outcome, Result


@dataclass(frozen=True)
class Instance:
    """A model instance: ``Instance(3, n=2)`` is the author 3 with an annotation."""

    pk: Any
    model: str
    annotations: Mapping[str, Any] = field(default_factory=dict)


def author(pk: Any, **annotations: Any) -> Instance:
    return Instance(pk, "bookshop.Author", annotations)


def book(pk: Any, **annotations: Any) -> Instance:
    return Instance(pk, "bookshop.Book", annotations)


def encode(value: Any) -> Any:
    match value:
        case None | bool() | str() | int() | float():
            return value
        case Instance():
            carried = {name: encode(one) for name, one in value.annotations.items()}
            return ["model", value.model, encode(value.pk), f"{value.model} {value.pk}", carried]
        case tuple() if hasattr(value, "_fields"):
            return ["named", list(value._fields), [encode(one) for one in value]]
        case tuple() | list():
            return [type(value).__name__, [encode(one) for one in value]]
        case dict():
            return ["dict", [[encode(key), encode(one)] for key, one in value.items()]]
        case set() | frozenset():
            return ["set", [encode(one) for one in value]]
    return encode_scalar(value)


def encode_scalar(value: Any) -> Any:
    match value:
        case Decimal():
            return ["decimal", str(value)]
        case datetime():
            return ["datetime", (value.astimezone(UTC) if value.tzinfo else value).isoformat()]
        case date() | time():
            return [type(value).__name__, value.isoformat()]
        case timedelta():
            return ["timedelta", value.total_seconds()]
        case UUID():
            return ["uuid", str(value)]
        case bytes():
            return ["bytes", value.hex()]
    return ["other", type(value).__name__, repr(value)]


def rows(*values: Any, columns: tuple[str, ...] = (), **also: Any) -> dict[str, Any]:
    """What the rows observer sees of these rows."""
    first = values[0] if values else None
    names = {"instances": ("id", *getattr(first, "annotations", ())), "dicts": tuple(first) if isinstance(first, dict) else ()}
    kind = kind_of(first)
    return {
        "kind": kind,
        "type": "list",
        "model": getattr(first, "model", ""),
        "columns": list(columns or names.get(kind, ())),
        "rows": [encode(value) for value in values],
        "cells": [cells(value) for value in values],
        "total": len(values),
        "sequence": True,
        **also,
    }


def kind_of(row: Any) -> str:
    for type_, kind in ((Instance, "instances"), (dict, "dicts"), (tuple | list, "tuples")):
        if isinstance(row, type_):
            return kind
    return "scalars"


def cells(row: Any) -> list[Any]:
    match row:
        case Instance():
            return [encode(row.pk), *(encode(one) for one in row.annotations.values())]
        case dict():
            return [encode(one) for one in row.values()]
        case tuple() | list():
            return [encode(one) for one in row]
    return [encode(row)]


def not_rows(value: Any, type_name: str = "") -> dict[str, Any]:
    return {"kind": "not_rows", "type": type_name or type(value).__name__, "value": encode(value)}


def value(of: Any, type_name: str = "") -> dict[str, Any]:
    return {"value": encode(of), "type": type_name or type(of).__name__}


def run(*seen: Mapping[str, Any], hidden: bool = False, queries: int = 1) -> Observation:
    labels = [f"hidden {place}" for place in range(1, len(seen) + 1)] if hidden else ["visible"]
    results = tuple(Result(label=label, seen=one, queries=queries) for label, one in zip(labels, seen, strict=True))
    return Observation(outcome=Outcome.OK, results=results)


def trial(visible: Mapping[str, Any], *hidden: Mapping[str, Any], queries: int = 1) -> Trial:
    return Trial(run(visible, queries=queries), run(*hidden, hidden=True, queries=queries))


def error(type_name: str = "ValueError", message: str = "", line: int | None = 1, **also: Any) -> Observation:
    frames = (Frame("answer.py", line, "<module>", "Book.objects.all()"),) if line else ()
    report = ErrorReport(type=type_name, message=message, line=line, frames=frames, **also)
    return Observation(outcome=Outcome.ERROR, error=report)


def ended(outcome: Outcome, limit: str = "") -> Observation:
    return Observation(outcome=outcome, limit=limit)


def files(text: str = "Book.objects.all()") -> tuple[File, ...]:
    return (File("answer.py", text),)


ANSWER = Answer(files(), 1)


def exercise(observe: str = "rows", **also: Any) -> Exercise:
    return Exercise(
        key="models/first#cheap",
        id="cheap",
        title="Cheap books",
        prompt_html="",
        line=1,
        observe=observe,
        world="bookshop",
        starter=ANSWER,
        solution=ANSWER,
        **also,
    )


def wrong(feedback: str = "<p>Look again.</p>") -> Wrong:
    return Wrong("Dearest first", ANSWER, "order", feedback)


def verdict(
    expected: Mapping[str, Any], observed: Mapping[str, Any], keys: Mapping[str, Any] | None = None, **also: Any
) -> Verdict:
    """The verdict on rows, on the visible data alone. ``also`` are the exercise's."""
    fences = (Result(label="visible", seen=keys),) if keys is not None else None
    fence = ANSWER if keys is not None else None
    return grade(exercise(keys=fence, **also), expected=trial(expected), observed=trial(observed), files=files(), keys=fences)


def check(verdict: Verdict, name: str) -> Check:
    return next(check for check in verdict.checks if check.name == name)
