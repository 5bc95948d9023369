"""The value kind: one value, or one exception."""

from dataclasses import replace
from decimal import Decimal

import pytest

from lessons.grading.grade import grade
from lessons.grading.types import Status, Trial
from sandbox.protocol import Outcome
from tests.grading.builders import author, ended, error, exercise, files, trial, value, verdict

PASS = {
    "a number": (value(5), value(5)),
    "a number of another type": (value(Decimal("2.50")), value(2.5)),
    "None": (value(None), value(None)),
    "True": (value(True), value(True)),
    "a one-place tuple": (value(5), value((5,))),
    "a list and a tuple of one": (value([5]), value((5,))),
    "a list of one-place tuples": (value([1, 2]), value([(1,), (2,)])),
    "an object with more annotations": (value(author(1, n=2)), value(author(1, n=2, m=3))),
    "a dict": (value({"a": 1, "b": 2}), value({"b": 2, "a": 1})),
}

FAIL = {
    "another number": (value(5), value(6), "That is `6`, expected `5`"),
    "a bool for a number": (value(1), value(True), "That is `True`, expected one number"),
    "a number for a bool": (value(True), value(1), "That is one number (`1`), expected `True` or `False`"),
    "None for a number": (value(5), value(None), "That is `None`, expected one number"),
    "a number for None": (value(None), value(5), "That is one number (`5`), expected `None`"),
    "nought for None": (value(None), value(0), "That is one number (`0`), expected `None`"),
    "rows for a number": (
        value(2),
        value([author(1), author(2)], "QuerySet"),
        "That is a `QuerySet` of 2, expected one number",
    ),
    "a list of one for a number": (value(5), value([5]), "That is a list of 1, expected one number"),
    "text for a number": (value(5), value("5"), "That is one text (`'5'`), expected one number"),
    "a dict for a number": (value(5), value({"n": 5}), "That is a dict (`{'n': 5}`), expected one number"),
    "a method": (value(5), value(object(), "method"), "That is a method that was not called"),
    "rows for an object": (
        value(author(1)),
        value([author(1)], "QuerySet"),
        "That is a `QuerySet` of 1, expected one `Author`",
    ),
    "another object": (value(author(1)), value(author(2)), "That is `bookshop.Author 2`, expected `bookshop.Author 1`"),
    "another text": (value("Emma"), value("emma"), "That is `'emma'`, expected `'Emma'`"),
    "a dict with another value": (value({"n": 5}), value({"n": 6}), "That is `{'n': 6}`, expected `{'n': 5}`"),
    "a dict with more keys": (value({"n": 5}), value({"n": 5, "m": 1}), "That is `{'n': 5, 'm': 1}`, expected `{'n': 5}`"),
    "a set for a list": (value([1, 2]), value({1, 2}), "That is a set (`{1, 2}`), expected a list of 2"),
    "nothing readable": (value(5), {}, "No value came back"),
}


@pytest.mark.parametrize(("expected", "observed"), PASS.values(), ids=PASS)
def test_a_right_value_passes(expected, observed):
    assert verdict(expected, observed, observe="value").status is Status.PASSED


@pytest.mark.parametrize(("expected", "observed", "headline"), FAIL.values(), ids=FAIL)
def test_a_wrong_value_fails_and_is_told(expected, observed, headline):
    found = verdict(expected, observed, observe="value")
    assert found.status is Status.FAILED
    assert found.failed == {"value"}
    assert found.headline == headline


DETAILS = {
    "capitals": (value("Emma"), value("EMMA"), "They differ only in capital letters."),
    "spaces": (value("Emma"), value("Emma "), "They differ only in the spaces around them."),
    "fewer items": (value([1, 2]), value([1]), "It has 1 item, expected 2."),
    "another order": (value([1, 2]), value([2, 1]), "They are the right items in another order."),
    "an object for its name": (value((57, "Emma")), value((57, author(1))), "Item 2 is an `Author`, expected a text."),
    "a text for a number": (value([1, 2]), value(["1", 2]), "Item 1 is a text, expected a number."),
    "rows": (value(2), value([1, 2]), "One number is asked for, not the rows that it is made from."),
}


@pytest.mark.parametrize(("expected", "observed", "detail"), DETAILS.values(), ids=DETAILS)
def test_the_detail_helps(expected, observed, detail):
    assert verdict(expected, observed, observe="value").detail == detail


def test_an_object_in_a_tuple_does_not_look_like_its_name():
    found = verdict(value((57, "Emma")), value((57, author(1))), observe="value")
    assert found.headline == "That is `(57, <Author: bookshop.Author 1>)`, expected `(57, 'Emma')`"


SHOWN = [
    (Decimal("5435.33999999999"), "5435.34"),
    (0.1 + 0.2, "0.3"),
    (Decimal("100.0000000000000"), "100"),
    (Decimal("2.50"), "2.50"),
    (Decimal("100000000000.3"), "100000000000"),
    (12345678901234.5, "12345678901234.5"),
    (5.551115123125783e-17, "5.55111512313e-17"),
    (9_780_000_000_001, "9780000000001"),
]


@pytest.mark.parametrize(("number", "text"), SHOWN)
def test_noise_of_floats_is_not_shown(number, text):
    found = verdict(value(-7), value(number), observe="value")
    assert found.headline == f"That is `{text}`, expected `-7`"


def test_other_key_names_pass_with_a_note():
    found = verdict(value({"low": 1, "high": 2}), value({"min": 1, "max": 2}), observe="value")
    assert found.status is Status.PASSED
    assert found.notes == ("Your dict has other key names, which is fine here.",)


def test_other_key_names_fail_where_names_are_asked_for():
    found = verdict(value({"low": 1}), value({"min": 1}), observe="value", columns=("low",))
    assert found.headline == "The keys have other names"


def test_other_key_names_with_other_values_fail():
    assert verdict(value({"low": 1, "high": 2}), value({"high ": 2, "low ": 1}), observe="value").failed == {"value"}


DOES_NOT_EXIST = Trial(error("DoesNotExist"), ended(Outcome.OK))


def judge(expected: Trial, observed: Trial, observe: str = "value"):
    return grade(exercise(observe), expected=expected, observed=observed, files=files())


def test_the_expected_exception_passes():
    found = judge(DOES_NOT_EXIST, Trial(error("DoesNotExist", "another message", line=3), ended(Outcome.OK)))
    assert found.status is Status.PASSED
    assert found.checks[0].text == "Raises `DoesNotExist`"


def test_a_value_where_an_exception_is_expected_fails():
    found = judge(DOES_NOT_EXIST, trial(value(None)))
    assert found.failed == {"value"}
    assert found.headline == "Nothing was raised, expected `DoesNotExist`"


def test_another_exception_is_an_error():
    found = judge(DOES_NOT_EXIST, Trial(error("MultipleObjectsReturned"), ended(Outcome.OK)))
    assert found.status is Status.ERROR
    assert found.failed == {"error"}


def test_an_exception_on_hidden_data_must_be_matched_there():
    expected = Trial(trial(value(1)).visible, error("DoesNotExist"))
    assert judge(expected, expected).status is Status.PASSED
    assert judge(expected, trial(value(1))).status is Status.FAILED


def test_an_exception_that_comes_too_early_is_an_error():
    one = trial(value(0), value(1), value(2)).hidden
    late = replace(error("DoesNotExist"), results=one.results)
    early = replace(error("DoesNotExist"), results=one.results[:1])
    expected, observed = (Trial(trial(value(0)).visible, hidden) for hidden in (late, early))
    assert judge(expected, expected).status is Status.PASSED
    assert judge(expected, observed).status is Status.ERROR


@pytest.mark.parametrize("type_name", ["SyntaxError", "NameError", "NoAnswer", "ModuleNotFoundError"])
def test_a_solution_that_cannot_run_is_our_mistake(type_name):
    broken = Trial(error(type_name), ended(Outcome.OK))
    assert judge(broken, broken).status is Status.NOT_GRADED


def test_rows_are_never_expected_to_raise():
    assert judge(DOES_NOT_EXIST, DOES_NOT_EXIST, "rows").status is Status.NOT_GRADED
