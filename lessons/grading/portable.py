"""Words for an answer that is right on SQLite, and not on a database that settles something in another way."""

from dataclasses import replace

from lessons.grading.types import Verdict

HEADLINE = "Right on SQLite, but not on every database"

WAYS = {
    "case": (
        "In SQLite, `contains`, `startswith` and `endswith` take A and a for the same letter; in PostgreSQL and most others they "
        "do not, and there your answer goes wrong. Say which you mean: `icontains` and its like ignore capitals everywhere."
    ),
    "nulls": (
        "Your order leaves open where rows without a value stand. SQLite puts `NULL` before every value, PostgreSQL behind, "
        'and there your answer goes wrong. Say which: `F("…").asc(nulls_first=True)`, `nulls_last=True`, or leave those rows out.'
    ),
    "ties": (
        "Your answer depends on the order of rows that nothing puts in order. Here they came as they are stored, and that is "
        "chance: stored in another order, other ones come first. Order by one key more, so that no two rows are equal."
    ),
}
"""By the way of ``TWIN`` that makes the difference."""


def leaning(verdict: Verdict, way: str) -> Verdict:
    return replace(verdict, headline=HEADLINE, likely=WAYS[way], detail="")
