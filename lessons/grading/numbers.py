"""Which numbers count as one number.

Floats carry noise, so numbers are equal within a tolerance. Such an equality is not transitive, and rounding to a grid would part
two neighbours that lie on either side of a border; so no grid is used. Every number of the reference is an anchor, and every
number of an answer takes the name of its nearest anchor, if that is near enough. Two whole numbers are equal only exactly:
9780000000001 and 9780000000002 are two ISBNs, however small their relative difference.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation
from itertools import groupby

RELATIVE = Decimal("1e-9")
ABSOLUTE = Decimal("1e-12")
"""For sums that cancel: 0.1 + 0.2 - 0.3 is 5.6e-17 and is meant to be 0."""
LARGEST_EXPONENT = 5_000
LONGEST = 10_000
"""Digits."""
PRECISE = Context(prec=40)
EXACT = Context(prec=LONGEST)


@dataclass(frozen=True, slots=True)
class Number:
    """``whole`` says that it came as an int."""

    value: Decimal
    whole: bool


def number(value: object) -> Number | None:
    """The number that an int, a float or a decimal's text stands for; None when it is no finite number of a sane size."""
    if isinstance(value, str) and len(value) > LONGEST:
        return None
    try:
        exact = Decimal(value)  # type: ignore[arg-type]
    except (InvalidOperation, TypeError, ValueError):
        return None
    if not exact.is_finite() or abs(exact.adjusted()) > LARGEST_EXPONENT:
        return None
    return Number(exact, isinstance(value, int))


def close(one: Number, other: Number) -> bool:
    if one.whole and other.whole:
        return one.value == other.value
    gap = abs(PRECISE.subtract(one.value, other.value))
    size = max(abs(one.value), abs(other.value))
    return gap <= ABSOLUTE or gap <= PRECISE.multiply(RELATIVE, size)


def written(value: Decimal) -> str:
    """A number's one text, which goes into sets and dicts in its place.

    Which numbers have one hash is no secret: an answer of many such numbers would take hours to compare.
    """
    return str(value.normalize(EXACT)) if value else "0"


class Numbers:
    """The anchors of one reference. ``name`` gives equal names to equal numbers."""

    def __init__(self, anchors: Iterable[Number]) -> None:
        every = sorted((anchor.value, anchor.whole) for anchor in anchors)
        self._names: dict[tuple[str, bool], str] = {}
        # Whole numbers first: they never move, and a noisy neighbour takes their name.
        self._sorted = [anchor for anchor, _ in groupby(every) if anchor[1]]
        kept: list[tuple[Decimal, bool]] = []
        for anchor in (Number(*anchor) for anchor in every if not anchor[1]):
            if self._nearest(anchor) is None and not (kept and close(Number(*kept[-1]), anchor)):
                kept.append((anchor.value, False))
        self._sorted = sorted(self._sorted + kept)

    def name(self, number: Number) -> str:
        text = written(number.value)
        if (text, number.whole) not in self._names:
            nearest = self._nearest(number)
            self._names[text, number.whole] = written(nearest.value) if nearest else text
        return self._names[text, number.whole]

    def _nearest(self, number: Number) -> Number | None:
        place = bisect_left(self._sorted, (number.value, False))
        beside = [Number(*anchor) for anchor in self._sorted[max(place - 1, 0) : place + 2]]
        near = [anchor for anchor in beside if close(anchor, number)]
        return min(near, key=lambda anchor: abs(anchor.value - number.value), default=None)
