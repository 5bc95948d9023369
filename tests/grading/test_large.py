"""Results of any size, honest or forged, cost little: what is too large is refused before it is read."""

from typing import Any

import pytest

from lessons.grading.grade import behaves_like, grade
from lessons.grading.types import Check, Status, Trial, Verdict
from lessons.kinds.rows.alike import same
from lessons.kinds.rows.compare import compare
from sandbox.protocol import MOST_VALUES, ROWS_COMPARED, Result, Step
from tests.grading import probing
from tests.grading.builders import book, encode, exercise, rows, trial, value, verdict


class Unread(list[Any]):
    """A list whose length may be asked for, and nothing else."""

    def __iter__(self):
        raise AssertionError("it was read")

    def __getitem__(self, place):
        raise AssertionError("it was read")


def test_more_rows_than_are_compared_are_refused_unread():
    few = Result(label="visible", seen=rows(1))
    many = Result(label="visible", seen=rows(1) | {"rows": Unread([1] * (ROWS_COMPARED + 1)), "total": 1})
    found = compare(exercise(), few, many, None)
    assert found.headline == "More than 10,000 rows"
    assert not any(check.passed for check in found.checks)
    assert not same(exercise(), many, few)
    assert not same(exercise(), many, many)


TOO_LARGE = Unread([1] * (MOST_VALUES + 1))
LARGE = {
    "rows": ("rows", rows(1) | {"rows": TOO_LARGE}),
    "a row": ("rows", rows(1) | {"rows": [["tuple", TOO_LARGE]]}),
    "an annotation": ("rows", rows(1) | {"rows": [["model", "bookshop.Book", 1, "", {"n": ["set", TOO_LARGE]}]]}),
    "cells": ("rows", rows(1) | {"cells": TOO_LARGE}),
    "columns": ("rows", rows(1) | {"columns": TOO_LARGE}),
    "a value": ("value", value(1) | {"value": ["list", TOO_LARGE]}),
    "a value in a value": ("value", value(1) | {"value": ["list", [["dict", [["list", TOO_LARGE]]]]]}),
}
FAILED = Verdict(status=Status.FAILED, headline="", checks=(Check("rows", False, ""),))


@pytest.mark.parametrize(("observe", "seen"), LARGE.values(), ids=LARGE)
def test_more_values_than_a_run_may_send_are_refused_unread(observe, seen):
    found = verdict({"rows": rows, "value": value}[observe](1), seen, observe=observe)
    assert found.failed == {observe}
    assert found.headline == "Too much came back to be compared"
    for other in (seen, rows(1) | value(1)):
        runs = Trial(trial(seen).visible, trial(other).hidden), Trial(trial(other).visible, trial(other).hidden)
        assert not behaves_like(exercise(observe), *runs, verdict_a=FAILED, verdict_b=FAILED)


def test_steps_of_more_values_than_a_run_may_send_are_refused_unread():
    large = probing.trial(Step(asked="f(1)", seen={"value": ["list", TOO_LARGE]}), probing.end())
    right = probing.trial(probing.gave(1), probing.end())
    found = grade(exercise("calls"), expected=right, observed=large, files=())
    assert found.failed == {"calls"}
    assert found.headline == "Too much came back to be compared"


def test_a_result_is_not_held_against_a_wrong_answer_of_another_size(monkeypatch):
    read: list[object] = []
    monkeypatch.setattr("lessons.kinds.rows.alike.Table.read", read.append)
    one, other = trial(rows(*range(10_000))), trial(rows(1, 2, 3))
    assert not behaves_like(exercise(), one, other, verdict_a=FAILED, verdict_b=FAILED)
    assert not behaves_like(exercise(), other, one, verdict_a=FAILED, verdict_b=FAILED)
    assert read == []


def test_values_that_take_more_room_are_still_alike():
    plain = rows(*range(300))
    roomy = plain | {"rows": [["named", ["n"], [["decimal", str(place)]]] for place in range(300)]}
    one, other = trial(plain), trial(roomy)
    assert behaves_like(exercise(), one, other, verdict_a=FAILED, verdict_b=FAILED)


def test_a_row_of_many_places_is_not_shown_whole():
    found = verdict(rows(), rows(tuple(range(5_000))))
    assert found.diff is not None
    assert len(found.diff.columns) == len(found.diff.rows[0].cells) == 50


def test_a_models_name_is_not_told_at_any_length():
    seen = rows(1) | {"rows": [["model", f"bookshop.{'X' * 10_000}", 1, "", {}]]}
    assert len(verdict(rows(book(1)), seen).headline) < 1_000


def test_many_annotations_are_looked_up_and_not_searched():
    asked = 0

    class Name(str):
        __slots__ = ()
        __hash__ = str.__hash__

        def __eq__(self, other):
            nonlocal asked
            asked += 1
            return str.__eq__(self, other)

    carried = {Name(f"n{place}"): 1 for place in range(200)}
    row = ["model", "bookshop.Book", 1, "", carried]
    one, other = (Result(label="visible", seen=rows(book(1)) | {"rows": [row, row]}) for _ in range(2))
    assert same(exercise(), one, other)
    assert asked < 2_000


def test_ten_thousand_rows_are_not_too_many():
    many = rows(*(encode(book(place)) for place in range(ROWS_COMPARED)))
    assert verdict(many, many).status is Status.PASSED
