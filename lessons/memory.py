"""When an exercise comes back: how well it went, and when it would be forgotten. Pure functions around FSRS."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from fsrs import Card, Rating, Scheduler, State

MOST = 10
"""Exercises that come back in one day."""
SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=365, enable_fuzzing=False)
"""In whole days from the first pass on, as a set is a day's, and without chance; nothing stays away for more than a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What FSRS knows of one learner and one exercise. ``stability`` is in days, ``difficulty`` from 1 to 10."""

    state: State
    step: int | None
    stability: float | None
    difficulty: float | None
    due: datetime
    last_review: datetime


def rated(*, attempts: int, hints: int, shown: bool) -> Rating:
    """How well it went. Never easy: nobody is asked, and a quick right answer may have been copied."""
    if shown:
        return Rating.Again
    return Rating.Good if attempts <= 1 and not hints else Rating.Hard


def remembered(memory: Memory | None, rating: Rating, at: datetime) -> Memory:
    """What is known after an answer, ``at`` in UTC; ``memory`` is what was known before, None for the first pass."""
    card = Card(card_id=0, due=at) if memory is None else _card(memory)
    after, _ = SCHEDULER.review_card(card, rating, at)
    return Memory(
        state=after.state,
        step=after.step,
        stability=after.stability,
        difficulty=after.difficulty,
        due=after.due,
        last_review=at,
    )


def day_of(now: datetime) -> tuple[datetime, datetime]:
    """When the day begins, and when the next one does."""
    begins = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return begins, begins + timedelta(days=1)


def chosen(due: Iterable[str], done: Iterable[str]) -> list[str]:
    """What is left of a day's set, first what comes first: of all that is ``due``, the most overdue first, and what was ``done``.

    Keys read ``<lesson>#<exercise>``. Lessons take turns, so that two exercises of one do not follow each other without need.
    """
    turns = Counter(map(_lesson, done))
    left = list(due)[: max(MOST - turns.total(), 0)]
    places = {}
    for key in left:
        places[key] = turns[_lesson(key)]
        turns[_lesson(key)] += 1
    return sorted(left, key=lambda key: places[key])


def _card(memory: Memory) -> Card:
    return Card(
        card_id=0,  # without one it is made of the time, and waits for that to pass
        state=memory.state,
        step=memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due,
        last_review=memory.last_review,
    )


def _lesson(key: str) -> str:
    return key.partition("#")[0]
