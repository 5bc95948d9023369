"""What the editor offers to finish: a world's models and what of theirs a query can name, and what Django itself has.

The world's part is read from its source, Django's from Django, so neither has to be kept up by hand. One document for each world,
fetched once: completing asks nobody.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

from django.db.models import Field, Manager, Model, QuerySet, fields, lookups
from django.db.models.fields import json as json_fields
from django.http import Http404, HttpRequest, HttpResponse
from django.template import defaultfilters, defaulttags, loader_tags
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition

from lessons import course
from lessons.views import worlds
from lessons.views.methods import page
from lessons.views.worlds import Column, Table

TEXT = ("Char", "Text", "Email", "Slug", "URL")
TEXT_LOOKUPS = (lookups.PatternLookup, lookups.Regex, lookups.IExact)
ORDER_LOOKUPS = (lookups.GreaterThan, lookups.GreaterThanOrEqual, lookups.LessThan, lookups.LessThanOrEqual, lookups.Range)
RELATION_LOOKUPS = ("exact", "in", "isnull")
KINDS: "Mapping[str, type[Field[Any, Any]]]" = {
    worlds.SIZE.sub("", field.__name__): field
    for field in (
        *(fields.AutoField, fields.BooleanField, fields.CharField, fields.DateField, fields.DateTimeField, fields.DecimalField),
        *(fields.DurationField, fields.EmailField, fields.FloatField, fields.IntegerField, json_fields.JSONField),
        *(fields.SlugField, fields.TextField, fields.TimeField, fields.URLField, fields.UUIDField),
    )
}
"""What is stored, as :class:`Column` says it, and the field that has its lookups."""
NOT_CALLED = ("as_manager", "db", "ordered", "query", "resolve_expression", "totally_ordered")
"""Public members of a QuerySet that no lesson's chain goes on with."""
MODULES = (
    *("datetime", "decimal", "functools", "itertools"),
    *("django.contrib.auth", "django.core.cache", "django.core.exceptions", "django.core.validators"),
    *("django.db", "django.db.models", "django.db.models.functions", "django.http", "django.shortcuts", "django.template.loader"),
    *("django.test", "django.urls", "django.utils", "django.utils.timezone", "django.views.decorators.http"),
)
"""What is imported from most, with the names that are found there."""
LOADED = {"django.utils": ["timezone"], "django.core.cache": ["cache", "caches"]}
"""Packages whose names are modules or are made on demand."""
DAY = 24 * 3600


def _digest(request: HttpRequest, world: str) -> str:
    return f'"{course.current().digest}"'


@page
@condition(etag_func=_digest)
def completions(request: HttpRequest, world: str) -> HttpResponse:
    """Asked for with the course's digest. Kept for a day and not for good, because Django may be upgraded beneath a course."""
    now = course.current()
    if world not in now.worlds:
        raise Http404(f"no world {world}")
    response = HttpResponse(document(worlds.models_of(now.root, world)), content_type="application/json")
    if request.GET.get("v") == now.digest:
        patch_cache_control(response, public=True, max_age=DAY)
    else:
        patch_cache_control(response, no_cache=True)
    return response


@lru_cache(maxsize=32)
def document(source: str) -> str:
    """``{"models", "lookups", "queryset", "manager", "instance", "modules", "tags", "filters"}`` as JSON.

    ``models``: ``{"Book": {"paths": {"title": ["Char", ""], "author": ["one", "Author"], …}, "attributes": {…}}}``; ``paths`` are
    what a query may name, ``attributes`` what an instance has. ``lookups``: ``{"Date": {"gt": "", "year": "Integer", …}}``, each
    with what a transform makes of it.
    """
    return json.dumps({"models": models(worlds.tables(source)), **of_django()}, separators=(",", ":"))


type Named = dict[str, tuple[str, str]]
"""A name with what is stored under it and, where it leads to another model, that model's name."""


@dataclass(frozen=True, slots=True)
class Backward:
    """The other end of a relation. A name is empty where there is none."""

    at: str
    path: str
    attribute: str
    kind: str
    to: str


def models(tables: Iterable[Table]) -> dict[str, dict[str, Named]]:
    by_name = {table.name: table for table in tables}
    columns = {name: tuple(_inherited(table, by_name)) for name, table in by_name.items()}
    backward = [end for name, own in columns.items() for column in own if column.to for end in [_backward(name, column)]]
    return {
        name: {
            "paths": _forward(own) | {end.path: (end.kind, end.to) for end in backward if end.at == name and end.path},
            "attributes": _forward(own)
            | {end.attribute: (end.kind, end.to) for end in backward if end.at == name and end.attribute},
        }
        for name, own in columns.items()
    }


def _inherited(table: Table, by_name: Mapping[str, Table], seen: tuple[str, ...] = ()) -> Iterator[Column]:
    """The model's columns, its bases' first. A model that is its own base has Python to answer to."""
    for base in table.bases:
        if base in by_name and base not in (*seen, table.name):
            yield from _inherited(by_name[base], by_name, (*seen, table.name))
    yield from table.columns


def _forward(columns: Iterable[Column]) -> Named:
    found: Named = {}
    for column in columns:
        found[column.name] = (column.kind, _model(column.to))
        if column.kind == "one":
            found[f"{column.name}_id"] = ("Integer", "")
    if not any(column.option("primary_key") for column in columns):
        found.setdefault("id", ("Auto", ""))
    found.setdefault("pk", ("Auto", ""))
    return found


def _backward(name: str, column: Column) -> Backward:
    to = name if column.to == "self" else _model(column.to)
    given = _spelled(column.option("related_name"), name)
    hidden = given.endswith("+") or (column.to == "self" and column.kind == "many")
    path = _spelled(column.option("related_query_name"), name) or given or name.lower()
    attribute = given or (name.lower() if column.single else f"{name.lower()}_set")
    return Backward(to, "" if hidden else path, "" if hidden else attribute, "one" if column.single else "many", name)


def _spelled(given: Any, name: str) -> str:
    """A related name as Django spells it out; ``%(app_label)s`` is the one that the site does not know."""
    return given.replace("%(class)s", name.lower()) if isinstance(given, str) and "%(app_label)s" not in given else ""


def _model(to: str) -> str:
    """ "Book" of "bookshop.Book"."""
    return to.rpartition(".")[2]


@cache
def of_django() -> dict[str, Any]:
    return {
        "lookups": {kind: lookups_of(kind) for kind in KINDS}
        | {kind: dict.fromkeys(RELATION_LOOKUPS, "") for kind in ("one", "many")},
        "queryset": [name for name in _public(QuerySet) if name not in NOT_CALLED],
        "manager": [name for name in _public(Manager) if hasattr(QuerySet, name) and name not in NOT_CALLED],
        "instance": [name for name in _public(Model) if callable(getattr(Model, name, None))],
        "modules": {name: names_of(name) for name in MODULES},
        "tags": sorted(defaulttags.register.tags | loader_tags.register.tags),
        "filters": sorted(defaultfilters.register.filters),
    }


def lookups_of(kind: str) -> dict[str, str]:
    """Those that make sense of what is stored: Django would also compare a price with a pattern."""
    unfit: tuple[type, ...] = () if kind in TEXT else TEXT_LOOKUPS
    if kind == "Boolean":
        unfit += ORDER_LOOKUPS
    return {name: _made(one) for name, one in KINDS[kind]().get_lookups().items() if not issubclass(one, unfit)}


def _made(lookup: type) -> str:
    output = getattr(lookup, "output_field", None)
    return next((kind for kind, of in KINDS.items() if type(output) is of), "")


def names_of(module: str) -> list[str]:
    found = import_module(module)
    public = LOADED.get(module) or getattr(found, "__all__", None) or [name for name in vars(found) if _is_own(found, name)]
    return sorted(name for name in public if not name.startswith("_"))


def _is_own(module: Any, name: str) -> bool:
    """Whether the module made what it has under this name, and has not merely imported it."""
    return str(getattr(getattr(module, name), "__module__", "")).startswith(module.__name__)


def _public(kind: type) -> list[str]:
    return [name for name in dir(kind) if not name.startswith("_")]
