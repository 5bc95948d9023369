"""A learner's values in the encoded form of :mod:`sandbox.protocol`.

The values may be hostile: subclasses that lie, ``__repr__`` that raises, lists that hold themselves. So types are asked with
``type()``, contents are read with the built-in types' own methods, and breadth and depth are bounded.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model

from sandbox.protocol import LONGEST_TEXT, MOST_VALUES, Encoded

DEEPEST = 12
LONGEST_REPR = 500
MOST_ENCODED = MOST_VALUES * 4 // 5
"""The rest is for what stands around them: names, statements, plans."""


ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


class TooMuch(Exception):
    """More values than fit in an observation."""


class Encoder:
    """Encodes values until MOST_ENCODED are used up: then :class:`TooMuch`."""

    def __init__(self) -> None:
        self.left = MOST_ENCODED

    def encode(self, value: Any, annotations: Iterable[str] = (), depth: int = 0) -> Encoded:
        """``annotations`` names what to carry along with a model instance besides its primary key."""
        kind = type(value)
        plain = value is None or kind in (bool, str, int, float)
        self.left -= 1 if plain else 3  # a tag and a list around it
        if self.left < 0:
            raise TooMuch
        if value is None or kind is bool:
            return value
        if issubclass(kind, str):
            return text(value)
        if issubclass(kind, int):
            return integer(value)
        if issubclass(kind, float):
            return number(value)
        if depth >= DEEPEST:
            return ["other", kind.__name__, "…"]
        if issubclass(kind, Model):
            return self.instance(value, annotations, depth)
        return self.container(value, kind, depth) or scalar(value, kind)

    def instance(self, value: Model, annotations: Iterable[str], depth: int) -> Encoded:
        held = vars(value)
        extra = {name: self.encode(held[name], depth=depth + 1) for name in annotations if name in held}
        return ["model", value._meta.label, self.encode(held.get(value._meta.pk.attname), depth=depth + 1), label(value), extra]

    def container(self, value: Any, kind: type, depth: int) -> Encoded:
        if issubclass(kind, tuple):
            names = getattr(kind, "_fields", None)
            items = self.items(tuple.__iter__(value), depth)
            return ["named", [text(name) for name in names], items] if names else ["tuple", items]
        if issubclass(kind, list):
            return ["list", self.items(list.__iter__(value), depth)]
        if issubclass(kind, dict):
            self.left -= dict.__len__(value)
            pairs = Mapping.items(value) if kind is not dict else value.items()
            return ["dict", [self.items(pair, depth) for pair in pairs]]
        if issubclass(kind, set | frozenset):
            own = set if issubclass(kind, set) else frozenset
            return ["set", self.items(own.__iter__(value), depth)]
        return None

    def items(self, values: Iterable[Any], depth: int) -> list[Encoded]:
        return [self.encode(value, depth=depth + 1) for value in values]


def text(value: str) -> str:
    """At most LONGEST_TEXT bytes of UTF-8; a longer text keeps a hash of the whole, so that two long ones still differ."""
    plain = str.__str__(value).encode("utf-8", "replace")
    if len(plain) > LONGEST_TEXT:
        return (
            plain[:LONGEST_TEXT].decode("utf-8", "ignore") + f"… ({len(plain)} bytes, {hashlib.sha256(plain).hexdigest()[:12]})"
        )
    return plain.decode()


def integer(value: int) -> Encoded:
    exact = int.__add__(value, 0)
    if -(2**63) <= exact < 2**63:
        return exact
    if exact.bit_length() < 3300:
        return ["int", str(exact)]
    return ["other", "int", f"a number of about {int(exact.bit_length() * 0.30103):,} digits"]


def number(value: float) -> Encoded:
    exact = float.__add__(value, 0.0)
    finite = exact == exact and exact not in (float("inf"), float("-inf"))
    return exact if finite else ["float", float.__repr__(exact)]


def scalar(value: Any, kind: type) -> Encoded:
    if kind is Decimal:
        return ["decimal", str(value)]
    if kind is datetime:
        return ["datetime", (value.astimezone(UTC) if value.tzinfo else value).isoformat()]
    if kind is date or kind is time:
        return [kind.__name__, value.isoformat()]
    if kind is timedelta:
        return ["timedelta", value.total_seconds()]
    if kind is UUID:
        return ["uuid", str(value)]
    if kind is bytes:
        return ["bytes", value[:LONGEST_TEXT].hex()]
    # Where an object lies in memory changes from run to run, and tells nobody anything.
    return ["other", text(kind.__name__), ADDRESS.sub("", shown(value, repr))]


def label(instance: Model) -> str:
    return shown(instance, str)


def shown(value: Any, how: Any) -> str:
    """``str(value)`` or ``repr(value)``, or an ellipsis where the object's own method fails."""
    try:
        return text(how(value))[:LONGEST_REPR]
    except Exception:
        return "…"
