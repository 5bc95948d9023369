"""Which public names of Django are practised: read off Django itself, and off the reference solutions.

A name counts as practised when a graded exercise's solution uses it. What is only told in a lesson's text does not count.
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from inspect import getmembers, isclass, signature
from types import ModuleType

from django import shortcuts, urls
from django.core.cache.backends.base import BaseCache
from django.db import models, transaction
from django.db.models import Field, QuerySet, functions
from django.db.models.expressions import BaseExpression
from django.db.models.fields.related import RelatedField
from django.db.models.lookups import Lookup
from django.template import defaultfilters, defaulttags, loader_tags

from lessons.catalogue.types import Course
from sandbox.protocol import File

MIDDLEWARE = """
    django.contrib.auth.middleware django.contrib.messages.middleware django.contrib.sessions.middleware django.middleware.cache
    django.middleware.clickjacking django.middleware.common django.middleware.csp django.middleware.csrf django.middleware.gzip
    django.middleware.http django.middleware.locale django.middleware.security
""".split()  # noqa: SIM905
NOT_QUERIES = frozenset({"as_manager", "resolve_expression", "has_changed"})
NOT_CACHE = frozenset({"get_backend_timeout", "make_key", "make_and_validate_key", "validate_key", "close"})
NOT_FIELDS = frozenset({"ForeignObject", "OrderWrt"})
"""What other fields are made of."""
INNER = ("clean_", "clear_", "get_c", "get_mod", "get_ns", "get_re", "get_u", "mark_", "set_", "translate_")
"""How the names of functions begin that modules share among themselves."""
EXPRESSIONS = frozenset({"F", "Q", "Prefetch", "FilteredRelation"})
"""Parts of a query that are no expressions to Django."""


@dataclass(frozen=True, slots=True)
class Group:
    """``names`` are Django's, ``used`` finds those that a solution's files use."""

    title: str
    names: frozenset[str]
    used: Callable[["Words"], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in a solution: names called, names mentioned, keywords, lookups, template tags and filters."""

    calls: frozenset[str]
    names: frozenset[str]
    keywords: frozenset[str]
    lookups: frozenset[str]
    tags: frozenset[str]
    filters: frozenset[str]


def practised(course: Course) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """By group: the names that are practised, and those that are not yet."""
    solutions = [words(exercise.solution.files) for lesson in course.lessons for exercise in lesson.exercises]
    found = {}
    for group in groups():
        used = group.names & {name for one in solutions for name in group.used(one)}
        found[group.title] = used, group.names - used
    return found


def report(course: Course) -> Iterator[str]:
    """``QuerySet methods: 21 of 47. Not yet: aggregate, …``, a line each."""
    for title, (used, missing) in practised(course).items():
        rest = f" Not yet: {', '.join(sorted(missing))}." if missing else ""
        yield f"{title}: {len(used)} of {len(used) + len(missing)}.{rest}"


# What Django has


@cache
def groups() -> tuple[Group, ...]:
    return (
        Group("QuerySet methods", queryset_methods(), lambda words: words.calls),
        Group("Field lookups", field_lookups(), lambda words: words.lookups),
        Group("Aggregates and expressions", expressions(), lambda words: words.names),
        Group("Database functions", frozenset(functions.__all__), lambda words: words.names),
        Group("Field types", field_types(), lambda words: words.names),
        Group("Field options", field_options(), lambda words: words.keywords),
        Group("Template tags", template_tags(), lambda words: words.tags),
        Group("Template filters", frozenset(defaultfilters.register.filters), lambda words: words.filters),
        Group("Shortcuts", functions_of(shortcuts), lambda words: words.names),
        Group("URL functions", frozenset(taught(urls.__all__)), lambda words: words.names),
        Group("Middleware", middleware(), lambda words: words.names),
        Group("Cache", cache_methods(), lambda words: words.calls),
        Group("Transactions", functions_of(transaction), lambda words: words.names),
    )


def queryset_methods() -> frozenset[str]:
    return without_twins(methods(QuerySet) - NOT_QUERIES)


def methods(one: type) -> set[str]:
    return {name for name in dir(one) if not name.startswith("_") and callable(getattr(one, name))}


def without_twins(names: set[str]) -> frozenset[str]:
    """Without the asynchronous ones: "acount" is "count"."""
    return frozenset(name for name in names if not (name[0] == "a" and name[1:] in names))


def field_lookups() -> frozenset[str]:
    """Transforms such as ``year`` too."""
    every = [one for _, one in getmembers(models, isclass) if issubclass(one, Field)]
    return frozenset(name for one in every for name in one.get_class_lookups())


def expressions() -> frozenset[str]:
    public = (getattr(models, name) for name in models.__all__)
    found = {one.__name__ for one in public if isclass(one) and issubclass(one, BaseExpression) and not issubclass(one, Lookup)}
    return frozenset(found | EXPRESSIONS)


def field_types() -> frozenset[str]:
    """Without those that Django has removed, and that are there for old migrations only."""
    public = [one for name in models.__all__ if isclass(one := getattr(models, name)) and issubclass(one, Field)]
    kept = {one.__name__ for one in public if one.system_check_removed_details is None and one not in (Field, RelatedField)}
    return frozenset(kept - NOT_FIELDS)


def field_options() -> frozenset[str]:
    classes = (Field, models.ForeignKey, models.ManyToManyField, models.DateField, models.DecimalField)
    return frozenset(
        name for one in classes for name in signature(one).parameters if name not in ("self", "kwargs", "name", "rel")
    )


def template_tags() -> frozenset[str]:
    return frozenset({*defaulttags.register.tags, *loader_tags.register.tags, "cache", "static"})


def middleware() -> frozenset[str]:
    modules = [import_module(name) for name in MIDDLEWARE]
    return frozenset(
        name
        for module in modules
        for name, one in getmembers(module, isclass)
        if name.endswith("Middleware") and one.__module__ == module.__name__
    )


def functions_of(module: ModuleType) -> frozenset[str]:
    own = {name for name, one in vars(module).items() if callable(one) and getattr(one, "__module__", "") == module.__name__}
    return without_twins(taught(own))


def taught(names: Iterable[str]) -> set[str]:
    return {name for name in names if name.islower() and not name.startswith(("_", *INNER))}


def cache_methods() -> frozenset[str]:
    return without_twins(methods(BaseCache) - NOT_CACHE)


# What a solution uses


def words(files: Iterable[File]) -> Words:
    found: Mapping[str, set[str]] = {name: set() for name in Words.__slots__}
    for file in files:
        if file.path.endswith(".py"):
            python(ast.parse(file.text), found)
        else:
            found["tags"].update(re.findall(r"{%-?\s*(\w+)", file.text))
            found["filters"].update(re.findall(r"\|\s*(\w+)", " ".join(re.findall(r"{[{%].*?[}%]}", file.text, re.DOTALL))))
    return Words(**{name: frozenset(each) for name, each in found.items()})


def python(tree: ast.AST, found: Mapping[str, set[str]]) -> None:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), keywords=keywords):
                found["calls"].add(name)
                for keyword in keywords:
                    arguments(keyword.arg or "", found)
            case ast.Dict(keys=keys):
                for key in keys:
                    if isinstance(key, ast.Constant) and isinstance(key.value, str):
                        arguments(key.value, found)
            case ast.Constant(value=str(text)):
                found["names"].add(text.rpartition(".")[2])  # a middleware's path
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                found["names"].add(name)


def arguments(keyword: str, found: Mapping[str, set[str]]) -> None:
    """``price__gte`` is the lookup ``gte``, ``published__year`` the transform ``year``; a plain field's name is ``exact``."""
    found["keywords"].add(keyword)
    _, *rest = keyword.split("__")
    found["lookups"].update(rest or (["exact"] if keyword else []))
