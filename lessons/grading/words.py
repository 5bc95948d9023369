"""The words that verdicts are made of: counts, nouns, and values as a person reads them. `Code` stands in backticks."""

import re
from collections.abc import Iterable, Sequence

from lessons.grading.canonical import items, model, pairs, read_number, tag
from lessons.grading.numbers import number
from sandbox.protocol import Encoded, Result

LONGEST = 200
DEEPEST = 4
NOISY = 13
DIGITS = 12
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
CHOICES_LISTED = 8


def code(text: str) -> str:
    """The text between backticks, on one line and without backticks of its own."""
    return "`" + shorten(" ".join(text.split()).replace("`", "'")) + "`"


def shorten(text: str, longest: int = LONGEST) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def plural(noun: str) -> str:
    if re.search("[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    if re.search("(s|x|z|ch|sh)$", noun):
        return noun + "es"
    return noun + "s"


def count(number: int, noun: str) -> str:
    """``"1 row"``, ``"2 rows"``"""
    return f"{number:,} {noun if number == 1 else plural(noun)}"


def in_words(number: int) -> str:
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else f"{number:,}"


def listing(names: Iterable[str], most: int = CHOICES_LISTED) -> str:
    """Names as code, with commas between, the first ``most`` of them."""
    every = list(names)
    return ", ".join(code(name) for name in every[:most]) + (" and more" if len(every) > most else "")


def either(names: Sequence[str]) -> str:
    """```a`, `b` or `c```"""
    words = [code(name) for name in names]
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def class_name(label: str) -> str:
    """``"Author"`` of ``"bookshop.Author"``"""
    return label.rpartition(".")[2]


def noun(label: str) -> str:
    """What one row of a model is called: ``"order line"`` of ``"bookshop.OrderLine"``; ``"row"`` when there is no model."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", shorten(class_name(label))).lower() or "row"


SPOKEN_WITH_A_VOWEL = re.compile("(?!one|eu|use|usa|uni|uuid|url)[aeiou]", re.IGNORECASE)


def a(word: str) -> str:
    """``"a `Book`"``, ``"an `Author`"``, ``"a `User`"``"""
    return ("an " if SPOKEN_WITH_A_VOWEL.match(word.strip("`")) else "a ") + word


def with_articles(text: str) -> str:
    """The text with "an" for each "a" before code that is spoken with a vowel first."""
    return re.sub(r"\b([Aa]) (`[^`]+`)", lambda found: start(a(found[2])) if found[1] == "A" else a(found[2]), text)


def start(text: str) -> str:
    """The text with a capital first."""
    return text[:1].upper() + text[1:]


def uncapital(text: str) -> str:
    """The text with a small letter first, to follow a colon."""
    return text[:1].lower() + text[1:]


def show(value: Encoded) -> str:
    """An encoded value as text for a table's cell, at most ``LONGEST`` characters."""
    return shorten(_show(value, 0))


def literal(value: Encoded) -> str:
    """An encoded value as it is written in code, between backticks: strings keep their quotes."""
    return code(repr(value) if isinstance(value, str) else show(value))


def _show(value: Encoded, depth: int) -> str:
    if isinstance(value, float):
        return without_noise(str(value))
    if value is None or isinstance(value, str | bool | int):
        return str(value)
    if depth > DEEPEST:
        return "…"
    match value:
        case ["model", str(label), pk, str(name), dict()]:
            return name or f"{class_name(label)} {_show(pk, depth + 1)}"
        case ["datetime", str(text)]:
            return text.replace("T", " ")
        case ["timedelta", int() | float() as seconds]:
            return f"{seconds} s"
        case ["decimal", str(text)]:
            return without_noise(text)
        case ["other", str(), str(text)] | [str(), str(text)]:
            return text
    return _show_container(value, depth)


def without_noise(digits: str) -> str:
    """``"5435.34"`` of ``"5435.33999999999"``: no more digits than two numbers are compared by, and a few."""
    found = number(digits) if len(digits) > NOISY else None
    if found is None or abs(found.value) >= 10**DIGITS:
        return digits
    rounded = f"{found.value:.{DIGITS}g}"
    return rounded.rstrip("0").rstrip(".") if "." in rounded and "e" not in rounded else rounded


def _show_container(value: Encoded, depth: int) -> str:
    inside = pairs(value)
    if inside is not None:
        return "{" + ", ".join(f"{_inside(key, depth)}: {_inside(one, depth)}" for key, one in inside[:LONGEST]) + "}"
    found = items(value)
    if found is None and tag(value) == "set" and isinstance(value[-1], list):
        found = value[-1]
    if found is None:
        return "?"
    opening, closing = BRACKETS.get(tag(value), ("(", ")"))
    return opening + ", ".join(_inside(one, depth) for one in found[:LONGEST]) + closing


BRACKETS = {"list": ("[", "]"), "set": ("{", "}")}


def _inside(value: Encoded, depth: int) -> str:
    """An item: a text in quotes, and an object in angle brackets, so that neither looks like the other."""
    instance = model(value)
    if instance and depth < DEEPEST:
        return f"<{class_name(instance[0])}: {_show(value, depth + 1)}>"
    return repr(value) if isinstance(value, str) else _show(value, depth + 1)


def what(value: Encoded, type_name: str = "") -> str:
    """What kind of thing a value is: "one number", "a list of 3", "one `Author`"."""
    inside = items(value)
    instance = model(value)
    if value is None:
        return "`None`"
    if isinstance(value, bool):
        return "`True` or `False`"
    if isinstance(value, str):
        return "one text"
    if read_number(value):
        return "one number"
    if instance:
        return f"one {code(class_name(instance[0]))}"
    if inside is not None:
        name = type_name if type_name in ("QuerySet", "RawQuerySet", "generator") else tag(value).replace("named", "named tuple")
        return f"{a(code(name)) if name[:1].isupper() else a(name)} of {len(inside):,}"
    return KINDS.get(tag(value)) or a(code(type_name or other_type(value)))


KINDS = {
    "dict": "a dict",
    "set": "a set",
    "date": "one date",
    "time": "one time",
    "datetime": "one date and time",
    "timedelta": "one length of time",
    "uuid": "one UUID",
    "bytes": "some bytes",
    "float": "one number",
    "decimal": "one number",
    "int": "one number",
}


NOT_CALLED = frozenset({"method", "function", "builtin_function_or_method", "partial"})
"""The types of a method whose brackets were forgotten."""


def what_kind(value: Encoded) -> str:
    """As :func:`what`, for a value of hidden data: without a name or a size, which could be made from it."""
    if items(value) is not None:
        return a(tag(value).replace("named", "named tuple"))
    return {"other": "something else", "model": "one object"}.get(tag(value)) or what(value)


def other_type(value: Encoded) -> str:
    match value:
        case ["other", str(name), *_] if name:
            return name
    return "value"


def is_hidden(result: Result) -> bool:
    """Whether the result is one on hidden data, of which no value may be told."""
    return result.label != VISIBLE


VISIBLE = "visible"
