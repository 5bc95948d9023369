"""Models as plain data: what each field, index and constraint means, however it was written.

``unique=True`` and a ``UniqueConstraint`` of one field are the same, and so are ``db_index=True`` and an ``Index``. Conditions
are written out in one way only. Columns are called by their fields' names.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import NOT_PROVIDED, CheckConstraint, Field, Index, Model, Q, UniqueConstraint
from django.db.models.lookups import IsNull
from django.db.models.sql import Query
from django.db.models.sql.where import WhereNode

from sandbox.changes import NOW
from sandbox.encode import Encoder
from sandbox.explain import short
from sandbox.limits import Limit
from sandbox.protocol import Encoded

MOST_PARTS = 200
"""Fields, indexes or constraints of one model, and models of one answer."""
CALLABLE = ["other", "callable", "a callable"]
MOMENT = ["other", "moment", "the moment when the file was read"]
"""A fixed default that is another in every run."""

type Editor = BaseDatabaseSchemaEditor


def told(models: Iterable[type[Model]]) -> list[dict[str, Any]]:
    """One dict for each model, as :mod:`sandbox.observers.schema` says. Raises Limit for too many of anything."""
    return [Told(model, connection.schema_editor()).all() for model in few(models)]


def few[T](found: Iterable[T]) -> list[T]:
    every = list(found)
    if len(every) > MOST_PARTS:
        raise Limit("output", f"{MOST_PARTS} models, fields, indexes or constraints")
    return every


class Told:
    """Tells of one model. ``editor`` writes SQL and sends none."""

    def __init__(self, model: type[Model], editor: Editor) -> None:
        self.model, self.editor = model, editor
        self.opts = model._meta
        self.names = {str(field.column): field.name for field in self.opts.fields}

    def all(self) -> dict[str, Any]:
        fields = few([*self.opts.local_fields, *self.opts.local_many_to_many])
        return {
            "model": short(self.opts.label),
            "table": short(self.opts.db_table),
            "proxy": self.opts.proxy is True,
            "parents": [short(parent._meta.label) for parent in self.opts.parents],
            "fields": [self.field(field) for field in fields],
            "indexes": [*self.field_indexes(), *map(self.index, few(self.opts.indexes))],
            "uniques": [*self.field_uniques(), *map(self.unique, self.constraints(UniqueConstraint))],
            "checks": [self.check(one) for one in self.constraints(CheckConstraint)],
            "options": self.options(),
        }

    def options(self) -> dict[str, Encoded]:
        encode = Encoder().encode
        names = ("ordering", "verbose_name", "verbose_name_plural", "get_latest_by")
        return {name: encode(plain(getattr(self.opts, name))) for name in names}

    def field(self, field: "Field[Any, Any]") -> dict[str, Any]:
        options = {name: encoded(value) for name, value in options_of(field)}
        sql = field.db_type(connection) or ""
        return {"name": short(field.name), "type": type_of(field), "sql": short(sql), "options": options}

    def constraints[T](self, kind: type[T]) -> list[T]:
        return [one for one in few(self.opts.constraints) if isinstance(one, kind)]

    # Indexes and unique columns

    def field_indexes(self) -> Iterator[dict[str, Any]]:
        for field in self.opts.local_fields:
            if getattr(field, "db_index", False) and not field.unique:
                yield {"name": "", "on": [field.name], "where": ""}

    def index(self, index: Index) -> dict[str, Any]:
        return self.on_columns(index, index.create_sql(self.model, self.editor))

    def field_uniques(self) -> Iterator[dict[str, Any]]:
        alone = [[field.name] for field in self.opts.local_fields if field.unique and not field.primary_key]
        together = [[str(name) for name in names] for names in few(self.opts.unique_together)]
        yield from ({"name": "", "on": sorted(map(short, names)), "where": ""} for names in (*alone, *together))

    def unique(self, constraint: UniqueConstraint) -> dict[str, Any]:
        found = self.on_columns(constraint, constraint.create_sql(self.model, self.editor))
        return {**found, "on": sorted(found["on"])}

    def on_columns(self, one: Index | UniqueConstraint, statement: Any) -> dict[str, Any]:
        """Of a statement that creates an index: its columns in order, each as ``"published"`` or ``"published DESC"``."""
        columns = self.named(str(statement.parts["columns"])) if statement else ""
        where = self.condition(one.condition) if one.condition is not None else ""
        on = columns.split(", ") if not one.expressions else [columns]
        return {"name": short(one.name), "on": [short(column) for column in on], "where": short(where)}

    # Conditions

    def check(self, constraint: CheckConstraint) -> dict[str, Any]:
        mentioned = {self.names[column] for column in re.findall(r'"([^"]+)"', self.sql(constraint)) if column in self.names}
        where = self.condition(constraint.condition)
        return {"name": short(constraint.name), "on": sorted(map(short, mentioned)), "where": short(where)}

    def sql(self, constraint: CheckConstraint) -> str:
        return constraint._get_check_sql(self.model, self.editor)  # type: ignore[attr-defined,no-any-return]

    def condition(self, condition: Any) -> str:
        """SQL in which the order of what ``AND`` and ``OR`` join does not show, nor the ways to say "is not null"."""
        query = Query(self.model, alias_cols=False)
        compiler = query.get_compiler(connection=connection)
        return self.named(written(query.build_where(Q(condition)), lambda leaf: self.inlined(*compiler.compile(leaf))))

    def inlined(self, sql: str, params: Iterable[Any]) -> str:
        return sql % tuple(self.editor.quote_value(value) for value in params)

    def named(self, sql: str) -> str:
        """With fields' names for quoted columns."""
        return re.sub(r'"([^"]+)"', lambda found: self.names.get(found[1], found[1]), sql)


def written(node: Any, leaf: Callable[[Any], str]) -> str:
    if not isinstance(node, WhereNode):
        return leaf(node)
    if node.negated and len(node.children) == 1 and isinstance(only := node.children[0], IsNull):
        return leaf(cast("Any", type(only))(only.lhs, not only.rhs))
    inside = sorted(written(child, leaf) for child in node.children)
    joined = inside[0] if len(inside) == 1 else f"({f' {node.connector} '.join(inside)})"
    return f"NOT ({joined})" if node.negated else joined


# Fields


def type_of(field: "Field[Any, Any]") -> str:
    """The nearest of Django's own classes: a learner may have made another one from it."""
    own = (kind.__name__ for kind in type(field).__mro__ if kind.__module__.startswith("django."))
    return short(next(own, "Field"))


def options_of(field: "Field[Any, Any]") -> Iterator[tuple[str, Any]]:
    """The options that say something: those which are as Django leaves them are left out."""
    automatic = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    for name in ("null", "blank", "primary_key", "auto_now", "auto_now_add"):
        if getattr(field, name, False) is True and not (automatic and name == "blank"):
            yield name, True
    for name in ("max_length", "max_digits", "decimal_places"):
        value = getattr(field, name, None)
        if value is not None:
            yield name, value
    if field.choices:
        yield "choices", sorted((plain(value) for value, _ in field.flatchoices), key=str)
    if field.default is not NOT_PROVIDED and not is_default_anyway(field):
        yield "default", field.default
    if field.db_default is not NOT_PROVIDED:
        yield "db_default", str(field.db_default)
    if field.remote_field:
        yield from relation(field)


def is_default_anyway(field: "Field[Any, Any]") -> bool:
    """Whether the field would hold the same without it: an empty text, or None where there may be none."""
    anyway = "" if field.empty_strings_allowed and not field.null else None
    return field.default == anyway and type(field.default) is type(anyway) and (field.null or anyway == "")


def relation(field: Any) -> Iterator[tuple[str, Any]]:
    yield "to", label(field.remote_field.model)
    if on_delete := getattr(field.remote_field, "on_delete", None):
        yield "on_delete", str(getattr(on_delete, "__name__", "")).replace("set_on_delete", "SET")
    if field.remote_field.related_name:
        yield "related_name", field.remote_field.related_name
    through = getattr(field.remote_field, "through", None)
    if through is not None and not getattr(getattr(through, "_meta", None), "auto_created", False):
        yield "through", label(through)


def label(model: Any) -> str:
    """Of a class, or of what stands where one was looked for and not found."""
    return str(getattr(getattr(model, "_meta", None), "label", model))


def plain(value: Any) -> Any:
    """Lazy texts are texts."""
    return value if value is None or isinstance(value, bool | int | float | list | tuple) else str(value)


def encoded(value: Any) -> Encoded:
    if type(value) is datetime and abs(datetime.now(value.tzinfo) - value) < NOW:
        return MOMENT
    return of_callable(value) if callable(value) else Encoder().encode(value)


def of_callable(value: Callable[[], Any]) -> Encoded:
    """A function that always gives the same plain value is that value, written at greater length."""
    try:
        one, other = value(), value()
    except Exception:
        return CALLABLE
    return (
        Encoder().encode(one)
        if type(one) in (str, int, bool, Decimal) and type(one) is type(other) and one == other
        else CALLABLE
    )


def finding(problem: Any) -> Mapping[str, Any]:
    """One message of Django's system checks."""
    owner = problem.obj
    where = getattr(getattr(owner, "_meta", None), "label", None) or owner
    return {
        "id": short(str(problem.id)),
        "on": short(str(where)),
        "text": short(str(problem.msg)),
        "serious": problem.is_serious(),
    }
