"""What probes left behind, in the database, in the mailbox and in the queue of tasks, beside what they should have left.

An entry is a dict of encoded values, or of dicts of them: see ``sandbox.probes.left_behind``. There may be thousands.
"""

import json
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lessons.grading.canonical import LONGEST_TEXT, Form, Yardstick
from lessons.grading.types import Check, Diff, DiffRow, Mark
from lessons.grading.words import code, listing, literal, show, start
from lessons.kinds.value.compare import difference
from sandbox.protocol import Encoded

LEFT_BEHIND = {
    "database": ("changes", "Leaves the database as it should", "Not what the database should hold afterwards"),
    "mail": ("mail", "Sends the mail it should", "Not the mail that should be sent"),
    "tasks": ("tasks", "Enqueues the tasks it should", "Not the tasks that should be enqueued"),
}
"""By check: the key of a closing step's ``seen``, and what is said where it is right or wrong."""
CHECKS = tuple(LEFT_BEHIND)
NOTHING = {
    "database": "Nothing was written to the database",
    "mail": "No mail was sent",
    "tasks": "No task was enqueued",
}
NAMES = {"changes": "Database", "mail": "Mail", "tasks": "Task"}
MARKS = {Mark.MISSING: "Missing", Mark.EXTRA: "Extra"}
MOST_TOLD = 3
MOST_SHOWN = 40

type Ends = Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]
"""The ``seen`` of each probe's closing step, the reference's and the learner's."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """One check. ``off`` is what is missing and what is extra after the first probe that did not leave what it should."""

    name: str
    off: Sequence[tuple[Mark, Any]]
    nothing: bool = False
    """Whether nothing at all was left, where something should have been."""

    @property
    def check(self) -> Check:
        _, right, wrong = LEFT_BEHIND[self.name]
        return Check(self.name, not self.off, (NOTHING[self.name] if self.nothing else wrong) if self.off else right)

    @property
    def detail(self) -> str:
        """Entry by entry where each that is missing has one in its place, else what is missing and what is extra."""
        missing, extra = ([one for mark, one in self.off if mark is wanted] for wanted in MARKS)
        if found := pairs(missing, extra):
            return " ".join(sentence for pair in found[:MOST_TOLD] for sentence in unlike_values(*pair))
        told = ((words, [one for mark, one in self.off if mark is wanted]) for wanted, words in MARKS.items())
        return " ".join(f"{words}: {some(found)}." for words, found in told if found)

    @property
    def diff(self) -> Diff:
        rows = tuple(DiffRow(mark, (in_short(one),)) for mark, one in self.off[:MOST_SHOWN])
        return Diff((NAMES[LEFT_BEHIND[self.name][0]],), rows, left_out=len(self.off[MOST_SHOWN:]))


def left_behind(ends: Ends, always: Collection[str] = ()) -> Iterator[Leftover]:
    """For the database, the mail and the tasks each, where either of the two left any, or it is ``always`` checked."""
    for name, (key, _, _) in LEFT_BEHIND.items():
        both = [(entries(expected, key), entries(observed, key)) for expected, observed in ends]
        if name in always or any(one or other for one, other in both):
            off = next(((unlike(*each), not each[1]) for each in both if unlike(*each)), ([], False))
            yield Leftover(name, *off)


def told_of(seen: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What was left behind, each entry with what it is."""
    for key, name in NAMES.items():
        for entry in entries(seen, key):
            yield name, entry


def entries(seen: Mapping[str, Any], key: str) -> list[Any]:
    found = seen.get(key)
    return found if isinstance(found, list) else []


# Comparing


def unlike(wanted: Sequence[Any], found: Sequence[Any]) -> list[tuple[Mark, Any]]:
    """What is missing and what is extra, in that order. Most are alike to the letter; only of the others forms are made."""
    texts = [certain(one) for one in wanted], [certain(one) for one in found]
    wanted, found = list(beyond(wanted, texts[0], texts[1])), list(beyond(found, texts[1], texts[0]))
    forms = Forms(wanted)
    ours, theirs = [forms.of(one) for one in wanted], [forms.of(one) for one in found]
    missing = [(Mark.MISSING, one) for one in beyond(wanted, ours, theirs)]
    return missing + [(Mark.EXTRA, one) for one in beyond(found, theirs, ours)]


def certain(entry: Any) -> Hashable:
    """The entry's own text, or None where even the same text may stand for two things: one that was cut, or a mere repr."""
    text = json.dumps(entry, sort_keys=True)
    return None if len(text) >= LONGEST_TEXT or '"other"' in text else text


def beyond(entries: Sequence[Any], own: Sequence[Hashable], others: Iterable[Hashable]) -> Iterator[Any]:
    """The entries that none of the others is left for. None is like nothing."""
    left = Counter(others)
    for entry, form in zip(entries, own, strict=True):
        if form is not None and left[form]:
            left[form] -= 1
        else:
            yield entry


REMEMBERED = ("number", "str", "bool", "NoneType")
"""Kinds of forms that are whole: in others there may be one that equals nothing, but for Python equals the same object."""


class Forms:
    """Comparable forms of entries, by the measure of the reference's. A column holds the same value many times."""

    def __init__(self, reference: Iterable[Any]) -> None:
        self.known: dict[Hashable, Form] = {}
        self.yardstick = Yardstick({key(leaf): leaf for one in reference for leaf in leaves(one)}.values())

    def of(self, entry: Any) -> Form:
        if isinstance(entry, dict):
            return frozenset((name, self.of(value)) for name, value in entry.items())
        name = key(entry)
        if name in self.known:
            return self.known[name]
        form = self.yardstick.form(entry)
        if isinstance(form, tuple) and form[0] in REMEMBERED:
            self.known[name] = form
        return form


def key(leaf: Encoded) -> Hashable:
    return type(leaf), json.dumps(leaf) if isinstance(leaf, list) else leaf


def leaves(entry: Any) -> Iterator[Encoded]:
    if isinstance(entry, dict):
        for value in entry.values():
            yield from leaves(value)
    else:
        yield entry


# Entries that differ in a value


def pairs(missing: Sequence[Any], extra: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Each missing entry with the one that stands in its place; none where one of them has no such entry, or they are many."""
    if len(missing) != len(extra) or len(missing) > MOST_SHOWN:
        return []
    left, found = list(extra), []
    for one in missing:
        other = next((each for each in left if row_of(each) == row_of(one) is not None), None)
        if other is None:
            return []
        left.remove(other)
        found.append((one, other))
    return found


def row_of(entry: Any) -> Hashable:
    """What two entries have in common that are about one row, or about the one new row of a model."""
    match entry:
        case {"model": str(model), "change": str(change), "values": dict(values)}:
            return model, change, json.dumps(entry.get("pk")), frozenset(values)
    return None


def unlike_values(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[str]:
    model = wanted["model"].rpartition(".")[2]
    row = code(f"{model} {show(wanted['pk'])}") if "pk" in wanted else f"the new {code(model)}"
    for name, right in wanted["values"].items():
        given = found["values"][name]
        if unlike([right], [given]):
            why = difference(right, given)
            also = f". {why}" if why else "."
            yield f"{start(row)}: {code(name)} is {literal(given)}, expected {literal(right)}{also}"


# Words


def some(found: Sequence[Any]) -> str:
    return listing([in_short(one) for one in found[: MOST_TOLD + 1]], MOST_TOLD)


def in_short(entry: Any) -> str:
    """One entry of what was left behind, in a few words."""
    match entry:
        case {"model": str(model), "change": str(change), **rest}:
            values = rest.get("values")
            inside = ", ".join(f"{name}={show(value)}" for name, value in values.items()) if isinstance(values, dict) else ""
            row = f" {show(rest['pk'])}" if "pk" in rest else ""
            return f"{model.rpartition('.')[2]}{row} {change}{f' ({inside})' if inside else ''}"
        case {"subject": str(subject), "to": to}:
            return f"{subject} to {show(to)}"
        case {"task": str(task)}:
            return task
    return "?"
