"""Encoded values (see ``sandbox.protocol``) → hashable forms: two values are the same answer exactly when their forms are equal.

The reference decides what counts: which numbers are one (:mod:`lessons.grading.numbers`) and which annotations an instance is
compared by. So forms are made by a :class:`Yardstick` that was built from the reference's values, and are compared only with
forms of the same yardstick.

Values come from an untrusted process. What is not in the protocol's table gets a form that equals nothing, itself included.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from lessons.grading.numbers import Number, Numbers, number
from sandbox.protocol import MOST_VALUES, Encoded

type Form = Hashable

DEEPEST = 50
LONGEST_REPR = 500
LONGEST_TEXT = 10_000
SEQUENCES = frozenset({"list", "tuple", "named"})


class Nothing:
    """A form that equals no other."""

    __slots__ = ()
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return False


def tag(value: Encoded) -> str:
    """``"tuple"`` for an encoded tuple and so on; ``""`` for what is encoded as itself."""
    return value[0] if isinstance(value, list) and value and isinstance(value[0], str) else ""


def items(value: Encoded) -> list[Encoded] | None:
    """The items of an encoded list, tuple or named tuple; None for anything else."""
    if tag(value) in SEQUENCES and isinstance(value[-1], list):
        return value[-1]
    return None


def pairs(value: Encoded) -> list[tuple[Encoded, Encoded]] | None:
    """The keys and values of an encoded dict; None for anything else."""
    if tag(value) != "dict" or not isinstance(value[-1], list):
        return None
    found = [tuple(pair) for pair in value[-1] if isinstance(pair, list) and len(pair) == 2]
    return found if len(found) == len(value[-1]) else None


def model(value: Encoded) -> tuple[str, Encoded, dict[str, Encoded]] | None:
    """The label, primary key and annotations of an encoded model instance; None for anything else."""
    match value:
        case ["model", str(label), pk, str(), dict(annotations)]:
            return label, pk, annotations
    return None


def alone(value: Encoded) -> Encoded:
    """A sequence's item as it is compared: a one-place sequence stands for its only place."""
    inside = items(value)
    return inside[0] if inside is not None and len(inside) == 1 else value


def size(value: object) -> int:
    """How many values are inside of the value, at any depth; what goes beyond MOST_VALUES is not looked into."""
    level, found = [value], 0
    while level and found <= MOST_VALUES:
        holders = [one.values() if isinstance(one, Mapping) else one for one in level if isinstance(one, Mapping | list)]
        found += sum(map(len, holders))
        level = [inside for holder in holders for inside in holder] if found <= MOST_VALUES else []
    return found


def walk(value: Encoded, depth: int = 0) -> Iterator[Encoded]:
    """The value and everything in it, at most ``DEEPEST`` levels down."""
    yield value
    if depth > DEEPEST:
        return
    inside: Iterable[Any] = ()
    if isinstance(value, list):
        inside = value[1:] if tag(value) else value
    elif isinstance(value, dict):
        inside = value.values()
    for one in inside:
        yield from walk(one, depth + 1)


def read_number(value: Encoded) -> Number | None:
    """The number that an encoded value is; True and False are none."""
    match value:
        case bool():
            return None
        case int() | float():
            return number(value)
        case ["int", str(text)]:
            return whole(text)
        case ["decimal", str(text)]:
            return number(text)
    return None


def whole(text: str) -> Number | None:
    read = number(text) if text.removeprefix("-").isdecimal() else None
    return read and Number(read.value, whole=True)


class Yardstick:
    """Makes comparable forms, by the measure of the reference's values."""

    def __init__(self, reference: Iterable[Encoded]) -> None:
        every = [value for one in reference for value in walk(one)]
        self._numbers = Numbers(found for value in every if (found := read_number(value)))
        self._annotations = frozenset(name for value in every if (instance := model(value)) for name in instance[2])

    def form(self, value: Encoded, *, boolean: bool = False) -> Form:
        """``boolean``: the value stands in a column of booleans, where 1 is True and 0 is False."""
        form = self._form(value, 0)
        if boolean and isinstance(form, tuple) and form[0] == "number" and form[1] in ("0", "1"):
            return ("bool", form[1] == "1")
        return form

    def _form(self, value: Encoded, depth: int) -> Form:
        if depth > DEEPEST:
            return Nothing()
        if value is None or isinstance(value, str | bool):
            return (type(value).__name__, value)
        found = read_number(value)
        if found:
            return ("number", self._numbers.name(found))
        read = READERS.get(tag(value))
        return read(self, value, depth + 1) if read else Nothing()

    def _sequence(self, value: Encoded, depth: int) -> Form:
        inside = items(value)
        return Nothing() if inside is None else ("sequence", tuple(self._form(alone(one), depth) for one in inside))

    def _set(self, value: Encoded, depth: int) -> Form:
        inside = value[-1] if isinstance(value[-1], list) else None
        return Nothing() if inside is None else ("set", frozenset(self._form(alone(one), depth) for one in inside))

    def _dict(self, value: Encoded, depth: int) -> Form:
        inside = pairs(value)
        if inside is None:
            return Nothing()
        return ("dict", frozenset((self._form(key, depth), self._form(one, depth)) for key, one in inside))

    def _model(self, value: Encoded, depth: int) -> Form:
        found = model(value)
        if found is None:
            return Nothing()
        label, pk, annotations = found
        carried = tuple((name, self._form(annotations[name], depth)) for name in sorted(self._annotations & annotations.keys()))
        return ("model", label, self._form(pk, depth), carried)

    def _timedelta(self, value: Encoded, depth: int) -> Form:
        found = read_number(value[-1])
        return ("timedelta", self._numbers.name(found)) if found else Nothing()

    def _datetime(self, value: Encoded, depth: int) -> Form:
        match value:
            case ["datetime", str(text)]:
                return ("datetime", in_utc(text))
        return Nothing()

    def _text(self, value: Encoded, depth: int) -> Form:
        match value:
            case [str(name), str(text)] if len(text) < LONGEST_TEXT:
                return (name, text.lower())
        return Nothing()

    def _other(self, value: Encoded, depth: int) -> Form:
        match value:
            # A longer repr was cut off and an ellipsis stands for none, so that the same text proves nothing.
            case ["other", str(name), str(text)] if len(text) < LONGEST_REPR and text != "…" and name != "int":
                return ("other", name, text)
        return Nothing()


READERS: dict[str, Callable[[Yardstick, Encoded, int], Form]] = {
    "list": Yardstick._sequence,
    "tuple": Yardstick._sequence,
    "named": Yardstick._sequence,
    "set": Yardstick._set,
    "dict": Yardstick._dict,
    "model": Yardstick._model,
    "datetime": Yardstick._datetime,
    "timedelta": Yardstick._timedelta,
    "date": Yardstick._text,
    "time": Yardstick._text,
    "uuid": Yardstick._text,
    "bytes": Yardstick._text,
    "float": Yardstick._text,
    "decimal": Yardstick._text,
    "other": Yardstick._other,
}


def in_utc(text: str) -> str:
    """The same moment written one way only; a naive datetime stays naive, and unreadable text stays itself."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    if moment.tzinfo is not None:
        try:
            moment = moment.astimezone(UTC)
        except OverflowError:
            return text
    return moment.isoformat()


def fold(form: Form, change: Callable[[str], str]) -> Form:
    """The form with every string in it changed: to see whether two differ only by case, say."""
    match form:
        case ("str", str(text)):
            return ("str", change(text))
        case tuple():
            return tuple(fold(one, change) for one in form)
    return form
