"""What was left in the database, table by table, for showing. It was said by an untrusted process: see :mod:`sandbox.changes`."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lessons.grading.words import class_name, count, show

WORDS = {"added": "+ added", "changed": "~ changed", "removed": "− removed"}


@dataclass(frozen=True, slots=True)
class Row:
    change: str
    """ "added", "changed" or "removed"."""
    word: str
    pk: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one model that are not as they were, or the first of them. ``columns`` are those with any new value."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    counts: Mapping[str, int]
    """How many there are of each change, those included that were too many to keep."""

    @property
    def summary(self) -> str:
        """ "2 rows added, 1 row removed"."""
        return ", ".join(f"{count(number, 'row')} {change}" for change, number in self.counts.items())

    @property
    def left_out(self) -> int:
        return sum(self.counts.values()) - len(self.rows)


def tables(seen: Mapping[str, Any]) -> list[Table]:
    """The tables of one closing step's ``seen``."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for entry in readable(seen.get("changes")):
        found.setdefault(entry["model"], []).append(entry)
    counts = seen.get("counts")
    return [table(model, entries, counts if isinstance(counts, dict) else {}) for model, entries in found.items()]


def readable(changes: Any) -> Iterator[Mapping[str, Any]]:
    for entry in changes if isinstance(changes, list) else ():
        match entry:
            case {"model": str(), "change": "added" | "changed" | "removed"}:
                yield entry


def table(model: str, entries: Iterable[Mapping[str, Any]], counts: Mapping[str, Any]) -> Table:
    every = [(entry, values(entry)) for entry in entries]
    columns = tuple(dict.fromkeys(name for _, inside in every for name in inside))
    rows = tuple(row(entry, inside, columns) for entry, inside in every)
    return Table(class_name(model), columns, rows, counted(rows, counts.get(model)))


def counted(rows: Iterable[Row], told: Any) -> dict[str, int]:
    """As many as are said to be there, and no fewer than are to be seen."""
    seen = Counter(row.change for row in rows)
    said = told if isinstance(told, dict) else {}
    numbers = {change: max(seen[change], number if type(number := said.get(change)) is int else 0) for change in WORDS}
    return {change: number for change, number in numbers.items() if number}


def values(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    found = entry.get("values")
    return found if isinstance(found, dict) else {}


def row(entry: Mapping[str, Any], inside: Mapping[str, Any], columns: tuple[str, ...]) -> Row:
    cells = tuple(show(inside[name]) if name in inside else "" for name in columns)
    return Row(entry["change"], WORDS[entry["change"]], show(entry["pk"]) if "pk" in entry else "new", cells)
