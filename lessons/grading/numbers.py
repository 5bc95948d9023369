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
        every = [anchor for anchor, _ in groupby(sorted((anchor.value, anchor.whole) for anchor in anchors))]
        # Whole numbers first: they keep their own names, and a noisy neighbour takes theirs.
        self._sorted = [anchor for anchor in every if anchor[1]]
        self._groups = {anchor: written(anchor[0]) for anchor in self._sorted}
        before: tuple[Decimal, bool] | None = None
        for anchor in (anchor for anchor in every if not anchor[1]):
            # Anchors that are equal to their neighbour are one number, however far the first and the last are apart.
            twin = self._nearest(Number(*anchor)) or (before if before and close(Number(*before), Number(*anchor)) else None)
            self._groups[anchor] = self._groups[twin] if twin else written(anchor[0])
            before = anchor
        self._sorted = every
        self._names: dict[tuple[str, bool], str] = {}

    def name(self, number: Number) -> str:
        text = written(number.value)
        if (text, number.whole) not in self._names:
            nearest = self._nearest(number)
            self._names[text, number.whole] = self._groups[nearest] if nearest else text
        return self._names[text, number.whole]

    def _nearest(self, number: Number) -> tuple[Decimal, bool] | None:
        place = bisect_left(self._sorted, (number.value, False))
        near = [anchor for anchor in self._sorted[max(place - 2, 0) : place + 2] if close(Number(*anchor), number)]
        return min(near, key=lambda anchor: abs(anchor[0] - number.value), default=None)
