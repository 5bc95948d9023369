"""What a verdict is made of. Plain frozen data: stored as JSON, rendered by a template, printed by a command."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

from sandbox.protocol import Observation, Outcome


class Status(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    """It ran, and something is off."""
    ERROR = "error"
    """It did not run to its end: an exception, or a limit."""
    NOT_GRADED = "not_graded"
    """Our fault. Never counted as an attempt; the code is kept."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What one answer did: on the data the learner sees, and on the hidden databases (one result each)."""

    visible: Observation
    hidden: Observation

    @property
    def ours(self) -> Observation | None:
        """The observation that is missing because of us, if one is."""
        return next((seen for seen in (self.visible, self.hidden) if seen.ours), None)


@dataclass(frozen=True, slots=True)
class Check:
    """One line of a verdict. ``name`` is what ``expect=`` names; ``text`` is plain words with `code` in backticks."""

    name: str
    passed: bool
    text: str


class Mark(StrEnum):
    SAME = "same"
    MISSING = "missing"
    EXTRA = "extra"
    REPEATED = "repeated"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class DiffRow:
    mark: Mark
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """The learner's rows beside the expected ones, on the visible data. ``left_out`` counts rows too many to show."""

    columns: tuple[str, ...]
    rows: tuple[DiffRow, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Remark:
    """What in the learner's own files is probably why something is off, in a sentence or two, and where.

    The place may be a claim. Where there is no ``line``, it is the first that holds the text ``written``.
    """

    words: str
    path: str = ""
    line: int | None = None
    written: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """A few rows to look at. ``name`` is the model's; ``left_out`` counts rows too many to show."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: int = 0

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(data["name"], tuple(data["columns"]), tuple(map(tuple, data["rows"])), data["left_out"])


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A hidden database on which the answer goes wrong: the tables that matter, and what the answer gives, if it does."""

    tables: tuple[Sample, ...]
    given: Sample | None

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        given = data["given"]
        return cls(tuple(map(Sample.from_json, data["tables"])), given and Sample.from_json(given))


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """``headline`` says what is off in a few words, ``detail`` in a sentence or two more; both plain, with `code` in backticks.

    ``feedback_html`` is the author's, from the ``wrong`` answer that behaves the same; where there is none, ``likely`` says in a
    sentence what the learner probably did. ``line`` is the learner's line to mark.
    """

    status: Status
    headline: str
    detail: str = ""
    checks: tuple[Check, ...] = ()
    feedback_html: str = ""
    feedback_title: str = ""
    likely: str = ""
    notes: tuple[str, ...] = ()
    diff: Diff | None = None
    counterexample: Counterexample | None = None
    outcome: Outcome = Outcome.OK
    path: str = ""
    line: int | None = None
    traceback: str = ""

    @property
    def failed(self) -> frozenset[str]:
        """The names of the checks that did not pass."""
        return frozenset(check.name for check in self.checks if not check.passed)

    def as_json(self) -> dict[str, Any]:
        """Plain JSON; :meth:`from_json` turns it back."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        diff, counterexample = data.get("diff"), data.get("counterexample")
        return cls(
            **{
                **data,
                "status": Status(data["status"]),
                "outcome": Outcome(data["outcome"]),
                "checks": tuple(Check(**check) for check in data["checks"]),
                "notes": tuple(data["notes"]),
                "counterexample": counterexample and Counterexample.from_json(counterexample),
                "diff": diff
                and Diff(
                    columns=tuple(diff["columns"]),
                    rows=tuple(DiffRow(Mark(row["mark"]), tuple(row["cells"])) for row in diff["rows"]),
                    left_out=diff["left_out"],
                ),
            }
        )
