"""Lessons from learners: wrong answers that nobody has words for, and right ones with other SQL than the course's own.

What is stored is only where to look. The newest answer of each group is checked again against the exercise as it is now: who adds
a wrong answer to a lesson does not find it here again. Nothing here says whose an answer is.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lessons import checking, leaks
from lessons.catalogue import paste
from lessons.catalogue.exercises import ALWAYS_CHECKED
from lessons.catalogue.paste import Places
from lessons.catalogue.read import read
from lessons.catalogue.rules import Findings
from lessons.catalogue.types import Course, Exercise, Lesson
from lessons.checking import Checked
from lessons.grading.behaviour import sql_shape
from lessons.grading.grade import behaves_like, kinds
from lessons.grading.types import Status, Verdict
from lessons.hidden import BrokenWorldError
from lessons.models import Submission, SubmissionQuerySet
from lessons.state import keys_of
from sandbox.protocol import File

MOST = 10
"""Groups of wrong answers, and as many of right ones, that are looked at in one exercise."""

MARKS = ("behaviour", "shape")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Answers that do the same, or that send the same SQL. ``files`` are those of the newest one.

    ``block`` is what an author can paste above ``line`` of the lesson's file; where it is empty, ``problem`` says why.
    """

    verdict: Verdict
    files: tuple[File, ...]
    answers: int
    learners: int
    since: datetime
    line: int
    block: str
    problem: str = ""

    @property
    def passed(self) -> bool:
        return self.verdict.status is Status.PASSED

    @property
    def headline(self) -> str:
        """On one line, and nothing in it that is not seen."""
        return paste.flat(self.verdict.headline)

    @property
    def code(self) -> str:
        """The files to be read, where there is no block."""
        return "\n\n".join(f"{file.path}:\n{paste.visible(file.text)}" for file in self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """What there is to learn from one exercise's answers. ``path`` is the lesson's file, as in findings.

    ``untried`` counts the groups that could not be checked again now; ``more`` says that there are others, which fewer gave.
    """

    lesson: Lesson
    exercise: Exercise
    path: str
    groups: tuple[Group, ...] = ()
    untried: int = 0
    more: bool = False

    @property
    def wrong(self) -> tuple[Group, ...]:
        return tuple(group for group in self.groups if not group.passed)

    @property
    def right(self) -> tuple[Group, ...]:
        return tuple(group for group in self.groups if group.passed)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is stored of one exercise: groups, and answers in them, as they were checked at the time."""

    lesson: Lesson
    exercise: Exercise
    wrongs: int = 0
    wrong: int = 0
    shapes: int = 0
    passed: int = 0


def waiting(taught: Course) -> list[Waiting]:
    """The exercises of which anything is stored, those with most wrong answers first. One query, and nothing is run."""
    rows = {row["exercise"]: row for row in Submission.objects.marked()}
    every = (_waiting(lesson, exercise, rows) for lesson in taught.lessons for exercise in lesson.exercises)
    return sorted(filter(None, every), key=lambda one: (-one.wrong, -one.passed, one.exercise.key))


def _waiting(lesson: Lesson, exercise: Exercise, rows: Mapping[str, Any]) -> Waiting | None:
    mine = [rows[key] for key in keys_of(exercise) if key in rows]
    counts = {name: sum(row[name] for row in mine) for name in ("wrongs", "wrong", "shapes", "passed")}
    return Waiting(lesson, exercise, **counts) if mine else None


def triage(
    taught: Course, lesson: Lesson, exercise: Exercise, *, least: int = 1, most: int = MOST, seconds: float = float("inf")
) -> Triage:
    """Groups that at least ``least`` learners are in, the ``most`` frequent wrong and right ones each.

    Nothing is checked again when ``seconds`` are over, so it takes one Check longer at most.
    """
    until = time.monotonic() + seconds
    own = own_shapes(exercise)
    stored, more = _stored(exercise, own or frozenset(), least, most)
    found = _Sorted(exercise, own)
    for one in stored:
        if time.monotonic() < until:
            found.add(one)
        else:
            found.untried += 1
    return Triage(
        lesson=lesson,
        exercise=exercise,
        path=leaks.place(taught, lesson),
        groups=tuple(_groups(taught, lesson, exercise, found)),
        untried=found.untried,
        more=more,
    )


# What is stored


@dataclass(frozen=True, slots=True)
class Stored:
    """One group as the database has it. ``mark`` is the field by which its answers are alike."""

    mark: str
    value: str
    answers: int
    learners: int
    since: datetime
    files: tuple[File, ...]


def _stored(exercise: Exercise, own: frozenset[str], least: int, most: int) -> tuple[list[Stored], bool]:
    """The groups, and whether there are more. Three queries.

    What passes on the exercise as it is now with the course's own SQL is not asked for: most answers do.
    """
    theirs = _of(exercise).exclude(shape__in=own, version=exercise.digest)
    rows = {mark: list(theirs.alike(mark, least=least)[: most + 1]) for mark in MARKS}
    taken = [(mark, row) for mark in MARKS for row in rows[mark][:most]]
    newest = Submission.objects.only("files").in_bulk([row["newest"] for _, row in taken])
    found = [_read(mark, row, newest[row["newest"]]) for mark, row in taken if row["newest"] in newest]
    return found, any(len(each) > most for each in rows.values())


def _of(exercise: Exercise) -> SubmissionQuerySet:
    return Submission.objects.filter(exercise__in=keys_of(exercise))


def _read(mark: str, row: Mapping[str, Any], newest: Submission) -> Stored:
    return Stored(mark, row[mark], row["answers"], row["learners"], row["since"], newest.sources)


# What it is today


def own_shapes(exercise: Exercise) -> frozenset[str] | None:
    """The SQL of the course's own right answers, which the checker remembers. None while they cannot be run."""
    with checking.in_use() as one:
        try:
            trials = [one.remembered(exercise, answer.files) for answer in (exercise.solution, *exercise.accepts)]
        except (OSError, BrokenWorldError):
            return None
    return None if any(trial.ours for trial in trials) else frozenset(map(sql_shape, trials))


@dataclass(slots=True)
class Today:
    """Groups that are one, checked again."""

    files: tuple[File, ...]
    checked: Checked
    stored: list[Stored]


@dataclass(slots=True)
class _Sorted:
    exercise: Exercise
    own: frozenset[str] | None
    every: list[Today] = field(default_factory=list)
    untried: int = 0

    def add(self, one: Stored) -> None:
        """Checks the group's answer again, and puts it with those that are alike, unless the course knows it by now."""
        if tuple(file.path for file in one.files) != self.exercise.paths:
            return
        checked = checking.check(self.exercise, one.files)
        if checked.verdict.status is Status.NOT_GRADED or (checked.verdict.status is Status.PASSED and self.own is None):
            self.untried += 1
        elif not self.known(checked):
            self.put(Today(one.files, checked, [one]))

    def known(self, checked: Checked) -> bool:
        """Whether the course has it already."""
        if checked.verdict.status is Status.PASSED:
            return sql_shape(checked.trial) in (self.own or ())
        return checked.recognised

    def put(self, new: Today) -> None:
        same = next((one for one in self.every if alike(self.exercise, one.checked, new.checked)), None)
        if same:
            same.stored += new.stored
        else:
            self.every.append(new)


def alike(exercise: Exercise, one: Checked, other: Checked) -> bool:
    passed = [checked.verdict.status is Status.PASSED for checked in (one, other)]
    if any(passed):
        return all(passed) and sql_shape(one.trial) == sql_shape(other.trial)
    return behaves_like(exercise, one.trial, other.trial, verdict_a=one.verdict, verdict_b=other.verdict)


# What to do about it


def _groups(taught: Course, lesson: Lesson, exercise: Exercise, found: _Sorted) -> Iterator[Group]:
    """What most learners gave first."""
    where = places(taught, lesson, exercise)
    groups = [_group(exercise, where, one) for one in found.every]
    return iter(sorted(groups, key=lambda group: (-group.learners, -group.answers)))


def _group(exercise: Exercise, where: Places, one: Today) -> Group:
    verdict = one.checked.verdict
    block, problem = written(exercise, one)
    return Group(
        verdict=verdict,
        files=one.files,
        answers=sum(each.answers for each in one.stored),
        learners=learners(exercise, one.stored),
        since=min(each.since for each in one.stored),
        line=where.accept if verdict.status is Status.PASSED else where.wrong,
        block=block,
        problem=problem,
    )


def learners(exercise: Exercise, stored: Sequence[Stored]) -> int:
    """How many different ones: who is in two groups that turned out to be one counts once."""
    if len(stored) == 1:
        return stored[0].learners
    marked = {mark: [one.value for one in stored if one.mark == mark] for mark in MARKS}
    theirs = _of(exercise).filter(behaviour__in=marked["behaviour"]) | _of(exercise).filter(shape__in=marked["shape"])
    return theirs.values("learner").distinct().count()


def places(taught: Course, lesson: Lesson, exercise: Exercise) -> Places:
    """Where blocks go in the lesson's file; the exercise's first line where it cannot be read as it was."""
    text = read(lesson.path, taught.root.resolve(), Findings(""))
    found = paste.places(text, exercise.line) if text else None
    return found or Places(exercise.line, exercise.line)


def written(exercise: Exercise, one: Today) -> tuple[str, str]:
    """The block to paste, or why there is none."""
    verdict = one.checked.verdict
    if verdict.status is Status.PASSED:
        return paste.accept(one.files), ""
    if not alike(exercise, one.checked, one.checked):
        return "", "It cannot be compared, not even with itself: as a wrong answer of the lesson it would not be found again."
    check = expectable(exercise, verdict)
    if not check:
        return "", f"No wrong answer of a lesson can say that it ends so: expect={verdict.outcome.value} is not known."
    return paste.wrong(one.files, expect=check, headline=verdict.headline), ""


def expectable(exercise: Exercise, verdict: Verdict) -> str:
    """The first failed check that ``expect=`` may name; empty when it may name none."""
    known = (*kinds()[exercise.observe].checks, *ALWAYS_CHECKED)
    return next((check.name for check in verdict.checks if not check.passed and check.name in known), "")
