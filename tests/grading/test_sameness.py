"""Which two values are one answer."""

from collections import namedtuple
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest

from lessons.grading.canonical import Yardstick
from lessons.grading.numbers import Number
from tests.grading.builders import author, book, encode

Place = namedtuple("Place", "title price")  # noqa: PYI024 - Django's named rows are such tuples
NOON = datetime(2020, 1, 31, 12, 30, tzinfo=UTC)
UUID_TEXT = "9b0f4b1e-6a43-4a64-9d0e-2f0b0c7c8d11"

SAME = {
    "a decimal and a float": (Decimal("2.50"), 2.5),
    "an int and a float": (2, 2.0),
    "an int and a decimal": (2, Decimal("2.00")),
    "noise of floats": (0.3, 0.1 + 0.2),
    "a sum that cancels": (0, 0.1 + 0.2 - 0.3),
    "a mean with other digits": (Decimal("12.3333333333333"), Decimal(37) / 3),
    "minus nought": (0.0, -0.0),
    "a list and a tuple": ([1, 2], (1, 2)),
    "a named tuple and a tuple": (Place("Emma", 5), ("Emma", 5)),
    "one-place tuples in a list and their values": ([(1,), (2,)], [1, 2]),
    "a dict in another order": ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    "a set in another order": ({1, 2, 3}, {3, 2, 1}),
    "one moment in two zones": (NOON, NOON.astimezone(timezone(timedelta(hours=2)))),
    "lengths of time": (timedelta(hours=1), timedelta(minutes=60)),
    "one instance": (author(1), author(1)),
    "an instance with an annotation that was not asked for": (author(1), author(1, n=7)),
    "text": ("Émile", "Émile"),
}

DIFFERENT = {
    "None and nought": (None, 0),
    "None and empty text": (None, ""),
    "None and False": (None, False),
    "True and one": (True, 1),
    "one and True": (1, True),
    "a number and its text": (5, "5"),
    "capitals": ("Emma", "emma"),
    "a space at the end": ("Emma", "Emma "),
    "more than noise": (1.0, 1.0 + 1e-8),
    "neighbouring whole numbers, however large": (9_780_000_000_001, 9_780_000_000_002),
    "neighbouring whole numbers, larger still": (10**18, 10**18 + 1),
    "a dict and a tuple": ({"a": 1}, (1,)),
    "a dict and its pairs": ({"a": 1}, (("a", 1),)),
    "dicts with other values": ({"a": 1}, {"a": 2}),
    "a set and a list": ({1, 2}, [1, 2]),
    "lists in another order": ([1, 2], [2, 1]),
    "a list and a longer one": ([1, 2], [1, 2, 2]),
    "a date and a midnight": (date(2020, 1, 31), datetime(2020, 1, 31, tzinfo=UTC)),
    "a naive and an aware moment": (NOON, NOON.replace(tzinfo=None)),
    "a date and its text": (date(2020, 1, 31), "2020-01-31"),
    "times": (time(12, 30), time(12, 31)),
    "uuid and text": (UUID(UUID_TEXT), UUID_TEXT),
    "bytes and text": (b"a", "a"),
    "another author": (author(1), author(2)),
    "an author and a book with the same key": (author(1), book(1)),
    "an instance and its key": (author(1), 1),
    "another value of an annotation": (author(1, n=2), author(1, n=3)),
    "an annotation that is not there": (author(1, n=2), author(1)),
}


def same(expected, observed) -> bool:
    yardstick = Yardstick([encode(expected)])
    return yardstick.form(encode(expected)) == yardstick.form(encode(observed))


@pytest.fixture(params=[lambda given: given, lambda given: [given, given]], ids=["alone", "in a list"])
def wrapped(request):
    return request.param


@pytest.mark.parametrize(("expected", "observed"), SAME.values(), ids=SAME)
def test_the_same_answer(expected, observed, wrapped):
    assert same(wrapped(expected), wrapped(observed))


@pytest.mark.parametrize(("expected", "observed"), DIFFERENT.values(), ids=DIFFERENT)
def test_another_answer(expected, observed, wrapped):
    assert not same(wrapped(expected), wrapped(observed))
    assert not same([wrapped(expected), 1.0], [wrapped(observed), 1.0])


BORDERS = [10.0**power * (1 + step) for power in (-3, 0, 5) for step in (0, 4.9e-10, 5e-10, 5.1e-10, 9.9e-10)]


@pytest.mark.parametrize("number", BORDERS)
@pytest.mark.parametrize("noise", [-3e-10, 3e-10])
def test_no_border_parts_two_numbers_that_are_near(number, noise):
    assert same([number, Decimal("1.5")], [number * (1 + noise), 1.5])


def test_a_number_is_the_nearest_one_of_the_reference():
    assert same([1.0, 1.0 + 3e-9], [1.0 + 1e-10, 1.0 + 2.9e-9])
    assert not same([1.0, 1.0 + 3e-9], [1.0 + 2.9e-9, 1.0 + 1e-10])
    assert same([1.0, 1.0 + 1.5e-9], [1.0, 1.0 + 0.8e-9])


@pytest.mark.parametrize("text", ["2020-01-31T12:30:00Z", "2020-01-31T14:30:00+02:00", "2020-01-31 12:30:00.000000+00:00"])
def test_a_moment_is_one_however_it_is_written(text):
    yardstick = Yardstick([])
    assert yardstick.form(["datetime", text]) == yardstick.form(encode(NOON))


@pytest.mark.parametrize("text", ["noon", "0001-01-01T00:00:00+14:00"])
def test_a_moment_that_cannot_be_is_harmless(text):
    assert Yardstick([]).form(["datetime", text]) != Yardstick([]).form(encode(NOON))


UNREADABLE = {
    "an unknown tag": ["object", 1],
    "a bare list": [1, 2, 3],
    "a bare dict": {"a": 1},
    "a list that holds no list": ["list", 5],
    "a dict with a pair of three": ["dict", [[1, 2, 3]]],
    "a decimal of no digits": ["decimal", 3],
    "a model without a label": ["model", 1, 2, "x", {}],
    "an int of no digits": ["int", "1_000"],
    "a repr that was cut off": ["other", "Thing", "x" * 500],
    "a repr that failed": ["other", "Thing", "…"],
    "bytes that were cut off": ["bytes", "ab" * 10_000],
    "nothing at all": [],
}


@pytest.mark.parametrize("encoded", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_equals_nothing(encoded):
    yardstick = Yardstick([encoded])
    assert yardstick.form(encoded) != yardstick.form(encoded)


@pytest.mark.parametrize("text", ["nan", "inf", "-inf"])
def test_infinite_floats_equal_themselves(text):
    yardstick = Yardstick([["float", text]])
    assert yardstick.form(["float", text]) == yardstick.form(["float", text])
    assert yardstick.form(["float", text]) != yardstick.form(1.0)


@pytest.mark.parametrize("text", ["1E+999999999", "1E-999999999", "NaN", "sNaN", "Infinity", "9" * 6000])
def test_monstrous_decimals_are_harmless(text):
    yardstick = Yardstick([1, 2.5])
    assert yardstick.form(["decimal", text]) != yardstick.form(2.5)


def test_a_decimal_of_a_million_digits_is_no_number():
    long = ["decimal", f"1.{'1' * 1_000_000}"]
    assert Yardstick([1, long]).form(long) != Yardstick([1, long]).form(long)


def test_numbers_of_one_hash_are_not_held_against_each_other(monkeypatch):
    compared = 0

    def equal(one, other):
        nonlocal compared
        compared += 1
        return (one.value, one.whole) == (other.value, other.whole)

    monkeypatch.setattr(Number, "__eq__", equal)
    numbers = [["int", str(place * (2**61 - 1))] for place in range(5, 1_005)]
    assert len({hash(int(text)) for _, text in numbers}) == 1
    for reference in ([1], numbers):
        yardstick = Yardstick(reference)
        assert len({hash(yardstick.form(number)) for number in numbers}) > 900
    assert compared < 10_000


def test_nesting_without_an_end_is_harmless():
    deep: list[object] = ["list", []]
    for _ in range(300):
        deep = ["list", [deep, 1]]
    yardstick = Yardstick([deep])
    assert yardstick.form(deep) != yardstick.form(deep)


def test_large_whole_numbers_come_as_text():
    yardstick = Yardstick([["int", str(10**30)]])
    assert yardstick.form(["int", str(10**30)]) == yardstick.form(["decimal", "1E+30"])
    assert yardstick.form(["int", str(10**30)]) != yardstick.form(["int", str(10**30 + 1)])
