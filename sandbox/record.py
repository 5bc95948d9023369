"""What a learner's code sends to the database: every statement, with the line that sent it and its time."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from time import perf_counter
from types import FrameType
from typing import Any

from django.db import connection

from sandbox.encode import text
from sandbox.protocol import STATEMENTS_KEPT, Statement

COUNTS = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|WITH|VALUES)\b", re.IGNORECASE)
PLANNED = re.compile(r"\s*(SELECT|UPDATE|DELETE|WITH)\b", re.IGNORECASE)
PLANS_KEPT = 10


@dataclass(slots=True)
class Sent:
    sql: str
    params: Any
    line: int | None
    ms: float


class Recorder:
    """One for the process: the backend hands every statement of every thread to it. It records only while switched on."""

    def __init__(self) -> None:
        self.paths: frozenset[str] = frozenset()
        self.on = False
        self.start((), None)

    def start(self, paths: Iterable[str], line: int | None) -> None:
        """Forget what was recorded. ``line`` stands for statements sent while none of the files ``paths`` is on the stack."""
        self.paths, self.line = frozenset(paths), line
        self.sent: list[Sent] = []
        self.queries = 0

    @contextmanager
    def recording(self) -> Iterator[None]:
        self.on = True
        try:
            yield
        finally:
            self.on = False

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if not self.on:
            return execute(sql, params, many, context)
        self.queries += bool(COUNTS.match(sql))
        started = perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.keep(sql, None if many else params, started)

    def keep(self, sql: str, params: Any, started: float) -> None:
        if self.on and len(self.sent) < STATEMENTS_KEPT:
            ms = (perf_counter() - started) * 1000
            self.sent.append(Sent(sql, params, self.learners_line(), ms))

    def learners_line(self) -> int | None:
        frame: FrameType | None = sys._getframe(2)
        while frame is not None:
            if frame.f_code.co_filename in self.paths:
                return frame.f_lineno
            frame = frame.f_back
        return self.line

    def statements(self) -> tuple[Statement, ...]:
        """What was recorded, with the values put in and the first PLANS_KEPT plans. Sends SQL of its own, unrecorded."""
        return tuple(
            Statement(
                sql=text(written(sent)),
                line=sent.line,
                ms=round(sent.ms, 3),
                counts=bool(COUNTS.match(sent.sql)),
                plan=plan(sent) if place < PLANS_KEPT else (),
            )
            for place, sent in enumerate(self.sent)
        )


def written(sent: Sent) -> str:
    """The SQL with its parameters in place, for reading."""
    with suppress(Exception):
        return connection.ops.last_executed_query(None, sent.sql, sent.params)
    return sent.sql


def plan(sent: Sent) -> tuple[str, ...]:
    """The lines of EXPLAIN QUERY PLAN, indented by their depth; empty where SQLite gives none."""
    if not PLANNED.match(sent.sql):
        return ()
    with suppress(Exception), connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + sent.sql, sent.params)
        depths = {0: -1}
        lines = []
        for id_, parent, _, detail in cursor.fetchall():
            depths[id_] = depths.get(parent, -1) + 1
            lines.append("  " * depths[id_] + text(str(detail)))
        return tuple(lines)
    return ()


recorder = Recorder()
