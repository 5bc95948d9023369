"""Texts that programs send each other: HTML as a document, JSON by value, anything else by its words.

What is compared comes from an untrusted process. A text much longer than the one expected is not read at all. An observer sends a
text as ``{"body": [piece, …], "whole": true, "hash": "…"}``; where it is not whole, only the hash tells two apart.
"""

import json
from collections.abc import Mapping
from typing import Any

from lessons.grading import dom
from lessons.grading.canonical import Yardstick
from lessons.grading.essence import form as form_of_value
from lessons.grading.types import Diff
from lessons.grading.words import code, shorten
from sandbox.protocol import Encoded


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
    return form_of_value(encoded(json.loads(text))) if form == "json" and is_json(text) else text.split()


def same_json(expected: str, given: str) -> bool:
    try:
        right, found = encoded(json.loads(expected)), encoded(json.loads(given))
        yardstick = Yardstick([right])
        return yardstick.form(right) == yardstick.form(found)
    except (ValueError, RecursionError):
        return False


def encoded(value: Any) -> Encoded:
    """What JSON holds in the sandbox's encoded form."""
    match value:
        case dict():
            return ["dict", [[key, encoded(one)] for key, one in value.items()]]
        case list():
            return ["list", [encoded(one) for one in value]]
        case float():
            return value if value - value == 0 else ["float", repr(value)]
        case int() if not isinstance(value, bool):
            return value if -(2**63) <= value < 2**63 else ["int", str(value)]
    return value


def difference(form: str, expected: str, given: str) -> str:
    if not given:
        return "is empty"
    if too_long(expected, given):
        return "is much longer than expected"
    if form == "html":
        return dom.first_difference(expected, given)
    if form == "json" and not is_json(given):
        return "is not JSON"
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
