"""A world's models, for learners who ask what there is to query."""

import ast
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from lessons import course
from lessons.catalogue.read import read
from lessons.catalogue.rules import Findings
from lessons.catalogue.types import Course
from lessons.catalogue.worlds import WORLDS
from lessons.views.methods import page

SIZE = re.compile(r"^(Positive)?(Small|Big)?|Field$")
"""What a field's class says besides what it stores."""


@dataclass(frozen=True, slots=True)
class Column:
    """``to`` is the other model of a relation, ``kind`` what is stored ("Char")."""

    name: str
    kind: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    columns: tuple[Column, ...]


@page
def world(request: HttpRequest, world: str) -> HttpResponse:
    now = course.current()
    if world not in now.worlds:
        raise Http404(f"no world {world}")
    context = {"course": now, "world": world, "tables": tables_of(now, world), "source": models_of(now.root, world)}
    return render(request, "lessons/world.html", context)


def tables_of(course: Course, world: str) -> tuple[Table, ...]:
    return _tables(course.root, world, course.digest)


@lru_cache(maxsize=32)
def _tables(root: Path, world: str, digest: str) -> tuple[Table, ...]:
    """Read once for as long as the course stays as it is."""
    return tables(models_of(root, world))


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
    found = (Table(one.name, tuple(_columns(one))) for one in classes)
    return tuple(table for table in found if table.columns)


def _columns(model: ast.ClassDef) -> list[Column]:
    found = (_column(node) for node in model.body if isinstance(node, ast.Assign))
    return [column for column in found if column]


def _column(node: ast.Assign) -> Column | None:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=ast.Attribute(attr=kind), args=args)):
            return _relation(name, kind, args) or (Column(name, SIZE.sub("", kind)) if kind.endswith("Field") else None)
    return None


def _relation(name: str, kind: str, args: list[ast.expr]) -> Column | None:
    if kind not in ("ForeignKey", "OneToOneField", "ManyToManyField"):
        return None
    match args:
        case [ast.Name(id=to), *_] | [ast.Constant(value=str(to)), *_]:
            return Column(name, "many" if kind == "ManyToManyField" else "one", to)
    return Column(name, kind)
