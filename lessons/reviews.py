"""Review: what was passed comes back before it is forgotten, as another exercise that is alone in its lesson.

Each time it comes back is a *turn*, and has a key of its own (``review/2:models/q-and-f#odd-entries``), whatever is stored under
it: draft, hints, attempts. So no text of a turn gets into the lesson or into the next turn, and progress in the lesson stays.
Previews are for trying lessons: nothing comes back in them.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date

from django.db import transaction
from django.utils import timezone
from fsrs import Rating

from accounts.models import User
from lessons import previews
from lessons.catalogue.types import Answer, Course, Exercise, Lesson
from lessons.memory import chosen, day_of, rated, remembered
from lessons.models import Draft, Progress, ReviewCard
from sandbox.protocol import FILE, File

KEY = re.compile(r"review/(?P<turn>[0-9]+):(?P<key>.+)")
ID = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)--([1-9][0-9]{0,3})")
"""``odd-entries--2``: the second time. What a lesson names itself has single hyphens only."""


@dataclass(frozen=True, slots=True)
class Due:
    """An exercise that comes back for the ``turn``-th time."""

    lesson: Lesson
    exercise: Exercise
    turn: int

    @property
    def id(self) -> str:
        return f"{self.exercise.id}--{self.turn}"


@dataclass(frozen=True, slots=True)
class Today:
    """One learner's set for today: what is left of it, how many are done, and the day on which anything comes back after it.

    ``next`` is None where nothing ever came back or will: the learner has passed nothing yet.
    """

    left: tuple[Due, ...] = ()
    done: int = 0
    next: date | None = None


# What comes back


def today(learner: User | None, taught: Course) -> Today:
    """One query, and none for a visitor who has not acted yet. What the course does not have any more is passed over."""
    if learner is None:
        return Today()
    now = timezone.now()
    _, ends = day_of(now)
    cards = {one.exercise: one for one in ReviewCard.objects.by(learner).order_by("due", "pk") if one.exercise in taught.by_key}
    done = [key for key, card in cards.items() if card.reviewed_on(now)]
    left = chosen([key for key, card in cards.items() if card.due < ends], done)
    later = [max(card.due, ends).date() for key, card in cards.items() if key not in left]
    return Today(
        left=tuple(Due(*taught.by_key[key], cards[key].reviews + 1) for key in left),
        done=len(done),
        next=min(later, default=None),
    )


def count(learner: User, taught: Course) -> int:
    """How many are left of the learner's set for today. One query."""
    now = timezone.now()
    cards = ReviewCard.objects.by(learner)
    of_today = list((cards.due(now) | cards.reviewed(now)).only("exercise", "due", "last_review", "reviews"))
    return left(
        taught,
        due=[one.exercise for one in of_today if one.due < day_of(now)[1]],
        done=[one.exercise for one in of_today if one.reviewed_on(now)],
    )


def left(taught: Course, *, due: Iterable[str], done: Iterable[str]) -> int:
    """How many are left of a day's set when these are due and those are done."""
    return len(chosen([key for key in due if key in taught.by_key], [key for key in done if key in taught.by_key]))


# The exercise as it comes back


def turn_of(name: str) -> tuple[str, int] | None:
    """``"odd-entries--2"`` as its two parts; None for the exercise itself."""
    parts = ID.fullmatch(name)
    return (parts[1], int(parts[2])) if parts else None


def set_apart(lesson: Lesson, exercise: Exercise, turn: int) -> Lesson:
    """The lesson with nothing in it but the exercise as it comes back, whatever work is stored under that.

    It starts from nothing where the answer is all that there is; a file of a project starts with the frame that the lesson gives.
    """
    back = replace(
        exercise,
        id=f"{exercise.id}--{turn}",
        key=_key(exercise.key, turn),
        formerly=tuple(_key(former, turn) for former in exercise.formerly),
        starter=Answer((File(FILE, ""),), exercise.line) if exercise.paths == (FILE,) else exercise.starter,
    )
    return replace(lesson, blocks=(back,))


def left_out(taught: Course, back: Exercise) -> tuple[File, ...]:
    """What the exercise starts with in its lesson, where it comes back without: its words may speak of it."""
    turn = KEY.fullmatch(back.key)
    exercise = taught.exercise(turn["key"]) if turn else None
    return exercise.starter.files if exercise and exercise.starter.files != back.starter.files else ()


def _key(key: str, turn: int) -> str:
    return f"review/{turn}:{key}"


# What is noted


def note_pass(progress: Progress) -> None:
    """Of a first pass, in the transaction that records it. An exercise of a lesson will come back; one that has is rated."""
    turn = KEY.fullmatch(progress.exercise)
    if turn:
        _rate(progress, turn["key"], int(turn["turn"]))
    elif not progress.exercise.startswith(previews.KEYS):
        begin = remembered(None, _rating(progress), progress.passed_at or timezone.now())
        ReviewCard.objects.get_or_create(learner_id=progress.learner_id, exercise=progress.exercise, defaults=asdict(begin))


def note_shown(progress: Progress) -> None:
    """An exercise that has come back and whose solution was asked for counts as forgotten; passing it later changes nothing."""
    turn = KEY.fullmatch(progress.exercise)
    if turn and progress.shown:
        _rate(progress, turn["key"], int(turn["turn"]))


def _rate(progress: Progress, key: str, turn: int) -> None:
    """Each turn is rated once, however many tabs it was answered in."""
    with transaction.atomic():
        cards = ReviewCard.objects.filter(learner=progress.learner_id, exercise=key, reviews=turn - 1)
        card = cards.select_for_update().first()
        if card is None:
            return
        card.memory = remembered(card.memory, _rating(progress), timezone.now())
        card.reviews = turn
        card.save()
        for model in (Progress, Draft):
            model._default_manager.filter(learner=progress.learner_id, exercise=_key(key, turn - 1)).delete()


def _rating(progress: Progress) -> Rating:
    return rated(attempts=progress.attempts, hints=progress.hints, shown=progress.shown)
