"""Chance, in the words of the people who fill a bookshop.

Only ``rng.random()`` is used, because it is the one method of :class:`random.Random` whose numbers Python promises to keep.
"""

from collections.abc import Container, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random


class Dice:
    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def below(self, limit: int) -> int:
        return int(self.rng.random() * limit)

    def between(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both possible."""
        return low + self.below(high - low + 1)

    def money(self, low: str, high: str) -> Decimal:
        """An amount from ``low`` to ``high``, both possible, to the cent."""
        return Decimal(self.between(int(Decimal(low) * 100), int(Decimal(high) * 100))) / 100

    def chance(self, likely: float) -> bool:
        return self.rng.random() < likely

    def pick[T](self, items: Sequence[T]) -> T:
        return items[self.below(len(items))]

    def pick_early[T](self, items: Sequence[T]) -> T:
        """One of the items, the first ones much more often: a few authors write most books."""
        return items[int(self.rng.random() ** 2 * len(items))]

    def sample[T](self, items: Sequence[T], count: int) -> list[T]:
        return self.shuffled(items)[:count]

    def shuffled[T](self, items: Sequence[T]) -> list[T]:
        left = list(items)
        return [left.pop(self.below(len(left))) for _ in items]

    def spelling(self, text: str, taken: Container[str]) -> str:
        """The text with capitals in other places, and none that is ``taken``."""
        while (spelt := "".join(self.pick((letter.lower(), letter.upper())) for letter in text)) in taken:
            pass
        return spelt

    def day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.below((last - first).days + 1))

    def moment(self, first: date, last: date) -> datetime:
        day = self.day(first, last)
        return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=self.below(24 * 60))
