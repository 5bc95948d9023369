"""Compares the learner's value with the reference's, on one database.

What is said about hidden data names no value of it.
"""

import re
from collections import Counter

from lessons.catalogue.types import Exercise
from lessons.grading import essence
from lessons.grading.broken import BrokenExercise
from lessons.grading.canonical import Form, Yardstick, items, pairs, read_number, tag
from lessons.grading.types import Check
from lessons.grading.words import NOT_CALLED, count, is_hidden, listing, literal, show, what, what_kind, with_articles
from lessons.kinds import Comparison
from sandbox.protocol import Encoded, Result


def compare(exercise: Exercise, expected: Result, observed: Result, keys: Result | None) -> Comparison:
    """Raises BrokenExercise when the reference's result has no value."""
    if "value" not in expected.seen:
        raise BrokenExercise("The solution gives no value that can be compared.")
    if "value" not in observed.seen:
        return wrong("No value came back")
    right = expected.seen["value"]
    given = unpacked(observed.seen["value"], right)
    if equal(right, given):
        return RIGHT
    if has_other_names(right, given) and equal(in_order(right), in_order(given)):
        return other_names(exercise, right, given, hidden=is_hidden(expected))
    return explain(right, given, type_of(observed), hidden=is_hidden(expected))


def same(exercise: Exercise, one: Result, other: Result) -> bool:
    if "value" not in one.seen or "value" not in other.seen:
        return False
    return (type_of(one) in NOT_CALLED and type_of(other) in NOT_CALLED) or equal(one.seen["value"], other.seen["value"])


def behaved(exercise: Exercise, result: Result) -> object:
    return essence.value(type_of(result), result.seen.get("value", ["nothing"]))


def type_of(result: Result) -> str:
    name = result.seen.get("type")
    return name if isinstance(name, str) else ""


RIGHT = Comparison(checks=(Check("value", True, "The right value"),))


def wrong(headline: str, detail: str = "") -> Comparison:
    return Comparison(checks=(Check("value", False, "Not the right value"),), headline=headline, detail=detail)


def equal(right: Encoded, given: Encoded) -> bool:
    yardstick = Yardstick([right])
    return yardstick.form(right) == yardstick.form(given)


def unpacked(given: Encoded, right: Encoded) -> Encoded:
    """A one-place tuple is its scalar where a scalar is asked for; a list of one is still a list."""
    inside = items(given)
    return inside[0] if inside is not None and len(inside) == 1 and tag(given) != "list" and items(right) is None else given


def has_other_names(right: Encoded, given: Encoded) -> bool:
    """Whether both are dicts, of one size, with other keys."""
    return (
        kind_of(right) == kind_of(given) == "dict"
        and len(keys(right)) == len(keys(given))
        and set(keys(right)) != set(keys(given))
    )


def keys(value: Encoded) -> list[str]:
    return [show(key) for key, _ in pairs(value) or ()]


def in_order(value: Encoded) -> Encoded:
    """A dict's values as a tuple."""
    return ["tuple", [one for _, one in pairs(value) or ()]]


def other_names(exercise: Exercise, right: Encoded, given: Encoded, *, hidden: bool) -> Comparison:
    if exercise.columns and hidden:
        return wrong("The keys have other names")
    if exercise.columns:
        return wrong("The keys have other names", f"They are {listing(keys(given))}, expected {listing(keys(right))}.")
    return Comparison(checks=RIGHT.checks, notes=("Your dict has other key names, which is fine here.",))


def explain(right: Encoded, given: Encoded, type_name: str, *, hidden: bool) -> Comparison:
    """Why the value is wrong: another kind of thing, or another value of the right kind."""
    if type_name in NOT_CALLED:
        return wrong("That is a method that was not called", "Add `()` after its name.")
    kinds = kind_of(right), kind_of(given)
    if kinds[0] != kinds[1]:
        found, wanted = (what_kind(given), what_kind(right)) if hidden else (told(given, type_name), what(right))
        return wrong(f"That is {found}, expected {wanted}", TIPS.get(kinds, ""))
    if hidden:
        return wrong("Another value")
    return wrong(f"That is {literal(given)}, expected {literal(right)}", difference(right, given))


def difference(right: Encoded, given: Encoded) -> str:
    """How two values of one kind differ, where that can be said in a sentence."""
    if kind_of(right) != kind_of(given):
        return ""
    return {"str": string_difference, "sequence": sequence_difference}.get(kind_of(right), no_difference)(right, given)


def told(given: Encoded, type_name: str) -> str:
    """What came, with its value where that is not too much."""
    if given is None or isinstance(given, bool):
        return literal(given)
    return what(given, type_name) + ("" if items(given) is not None else f" ({literal(given)})")


def kind_of(value: Encoded) -> str:
    if read_number(value):
        return "number"
    if isinstance(value, bool | str | None):
        return type(value).__name__
    if items(value) is not None:
        return "sequence"
    return {"decimal": "number", "float": "number"}.get(tag(value), tag(value))


TIPS = {
    ("number", "sequence"): "One number is asked for, not the rows that it is made from.",
    ("number", "dict"): 'Take the number out of the dict by its key, as in `["total"]`.',
    ("number", "str"): "It was turned into text on the way.",
    ("number", "bool"): "A yes or no says whether, not how many.",
    ("bool", "number"): "A number says how many, not whether.",
    ("bool", "sequence"): "A yes or no is asked for, not the rows.",
    ("model", "sequence"): "Take the one object out of it.",
    ("str", "sequence"): "Take the one text out of it.",
    ("sequence", "set"): "A set has no order, and holds nothing twice.",
    ("bool", "NoneType"): "Some methods give nothing back.",
    ("number", "NoneType"): "`None` is what an aggregate over no rows gives, and what some methods give back.",
}
"""By the kind that was expected and the kind that came."""


def no_difference(right: Encoded, given: Encoded) -> str:
    return ""


def string_difference(right: str, given: str) -> str:
    if right.casefold() == given.casefold():
        return "They differ only in capital letters."
    if right.strip() == given.strip():
        return "They differ only in the spaces around them."
    return ""


def sequence_difference(right: Encoded, given: Encoded) -> str:
    wanted, found = items(right) or [], items(given) or []
    if is_unsplit(wanted, found):
        return "One text holds them all, and was not split."
    if len(wanted) != len(found):
        return f"It has {count(len(found), 'item')}, expected {len(wanted)}."
    forms = item_forms(right, given)
    if Counter(forms[0]) == Counter(forms[1]):
        return "They are the right items in another order."
    return other_item(wanted, found)


def is_unsplit(wanted: list[Encoded], found: list[Encoded]) -> bool:
    """``["a,b"]`` for ``["a", "b"]``"""
    texts = [one for one in wanted if isinstance(one, str) and one]
    only = found[0] if len(found) == 1 else None
    return isinstance(only, str) and len(texts) == len(wanted) > 1 and all(one in only for one in texts)


def other_item(wanted: list[Encoded], found: list[Encoded]) -> str:
    """The first item that is of another kind: in writing, an object can look like its name."""
    places = (place for place, pair in enumerate(zip(wanted, found, strict=True)) if kind_of(pair[0]) != kind_of(pair[1]))
    place = next(places, None)
    return "" if place is None else f"Item {place + 1} is {one(found[place])}, expected {one(wanted[place])}."


def one(value: Encoded) -> str:
    """ "a text", "an `Author`" """
    return with_articles(re.sub("^one ", "a ", what(value)))


def item_forms(right: Encoded, given: Encoded) -> tuple[list[Form], list[Form]]:
    yardstick = Yardstick([right])
    return [yardstick.form(one) for one in items(right) or ()], [yardstick.form(one) for one in items(given) or ()]
