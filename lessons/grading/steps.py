"""Compares what the probes gave, step by step, and what they left behind. For every kind whose answers are asked by probes.

A kind says how one step differs from the reference's (a :data:`Differ`); this module does the rest: errors, what a probe left in
the database, in the mailbox and in the queue of tasks, and the words. Of hidden probes and hidden data nothing is told.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lessons.catalogue.types import Exercise
from lessons.grading.broken import BrokenExercise
from lessons.grading.canonical import Yardstick
from lessons.grading.types import Check, Diff, DiffRow, Mark
from lessons.grading.words import code, count, is_hidden, listing, show
from lessons.kinds import Comparison
from sandbox.protocol import Encoded, ErrorReport, Result, Step

type Differ = Callable[[Exercise, Step, Step], str]
"""What is off in the second step, in a few words ("34, expected 21"); empty when nothing is."""
type Shown = Callable[[Step], str]
"""What a step gave, for a table's cell."""

LEFT_BEHIND = {
    "database": ("changes", "Leaves the database as it should", "Not what the database should hold afterwards"),
    "mail": ("mail", "Sends the mail it should", "Not the mail that should be sent"),
    "tasks": ("tasks", "Enqueues the tasks it should", "Not the tasks that should be enqueued"),
}
"""By check: the key of a closing step's ``seen``, and what is said where it is right or wrong."""
CHECKS = tuple(LEFT_BEHIND)
NAMES = {"changes": "Database", "mail": "Mail", "tasks": "Task"}


@dataclass(frozen=True, slots=True)
class Steps:
    """How one kind compares steps. ``check`` is the name of its own check, ``noun`` what a step is called ("call")."""

    check: str
    noun: str
    differ: Differ
    shown: Shown

    def compare(self, exercise: Exercise, expected: Result, observed: Result, keys: Result | None) -> Comparison:
        """Raises BrokenExercise when the reference was asked nothing."""
        if not any(step.asked for step in expected.steps):
            raise BrokenExercise("The exercise asks nothing of the answer: it has no probe.")
        pairs = list(zip(expected.steps, observed.steps, strict=False))
        if len(pairs) < len(expected.steps):
            return Comparison(checks=(self.failed(),), headline="Not every probe was answered")
        asked = [self.off(exercise, *pair) for pair in pairs if pair[0].asked]
        wrong = [one for one in asked if one]
        checks = [self.failed() if wrong else self.passed(len(asked)), *left_behind(pairs)]
        return self.told(exercise, pairs, wrong, checks, hidden=is_hidden(expected))

    def off(self, exercise: Exercise, expected: Step, observed: Step) -> "Off | None":
        words = different_ends(expected, observed) or self.differ(exercise, expected, observed)
        return Off(expected.asked, words, observed.error if expected.error is None else None) if words else None

    def same(self, exercise: Exercise, one: Result, other: Result) -> bool:
        """Whether two answers did the same, left the same behind, and failed in the same way."""
        pairs = list(zip(one.steps, other.steps, strict=False))
        if len(one.steps) != len(other.steps) or any(self.off(exercise, *pair) for pair in pairs if pair[0].asked):
            return False
        return all(check.passed for check in left_behind(pairs))

    def passed(self, number: int) -> Check:
        return Check(self.check, True, f"{count(number, self.noun)} as expected")

    def failed(self) -> Check:
        return Check(self.check, False, f"Not every {self.noun} gives what it should")

    def told(
        self, exercise: Exercise, pairs: "Pairs", wrong: Sequence["Off"], checks: Sequence[Check], *, hidden: bool
    ) -> Comparison:
        first = next((check for check in checks if not check.passed), None)
        if first is None:
            return Comparison(checks=tuple(checks))
        if hidden:
            return Comparison(checks=tuple(checks), headline=first.text)
        headline = wrong[0].headline(len(wrong), self.noun) if wrong else first.text
        detail = wrong[0].detail() if wrong else difference(pairs)
        return Comparison(
            checks=tuple(checks),
            headline=headline,
            detail=detail,
            error=wrong[0].error if wrong else None,
            diff=self.diff(exercise, pairs) if wrong else None,
        )

    def diff(self, exercise: Exercise, pairs: "Pairs") -> Diff:
        rows = [row for pair in pairs if pair[0].asked for row in self.rows(exercise, *pair)]
        return Diff(columns=(self.noun.capitalize(), "Gives"), rows=tuple(rows[:MOST_SHOWN]), left_out=len(rows[MOST_SHOWN:]))

    def rows(self, exercise: Exercise, expected: Step, observed: Step) -> Iterator[DiffRow]:
        if self.off(exercise, expected, observed) is None:
            yield DiffRow(Mark.SAME, (observed.asked, self.cell(observed)))
        else:
            yield DiffRow(Mark.EXTRA, (observed.asked, self.cell(observed)))
            yield DiffRow(Mark.MISSING, (expected.asked, self.cell(expected)))

    def cell(self, step: Step) -> str:
        return f"raises {step.error.type}" if step.error else self.shown(step)


MOST_SHOWN = 40

type Pairs = Sequence[tuple[Step, Step]]


@dataclass(frozen=True, slots=True)
class Off:
    """One step that is off. ``error`` is an exception that should not have been raised."""

    asked: str
    words: str
    error: ErrorReport | None

    def headline(self, number: int, noun: str) -> str:
        return f"{code(self.asked)}: {self.words}" if number == 1 else f"{count(number, noun)} are off"

    def detail(self) -> str:
        return f"{code(self.asked)}: {self.words}."


def different_ends(expected: Step, observed: Step) -> str:
    """Where one raises and the other does not, or raises something else."""
    if expected.error is None:
        return f"raises {code(observed.error.type)}" if observed.error else ""
    if observed.error is None:
        return f"raises nothing, expected {code(expected.error.type)}"
    if observed.error.type != expected.error.type:
        return f"raises {code(observed.error.type)}, expected {code(expected.error.type)}"
    return ""


def same_value(exercise: Exercise, expected: Step, observed: Step) -> str:
    """A :data:`Differ`: the two values are compared as everywhere."""
    if expected.error:
        return ""
    right, given = expected.seen.get("value", NOTHING), observed.seen.get("value", NOTHING)
    yardstick = Yardstick([right])
    if yardstick.form(right) == yardstick.form(given):
        return ""
    return f"gives {code(show(given))}, expected {code(show(right))}"


NOTHING: Encoded = ["nothing"]


def shown_value(step: Step) -> str:
    return show(step.seen.get("value", NOTHING))


# What a probe leaves behind


def left_behind(pairs: Pairs) -> Iterator[Check]:
    """One check for the database, the mail and the tasks each, where either of the two left any."""
    ends = [(expected.seen, observed.seen) for expected, observed in pairs if not expected.asked]
    for name, (key, right, wrong) in LEFT_BEHIND.items():
        both = [(entries(expected, key), entries(observed, key)) for expected, observed in ends]
        if any(one or other for one, other in both):
            equal = all(bag(one, one) == bag(other, one) for one, other in both)
            yield Check(name, equal, right if equal else wrong)


def told_of(seen: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What was left behind, each entry with what it is."""
    for key, what in NAMES.items():
        for entry in entries(seen, key):
            yield what, entry


def entries(seen: Mapping[str, Any], key: str) -> list[Any]:
    found = seen.get(key)
    return found if isinstance(found, list) else []


def bag(found: Iterable[Any], reference: Iterable[Any]) -> Counter[Hashable]:
    yardstick = Yardstick(leaf for one in reference for leaf in leaves(one))
    return Counter(form(one, yardstick) for one in found)


def leaves(entry: Any) -> Iterator[Encoded]:
    if isinstance(entry, dict):
        for value in entry.values():
            yield from leaves(value)
    else:
        yield entry


def form(entry: Any, yardstick: Yardstick) -> Hashable:
    """An entry is a dict of encoded values, or of dicts of them."""
    if isinstance(entry, dict):
        return frozenset((name, form(value, yardstick)) for name, value in entry.items())
    return yardstick.form(entry)


def difference(pairs: Pairs) -> str:
    """The first thing that is in the one and not in the other, on the data that the learner sees."""
    for expected, observed in ((one.seen, other.seen) for one, other in pairs if not one.asked):
        for key, _, _ in LEFT_BEHIND.values():
            wanted, found = entries(expected, key), entries(observed, key)
            missing, extra = bag(wanted, wanted) - bag(found, wanted), bag(found, wanted) - bag(wanted, wanted)
            if missing or extra:
                return ". ".join(filter(None, (told("missing", missing, wanted), told("too much", extra, found)))) + "."
    return ""


def told(what: str, forms: Counter[Hashable], found: Sequence[Any]) -> str:
    if not forms:
        return ""
    wanted = [one for one in found if isinstance(one, dict) and bag([one], found).keys() & forms.keys()]
    return f"{what.capitalize()}: {listing(map(in_short, wanted), 3)}" if wanted else ""


def in_short(entry: Any) -> str:
    """One entry of what was left behind, in a few words."""
    match entry:
        case {"model": str(model), "change": str(change), **rest}:
            values = rest.get("values")
            inside = ", ".join(f"{name}={show(value)}" for name, value in values.items()) if isinstance(values, dict) else ""
            row = f" {show(rest['pk'])}" if "pk" in rest else ""
            return f"{model.rpartition('.')[2]}{row} {change}{f' ({inside})' if inside else ''}"
        case {"subject": str(subject), "to": to}:
            return f"{subject} to {show(to)}"
        case {"task": str(task)}:
            return task
    return "?"
