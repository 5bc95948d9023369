"""Exercise kinds: one folder each, with everything about the kind except what runs inside the sandbox.

A folder ``lessons/kinds/<kind>/`` holds ``kind.py`` with a ``KIND`` (a :class:`Kind`), ``panels.html`` (the fragment below a
verdict: what was seen) and ``authoring.md`` (how to write such an exercise). Its observer has the same name in
``sandbox/observers/``. Nothing else changes for a new kind.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from lessons.catalogue.keys import Key
from lessons.catalogue.types import Exercise
from lessons.grading.essence import whole
from lessons.grading.types import Check, Diff, Remark
from sandbox.protocol import ErrorReport, Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What comparing one learner's result with the reference's on one database gives."""

    checks: tuple[Check, ...]
    headline: str = ""
    """What is off in a few words ("2 authors missing, 1 listed twice"); empty when nothing is."""
    detail: str = ""
    notes: tuple[str, ...] = ()
    diff: Diff | None = None
    error: ErrorReport | None = None
    """An exception that the learner's code raised where it should not have."""
    remark: Remark | None = None
    """Why it is off, where that is known: its words lead ``detail`` already, and its line is to be marked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """``keys`` are the YAML keys that the kind adds.

    ``compare`` takes the exercise, the reference's result, the learner's, and the reference's keys fence result (or None).
    ``same`` says whether two results are the same behaviour: what matches a learner's answer with an author's ``wrong`` one.
    ``essence`` is what of one result says how the answer behaved: what finds answers of learners that are alike.
    """

    name: str
    checks: tuple[str, ...]
    """The names that ``expect=`` may use besides ``queries``, ``must_use``, ``forbid``, ``error``, ``timeout``."""
    compare: Callable[[Exercise, Result, Result, Result | None], Comparison]
    same: Callable[[Exercise, Result, Result], bool]
    essence: Callable[[Exercise, Result], object] = lambda exercise, result: whole(result)
    keys: Mapping[str, Key] = field(default_factory=dict)
    reference_options: Callable[[Exercise], dict[str, Any]] = lambda exercise: {}
    """``Job.options`` for the reference's run only."""
    mutated: bool = True
    """Whether a mutant of the solution should be told apart: not where the answer is itself what tells mutants apart."""
    probed: bool = False
    """Whether the answer is asked by the exercise's probes, and may consist of several files."""
    needs_probes: bool = True
    """Whether an exercise of a kind that asks probes must have any."""

    hides_data: bool = True
    """Whether what is hidden is data; else it is probes only, which are the same on any data."""

    def options(self, exercise: Exercise, *, hidden: bool) -> dict[str, Any]:
        """``Job.options`` for every run. Hidden probes are asked on hidden data only."""
        if not self.probed:
            return {}
        asked = [probe for probe in exercise.probes if hidden or not probe.hidden]
        probes, paths = [probe.text for probe in asked], [probe.path for probe in asked]
        given = [[file.path, file.text] for file in exercise.given]
        return {"probes": probes, "paths": paths, "given": given, **exercise.extra}

    @property
    def template(self) -> str:
        return f"{self.name}/panels.html"


def find() -> dict[str, Kind]:
    """Every kind there is, by name."""
    folders = sorted(path.parent.name for path in Path(__file__).parent.glob("*/kind.py"))
    return {name: import_module(f"lessons.kinds.{name}.kind").KIND for name in folders}
