"""What code mentions, read off its text: methods called, functions, names, options, lookups, template tags and filters.

Nothing is run, so what a name stands for is guessed from how it is written. Where in doubt it is left out: ``request.path`` is no
``path()``, and a dict has a ``get`` too.
"""

import ast
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sandbox.protocol import File

MODULES = frozenset({"functions", "models", "shortcuts", "transaction", "urls"})
"""Django's, whose functions are called by way of them."""
CACHES = re.compile(r"(?:\w+\.)*caches?\b")
SHARED = frozenset(dir(dict)) | frozenset(dir(list)) | frozenset(dir(set)) | frozenset(dir(str)) | {"delete"}
"""Methods that are also somebody else's than a QuerySet's: they count where a manager is seen before them."""
MANAGER = re.compile(r"\b(?:objects|\w+_set)\b|\.(?:filter|exclude|all|order_by|annotate)\(")
ASKING = frozenset({"Q", "When", "FilteredRelation", "get_object_or_404", "get_list_or_404"}) | {
    *("exclude", "filter", "get", "get_or_create", "update_or_create"),
}
"""Calls whose keywords are lookups, a plain field's name too."""
FIELD = re.compile(r"\w*(?:Field|ForeignKey)")
TAG = re.compile(r"{%-?\s*(\w+)")
INSIDE = re.compile(r"{[{%].*?[}%]}", re.DOTALL)
MARKUP = ("{{", "{%", "<")
"""How a template begins. ``{{ books|length }}`` is Python, too: a set in a set."""
FILTER = re.compile(r"\|\s*(\w+)")


@dataclass(frozen=True, slots=True)
class Mentions:
    """``methods`` are called on something, ``cached`` on a cache; ``functions`` stand alone or after their module's name."""

    methods: frozenset[str] = frozenset()
    cached: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    options: frozenset[str] = frozenset()
    lookups: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    filters: frozenset[str] = frozenset()


type Found = Mapping[str, set[str]]


def of_files(files: Iterable[File]) -> Mentions:
    found = _nothing()
    for file in files:
        (_code if file.path.endswith(".py") else _template)(file.text, found)
    return _mentions(found)


def of_text(code: str) -> Mentions:
    """Code of which nobody says what it is: a template, or Python. Nothing is found in what is neither."""
    found = _nothing()
    (_template if code.lstrip().startswith(MARKUP) else _code)(code, found)
    return _mentions(found)


def _nothing() -> Found:
    return {name: set() for name in Mentions.__slots__}


def _mentions(found: Found) -> Mentions:
    return Mentions(**{name: frozenset(each) for name, each in found.items()})


def _code(text: str, found: Found) -> None:
    try:
        _python(ast.parse(text), found)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # ValueError: a NUL in it; the others: nested very deep
        _template(text, found)


def _template(text: str, found: Found) -> None:
    found["tags"].update(TAG.findall(text))
    found["filters"].update(FILTER.findall(" ".join(INSIDE.findall(text))))


def _python(tree: ast.AST, found: Found) -> None:
    for node in ast.walk(tree):
        match node:
            case ast.Call():
                _call(node, found)
            case ast.Dict(keys=keys):
                for key in keys:
                    if isinstance(key, ast.Constant) and isinstance(key.value, str):
                        found["lookups"].update(key.value.split("__")[1:])
            case ast.Constant(value=str(text)) if "." in text:
                found["names"].add(text.rpartition(".")[2])  # a middleware's path
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                found["names"].add(name)
        match node:
            case ast.Attribute(value=ast.Name(id=module), attr=name) if module in MODULES:
                found["functions"].add(name)  # a decorator, say


def _call(call: ast.Call, found: Found) -> None:
    match call.func:
        case ast.Attribute(value=owner, attr=name):
            _method(ast.unparse(owner), name, found)
        case ast.Name(id=name):
            found["functions"].add(name)
        case _:
            return
    for keyword in call.keywords:
        _keyword(name, keyword.arg or "", found)


def _method(owner: str, name: str, found: Found) -> None:
    if CACHES.match(owner):
        found["cached"].add(name)
    elif name not in SHARED or MANAGER.search(owner):
        found["methods"].add(name)


def _keyword(called: str, keyword: str, found: Found) -> None:
    """``price__gte`` is the lookup ``gte``, ``published__year`` the transform ``year``; a plain field's name is ``exact``."""
    if FIELD.fullmatch(called):
        found["options"].add(keyword)
    _, *rest = keyword.split("__")
    found["lookups"].update(rest or (["exact"] if keyword and called in ASKING else []))
