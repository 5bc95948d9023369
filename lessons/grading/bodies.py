"""Texts that programs send each other: HTML as a document, JSON by value, anything else by its words.

What is compared comes from an untrusted process. A text much longer than the one expected is not read at all. An observer sends a
text as ``{"body": [piece, …], "whole": true, "hash": "…"}``; where it is not whole, only the hash tells two apart.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from math import isclose
from typing import Any

from lessons.grading import dom
from lessons.grading.types import Diff
from lessons.grading.words import code, count, listing, shorten


def form_of(content_type: str) -> str:
    """``html``, ``json`` or ``text``."""
    plain = content_type.partition(";")[0].strip().lower()
    if plain in ("text/html", "application/xhtml+xml"):
        return "html"
    return "json" if plain == "application/json" or plain.endswith("+json") else "text"


def off(form: str, right: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    """What is off in the second text in a few words, to follow "the body"; empty when nothing is."""
    if not (right.get("whole") is given.get("whole") is True):
        same_cut = right.get("whole") is given.get("whole") and right.get("hash") == given.get("hash")
        return "" if same_cut else "is longer or shorter than expected"
    wanted, found = joined(right), joined(given)
    return "" if same(form, wanted, found) else difference(form, wanted, found)


def joined(seen: Mapping[str, Any]) -> str:
    pieces = seen.get("body")
    return "".join(piece for piece in pieces if isinstance(piece, str)) if isinstance(pieces, list) else ""


def diff(form: str, title: str, right: Mapping[str, Any], given: Mapping[str, Any]) -> Diff | None:
    """The two texts line by line; None where one is too long to be shown beside the other."""
    if too_long(joined(right), joined(given)):
        return None
    wanted, found = lines(form, joined(right)), lines(form, joined(given))
    left_out = max(len(wanted), len(found)) - dom.MOST_LINES
    return Diff(columns=(title,), rows=tuple(dom.diff_rows(wanted, found)), left_out=max(left_out, 0))


def too_long(expected: str, given: str) -> bool:
    return len(given) > 4 * len(expected) + 4_000


def same(form: str, expected: str, given: str) -> bool:
    if expected == given:
        return True
    if too_long(expected, given):
        return False
    if form == "html":
        return dom.same(expected, given)
    return same_json(expected, given) if form == "json" else expected.split() == given.split()


def essence(form: str, seen: Mapping[str, Any]) -> object:
    """What a text says, for looking at it alone: see :mod:`lessons.grading.essence`."""
    text = joined(seen)
    if seen.get("whole") is not True:
        return "cut", str(seen.get("hash"))
    if form == "html":
        return dom.outline(text)
    return settled(text) if form == "json" and is_json(text) else text.split()


def settled(text: str) -> str:
    """JSON in the one way to write it: keys in order, a whole number without a point."""
    try:
        return json.dumps(json.loads(text, parse_float=_number), sort_keys=True)
    except RecursionError:
        return text


def _number(digits: str) -> int | float:
    value = float(digits)
    return int(value) if value.is_integer() else value


def same_json(expected: str, given: str) -> bool:
    try:
        return alike(json.loads(expected), json.loads(given))
    except (ValueError, RecursionError):
        return False


def alike(right: Any, given: Any) -> bool:
    """Whether two JSON values are one: a list of one is not what is in it, whoever reads it in JavaScript sees that."""
    match right, given:
        case dict(), dict():
            return right.keys() == given.keys() and all(alike(right[key], given[key]) for key in right)
        case list(), list():
            return len(right) == len(given) and all(map(alike, right, given))
        case bool(), _:
            return right is given
        case int() | float(), int() | float() if not isinstance(given, bool):
            return right == given or (isinstance(right + given, float) and isclose(right, given, rel_tol=NEAR))
    return type(right) is type(given) and bool(right == given)


NEAR = 1e-9
"""As far as two numbers may be apart that are one, and only where one of them is a float."""


def first_unlike(right: Any, given: Any, where: str = "") -> tuple[str, Any, Any]:
    """The path to the first place where two JSON values differ, and what is there: the learner's and what was expected."""
    match right, given:
        case dict(), dict() if right.keys() == given.keys():
            key = next((key for key in right if not alike(right[key], given[key])), None)
            return (where, given, right) if key is None else first_unlike(right[key], given[key], f"{where}.{key}".lstrip("."))
        case list(), list() if len(right) == len(given):
            place = next((place for place, pair in enumerate(zip(right, given, strict=True)) if not alike(*pair)), None)
            return (where, given, right) if place is None else first_unlike(right[place], given[place], f"{where}[{place}]")
    return where, given, right


def in_json(value: Any, other: Any) -> str:
    """A value in words; of two lists or two objects that differ in size, their sizes or their keys."""
    match value, other:
        case list(), list() if len(value) != len(other):
            return count(len(value), "item")
        case dict(), dict() if value.keys() != other.keys():
            return f"the keys {listing(map(str, value))}" if value else "no keys"
    return excerpt(json.dumps(value, ensure_ascii=False))


def difference(form: str, expected: str, given: str) -> str:
    if not given:
        return "is empty"
    if too_long(expected, given):
        return "is much longer than expected"
    if form == "html":
        return dom.first_difference(expected, given)
    if form == "json" and not is_json(given):
        return "is not JSON"
    if form == "json" and is_json(expected):
        with suppress(RecursionError):
            where, found, wanted = first_unlike(json.loads(expected), json.loads(given))
            return f"{f'has at {code(where)}' if where else 'is'} {in_json(found, wanted)}, expected {in_json(wanted, found)}"
    return f"is {excerpt(given)}, expected {excerpt(expected)}"


def is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def excerpt(text: str) -> str:
    return code(shorten(" ".join(text[:400].split()), 100)) if text.strip() else "empty"


def lines(form: str, text: str) -> list[str]:
    """The text as it is shown beside another one."""
    if form == "html":
        return dom.outline(text)
    if form == "json" and is_json(text):
        text = json.dumps(json.loads(text), indent=2, sort_keys=True, ensure_ascii=False)
    return [shorten(line) for line in text.splitlines()]
