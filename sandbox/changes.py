"""What code did to the database: the rows that are there now and were not, that were and are not, or that differ.

Rows are read as SQLite has them, table by table, beside a copy of the database as it was. What differs from run to run without
meaning anything is made alike: the generated primary key of a new row, the present time, today's date.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import AutoField, DecimalField, Field, Model, UUIDField

from sandbox.encode import Encoder
from sandbox.limits import Limit
from sandbox.protocol import ROWS_COMPARED, Encoded
from sandbox.workspace import models

NOW = timedelta(minutes=2)
NEW = "new"
RANDOM = "a random UUID"

type Row = tuple[Any, ...]
type New = Mapping[type[Model], Mapping[Any, str]]
"""What new rows are called, by model and generated primary key."""


def changes(before: bytes, tables: Sequence[str] = ()) -> list[dict[str, Encoded]]:
    """``[{"model": "bookshop.Book", "change": "added" | "changed" | "removed", "pk": …, "values": {column: value}}, …]``.

    ``pk`` is left out for a generated one of a new row, ``values`` holds only what changed. ``tables`` names the models to look
    at; none: all. Raises LookupError for a name that no model has, Limit for more rows than can be compared.
    """
    every = models()
    if unknown := set(tables) - {model.__name__ for model in every}:
        raise LookupError(f"There is no model {', '.join(sorted(unknown))}.")
    with closing(sqlite3.connect(":memory:", detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES)) as old:
        old.deserialize(before)
        found = [Differing(model, rows(old, model), rows(connection.connection, model)) for model in every]
    new = {one.model: one.named() for one in found}
    watched = [one for one in found if not tables or one.model.__name__ in tables]
    if sum(len(one.keys) for one in watched) > ROWS_COMPARED:
        raise Limit("output", f"{ROWS_COMPARED:,} changed rows")
    encoder = Encoder()
    return [change for one in watched for change in one.told(new, encoder)]


def rows(database: sqlite3.Connection, model: type[Model]) -> frozenset[Row]:
    """A table's rows, their columns in the order of the model's own fields; none where there is no such table.

    A column that no migration has made yet is empty. (SQLite would take its name in quotes for a text.)
    """
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    there = {name for _, name, *_ in database.execute(f"PRAGMA table_xinfo({table})")}
    if not there:
        return frozenset()
    columns = ", ".join(quote(name) if (name := field.column or "") in there else "NULL" for field in own_fields(model))
    return frozenset(database.execute(f"SELECT {columns} FROM {table}"))  # noqa: S608


def own_fields(model: type[Model]) -> "Sequence[Field[Any, Any]]":
    """Those with a column in the model's own table: a parent's are in the parent's."""
    return model._meta.local_concrete_fields


class Differing:
    """The rows of one model that are not the same before and after, by primary key: a tuple of its columns."""

    def __init__(self, model: type[Model], then: frozenset[Row], now: frozenset[Row]) -> None:
        self.model = model
        self.fields = own_fields(model)
        places = [self.fields.index(field) for field in model._meta.pk_fields]
        self.then, self.now = by_key(then - now, places), by_key(now - then, places)
        self.keys = self.then.keys() | self.now.keys()

    def named(self) -> dict[Any, str]:
        """What to call the new rows whose primary keys are generated: by what is in them, not by which was made first."""
        if not generated(self.model._meta.pk):
            return {}
        inside = {key[0]: self.inside(self.now[key]) for key in self.now.keys() - self.then.keys()}
        places = {text: place for place, text in enumerate(sorted(set(inside.values())), 1)}
        return {pk: NEW if len(places) == 1 else f"{NEW} {places[text]}" for pk, text in inside.items()}

    def inside(self, row: Row) -> str:
        plain = [(field, value) for field, value in zip(self.fields, row, strict=True) if not field.is_relation]
        return repr([alike(field, value, {}) for field, value in plain if not isinstance(field, AutoField)])

    def told(self, new: New, encoder: Encoder) -> Iterator[dict[str, Encoded]]:
        for key in sorted(self.keys, key=in_order):
            yield {"model": self.model._meta.label, **self.change(key, new, encoder)}

    def change(self, key: Row, new: New, encoder: Encoder) -> dict[str, Encoded]:
        pk = encoder.encode(key[0] if len(key) == 1 else key)
        if key not in self.now:
            return {"change": "removed", "pk": pk}
        then = self.then.get(key)
        values = {
            field.attname: encoder.encode(alike(field, value, new))
            for place, (field, value) in enumerate(zip(self.fields, self.now[key], strict=True))
            if (value != then[place] if then else not isinstance(field, AutoField))
        }
        return {"change": "changed", "pk": pk, "values": values} if then else {"change": "added", "values": values}


def by_key(found: frozenset[Row], places: Sequence[int]) -> dict[Row, Row]:
    return {tuple(row[place] for place in places): row for row in found}


def in_order(key: Row) -> tuple[int, str]:
    """Numbers by their size, texts by their length."""
    text = str(key)
    return len(text), text


def generated(field: "Field[Any, Any]") -> bool:
    return isinstance(field, AutoField) or (isinstance(field, UUIDField) and field.has_default())


def alike(field: "Field[Any, Any]", value: Any, new: New) -> Any:
    """The value as another run of the same code has it, too."""
    if field.is_relation:
        return new.get(origin(field), {}).get(value, value)
    if isinstance(value, date):
        return instant(value)
    if generated(field) and is_random(value):
        return RANDOM
    return exact(value, field.decimal_places) if isinstance(field, DecimalField) else value


def origin(field: Any) -> type[Model]:
    """The model whose table makes the keys that the column holds: a child's are its parent's."""
    model: type[Model] = field.related_model
    return origin(model._meta.pk) if model._meta.pk.is_relation else model


def instant(value: date) -> Any:
    """ "now" or "today" where it is; any other stays itself."""
    now = datetime.now(UTC).replace(tzinfo=None)
    if isinstance(value, datetime):
        return "now" if abs(now - value.replace(tzinfo=None)) < NOW else value
    return "today" if value == now.date() else value


def exact(value: Any, places: int) -> Any:
    """A number as the column has it, 12.50 and not the 12.5 that SQLite keeps; with all its digits where it has more."""
    try:
        number = Decimal(str(value))
        rounded = round(number, places)
    except InvalidOperation:
        return value
    return rounded if rounded == number else number


def is_random(value: Any) -> bool:
    try:
        return UUID(value).version == 4
    except (ValueError, AttributeError, TypeError):
        return False
