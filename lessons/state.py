"""What a page shows of a learner's work. Reading only, in a number of queries that does not grow with the lesson."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from math import isfinite
from operator import itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from lessons.catalogue.types import Course, Exercise, Lesson, Quiz
from lessons.grading.types import Verdict
from lessons.models import Draft, Progress, QuizAnswer, Submission
from sandbox.protocol import Observation, Step

PANELS_BYTES = 200 * 1024
VERDICT_BYTES = 100 * 1024
CUTS = ((100, 4_000), (33, 1_333), (11, 444), (3, 148), (1, 49))
"""The most items of a list and characters of a text, ever fewer until what is kept fits."""
LONG = frozenset({"printed", "traceback"})
"""Texts of many lines, which may have ten times the characters."""
NOT_SHOWN = ("rows", "keys")
"""What an observer reports for comparing only: ``cells`` show the same."""


class Standing(NamedTuple):
    """How far a learner is with one exercise, as a page shows it."""

    attempts: int
    hints: int
    passed: bool
    shown: bool


@dataclass(frozen=True, slots=True)
class Work:
    """What a learner did with one exercise."""

    submission: Submission | None = None
    progress: Standing | None = None
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
    due: frozenset[str] = frozenset()
    """Those of exercises that come back today, and of those that did and were answered: see ``lessons.reviews``."""
    reviewed: frozenset[str] = frozenset()

    def of(self, exercise: Exercise) -> Work:
        return self.work.get(exercise.key, Work())


def keys_of(item: Exercise | Quiz) -> tuple[str, ...]:
    """Every key the item's work may be stored under: today's first, then those of its and its lesson's former names."""
    return (item.key, *item.formerly)


def of_lesson(learner: User | None, lesson: Lesson) -> LessonState:
    """Four queries, and none for a visitor who has not acted yet."""
    if learner is None:
        return LessonState()
    progress = list(Progress.objects.by(learner).with_reviews(timezone.now()))
    standing = {one.exercise: Standing(one.attempts, one.hints, one.passed, one.shown) for one in progress}
    read = of_items(learner, lesson, standing)
    return replace(_of_course(progress), work=read.work, answers=read.answers)


def of_items(learner: User, lesson: Lesson, standing: Mapping[str, Standing]) -> LessonState:
    """What was done with the lesson's exercises and quizzes, where it is known by key how far the learner is. Three queries."""
    names = {exercise.key: keys_of(exercise) for exercise in lesson.exercises}
    wanted = {key for keys in names.values() for key in keys}
    submissions = {one.exercise: one for one in Submission.objects.by(learner).latest_of(wanted)}
    drafts = {one.exercise: one for one in Draft.objects.filter(learner=learner, exercise__in=wanted)}
    work = {key: Work(_newest(submissions, keys), _first(standing, keys), _first(drafts, keys)) for key, keys in names.items()}
    return LessonState(work, _answers(learner, lesson))


def draft_of(learner: User | None, key: str) -> Draft | None:
    """One query, and none for a visitor who has not acted yet."""
    return Draft.objects.filter(learner=learner, exercise=key).first() if learner else None


def of_course(learner: User | None) -> LessonState:
    """What is known without a look into any lesson. One query."""
    return _of_course(Progress.objects.by(learner).passed().with_reviews(timezone.now())) if learner else LessonState()


def count_passed(passed: frozenset[str], lesson: Lesson) -> int:
    return sum(not passed.isdisjoint(keys_of(exercise)) for exercise in lesson.exercises)


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a learner goes on: at the exercise, or at the top of the lesson where none is named."""

    lesson: Lesson
    exercise: Exercise | None = None


def touched(learner: User | None) -> tuple[str, ...]:
    """The keys of what the learner worked on, the latest first. One query."""
    if learner is None:
        return ()
    passes = Progress.objects.by(learner).passed().values_list("exercise", "passed_at")
    drafts = Draft.objects.filter(learner=learner).values_list("exercise", "saved")
    checks = Submission.objects.by(learner).values("exercise").values_list("exercise", Max("created"))
    rows = sorted(passes.union(drafts, checks, all=True), key=itemgetter(1), reverse=True)
    return tuple(dict.fromkeys(key for key, _ in rows))


def next_stop(touched: tuple[str, ...], passed: frozenset[str], course: Course) -> Stop | None:
    """What was worked on last or, where that is passed, the next exercise that is not, back at the first after the last.

    The first lesson for who has not begun; None when everything is passed.
    """
    stops = [(lesson, exercise) for lesson in course.lessons for exercise in lesson.exercises]
    places = {key: place for place, (_, exercise) in enumerate(stops) for key in keys_of(exercise)}
    last = next((places[key] for key in touched if key in places), None)
    if last is None:
        return Stop(stops[0][0]) if stops else None
    onward = [*stops[last:], *stops[:last]]
    return next((Stop(*stop) for stop in onward if passed.isdisjoint(keys_of(stop[1]))), None)


def panels_of(observation: Observation) -> dict[str, Any]:
    """What the panels below a verdict show, as JSON that is small enough to keep, and of text that can be kept and shown.

    ``{"outcome", "limit", "ms", "printed", "queries", "seen", "steps", "statements"}``; ``seen`` is an observer's own shape (None
    when the run did not get that far), its lists cut to 100 items.
    """
    result = observation.results[0] if observation.results else None
    panels = {
        "outcome": observation.outcome.value,
        "limit": observation.limit,
        "ms": round(observation.ms, 1),
        "printed": observation.printed,
        "queries": result.queries if result else 0,
        "seen": _shown(result.seen) if result else None,
        "steps": [_step(step) for step in result.steps] if result else [],
        "statements": [asdict(statement) for statement in result.statements] if result else [],
    }
    cut = _fitted(panels, PANELS_BYTES)
    return cut if _size(cut) <= PANELS_BYTES else {**cut, "seen": None, "steps": [], "statements": []}


def _step(step: Step) -> dict[str, Any]:
    raised = ": ".join(filter(None, (step.error.type, step.error.message))) if step.error else ""
    return {"asked": step.asked, "seen": dict(step.seen), "raised": raised, "queries": step.queries}


def kept(verdict: Verdict) -> Verdict:
    """The verdict, small enough to keep, and of text that can be kept and shown: much in it is what a learner's code said."""
    cut = _fitted({**verdict.as_json(), "feedback_html": ""}, VERDICT_BYTES)
    if verdict.diff:
        cut["diff"]["left_out"] += len(verdict.diff.rows) - len(cut["diff"]["rows"])
    return Verdict.from_json({**cut, "feedback_html": verdict.feedback_html})  # the author's: markup is not to be cut


def _shown(seen: Mapping[str, Any]) -> dict[str, Any] | None:
    """Without what is for comparing only. None when the rows are none: code may have spoken for its observer."""
    found = {key: value for key, value in seen.items() if key not in NOT_SHOWN}
    cells, columns = found.get("cells", []), found.get("columns", [])
    whole = isinstance(cells, list) and isinstance(columns, list) and all(isinstance(row, list) for row in cells)
    return found if whole else None


def _fitted(data: dict[str, Any], most: int) -> dict[str, Any]:
    """The data, cut no more than it must be to have ``most`` bytes of JSON, or as far as it can be."""
    cuts = (_cut(data, *cut) for cut in CUTS)
    return next((cut for cut in cuts if _size(cut) <= most), _cut(data, *CUTS[-1]))


def _size(data: dict[str, Any]) -> int:
    return len(json.dumps(data))


def _cut(value: Any, items: int, characters: int) -> Any:
    match value:
        case str():
            return storable(value if len(value) <= characters else f"{value[:characters]}…")
        case float() if not isfinite(value):
            return str(value)  # JSON has no such number
        case dict():
            return {
                storable(key[:characters]): _cut(one, items, characters * 10 if key in LONG else characters)
                for key, one in value.items()
            }
        case list() | tuple():
            return [_cut(one, items, characters) for one in value[:items]]
        case _:
            return value


def storable(text: str) -> str:
    """The text without half surrogate pairs, which no page can be encoded with, and NULs, which PostgreSQL does not take."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")


def _first[T](rows: Mapping[str, T], keys: tuple[str, ...]) -> T | None:
    return next((rows[key] for key in keys if key in rows), None)


def _newest(rows: Mapping[str, Submission], keys: tuple[str, ...]) -> Submission | None:
    return max((rows[key] for key in keys if key in rows), key=lambda one: one.pk, default=None)


def _of_course(progress: Iterable[Any]) -> LessonState:
    """Of all the learner's progress, ``with_reviews``."""
    passed = [one for one in progress if one.passed]
    return LessonState(
        passed=frozenset(one.exercise for one in passed),
        due=frozenset(one.exercise for one in passed if one.review_due),
        reviewed=frozenset(one.exercise for one in passed if one.reviewed),
    )


def _answers(learner: User, lesson: Lesson) -> dict[str, QuizAnswer]:
    names = {quiz.key: keys_of(quiz) for quiz in lesson.quizzes}
    wanted = {key for keys in names.values() for key in keys}
    rows = {one.quiz: one for one in QuizAnswer.objects.filter(learner=learner, quiz__in=wanted)}
    found = {key: _first(rows, keys) for key, keys in names.items()}
    return {key: answer for key, answer in found.items() if answer}
