"""Probes: what is asked of a learner's code once it is loaded, statement by statement.

A probe is a few lines of Python. Each of its statements that is an expression is one :class:`~sandbox.protocol.Step`: what it
gave or raised, and how many queries it sent. Other statements (an import, an assignment) prepare the next, and are steps only
where they fail. Every probe begins with the database as it was, and ends with a step of its own that says what it left behind.
"""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.tasks import default_task_backend

from sandbox.changes import changes
from sandbox.encode import Encoder, TooMuch
from sandbox.explain import explain, short
from sandbox.limits import Limit
from sandbox.lockdown import database
from sandbox.protocol import STEPS_KEPT, Encoded, Step
from sandbox.record import recorder
from sandbox.run import Run

PATH = "probe.py"

type Describe = Callable[[Any], Mapping[str, Any] | None]
"""What an observer sees in one value; None where there is nothing to see, and no step."""
type Fresh = Callable[[], Mapping[str, Any]]


def ask(run: Run, names: Mapping[str, Any], describe: Describe, *, fresh: Fresh = dict, failed: Fresh = dict) -> list[Step]:
    """Ask every probe of ``run.options["probes"]`` in turn, with ``names`` in place. Raises Limit for too many steps.

    ``fresh`` makes the names that no two probes share, ``failed`` is what an observer saw of a statement that raised.
    """
    before = connection.connection.serialize()
    steps: list[Step] = []
    for number, probe in enumerate(run.options.get("probes", ())):
        if number:
            database.load(run.world, before)
        start_afresh()
        written = connection.connection.total_changes
        steps += one_probe(run, probe, {**names, **fresh()}, describe, failed)
        touched = connection.connection.total_changes != written
        steps.append(Step(asked="", seen=left_behind(run, before if touched else None)))
        if len(steps) > STEPS_KEPT:
            raise Limit("output", f"{STEPS_KEPT} steps")
    return steps


def one_probe(run: Run, probe: str, namespace: dict[str, Any], describe: Describe, failed: Fresh = dict) -> Iterator[Step]:
    """Where a statement that prepares the next ones fails, they are not asked."""
    for statement in ast.parse(probe, PATH).body:
        asked, sent = short(ast.unparse(statement)), recorder.queries
        try:
            with recorder.recording():
                seen = step(statement, namespace, describe)
        except Exception as problem:  # what a learner's code raises is an answer; SystemExit and limits end the run
            if isinstance(problem, MemoryError | TooMuch) or database.interrupted(problem):
                raise
            error = explain(problem, run.paths)
            yield Step(asked=asked, seen=failed(), error=error, queries=recorder.queries - sent)
            if not isinstance(statement, ast.Expr):
                return
        else:
            if seen is not None:
                yield Step(asked=asked, seen=seen, queries=recorder.queries - sent)


def step(statement: ast.stmt, namespace: dict[str, Any], describe: Describe) -> Mapping[str, Any] | None:
    """What an expression gives; None for any other statement."""
    if isinstance(statement, ast.Expr):
        return describe(eval(compile(ast.Expression(statement.value), PATH, "eval"), namespace))
    exec(compile(ast.Module([statement], []), PATH, "exec"), namespace)
    return None


def value(found: Any) -> Mapping[str, Any]:
    """``{"value": encoded}``: how most kinds see what came back. A QuerySet is its rows."""
    return {"value": Encoder().encode(list(found) if isinstance(found, QuerySet) else found)}


def start_afresh() -> None:
    """What one probe leaves in memory is not there for the next."""
    cache.clear()
    mail.outbox = []
    default_task_backend.clear()  # type: ignore[attr-defined]


def left_behind(run: Run, before: bytes | None) -> dict[str, Any]:
    """``{"changes": …, "mail": [{"to", "subject", "body"}, …], "tasks": [{"task", "args", "kwargs"}, …]}``, and in ``"counts"``
    how many rows of each model were added, changed and removed: ``{"bookshop.Book": {"added": 3}}``.

    ``before`` is the database as it was, None where nothing was written.
    """
    if connection.connection.in_transaction:
        connection.connection.rollback()  # as closing the connection does
    changed = changes(before, run.options.get("tables", ())) if before else []
    return {"changes": changed, "counts": counts(changed), "mail": sent_mail(), "tasks": enqueued()}


def counts(changed: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for one in changed:
        of_model = found.setdefault(one["model"], {})
        of_model[one["change"]] = of_model.get(one["change"], 0) + 1
    return found


def sent_mail() -> list[dict[str, Encoded]]:
    encode = Encoder().encode
    return [
        {"to": encode(list(message.to)), "subject": encode(message.subject), "body": encode(message.body)}
        for message in mail.outbox
    ]


def enqueued() -> list[dict[str, Encoded]]:
    encode = Encoder().encode
    return [
        {"task": encode(result.task.module_path), "args": encode(list(result.args)), "kwargs": encode(result.kwargs)}
        for result in default_task_backend.results  # type: ignore[attr-defined]
    ]
