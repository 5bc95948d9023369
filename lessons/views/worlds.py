"""A world's models, for learners who ask what there is to query."""

import ast
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from lessons.catalogue.read import read
from lessons.catalogue.rules import Findings
from lessons.catalogue.types import Course
from lessons.catalogue.worlds import WORLDS
from lessons.state import storable

SIZE = re.compile(r"^(Positive)?(Small|Big)?|Field$")
"""What a field's class says besides what it stores."""


@dataclass(frozen=True, slots=True)
class Column:
    """``to`` is the other model of a relation, ``kind`` what is stored ("Char"), ``field`` the field's class ("CharField").

    ``options`` are the plain values that the field is given by name. ``related_name`` and ``through`` are a relation's own, as
    they are written; empty where nothing is.
    """

    name: str
    kind: str
    to: str = ""
    field: str = ""
    related_name: str = ""
    through: str = ""
    options: tuple[tuple[str, Any], ...] = ()

    def option(self, name: str) -> Any:
        """None for one that is not given, or not as a plain value."""
        return dict(self.options).get(name)

    @property
    def single(self) -> bool:
        """Whether a row of the other model has at most one of these."""
        return self.field == "OneToOneField"


@dataclass(frozen=True, slots=True)
class Table:
    """``bases`` are the other models that this one inherits from."""

    name: str
    columns: tuple[Column, ...]
    bases: tuple[str, ...] = ()


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
            plain = Column(name, SIZE.sub("", kind), field=kind, options=_options(call)) if kind.endswith("Field") else None
            return _relation(name, kind, call) or plain
    return None


def _relation(name: str, kind: str, call: ast.Call) -> Column | None:
    if kind not in ("ForeignKey", "OneToOneField", "ManyToManyField"):
        return None
    said = {keyword.arg: _name(keyword.value) for keyword in call.keywords}
    to = _name(call.args[0]) if call.args else said.get("to", "")
    stored = "many" if kind == "ManyToManyField" else "one"
    return Column(name, stored if to else kind, to, kind, said.get("related_name", ""), said.get("through", ""), _options(call))


def _name(node: ast.expr) -> str:
    """What a relation names, whether by name or in quotes; empty for anything else."""
    match node:
        case ast.Name(id=name) | ast.Constant(value=str(name)):
            return storable(name)
    return ""


def _options(call: ast.Call) -> tuple[tuple[str, Any], ...]:
    return tuple((one.arg, one.value.value) for one in call.keywords if one.arg and isinstance(one.value, ast.Constant))
