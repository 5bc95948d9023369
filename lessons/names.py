"""Django's public names that a course may teach, by group: read off Django itself."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib import import_module
from inspect import getmembers, isclass, signature
from types import MappingProxyType, ModuleType

from django import shortcuts, urls
from django.core.cache.backends.base import BaseCache
from django.db import models, transaction
from django.db.models import Field, QuerySet, functions
from django.db.models.expressions import BaseExpression
from django.db.models.fields.related import RelatedField
from django.db.models.lookups import Lookup
from django.template import defaultfilters, defaulttags, loader_tags

from lessons.mentions import Mentions, of_text

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
WORDS = frozenset("contains date day hour in minute month quarter range regex second time week year".split())  # noqa: SIM905
"""Lookups that are words of other languages too."""


@dataclass(frozen=True, slots=True)
class Group:
    """``names`` are Django's, ``used`` finds among what code mentions those that may be of this group."""

    title: str
    kind: str
    """What one of them is, with its article."""
    short: str
    """What tells one of them from a name of another group that is written the same, in an address."""
    shape: str
    """How one is written: ``{% {} %}`` with the name in place of the inner braces."""
    names: frozenset[str]
    used: Callable[[Mentions], Iterable[str]]

    def used_in(self, mentions: Mentions) -> frozenset[str]:
        return self.names & set(self.used(mentions))


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """One of Django's names. ``address`` is how it is called in the address of its page."""

    text: str
    address: str
    group: Group = field(compare=False)

    @property
    def written(self) -> str:
        return self.group.shape.replace("{}", self.text)


@cache
def groups() -> tuple[Group, ...]:
    return (
        Group("QuerySet methods", "a QuerySet method", "method", "{}()", queryset_methods(), lambda found: found.methods),
        Group("Field lookups", "a field lookup", "lookup", "__{}", field_lookups(), lambda found: found.lookups),
        Group("Aggregates and expressions", "a part of queries", "expression", "{}", expressions(), lambda found: found.names),
        Group("Database functions", "a database function", "function", "{}", database_functions(), lambda found: found.names),
        Group("Field types", "a type of model field", "field", "{}", field_types(), lambda found: found.names),
        Group("Field options", "an option of model fields", "option", "{}=", field_options(), lambda found: found.options),
        Group("Template tags", "a template tag", "tag", "{% {} %}", template_tags(), lambda found: found.tags),
        Group("Template filters", "a template filter", "filter", "|{}", template_filters(), lambda found: found.filters),
        Group("Shortcuts", "a shortcut for views", "shortcut", "{}()", functions_of(shortcuts), lambda found: found.functions),
        Group("URL functions", "a function for URLs", "url", "{}()", url_functions(), lambda found: found.functions),
        Group("Middleware", "a middleware", "middleware", "{}", middleware(), lambda found: found.names),
        Group("Cache", "a method of the cache", "cache", "cache.{}()", cache_methods(), lambda found: found.cached),
        Group(
            "Transactions",
            "a function for transactions",
            "transaction",
            "transaction.{}",
            transactions(),
            lambda found: found.functions,
        ),
    )


@cache
def known() -> Mapping[str, Name]:
    """Every name by its address."""
    counts = Counter(text for group in groups() for text in group.names)
    names = (
        Name(text, text if counts[text] == 1 else f"{group.short}-{text}", group)
        for group in groups()
        for text in sorted(group.names, key=str.casefold)
    )
    return MappingProxyType({name.address: name for name in names})


@cache
def alike() -> Mapping[str, tuple[Name, ...]]:
    """Those that are written the same, capitals aside, by what is written."""
    found: dict[str, list[Name]] = {}
    for name in known().values():
        found.setdefault(name.text.casefold(), []).append(name)
    return MappingProxyType({text: tuple(names) for text, names in found.items()})


def mentioned(mentions: Mentions) -> frozenset[Name]:
    return frozenset(_placed()[group.title, text] for group in groups() for text in group.used_in(mentions))


@cache
def _placed() -> Mapping[tuple[str, str], Name]:
    return {(name.group.title, name.text): name for name in known().values()}


@lru_cache(maxsize=10_000)
def named(code: str) -> frozenset[Name]:
    """What a few characters of code between words name: `__gte`, `.distinct()`, `null=True`, `{% for %}`, `Exists`.

    A name that might as well be another, or a plain word, is left out.
    """
    if word := re.fullmatch(r"\w+", code):
        return _alone(word[0]) | mentioned(of_text(code))
    if call := re.fullmatch(r"(\w+)\(.*\)", code, re.DOTALL):
        return _called(call[1]) | mentioned(replace(of_text(code), functions=frozenset()))
    if keyword := re.fullmatch(r"(\w+)=[^=]*", code):
        return mentioned(Mentions(options=frozenset([keyword[1]]), lookups=frozenset(keyword[1].split("__")[1:])))
    if code.startswith("|"):
        return mentioned(of_text(f"{{{{ it{code} }}}}"))
    return mentioned(of_text(f"it{code}" if code.startswith(".") else code))


def _alone(word: str) -> frozenset[Name]:
    if "__" in word:
        return mentioned(Mentions(lookups=frozenset(word.split("__")[1:])))
    telling = "_" in word.strip("_") or (word in field_lookups() and word not in WORDS)
    return _only(word, lambda name: telling)


def _called(word: str) -> frozenset[Name]:
    return _only(word, lambda name: name.written == f"{word}()")


def _only(word: str, fits: Callable[[Name], bool]) -> frozenset[Name]:
    """The one name that is written so and fits; nothing where there are several."""
    found = [name for name in alike().get(word.casefold(), ()) if name.text == word and fits(name)]
    return frozenset(found if len(found) == 1 else ())


# What Django has


def queryset_methods() -> frozenset[str]:
    return without_twins(methods(QuerySet) - NOT_QUERIES)


def methods(one: type) -> set[str]:
    return {name for name in dir(one) if not name.startswith("_") and callable(getattr(one, name))}


def without_twins(names: set[str]) -> frozenset[str]:
    """Without the asynchronous ones: "acount" is "count"."""
    return frozenset(name for name in names if not (name[0] == "a" and name[1:] in names))


@cache
def field_lookups() -> frozenset[str]:
    """Transforms such as ``year`` too."""
    every = [one for _, one in getmembers(models, isclass) if issubclass(one, Field)]
    return frozenset(name for one in every for name in one.get_class_lookups())


def expressions() -> frozenset[str]:
    public = (getattr(models, name) for name in models.__all__)
    found = {one.__name__ for one in public if isclass(one) and issubclass(one, BaseExpression) and not issubclass(one, Lookup)}
    return frozenset(found | EXPRESSIONS)


def database_functions() -> frozenset[str]:
    return frozenset(functions.__all__)


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


def template_filters() -> frozenset[str]:
    return frozenset(defaultfilters.register.filters)


def url_functions() -> frozenset[str]:
    return frozenset(taught(urls.__all__))


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


def transactions() -> frozenset[str]:
    return functions_of(transaction)


def cache_methods() -> frozenset[str]:
    return without_twins(methods(BaseCache) - NOT_CACHE)
