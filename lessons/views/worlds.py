"""A world's models, for learners who ask what there is to query."""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from lessons import course
from lessons.catalogue.read import read
from lessons.catalogue.rules import Findings
from lessons.catalogue.worlds import WORLDS
from lessons.views.methods import page

SIZE = re.compile(r"^(Positive)?(Small|Big)?|Field$")
"""What a field's class says besides what it stores."""


@dataclass(frozen=True, slots=True)
class Column:
    """``to`` is the other model of a relation, ``kind`` what is stored ("Char"), ``options`` plain values that are given by name.

    ``single``: a row of the other model has at most one of these.
    """

    name: str
    kind: str
    to: str = ""
    options: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    single: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """``bases`` are the other models that this one inherits from."""

    name: str
    columns: tuple[Column, ...]
    bases: tuple[str, ...] = ()


@page
def world(request: HttpRequest, world: str) -> HttpResponse:
    now = course.current()
    if world not in now.worlds:
        raise Http404(f"no world {world}")
    source = models_of(now.root, world)
    return render(request, "lessons/world.html", {"course": now, "world": world, "tables": tables(source), "source": source})


def models_of(root: Path, world: str) -> str:
    """The source of the world's models; empty when it cannot be shown: not there, not text, or not in the content folder."""
    return read(root / WORLDS / world / "models.py", root.resolve(), Findings(world)) or ""


@lru_cache(maxsize=32)
def tables(source: str) -> tuple[Table, ...]:
    """The models and their fields, read from the source: a world is never imported into the site's process."""
    try:
        classes = [node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # the last two: nested without end
        return ()
    found = (Table(one.name, tuple(_columns(one)), tuple(_bases(one))) for one in classes)
    return tuple(table for table in found if table.columns)


def _bases(model: ast.ClassDef) -> list[str]:
    return [base.id for base in model.bases if isinstance(base, ast.Name)]


def _columns(model: ast.ClassDef) -> list[Column]:
    found = (_column(node) for node in model.body if isinstance(node, ast.Assign))
    return [column for column in found if column]


def _column(node: ast.Assign) -> Column | None:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=ast.Attribute(attr=kind)) as call):
            return _relation(name, kind, call) or _plain(name, kind, call)
    return None


def _plain(name: str, kind: str, call: ast.Call) -> Column | None:
    return Column(name, SIZE.sub("", kind), options=_options(call)) if kind.endswith("Field") else None


def _relation(name: str, kind: str, call: ast.Call) -> Column | None:
    if kind not in ("ForeignKey", "OneToOneField", "ManyToManyField"):
        return None
    match call.args:
        case [ast.Name(id=to), *_] | [ast.Constant(value=str(to)), *_]:
            return Column(name, "many" if kind == "ManyToManyField" else "one", to, _options(call), kind == "OneToOneField")
    return Column(name, kind)


def _options(call: ast.Call) -> dict[str, Any]:
    return {one.arg: one.value.value for one in call.keywords if one.arg and isinstance(one.value, ast.Constant)}
