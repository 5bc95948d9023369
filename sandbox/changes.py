"""What code did to the database: the rows that are there now and were not, that were and are not, or that differ.

Rows are read as SQLite has them, table by table, beside a copy of the database as it was. What differs from run to run without
meaning anything is made alike: the generated primary key of a new row, and the present time.
"""

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import AutoField, DateTimeField, Field, Model, UUIDField

from sandbox.encode import Encoder
from sandbox.limits import Limit
from sandbox.protocol import ROWS_COMPARED, Encoded
from sandbox.workspace import models

NOW = timedelta(minutes=2)
NEW = "new"

type Row = tuple[Any, ...]
type New = Mapping[type[Model], Collection[Any]]
"""The primary keys of new rows."""


def changes(before: bytes, tables: Sequence[str] = ()) -> list[dict[str, Encoded]]:
    """``[{"model": "bookshop.Book", "change": "added" | "changed" | "removed", "pk": …, "values": {column: value}}, …]``.

    ``pk`` is left out for a generated one of a new row, ``values`` holds only what changed. ``tables`` names the models to look
    at; none: all. Raises Limit for more rows than can be compared.
    """
    watched = [model for model in models() if not tables or model.__name__ in tables]
    with closing(sqlite3.connect(":memory:", detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES)) as old:
        old.deserialize(before)
        found = [Differing(model, rows(old, model), rows(connection.connection, model)) for model in watched]
    new = {one.model: one.now.keys() - one.then.keys() for one in found}
    told = [change for one in found for change in one.told(new)]
    if len(told) > ROWS_COMPARED:
        raise Limit("output", f"{ROWS_COMPARED:,} changed rows")
    return told


def rows(database: sqlite3.Connection, model: type[Model]) -> frozenset[Row]:
    """A table's rows, their columns in the order of the model's fields; none where there is no such table."""
    table = model._meta.db_table
    if not database.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", [table]).fetchone():
        return frozenset()
    columns = ", ".join(connection.ops.quote_name(field.column or "") for field in model._meta.concrete_fields)
    return frozenset(database.execute(f"SELECT {columns} FROM {connection.ops.quote_name(table)}"))  # noqa: S608


class Differing:
    """The rows of one model that are not the same before and after, by primary key."""

    def __init__(self, model: type[Model], then: frozenset[Row], now: frozenset[Row]) -> None:
        self.model = model
        self.fields = model._meta.concrete_fields
        self.generated = isinstance(model._meta.pk, AutoField)
        place = self.fields.index(model._meta.pk)
        self.then, self.now = {row[place]: row for row in then - now}, {row[place]: row for row in now - then}

    def told(self, new: "New") -> Iterator[dict[str, Encoded]]:
        for pk in sorted(self.then.keys() | self.now.keys(), key=str):
            yield {"model": self.model._meta.label, **self.change(pk, new)}

    def change(self, pk: Any, new: "New") -> dict[str, Encoded]:
        encode = Encoder().encode
        if pk not in self.now:
            return {"change": "removed", "pk": encode(pk)}
        then = self.then.get(pk)
        values = {
            field.attname: encode(alike(field, value, new))
            for place, (field, value) in enumerate(zip(self.fields, self.now[pk], strict=True))
            if then is None or value != then[place]
        }
        if then is not None:
            return {"change": "changed", "pk": encode(pk), "values": values}
        if self.generated:
            values.pop(self.model._meta.pk.attname)
        return {"change": "added", "values": values}


def alike(field: "Field[Any, Any]", value: Any, new: New) -> Any:
    """The value as another run of the same code has it, too."""
    related = field.related_model
    if related and value in new.get(related, ()):
        return NEW
    if isinstance(field, DateTimeField) and isinstance(value, str) and is_now(value):
        return "now"
    if isinstance(field, UUIDField) and field.has_default() and isinstance(value, str) and UUID(value).version == 4:
        return "a random UUID"
    return value


def is_now(value: str) -> bool:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return False
    return abs(datetime.now(UTC) - moment.replace(tzinfo=moment.tzinfo or UTC)) < NOW
