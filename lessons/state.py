"""What a page shows of a learner's work. Reading only, in a number of queries that does not grow with the lesson."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import Any

from accounts.models import User
from lessons.catalogue.types import Course, Exercise, Lesson, Quiz
from lessons.models import Draft, Progress, QuizAnswer, Submission
from sandbox.protocol import Observation

PANELS_BYTES = 200 * 1024
ROWS_KEPT = 100
TEXT_KEPT = 4_000
NOT_SHOWN = ("rows", "keys")
"""What an observer reports for comparing only: ``cells`` show the same."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a learner did with one exercise."""

    submission: Submission | None = None
    progress: Progress | None = None
    draft: Draft | None = None

    @property
    def passed(self) -> bool:
        return self.progress is not None and self.progress.passed

    @property
    def shown(self) -> bool:
        return self.progress is not None and self.progress.shown


@dataclass(frozen=True, slots=True)
class LessonState:
    work: Mapping[str, Work] = field(default_factory=lambda: MappingProxyType({}))
    """By exercise key; an exercise that was never touched is missing."""
    answers: Mapping[str, QuizAnswer] = field(default_factory=lambda: MappingProxyType({}))
    passed: frozenset[str] = frozenset()
    """The keys, as they were at the time, of every exercise passed anywhere in the course."""

    def of(self, exercise: Exercise) -> Work:
        return self.work.get(exercise.key, Work())


def keys_of(item: Exercise | Quiz) -> tuple[str, ...]:
    """Every key the item's work may be stored under: today's first, then those of its and its lesson's former names."""
    return (item.key, *item.formerly)


def of_lesson(learner: User | None, lesson: Lesson) -> LessonState:
    """Four queries, and none for a visitor who has not acted yet."""
    if learner is None:
        return LessonState()
    names = {exercise.key: keys_of(exercise) for exercise in lesson.exercises}
    wanted = {key for keys in names.values() for key in keys}
    submissions = {one.exercise: one for one in Submission.objects.by(learner).latest_of(wanted)}
    progress = {one.exercise: one for one in Progress.objects.by(learner)}
    drafts = {one.exercise: one for one in Draft.objects.filter(learner=learner, exercise__in=wanted)}
    work = {key: Work(_newest(submissions, keys), _first(progress, keys), _first(drafts, keys)) for key, keys in names.items()}
    return LessonState(work, _answers(learner, lesson), _passed(progress.values()))


def passed_by(learner: User | None) -> frozenset[str]:
    """The keys of every exercise that the learner has passed. One query."""
    return _passed(Progress.objects.by(learner).passed()) if learner else frozenset()


def count_passed(passed: frozenset[str], lesson: Lesson) -> int:
    return sum(not passed.isdisjoint(keys_of(exercise)) for exercise in lesson.exercises)


def next_lesson(passed: frozenset[str], course: Course) -> Lesson | None:
    """The first lesson with something left to pass; None when there is none."""
    return next((lesson for lesson in course.lessons if count_passed(passed, lesson) < len(lesson.exercises)), None)


def panels_of(observation: Observation) -> dict[str, Any]:
    """What the panels below a verdict show, as JSON that is small enough to keep with every submission.

    ``{"outcome", "limit", "ms", "printed", "queries", "seen", "statements"}``; ``seen`` is the observer's own shape (None
    when the run did not get that far), cut to ``ROWS_KEPT`` items a list.
    """
    result = observation.results[0] if observation.results else None
    seen = {key: value for key, value in result.seen.items() if key not in NOT_SHOWN} if result else None
    panels = {
        "outcome": observation.outcome.value,
        "limit": observation.limit,
        "ms": round(observation.ms, 1),
        "printed": observation.printed,
        "queries": result.queries if result else 0,
        "seen": seen,
        "statements": [asdict(statement) for statement in result.statements] if result else [],
    }
    return _fitted(panels)


def _fitted(panels: dict[str, Any]) -> dict[str, Any]:
    """The panels with lists and texts cut ever shorter until they fit."""
    items, characters = ROWS_KEPT, TEXT_KEPT
    while True:
        cut: dict[str, Any] = _cut({**panels, "printed": ""}, items, characters)
        cut["printed"] = panels["printed"][: 10 * characters]
        if len(json.dumps(cut)) <= PANELS_BYTES:
            return cut
        if items == 1:
            return {**cut, "printed": "", "seen": None, "statements": []}
        items, characters = max(1, items // 3), characters // 3


def _cut(value: Any, items: int, characters: int) -> Any:
    match value:
        case str():
            return value if len(value) <= characters else f"{value[:characters]}…"
        case dict():
            return {key: _cut(one, items, characters) for key, one in value.items()}
        case list() | tuple():
            return [_cut(one, items, characters) for one in value[:items]]
        case _:
            return value


def _first[T](rows: Mapping[str, T], keys: tuple[str, ...]) -> T | None:
    return next((rows[key] for key in keys if key in rows), None)


def _newest(rows: Mapping[str, Submission], keys: tuple[str, ...]) -> Submission | None:
    return max((rows[key] for key in keys if key in rows), key=lambda one: one.pk, default=None)


def _passed(progress: Iterable[Progress]) -> frozenset[str]:
    return frozenset(one.exercise for one in progress if one.passed)


def _answers(learner: User, lesson: Lesson) -> dict[str, QuizAnswer]:
    names = {quiz.key: keys_of(quiz) for quiz in lesson.quizzes}
    wanted = {key for keys in names.values() for key in keys}
    rows = {one.quiz: one for one in QuizAnswer.objects.filter(learner=learner, quiz__in=wanted)}
    found = {key: _first(rows, keys) for key, keys in names.items()}
    return {key: answer for key, answer in found.items() if answer}
