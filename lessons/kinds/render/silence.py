"""What Django's template language passed over in silence, told: names that lead nowhere, and what was not read as a hole or tag.

What the observer noted is a claim: nothing has to be there, and nothing has to be short. ``sandbox/silence.py`` has its shape.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lessons.grading.braces import standing
from lessons.grading.names import owner_words
from lessons.grading.types import Remark
from lessons.grading.words import code, either, listing, start, with_articles
from lessons.kinds.claim import dicts, text, texts, whole
from sandbox.protocol import Step

STANDING_READ = 50
NOTES_READ = 20
NAMES_READ = 12
NEAR_TOLD = 2
OTHERS_TOLD = 3
LONGEST_READ = 1_000

ELSEWHERE = {
    "loop.index": "forloop.counter",
    "loop.index0": "forloop.counter0",
    "loop.first": "forloop.first",
    "loop.last": "forloop.last",
    "loop.length": "forloop.length",
}
"""Names of another template language's."""
LENGTHS = frozenset({"count", "length", "len", "size"})
LISTS = frozenset({"a list", "a tuple", "a text", "a dict"})


@dataclass(frozen=True, slots=True)
class Note:
    what: str
    written: str
    name: str
    owner: str
    path: str
    near: tuple[str, ...]
    choices: tuple[str, ...]
    line: int | None

    @property
    def key(self) -> tuple[str, str]:
        return self.what, self.written

    @property
    def part(self) -> str:
        """The path as far as the name that went wrong: ``book.autor`` of ``book.autor.name``."""
        names = self.written.split(".")
        return ".".join(names[: names.index(self.name) + 1]) if self.name in names else self.written

    @property
    def before(self) -> str:
        """The path to where the name was looked for; empty where that is the context."""
        return self.part.removesuffix(self.name).removesuffix(".") if self.owner else ""

    def instead(self, name: str) -> str:
        """The whole path with another name in that place."""
        before = f"{self.before}." if self.before else ""
        return before + name + self.written.removeprefix(self.part)


def noted(step: Step) -> Iterator[Note]:
    for one in islice(dicts(step.seen.get("silence")), NOTES_READ):
        note = Note(
            what=name(one.get("what")),
            written=name(one.get("written")),
            name=name(one.get("name")),
            owner=name(one.get("owner")),
            path=name(one.get("path")),
            near=names(one.get("near")),
            choices=names(one.get("choices")),
            line=whole(one.get("line")),
        )
        if note.what in WORDS and note.written:
            yield note


def name(claimed: Any) -> str:
    return text(claimed)[:LONGEST_READ]


def names(claimed: Any) -> tuple[str, ...]:
    return tuple(map(name, islice(texts(claimed), NAMES_READ)))


def why(expected: Step, observed: Step, right: str, given: str) -> Remark | None:
    """What is probably why the page ``given`` is not the page ``right``: what is said of the reference's page, too, is not."""
    left = next((one for one in islice(standing(given), STANDING_READ) if one.written not in right), None)
    if left:
        return Remark(left.words, written=left.written)
    known = {note.key for note in noted(expected)}
    notes = [note for note in noted(observed) if note.key not in known]
    return silent(notes) if notes else None


def silent(notes: Sequence[Note]) -> Remark:
    first = notes[0]
    others = dict.fromkeys(note.written for note in notes if note.what == "name" and note.written != first.written)
    also = f" {listing(others, OTHERS_TOLD)} {'leads' if len(others) == 1 else 'lead'} nowhere, too." if others else ""
    return Remark(with_articles(WORDS[first.what](first)) + also, first.path, first.line)


def of_name(note: Note) -> str:
    """A name that leads nowhere."""
    return f"{code(note.written)} leads nowhere, so nothing stands in its place. {meant(note)}".strip()


def meant(note: Note) -> str:
    if "__" in note.name:
        return f"In a template a relation is followed by a dot: {code(dots(note))}, not {code(note.written)}."
    if note.written in ELSEWHERE:
        return f"It is called {code(ELSEWHERE[note.written])} here."
    if note.name in LENGTHS and note.owner in LISTS:
        return f"How many there are is {code(f'{note.before}|length')}."
    if note.near:
        return f"Did you mean {either([note.instead(near) for near in note.near[:NEAR_TOLD]])}?"
    if note.owner and not note.choices:
        return f"{start(owner_words(note.owner))} has no {code(note.name)}."
    there = f": it has {listing(note.choices)}" if note.choices else ""
    return f"{'The context' if not note.owner else code(note.before)} has no {code(note.name)}{there}."


def dots(note: Note) -> str:
    first, _, rest = note.name.partition("__")
    return note.instead(".".join([next(iter(note.near), first), *rest.split("__")]))


def of_call(note: Note) -> str:
    """A method that wants an argument."""
    words = f"{code(note.part)} wants an argument here, and a template gives none, so nothing stands in its place."
    if note.name in LENGTHS:
        return f"{words} For the length of a list write {code(f'{note.before}|length')}."
    if note.owner == "a dict":
        return f"{words} A dot is enough for a key: {code(f'{note.before}.key')}."
    return words


def of_change(note: Note) -> str:
    """A method that changes data."""
    return f"{code(note.part)} changes data, so a template does not call it, and nothing stands in its place."


def of_plural(note: Note) -> str:
    """``pluralize`` without a number."""
    given = "a text" if note.owner == "a text" else owner_words(note.owner)
    words = f"In {code(note.written)} the filter `pluralize` is given {given} that is no number, so it gives nothing."
    return f"{words} It makes an ending, out of a number or a list: {code('book{{ books|length|pluralize }}')}."


WORDS: dict[str, Callable[[Note], str]] = {"name": of_name, "call": of_call, "alters": of_change, "pluralize": of_plural}
