"""What the ``rows`` observer saw, read with care: rows, their places, and their shape.

A row is taken apart into named places, so that a tuple, a dict and an instance are compared the same way: place by place.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from lessons.grading.canonical import Form, Nothing, Yardstick, alone, items, model, pairs
from lessons.grading.words import show
from sandbox.protocol import ROWS_COMPARED, ROWS_SHOWN, Encoded


class Sort(StrEnum):
    TUPLES = "tuples"
    """Lists, tuples, named tuples, and single values, which are tuples of one place."""
    DICTS = "dicts"
    INSTANCES = "instances"


@dataclass(frozen=True, slots=True)
class Row:
    """``names`` are a dict's keys, or ``pk`` and an instance's annotations; a tuple's places have none."""

    sort: Sort
    model: str
    names: tuple[str, ...]
    values: tuple[Encoded, ...]

    @classmethod
    def read(cls, encoded: Encoded) -> Self:
        instance = model(encoded)
        if instance is not None:
            label, pk, annotations = instance
            return cls(Sort.INSTANCES, label, ("pk", *annotations), (pk, *annotations.values()))
        entries = pairs(encoded)
        if entries is not None:
            return cls(Sort.DICTS, "", tuple(key_name(key) for key, _ in entries), tuple(value for _, value in entries))
        places = items(encoded)
        return cls(Sort.TUPLES, "", (), tuple(places) if places is not None else (encoded,))


def read_rows(encoded: Sequence[Encoded]) -> tuple[Row, ...]:
    """The rows. A one-place tuple stands for the instance in it where all rows are instances or such tuples."""
    bare = [alone(one) for one in encoded]
    return tuple(Row.read(one) for one in (bare if all(map(model, bare)) else encoded))


def key_name(key: Encoded) -> str:
    return key if isinstance(key, str) else f"<{show(key)}>"


@dataclass(frozen=True, slots=True)
class Shape:
    """What all rows of a result have in common. ``names`` are in the order of the first row."""

    sort: Sort
    model: str
    names: tuple[str, ...]
    width: int

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Self | None:
        """None when there are no rows, or they are not alike. Instances are alike when they are of one model."""
        if not rows or len({(row.sort, row.model) for row in rows}) > 1:
            return None
        first = rows[0]
        if first.sort is Sort.INSTANCES:
            carried = set(first.names).intersection(*(row.names for row in rows))
            names = tuple(name for name in first.names if name in carried)
            return cls(first.sort, first.model, names, len(names))
        if any(len(row.values) != len(first.values) or set(row.names) != set(first.names) for row in rows):
            return None
        return cls(first.sort, first.model, first.names, len(first.values))


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One ``seen`` of the observer; anything odd in it is dropped here. More rows than are compared are not even read."""

    is_rows: bool
    type: str
    columns: tuple[str, ...]
    encoded: tuple[Encoded, ...]
    rows: tuple[Row, ...]
    cells: tuple[tuple[Encoded, ...], ...]
    too_many: bool
    sequence: bool
    keys: tuple[Encoded, ...]
    value: Encoded

    @classmethod
    def read(cls, seen: Mapping[str, Any]) -> Self:
        given, total = seen.get("rows"), seen.get("total")
        too_long = isinstance(given, list) and len(given) > ROWS_COMPARED
        encoded = () if too_long else listed(given)
        return cls(
            is_rows=seen.get("kind") != "not_rows" and isinstance(given, list),
            type=seen["type"] if isinstance(seen.get("type"), str) else "",
            columns=tuple(name for name in listed(seen.get("columns")) if isinstance(name, str)),
            encoded=encoded,
            rows=read_rows(encoded),
            cells=tuple(map(listed, listed(seen.get("cells"))[:ROWS_SHOWN])),
            too_many=too_long or (isinstance(total, int) and total > len(encoded)),
            sequence=seen.get("sequence") is not False,
            keys=listed(seen.get("keys")),
            value=seen.get("value"),
        )

    def place_names(self, named: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The names of the rows' places: ``named`` (the exercise's) or those that were seen; empty when nobody knows them."""
        shape = Shape.of(self.rows)
        if shape is None or shape.names:
            return shape.names if shape else ()
        return next((names for names in (named, self.columns) if len(names) == shape.width), ())

    def heads(self, named: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The heads over the rows' cells: what was seen for instances, which show more than they are compared by."""
        shape = Shape.of(self.rows)
        if shape is not None and shape.sort is Sort.TUPLES:
            unnamed = tuple(str(place + 1) for place in range(shape.width)) if shape.width > 1 else ("value",)
            return self.place_names(named) or unnamed
        return self.columns or (shape.names if shape else ("value",))


def listed(value: object) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple) else ()


class Measure:
    """Turns rows into forms that are equal exactly when the rows are the same, by the measure of the reference's rows."""

    def __init__(self, reference: Table) -> None:
        self.shape = Shape.of(reference.rows)
        self._yardstick = Yardstick(reference.encoded)
        self._booleans = self._find_booleans(reference.rows)

    def forms(self, rows: Sequence[Row]) -> list[Form]:
        """One form a row: the sort and names of its places, then the places' own forms."""
        own = Shape.of(rows)
        renamed = dict(zip(own.names, self.shape.names, strict=True)) if own and self.shape and renames(own, self.shape) else {}
        return [self._form(self._align(row, renamed)) for row in rows]

    def _align(self, row: Row, renamed: Mapping[str, str]) -> Row:
        """The row with its places in the reference's order; annotations that the reference does not carry are left out."""
        shape = self.shape
        if shape is None or shape.sort is not row.sort or row.sort is Sort.TUPLES:
            return row
        found = {renamed.get(name, name): value for name, value in zip(row.names, row.values, strict=True)}
        if row.sort is Sort.DICTS and found.keys() != set(shape.names):
            return row
        names = tuple(name for name in shape.names if name in found)
        return Row(row.sort, row.model, names, tuple(found[name] for name in names))

    def _form(self, row: Row) -> Form:
        values = (self._yardstick.form(value, boolean=place in self._booleans) for place, value in enumerate(row.values))
        return (row.sort, row.model, row.names, tuple(values))

    def _find_booleans(self, rows: Iterable[Row]) -> frozenset[int]:
        """The places where the reference has nothing but True, False and None."""
        if self.shape is None:
            return frozenset()
        columns = zip(*(self._align(row, {}).values for row in rows), strict=True)
        return frozenset(
            place for place, values in enumerate(columns) if all(value is None or isinstance(value, bool) for value in values)
        )


def renames(own: Shape, expected: Shape) -> bool:
    """Whether these are the expected dicts with other key names."""
    return own.sort is expected.sort is Sort.DICTS and own.width == expected.width and set(own.names) != set(expected.names)


def values_of(form: Form) -> tuple[Form, ...]:
    """The forms of a row's places."""
    match form:
        case (_, _, _, tuple(values)):
            return values
    return (Nothing(),)
