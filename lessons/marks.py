"""Signs of what a lesson's page shows of a learner's work: enough to know whether it has been made before, in one statement.

Written by hand, because Django takes ten times as long to write it as a database to answer it, and every lesson's page asks.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.models import User
from lessons.catalogue.types import Exercise, Lesson, Quiz
from lessons.memory import day_of
from lessons.models import Draft, Progress, QuizAnswer, ReviewCard, Submission
from lessons.state import LessonState, Standing, keys_of

ASKED = f"""
    SELECT 'progress', exercise, '', attempts, hints, CASE WHEN passed_at IS NULL THEN 0 ELSE 1 END,
           CASE WHEN shown_at IS NULL THEN 0 ELSE 1 END
      FROM {Progress._meta.db_table} WHERE learner_id = %s
    UNION ALL
    SELECT 'card', exercise, '', CASE WHEN due < %s THEN 1 ELSE 0 END,
           CASE WHEN reviews > 0 AND last_review >= %s THEN 1 ELSE 0 END, 0, 0
      FROM {ReviewCard._meta.db_table} WHERE learner_id = %s
    UNION ALL
    SELECT 'draft', exercise, '', id, version, 0, 0
      FROM {Draft._meta.db_table} WHERE learner_id = %s AND exercise IN ({{keys}})
    UNION ALL
    SELECT 'submission', exercise, status, id, 0, 0, 0
      FROM {Submission._meta.db_table} WHERE id IN (
        SELECT MAX(id) FROM {Submission._meta.db_table} WHERE learner_id = %s AND exercise IN ({{keys}}) GROUP BY exercise)
    UNION ALL
    SELECT 'answer', quiz, '', id, attempts, 0, 0
      FROM {QuizAnswer._meta.db_table} WHERE learner_id = %s AND quiz IN ({{keys}})
"""  # noqa: S608  the names of our own tables

type Rows = Mapping[str, Mapping[str, Any]]
"""By table and key."""


@dataclass(frozen=True, slots=True)
class Marks:
    """``items`` by the key of an exercise or quiz; one that was never touched has none. The last three as in ``LessonState``."""

    standing: Mapping[str, Standing] = field(default_factory=lambda: MappingProxyType({}))
    items: Mapping[str, Hashable] = field(default_factory=lambda: MappingProxyType({}))
    passed: frozenset[str] = frozenset()
    due: frozenset[str] = frozenset()
    reviewed: frozenset[str] = frozenset()


def of_lesson(learner: User | None, lesson: Lesson) -> Marks:
    """One query, and none for a visitor who has not acted yet."""
    if learner is None:
        return Marks()
    rows = _rows(learner, lesson)
    passed = frozenset(key for key, standing in rows["progress"].items() if standing.passed)
    exercises: dict[str, Hashable] = {one.key: _of_exercise(one, rows) for one in lesson.exercises}
    return Marks(
        standing=rows["progress"],
        items={**exercises, **{one.key: _first(rows["answer"], one) for one in lesson.quizzes}},
        passed=passed,
        due=frozenset(key for key, (due, _) in rows["card"].items() if due) & passed,
        reviewed=frozenset(key for key, (_, reviewed) in rows["card"].items() if reviewed) & passed,
    )


def of_state(state: LessonState) -> Mapping[str, Hashable]:
    """The signs of what has been read, as they are in ``Marks.items``."""
    exercises = {
        key: (
            work.progress,
            work.submission and (work.submission.pk, work.submission.status),
            work.draft and (work.draft.pk, work.draft.version),
        )
        for key, work in state.work.items()
        if work.progress or work.submission or work.draft
    }
    return {**exercises, **{key: (one.pk, one.attempts) for key, one in state.answers.items()}}


def _rows(learner: User, lesson: Lesson) -> Rows:
    begins, ends = map(connection.ops.adapt_datetimefield_value, day_of(timezone.now()))
    items: tuple[Exercise | Quiz, ...] = (*lesson.exercises, *lesson.quizzes)
    keys = [key for item in items for key in keys_of(item)]
    values = [learner.pk, ends, begins, learner.pk, learner.pk, *keys, learner.pk, *keys, learner.pk, *keys]
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(ASKED.format(keys=", ".join(["%s"] * len(keys)) or "NULL"), values)
        for table, key, text, *numbers in cursor.fetchall():
            found[table][key] = _mark(table, text, *numbers)
    return found


def _mark(table: str, text: str, one: int, two: int, three: int, four: int) -> Hashable:
    match table:
        case "progress":
            return Standing(one, two, passed=bool(three), shown=bool(four))
        case "submission":
            return one, text
        case _:
            return one, two


def _of_exercise(exercise: Exercise, rows: Rows) -> Hashable:
    newest = max((rows["submission"][key] for key in keys_of(exercise) if key in rows["submission"]), default=None)
    mark = _first(rows["progress"], exercise), newest, _first(rows["draft"], exercise)
    return mark if any(mark) else None


def _first(rows: Mapping[str, Any], item: Exercise | Quiz) -> Any:
    return next((rows[key] for key in keys_of(item) if key in rows), None)
