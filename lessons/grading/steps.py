"""Compares what the probes gave, step by step, and what they left behind. For every kind whose answers are asked by probes.

A kind says how one step differs from the reference's (a :data:`Differ`); this module does the rest: errors, and the words. What
a probe left behind is compared in :mod:`lessons.grading.leftovers`. Of hidden probes and hidden data nothing is told.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from lessons.catalogue.types import Exercise
from lessons.grading.broken import NEVER_EXPECTED, BrokenExercise
from lessons.grading.canonical import Yardstick, model
from lessons.grading.errors import brief, signature
from lessons.grading.essence import mistake, told
from lessons.grading.leftovers import MOST_SHOWN, Ends, left_behind
from lessons.grading.types import Check, Diff, DiffRow, Mark, Remark
from lessons.grading.words import code, count, is_hidden, literal, show, uncapital, what
from lessons.kinds import Comparison
from lessons.kinds.value import compare as values
from sandbox.protocol import Encoded, ErrorReport, Result, Step

type Differ = Callable[[Exercise, Step, Step], str]
"""What is off in the second step, in a few words ("34, expected 21"); empty when nothing is."""
type Behaved = Callable[[Exercise, Step], object]
"""What one step gave or left behind, without what does not count in it: see :mod:`lessons.grading.essence`."""
type Shown = Callable[[Step], str]
"""What a step gave, for a table's cell."""
type Finer = Callable[[Exercise, "Pairs"], Iterable[Check]]
"""Checks on parts of what the steps gave, without a value in their words."""
type Closer = Callable[[Exercise, Step, Step], Diff | None]
"""A diff within one step that is off; None where there is nothing to see from near."""
type Why = Callable[[Exercise, Step, Step], Remark | None]
"""Why a step without an exception is off; None where nobody knows."""


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
    behaved: Behaved = lambda exercise, step: told(step)
    why: Why = lambda exercise, expected, observed: None

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
        left = list(left_behind(ends(pairs), self.always))
        mine = [self.failed() if wrong else self.passed(len(asked))] if asked else []
        checks = [*mine, *self.finer(exercise, pairs), *(one.check for one in left)]
        bad_checks = [check for check in checks if not check.passed]
        first = next(iter(bad_checks), None)
        if first is None or is_hidden(expected):
            # A kind's own check says that something is off, a finer one what.
            finest = bad_checks[1] if wrong and len(bad_checks) > 1 else first
            return Comparison(checks=tuple(checks), headline=finest.text if finest else "")
        if wrong:
            return self.told(exercise, pairs, wrong, checks)
        bad = next((one for one in left if one.off), None)
        detail, diff = (bad.detail, bad.diff) if bad else ("", None)
        return Comparison(checks=tuple(checks), headline=first.text, detail=detail, diff=diff)

    def sound(self, expected: Result) -> None:
        if self.asks and not any(step.asked for step in expected.steps):
            raise BrokenExercise("The exercise asks nothing of the answer: it has no probe.")
        for step in expected.steps:
            if step.error and step.error.type in NEVER_EXPECTED:
                raise BrokenExercise(f"The solution raises {code(step.error.type)} at {code(step.asked)}.")

    def off(self, exercise: Exercise, expected: Step, observed: Step) -> "Off | None":
        words = different_ends(expected, observed) or self.differ(exercise, expected, observed)
        unasked = expected.error is None or (observed.error and observed.error.type in SLIPS)
        error = observed.error if unasked else None
        return Off(observed.asked if error else self.named(expected), words, error) if words else None

    def same(self, exercise: Exercise, one: Result, other: Result) -> bool:
        """Whether two answers did the same, left the same behind, and failed in the same way."""
        pairs = paired(one, other)
        if pairs is None or not len(pairs) == len(one.steps) == len(other.steps):
            return False
        if any(self.off(exercise, *pair) or not fail_alike(*pair) for pair in pairs if pair[0].asked):
            return False
        return not any(left.off for left in left_behind(ends(pairs)))

    def essence(self, exercise: Exercise, result: Result) -> object:
        """What each step gave, or how it failed, and what was left behind."""
        return tuple((step.asked, mistake(step.error), self.behaved(exercise, step)) for step in result.steps)

    def passed(self, number: int) -> Check:
        return Check(self.check, True, f"{count(number, self.noun)} as expected")

    def failed(self) -> Check:
        return Check(self.check, False, f"Not every {self.noun} gives what it should")

    def told(self, exercise: Exercise, pairs: "Pairs", wrong: Sequence["Off"], checks: Sequence[Check]) -> Comparison:
        remark = None if wrong[0].error else self.reason(exercise, pairs)
        words = [remark.words] if remark else []
        if not words or len(wrong) > 1:  # else the headline says it
            words.append(wrong[0].detail())
        return Comparison(
            checks=tuple(checks),
            headline=wrong[0].headline(len(wrong), self.noun),
            detail=" ".join(words),
            error=wrong[0].error,
            diff=self.closest(exercise, pairs),
            remark=remark,
        )

    def reason(self, exercise: Exercise, pairs: "Pairs") -> Remark | None:
        off = (pair for pair in pairs if pair[0].asked and not pair[1].error and self.off(exercise, *pair))
        return next(filter(None, (self.why(exercise, *pair) for pair in off)), None)

    def closest(self, exercise: Exercise, pairs: "Pairs") -> Diff:
        """Where one step is off, what is off in it; where several are, which, unless that is not to be seen from afar."""
        off = [pair for pair in pairs if pair[0].asked and self.off(exercise, *pair)]
        near = len(off) == 1 or all(self.cell(one) == self.cell(other) for one, other in off)
        return (self.closer(exercise, *off[0]) if near else None) or self.diff(exercise, pairs)

    def diff(self, exercise: Exercise, pairs: "Pairs") -> Diff:
        rows = [row for pair in pairs if pair[0].asked for row in self.rows(exercise, *pair)]
        columns = (self.noun.capitalize(), "Gives")
        return Diff(columns=columns, rows=tuple(rows[:MOST_SHOWN]), left_out=len(rows[MOST_SHOWN:]))

    def rows(self, exercise: Exercise, expected: Step, observed: Step) -> Iterator[DiffRow]:
        if self.off(exercise, expected, observed) is None:
            yield DiffRow(Mark.SAME, (self.named(expected), self.cell(observed)))
        else:
            yield DiffRow(Mark.EXTRA, (self.named(expected), self.cell(observed)))
            yield DiffRow(Mark.MISSING, (self.named(expected), self.cell(expected)))

    def cell(self, step: Step) -> str:
        return f"raises {step.error.type}" if step.error else self.shown(step)


type Pairs = Sequence[tuple[Step, Step]]


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


def ends(pairs: Pairs) -> Ends:
    return [(expected.seen, observed.seen) for expected, observed in pairs if not expected.asked]


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
    if model(given) and not model(right):
        found = values.told(given, "")
    return f"gives {found}, expected {wanted}{because(right, given)}"


def because(right: Encoded, given: Encoded) -> str:
    """To follow the two values: how they differ, where that is not seen at once."""
    why = values.difference(right, given)
    return f": {uncapital(why.rstrip('.'))}" if why else ""


SLIPS = frozenset({"NameError", "AttributeError", "TypeError", "SyntaxError", "ImportError", "ModuleNotFoundError", "FieldError"})
"""What nobody raises on purpose: told in plain words even where some other exception was to be raised."""

NOTHING: Encoded = ["nothing"]


def shown_value(step: Step) -> str:
    return show(step.seen.get("value", NOTHING))
