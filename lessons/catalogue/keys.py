"""Which YAML keys each block may have, and what their values must be: for the strict reader, and as a JSON schema for editors."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lessons.catalogue.rules import Findings, Structure, near
from lessons.catalogue.strict_yaml import Keyed

type Schema = Mapping[str, Any]
"""JSON schema, draft 7, as far as editors know it."""

MOTIFS = ("arc", "discs", "lines", "rings", "rectangles", "bars", "keyhole", "halves", "squares", "dots")


@dataclass(frozen=True, slots=True)
class Check:
    """What a value must be. Called with what YAML gave, it returns the value to use, or raises ValueError with words that follow
    the key's name: "must be …". ``schema`` says the same to an editor.
    """

    schema: Schema
    value: Callable[[Any], Any]

    def __call__(self, given: Any) -> Any:
        return self.value(given)


def says(schema: Schema) -> Callable[[Callable[[Any], Any]], Check]:
    """Makes a function a check, with the schema that says what the function does."""
    return lambda function: Check(schema, function)


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a block. ``words`` tell authors what it is for; editors show them."""

    check: Check
    words: str

    @property
    def schema(self) -> dict[str, Any]:
        return {"description": self.words, **self.check.schema}


@dataclass(frozen=True, slots=True)
class Table:
    """``name`` is how messages call the block ("the front matter")."""

    name: str
    keys: Mapping[str, Key]
    needed: tuple[str, ...] = ()

    def with_keys(self, more: Mapping[str, Key]) -> "Table":
        return Table(self.name, {**more, **self.keys}, self.needed)

    @property
    def schema(self) -> dict[str, Any]:
        properties = {name: key.schema for name, key in self.keys.items()}
        return {"type": "object", "properties": properties, "required": list(self.needed), "additionalProperties": False}

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
                values[key] = self.keys[key].check(value)
            except (ValueError, TypeError) as error:
                report(Structure.BAD_VALUE, block.lines[key], key=key, why=str(error))
        return values


def matching(pattern: str, words: str) -> Check:
    """A text of which the whole looks like this."""
    form = re.compile(pattern)

    @says({"type": "string", "pattern": f"^(?:{pattern})$"})
    def check(value: Any) -> str:
        if not isinstance(value, str) or not form.fullmatch(value):
            raise ValueError(f"must be {words}")
        return value

    return check


@says({"type": "string", "pattern": r"\S", "not": {"pattern": r"\n"}, "maxLength": 300})
def text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or "\n" in value or len(value) > 300:
        raise ValueError("must be one line of text, at most 300 characters; put it in quotes if it looks like something else")
    return value.strip()


def whole(least: int, most: int) -> Check:
    @says({"type": "integer", "minimum": least, "maximum": most})
    def check(value: Any) -> int:
        if type(value) is not int or not least <= value <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return value

    return check


def one_of(*choices: str) -> Check:
    @says({"enum": list(choices)})
    def check(value: Any) -> str:
        if value not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}")
        return str(value)

    return check


def list_of(item: Check, words: str) -> Check:
    @says({"type": "array", "items": item.schema, "minItems": 1, "uniqueItems": True})
    def check(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list) or not value:
            raise ValueError(f"must be a list of {words}, like [a, b]")
        items = tuple(item(each) for each in value)
        if len(set(items)) < len(items):
            raise ValueError("names the same thing twice")
        return items

    return check


@says({"type": "object", "minProperties": 1, "additionalProperties": {"type": "string", "pattern": r"\S"}})
def reasons(value: Any) -> dict[str, str]:
    if not isinstance(value, Keyed) or not value or not all(isinstance(why, str) and why.strip() for why in value.values()):
        raise ValueError("must give each waived mutant its reason: name: reason")
    return dict(value)


_WORDS = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
slug = matching(_WORDS, "lower-case words joined by hyphens")
world = matching(r"[a-z][a-z0-9_]*", "a world's name, like bookshop")
lesson_slug = matching(rf"{_WORDS}/{_WORDS}", "a module and a lesson, like models/first-querysets")
item_slug = matching(rf"(?:{_WORDS}/{_WORDS}#)?{_WORDS}", "an id, or a whole key like models/first-querysets#lazy")
name = matching(_NAME, "a Python name")
order_name = matching(rf"-?{_NAME}", "a column's name, with a minus sign for falling")
colour = matching(r"#[0-9a-fA-F]{6}", 'a colour like "#2446e8", in quotes')

LESSON = Table(
    "the front matter",
    {
        "title": Key(text, "The lesson's title, as learners see it."),
        "summary": Key(text, "One sentence that says what the reader can do afterwards."),
        "world": Key(world, "The world that the lesson's code runs against: a folder in worlds/."),
        "minutes": Key(whole(1, 60), "About how long the lesson takes; 10 if left out, at most 12 is good."),
        "requires": Key(list_of(lesson_slug, "lessons"), "The lessons to read before, like [models/first-querysets]."),
        "formerly": Key(list_of(lesson_slug, "lessons"), "The names that this lesson had; learners' work is kept under them."),
    },
    needed=("title", "summary", "world"),
)
EXERCISE = Table(
    "an exercise",
    {
        "id": Key(slug, "The exercise's name in this lesson; learners' work is stored under it."),
        "observe": Key(name, "The kind of exercise: what is looked at when an answer runs."),
        "world": Key(world, "The world of this exercise, where it is not the lesson's."),
        "columns": Key(list_of(name, "column names"), "The row's places in order, or the keys that each row must carry."),
        "order": Key(list_of(order_name, "column names"), "What rows are ordered by; -price for falling. Ties in any order."),
        "queries": Key(whole(0, 100), "The most statements that may read or write rows."),
        "must_use": Key(list_of(name, "names"), "Names that an answer must call. Accepted answers, too."),
        "forbid": Key(list_of(name, "names"), "Names that an answer may not call. Accepted answers, too."),
        "difficulty": Key(whole(1, 3), "From 1 (the default) to 3."),
        "waive": Key(reasons, "Mutants that are right, too: check_content's name for each, and the reason why."),
        "formerly": Key(list_of(item_slug, "ids"), "The ids that this exercise had; learners' work is kept under them."),
    },
    needed=("id", "observe"),
)
QUIZ = Table(
    "a quiz",
    {
        "id": Key(slug, "The quiz's name in this lesson; learners' answers are stored under it."),
        "formerly": Key(list_of(item_slug, "ids"), "The ids that this quiz had; learners' answers are kept under them."),
    },
    needed=("id",),
)
MODULE = Table(
    "a module",
    {
        "slug": Key(slug, "The module's folder, and its part of the lessons' addresses."),
        "title": Key(text, "The module's title, as learners see it."),
        "promise": Key(text, "What learners get from it, in a few words."),
        "colour": Key(colour, 'The colour of its sleeve, in quotes, like "#2446e8".'),
        "motif": Key(one_of(*MOTIFS), "The drawing on its sleeve."),
    },
    needed=("slug", "title", "promise", "colour", "motif"),
)


@says({"type": "array", "items": MODULE.schema})
def modules(value: Any) -> list[Keyed]:
    """Each is read by itself, so that one that is wrong takes no other with it."""
    if not isinstance(value, list) or not all(isinstance(each, Keyed) for each in value):
        raise ValueError('must be a list of blocks that start with "- slug: …"')
    return value


COURSE = Table(
    "course.yaml",
    {"title": Key(text, "The course's title."), "modules": Key(modules, "The modules in the course's order.")},
    needed=("title", "modules"),
)
