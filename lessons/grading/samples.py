"""A few rows to look at, as texts."""

from collections.abc import Iterable, Mapping
from typing import Any

from lessons.grading.types import Sample
from lessons.grading.words import show
from lessons.kinds.rows.table import Table, listed
from sandbox.protocol import Encoded

MOST_SHOWN = 12


def sample(seen: Mapping[str, Any]) -> Sample:
    """What an answer gave on one database."""
    table = Table.read(seen)
    if table.is_rows:
        return cut("", table.heads(), table.cells, len(table.encoded))
    return cut("", ("value",), [[table.value]], 1)


def table_of(told: Mapping[str, Any]) -> Sample:
    """One table, as the observer ``image`` tells it."""
    return cut(str(told["model"]), tuple(map(str, told["columns"])), told["rows"], told["total"])


def cut(name: str, columns: tuple[str, ...], rows: Iterable[Iterable[Encoded]], total: int) -> Sample:
    shown = tuple(tuple(map(show, row)) for row in listed(rows)[:MOST_SHOWN])
    return Sample(name, columns, shown, left_out=total - len(shown))
