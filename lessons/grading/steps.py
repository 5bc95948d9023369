"""Compares what the probes gave, step by step, and what they left behind. For every kind whose answers are asked by probes.

A kind says how one step differs from the reference's (a :data:`Differ`); this module does the rest: errors, what a probe left in
the database, in the mailbox and in the queue of tasks, and the words. Of hidden probes and hidden data nothing is told.
"""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lessons.catalogue.types import Exercise
from lessons.grading.broken import NEVER_EXPECTED, BrokenExercise
from lessons.grading.canonical import Yardstick
from lessons.grading.errors import brief, signature
from lessons.grading.types import Check, Diff, DiffRow, Mark
from lessons.grading.words import code, count, is_hidden, listing, literal, show, what
from lessons.kinds import Comparison
from sandbox.protocol import Encoded, ErrorReport, Result, Step

type Differ = Callable[[Exercise, Step, Step], str]
"""What is off in the second step, in a few words ("34, expected 21"); empty when nothing is."""
type Shown = Callable[[Step], str]
"""What a step gave, for a table's cell."""
type Finer = Callable[[Exercise, "Pairs"], Iterable[Check]]
"""Checks on parts of what the steps gave, without a value in their words."""
type Closer = Callable[[Exercise, Step, Step], Diff | None]
"""A diff within one step that is off; None where there is nothing to see from near."""

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
    """How one kind compares steps. ``check`` is the name of its own check, ``noun`` what a step is called ("call"), ``named`` how
    one of them is called that is off.

    ``asks`` says whether an exercise must have a probe, ``always`` names what is checked even where nothing is left behind.
    """

    check: str
    noun: str
    differ: Differ
    shown: Shown
    asks: bool = True
    always: tuple[str, ...] = ()
    named: Shown = lambda step: step.asked
    finer: Finer = lambda exercise, pairs: ()
    closer: Closer = lambda exercise, expected, observed: None

    def compare(self, exercise: Exercise, expected: Result, observed: Result, keys: Result | None) -> Comparison:
        """Raises BrokenExercise when the reference was asked nothing, or fails as an unfinished one does."""
        self.sound(expected)
        pairs = paired(expected, observed)
        if pairs is None:
            return Comparison(checks=(self.failed(),), headline="Not every probe was answered")
        asked = [self.off(exercise, *pair) for pair in pairs if pair[0].asked]
        wrong = [one for one in asked if one]
        if not wrong and not len(pairs) == len(expected.steps) == len(observed.steps):
            return Comparison(checks=(self.failed(),), headline="Not every probe was answered")
        mine = [self.failed() if wrong else self.passed(len(asked))] if asked else []
        checks = [*mine, *self.finer(exercise, pairs), *left_behind(pairs, self.always)]
        return self.told(exercise, pairs, wrong, checks, hidden=is_hidden(expected))

    def sound(self, expected: Result) -> None:
        if self.asks and not any(step.asked for step in expected.steps):
            raise BrokenExercise("The exercise asks nothing of the answer: it has no probe.")
        for step in expected.steps:
            if step.error and step.error.type in NEVER_EXPECTED:
                raise BrokenExercise(f"The solution raises {code(step.error.type)} at {code(step.asked)}.")

    def off(self, exercise: Exercise, expected: Step, observed: Step) -> "Off | None":
        words = different_ends(expected, observed) or self.differ(exercise, expected, observed)
        error = observed.error if expected.error is None else None
        return Off(observed.asked if error else self.named(expected), words, error) if words else None

    def same(self, exercise: Exercise, one: Result, other: Result) -> bool:
        """Whether two answers did the same, left the same behind, and failed in the same way."""
        pairs = paired(one, other)
        if pairs is None or not len(pairs) == len(one.steps) == len(other.steps):
            return False
        if any(self.off(exercise, *pair) or not fail_alike(*pair) for pair in pairs if pair[0].asked):
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
        return Comparison(
            checks=tuple(checks),
            headline=headline,
            detail=wrong[0].detail() if wrong else difference(pairs, first.name),
            error=wrong[0].error if wrong else None,
            diff=self.closest(exercise, pairs) if wrong else diff_of(pairs, first.name),
        )

    def closest(self, exercise: Exercise, pairs: "Pairs") -> Diff:
        """Where one step is off, what is off in it; where several are, which, unless that is not to be seen from afar."""
        off = [pair for pair in pairs if pair[0].asked and self.off(exercise, *pair)]
        near = len(off) == 1 or all(self.cell(one) == self.cell(other) for one, other in off)
        return (self.closer(exercise, *off[0]) if near else None) or self.diff(exercise, pairs)

    def diff(self, exercise: Exercise, pairs: "Pairs") -> Diff:
        rows = [row for pair in pairs if pair[0].asked for row in self.rows(exercise, *pair)]
        return shown_diff((self.noun.capitalize(), "Gives"), rows)

    def rows(self, exercise: Exercise, expected: Step, observed: Step) -> Iterator[DiffRow]:
        if self.off(exercise, expected, observed) is None:
            yield DiffRow(Mark.SAME, (self.named(expected), self.cell(observed)))
        else:
            yield DiffRow(Mark.EXTRA, (self.named(expected), self.cell(observed)))
            yield DiffRow(Mark.MISSING, (self.named(expected), self.cell(expected)))

    def cell(self, step: Step) -> str:
        return f"raises {step.error.type}" if step.error else self.shown(step)


MOST_SHOWN = 40

type Pairs = Sequence[tuple[Step, Step]]


def shown_diff(columns: tuple[str, ...], rows: Sequence[DiffRow]) -> Diff:
    return Diff(columns=columns, rows=tuple(rows[:MOST_SHOWN]), left_out=len(rows[MOST_SHOWN:]))


def paired(expected: Result, observed: Result) -> Pairs | None:
    """The steps side by side, probe by probe: one that could not be prepared has fewer. None for more or fewer probes."""
    wanted, found = by_probe(expected.steps), by_probe(observed.steps)
    if len(wanted) != len(found):
        return None
    return [pair for probe in zip(wanted, found, strict=True) for pair in one_by_one(*probe)]


def by_probe(steps: Iterable[Step]) -> list[list[Step]]:
    """Each with the step that ends it."""
    probes: list[list[Step]] = [[]]
    for step in steps:
        probes[-1].append(step)
        if not step.asked:
            probes.append([])
    return probes[:-1]


def one_by_one(expected: Sequence[Step], observed: Sequence[Step]) -> Iterator[tuple[Step, Step]]:
    yield from zip(expected[:-1], observed[:-1], strict=False)
    yield expected[-1], observed[-1]


def fail_alike(one: Step, other: Step) -> bool:
    return not (one.error and other.error) or signature(brief(one.error)) == signature(brief(other.error))


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
    words = (literal(given), literal(right))
    found, wanted = words if words[0] != words[1] else (what(given), what(right))
    return f"gives {found}, expected {wanted}"


NOTHING: Encoded = ["nothing"]


def shown_value(step: Step) -> str:
    return show(step.seen.get("value", NOTHING))


# What a probe leaves behind


def left_behind(pairs: Pairs, always: Collection[str] = ()) -> Iterator[Check]:
    """One check for the database, the mail and the tasks each, where either of the two left any, or it is ``always`` checked."""
    for name, (key, right, wrong) in LEFT_BEHIND.items():
        both = [(entries(expected.seen, key), entries(observed.seen, key)) for expected, observed in ends(pairs)]
        if name in always or any(one or other for one, other in both):
            equal = not any(unlike(one, other) for one, other in both)
            yield Check(name, equal, right if equal else wrong)


def ends(pairs: Pairs) -> Iterator[tuple[Step, Step]]:
    return ((expected, observed) for expected, observed in pairs if not expected.asked)


def told_of(seen: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What was left behind, each entry with what it is."""
    for key, name in NAMES.items():
        for entry in entries(seen, key):
            yield name, entry


def entries(seen: Mapping[str, Any], key: str) -> list[Any]:
    found = seen.get(key)
    return found if isinstance(found, list) else []


def unlike(wanted: Sequence[Any], found: Sequence[Any]) -> list[tuple[Mark, Any]]:
    """What is missing and what is extra, in that order."""
    yardstick = Yardstick(leaf for one in wanted for leaf in leaves(one))
    ours, theirs = ([form(one, yardstick) for one in entries] for entries in (wanted, found))
    missing = [(Mark.MISSING, one) for one in beyond(wanted, ours, Counter(theirs))]
    return missing + [(Mark.EXTRA, one) for one in beyond(found, theirs, Counter(ours))]


def beyond(entries: Sequence[Any], forms: Sequence[Hashable], others: Counter[Hashable]) -> Iterator[Any]:
    """The entries that none of the others is left for."""
    for entry, own in zip(entries, forms, strict=True):
        if others[own]:
            others[own] -= 1
        else:
            yield entry


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


def off_in(pairs: Pairs, name: str) -> list[tuple[Mark, Any]]:
    """What is missing and what is extra after the first probe that did not leave what it should, for this check."""
    key = LEFT_BEHIND[name][0]
    every = (unlike(entries(expected.seen, key), entries(observed.seen, key)) for expected, observed in ends(pairs))
    return next(filter(None, every), [])


def difference(pairs: Pairs, name: str) -> str:
    """The same in a sentence or two, on the data that the learner sees."""
    off = off_in(pairs, name)
    told = ((words, [in_short(one) for mark, one in off if mark is wanted]) for wanted, words in MARKS.items())
    return " ".join(f"{words}: {listing(found, MOST_TOLD)}." for words, found in told if found)


MARKS = {Mark.MISSING: "Missing", Mark.EXTRA: "Extra"}
MOST_TOLD = 3


def diff_of(pairs: Pairs, name: str) -> Diff:
    rows = [DiffRow(mark, (in_short(one),)) for mark, one in off_in(pairs, name)]
    return shown_diff((NAMES[LEFT_BEHIND[name][0]],), rows)


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
