"""What the schema observer says, as frozen data. It comes from a hostile process: what has not the right shape is not there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lessons.grading.words import show
from lessons.kinds.claim import dicts, mapping, text, texts
from sandbox.protocol import Encoded


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    type: str
    """Django's class."""
    sql: str
    options: Mapping[str, Encoded]
    """Those that are not as Django leaves them."""

    @property
    def shown(self) -> str:
        """``"null=True, max_length=20"``"""
        return ", ".join(f"{name}={show(value)}" for name, value in self.options.items())


@dataclass(frozen=True, slots=True)
class Index:
    """Or a constraint. ``where`` is the condition, in SQL."""

    name: str
    on: tuple[str, ...]
    where: str

    @property
    def shown(self) -> str:
        """``"isbn, published DESC where in_print"``"""
        return ", ".join(self.on) + (f" where {self.where}" if self.where else "")


@dataclass(frozen=True, slots=True)
class Table:
    """One model and its table."""

    label: str
    table: str
    proxy: bool
    parents: frozenset[str]
    fields: Mapping[str, Field]
    indexes: tuple[Index, ...]
    uniques: tuple[Index, ...]
    checks: tuple[Index, ...]
    options: Mapping[str, Encoded]

    @property
    def name(self) -> str:
        return self.label.rpartition(".")[2]

    @property
    def columns(self) -> list[Field]:
        return list(self.fields.values())


@dataclass(frozen=True, slots=True)
class Finding:
    """Of Django's system checks. A serious one keeps ``migrate`` from being run."""

    id: str
    on: str
    text: str
    serious: bool


@dataclass(frozen=True, slots=True)
class Schema:
    tables: Mapping[str, Table]
    """By the models' labels."""
    findings: tuple[Finding, ...]
    sql: tuple[str, ...]
    pending: tuple[str, ...] | None = None
    """What makemigrations would still write; None where there are no migrations."""
    stored: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By each table's name, what the database itself says of it."""

    @property
    def every(self) -> list[Table]:
        return list(self.tables.values())

    @property
    def refused(self) -> bool:
        """Whether no table could be made."""
        return any(one.serious for one in self.findings)


def schema(seen: Any) -> Schema:
    found = mapping(seen)
    tables = [table(one) for one in dicts(found.get("models"))]
    findings = tuple(
        Finding(text(one.get("id")), text(one.get("on")), text(one.get("text")), one.get("serious") is True)
        for one in dicts(found.get("findings"))
    )
    return Schema(
        tables={one.label: one for one in tables},
        findings=findings,
        sql=tuple(texts(found.get("sql"))),
        pending=tuple(texts(found["pending"])) if isinstance(found.get("pending"), list) else None,
        stored={name: tuple(texts(facts)) for name, facts in mapping(found.get("stored")).items()},
    )


def table(data: Mapping[str, Any]) -> Table:
    fields = [
        Field(text(one.get("name")), text(one.get("type")), text(one.get("sql")), mapping(one.get("options")))
        for one in dicts(data.get("fields"))
    ]
    return Table(
        label=text(data.get("model")),
        table=text(data.get("table")),
        proxy=data.get("proxy") is True,
        parents=frozenset(texts(data.get("parents"))),
        fields={field.name: field for field in fields},
        indexes=indexes(data.get("indexes")),
        uniques=indexes(data.get("uniques")),
        checks=indexes(data.get("checks")),
        options=mapping(data.get("options")),
    )


def indexes(data: Any) -> tuple[Index, ...]:
    return tuple(Index(text(one.get("name")), tuple(texts(one.get("on"))), text(one.get("where"))) for one in dicts(data))
