"""Which YAML keys each block may have, and what their values must be.

A check takes the value that YAML gave and returns the value to use, or raises ValueError with words that follow the key's name:
"must be …".
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lessons.catalogue.rules import Findings, Structure, near
from lessons.catalogue.strict_yaml import Keyed

type Check = Callable[[Any], Any]

MOTIFS = ("arc", "discs", "lines", "rings", "rectangles", "bars", "keyhole", "halves", "squares", "dots")


@dataclass(frozen=True, slots=True)
class Table:
    """``name`` is how messages call the block ("the front matter")."""

    name: str
    keys: Mapping[str, Check]
    needed: tuple[str, ...] = ()

    def with_keys(self, more: Mapping[str, Check]) -> "Table":
        return Table(self.name, {**more, **self.keys}, self.needed)

    def read(self, block: Keyed, report: Findings) -> dict[str, Any]:
        """The values that are right; findings for the others. The line is the key's own."""
        for key in self.needed:
            if key not in block:
                report(Structure.MISSING_KEY, block.line, block=self.name, key=key)
        values = {}
        for key, value in block.items():
            if key not in self.keys:
                report(Structure.UNKNOWN_KEY, block.lines[key], key=key, block=self.name, near=near(key, self.keys))
                continue
            try:
                values[key] = self.keys[key](value)
            except (ValueError, TypeError) as error:
                report(Structure.BAD_VALUE, block.lines[key], key=key, why=str(error))
        return values


def _matching(pattern: str, words: str) -> Check:
    form = re.compile(pattern)

    def check(value: Any) -> str:
        if not isinstance(value, str) or not form.fullmatch(value):
            raise ValueError(f"must be {words}")
        return value

    return check


def text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or "\n" in value or len(value) > 300:
        raise ValueError("must be one line of text, at most 300 characters; put it in quotes if it looks like something else")
    return value.strip()


def whole(least: int, most: int) -> Check:
    def check(value: Any) -> int:
        if type(value) is not int or not least <= value <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return value

    return check


def one_of(*choices: str) -> Check:
    def check(value: Any) -> str:
        if value not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}")
        return str(value)

    return check


def list_of(item: Check, words: str) -> Check:
    def check(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list) or not value:
            raise ValueError(f"must be a list of {words}, like [a, b]")
        items = tuple(item(each) for each in value)
        if len(set(items)) < len(items):
            raise ValueError("names the same thing twice")
        return items

    return check


def reasons(value: Any) -> dict[str, str]:
    if not isinstance(value, Keyed) or not value or not all(isinstance(why, str) and why.strip() for why in value.values()):
        raise ValueError("must give each waived mutant its reason: name: reason")
    return dict(value)


def blocks(value: Any) -> list[Keyed]:
    if not isinstance(value, list) or not all(isinstance(each, Keyed) for each in value):
        raise ValueError('must be a list of blocks that start with "- slug: …"')
    return value


_WORDS = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
slug = _matching(_WORDS, "lower-case words joined by hyphens")
world = _matching(r"[a-z][a-z0-9_]*", "a world's name, like bookshop")
lesson_slug = _matching(rf"{_WORDS}/{_WORDS}", "a module and a lesson, like models/first-querysets")
item_slug = _matching(rf"(?:{_WORDS}/{_WORDS}#)?{_WORDS}", "an id, or a whole key like models/first-querysets#lazy")
name = _matching(_NAME, "a Python name")
order_name = _matching(rf"-?{_NAME}", "a column's name, with a minus sign for falling")
colour = _matching(r"#[0-9a-fA-F]{6}", 'a colour like "#2446e8", in quotes')

LESSON = Table(
    "the front matter",
    {
        "title": text,
        "summary": text,
        "world": world,
        "minutes": whole(1, 60),
        "requires": list_of(lesson_slug, "lessons"),
        "formerly": list_of(lesson_slug, "lessons"),
    },
    needed=("title", "summary", "world"),
)
EXERCISE = Table(
    "an exercise",
    {
        "id": slug,
        "observe": name,
        "world": world,
        "columns": list_of(name, "column names"),
        "order": list_of(order_name, "column names"),
        "queries": whole(0, 100),
        "must_use": list_of(name, "names"),
        "forbid": list_of(name, "names"),
        "difficulty": whole(1, 3),
        "waive": reasons,
        "formerly": list_of(item_slug, "ids"),
    },
    needed=("id", "observe"),
)
QUIZ = Table("a quiz", {"id": slug, "formerly": list_of(item_slug, "ids")}, needed=("id",))
COURSE = Table("course.yaml", {"title": text, "modules": blocks}, needed=("title", "modules"))
MODULE = Table(
    "a module",
    {"slug": slug, "title": text, "promise": text, "colour": colour, "motif": one_of(*MOTIFS)},
    needed=("slug", "title", "promise", "colour", "motif"),
)
