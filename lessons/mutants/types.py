import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lessons.mutants.source import Source


@dataclass(frozen=True, slots=True)
class Names:
    """What the operators may know of the models that the source uses. The default is to know nothing."""

    alike: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """A field's name, and those of fields of its type in its model, which it can be confused with."""
    many: frozenset[str] | None = None
    """Relations that lead to many rows, by the name used in lookups; None: not known, so any relation may."""
    closed: frozenset[str] = frozenset()
    """Fields with choices: no other text is ever in them."""
    relations: tuple[str, ...] = ()
    """Foreign keys' names."""


UNKNOWN = Names()


@dataclass(frozen=True, slots=True)
class Change:
    """``node`` gives way to the text ``new``. ``label`` becomes the mutant's name; it needs no quotes in YAML."""

    label: str
    node: ast.AST
    new: str
    words: str


@dataclass(frozen=True, slots=True)
class Operator:
    """``find`` yields every way in which this mistake can be made in a source.

    ``asks``: the mistake shows only where the exercise has this key ("queries").
    """

    name: str
    find: "Callable[[Source], Iterable[Change]]"
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Mutant:
    """``name`` is what ``waive:`` names. ``words`` says what a learner did whose answer behaves as this one."""

    name: str
    operator: str
    source: str
    words: str
    line: int
    """In the source that was mutated, from 1."""
    path: str
    asks: str = ""
