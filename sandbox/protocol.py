"""What crosses the line between the site and the process that runs a learner's code.

A :class:`Job` goes in, an :class:`Observation` comes back. An observation says what happened; it never says whether that
was right. Standard library only: both sides import this module, and one of them is hostile ground.

Values travel in an *encoded* form that is plain JSON and loses nothing a comparison needs:

===========================  =================================================================================
Python                       encoded
===========================  =================================================================================
``None``, ``bool``, ``str``  itself (surrogates replaced, at most 10,000 characters)
``int``                      itself up to 64 bits, else ``["int", "1267…"]`` (at most 1,000 digits)
``float``                    itself when finite, else ``["float", "nan" | "inf" | "-inf"]``
``Decimal``                  ``["decimal", "2.50"]``
``date``, ``time``           ``["date", "2020-01-31"]``, ``["time", "12:30:00"]``
``datetime``                 ``["datetime", "2020-01-31T12:30:00+00:00"]`` (aware ones in UTC)
``timedelta``                ``["timedelta", seconds]``
``UUID``                     ``["uuid", "…"]``
``bytes``                    ``["bytes", "hex"]``
``list``, generator          ``["list", [item, …]]``
``tuple``                    ``["tuple", [item, …]]``
named tuple                  ``["named", [name, …], [item, …]]``
``dict``                     ``["dict", [[key, value], …]]``
``set``, ``frozenset``       ``["set", [item, …]]``
model instance               ``["model", "bookshop.Author", pk, str(instance), {annotation: value}]``
anything else                ``["other", "type name", "repr, at most 500 characters"]``
===========================  =================================================================================
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

type Encoded = Any  # a JSON value of the table above

FILE = "answer.py"
"""The path of the one file of a one-file exercise; tracebacks name it."""

BARE = frozenset({"settings"})
"""The observers for which Django must not have been set up."""

TWIN = ("case", "nulls", "ties")
"""Where another database may do otherwise than SQLite with the same rows: see :mod:`sandbox.backend.twin`."""

ROWS_COMPARED = 10_000
ROWS_SHOWN = 500
STATEMENTS_KEPT = 100
STEPS_KEPT = 200
PRINTED_BYTES = 64 * 1024
FRAME_BYTES = 8 * 1024 * 1024
MOST_VALUES = 500_000
"""Values in one observation, counting what is inside of others."""
LONGEST_TEXT = 10_000
LONGEST_NAME = 1_000
"""Characters of an error's message, type and names."""
CHOICES_KEPT = 60
FRAMES_KEPT = 10
SECONDS = 3.0
MEMORY_MB = 256
BEGUN = b"!"
"""What a run sends before its answer, as the last thing before a learner's code is run in it. It cannot be taken back."""


def in_seconds(number: float) -> str:
    """ "3 seconds", "1 second", "0.5 seconds"."""
    return f"{number:g} second{'' if number == 1 else 's'}"


class Outcome(StrEnum):
    """How a run ended. The last two are ours, and never held against the learner."""

    OK = "ok"
    ERROR = "error"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    OUTPUT = "output"
    CRASHED = "crashed"
    BUSY = "busy"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class File:
    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to run, and on which data.

    ``databases`` are SQLite images, tried one after the other in one process; empty means the world's visible data.
    ``options`` are the observer's own, plain JSON. ``seconds`` are for each database. ``twin`` names the ways of
    ``TWIN`` in which the databases do not do as SQLite does.
    """

    observer: str
    world: str
    files: tuple[File, ...]
    options: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    databases: tuple[bytes, ...] = ()
    seconds: float = SECONDS
    twin: tuple[str, ...] = ()

    @property
    def rounds(self) -> int:
        """How often the code is run: limits on time and printed text are for one round."""
        return max(1, len(self.databases))


@dataclass(frozen=True, slots=True)
class Frame:
    """One line of a traceback, the learner's own files only. ``line`` counts from 1."""

    path: str
    line: int
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorReport:
    """An exception of the learner's code.

    ``line`` is the learner's (None when none of their lines is on the stack). When the error is about a name that does
    not exist, ``name`` is that name, ``owner`` what it was looked for on ("Author", "a QuerySet of Book"), ``choices``
    every name there is, and ``near`` the ones it was probably meant to be, nearest first.
    """

    type: str
    message: str
    path: str = FILE
    line: int | None = None
    column: int | None = None
    frames: tuple[Frame, ...] = ()
    name: str = ""
    owner: str = ""
    choices: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One SQL statement as the learner's code sent it. ``ms`` is its time in SQLite; ``plan`` are EXPLAIN QUERY PLAN's lines."""

    sql: str
    line: int | None
    ms: float
    counts: bool
    """Whether it reads or writes rows (BEGIN, SAVEPOINT and the like do not)."""
    plan: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one thing that was asked of the learner's code gave. ``asked`` is the probe's own text; empty for what was found
    when a whole probe had been asked. ``seen`` is the observer's own shape; where ``error`` says what was raised, what there was
    to be seen until then.
    """

    asked: str
    seen: Mapping[str, Any]
    error: ErrorReport | None = None
    queries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one observer saw on one database. ``seen`` is the observer's own shape, documented in its module.

    ``steps`` are the probes' in the order they were asked; other kinds have none. ``queries`` counts every statement that reads
    or writes rows; ``statements`` keeps the first ``STATEMENTS_KEPT`` of all.
    """

    label: str
    """"visible", "hidden 1", "hidden 2" …"""
    seen: Mapping[str, Any]
    statements: tuple[Statement, ...] = ()
    queries: int = 0
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What happened. ``results`` holds one entry per database that was finished before the run ended.

    ``error`` is set exactly when ``outcome`` is ``error``. ``limit`` names in plain words the limit that ended a timeout,
    memory or output run ("3 seconds", "256 MB", "64 KB of printed text"). ``ms`` is the whole run, as the client saw it.
    """

    outcome: Outcome
    results: tuple[Result, ...] = ()
    error: ErrorReport | None = None
    printed: str = ""
    limit: str = ""
    ms: float = 0.0

    @property
    def ours(self) -> bool:
        """Whether the sandbox, not the learner's code, is why there is no result."""
        return self.outcome in (Outcome.BUSY, Outcome.UNAVAILABLE)
