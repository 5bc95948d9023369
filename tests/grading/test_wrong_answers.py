"""When a learner's answer behaves as one of the author's wrong answers, and so gets the words written for it."""

from dataclasses import replace

import pytest

from lessons.grading.grade import behaves_like, grade, with_feedback
from lessons.grading.types import Trial
from sandbox.protocol import Observation, Outcome
from tests.grading.builders import author, ended, error, exercise, files, not_rows, rows, trial, value, wrong

BOOKS = ("title", "price")
SORTED = trial(rows(("a", 1), ("b", 2), ("c", 2), ("d", 3)), rows(("e", 1), ("f", 2)))
OK = ended(Outcome.OK)


def alike(a: Trial, b: Trial, expected: Trial = SORTED, observe: str = "rows", **keys) -> bool:
    asked = exercise(observe, **keys)
    verdicts = [grade(asked, expected=expected, observed=seen, files=files()) for seen in (a, b)]
    return behaves_like(asked, a, b, verdict_a=verdicts[0], verdict_b=verdicts[1])


def table(*visible, hidden=(("e", 1), ("f", 2)), queries: int = 1, **also) -> Trial:
    return trial(rows(*visible, **also), rows(*hidden), queries=queries)


ALIKE = {
    "the same rows": (table(("a", 1)), table(("a", 1))),
    "the same rows in another order": (table(("a", 1), ("b", 2)), table(("b", 2), ("a", 1))),
    "numbers of another type": (table(("a", 1)), table(("a", 1.0))),
    "the same error": (Trial(error("KeyError", "'x'"), OK), Trial(error("KeyError", "'y'", line=7), OK)),
    "the same wrong name": (Trial(error("FieldError", name="x"), OK), Trial(error("FieldError", name="x"), OK)),
    "both too slow": (Trial(ended(Outcome.TIMEOUT, "3 seconds"), OK), Trial(ended(Outcome.TIMEOUT), OK)),
    "a method that was not called": (
        trial(not_rows(object(), "method"), not_rows(object(), "method")),
        trial(not_rows(object(), "method"), not_rows(object(), "method")),
    ),
    "the same thing that is no rows": (trial(not_rows(5), not_rows(6)), trial(not_rows(5), not_rows(6))),
}
UNLIKE = {
    "other rows": (table(("a", 1)), table(("b", 2))),
    "other rows on hidden data": (table(("a", 1)), table(("a", 1), hidden=[("e", 1)])),
    "rows twice": (table(("a", 1)), table(("a", 1), ("a", 1))),
    "rows of another shape": (table(("a",)), table(("a", 1, 2))),
    "another error": (Trial(error("KeyError"), OK), Trial(error("IndexError"), OK)),
    "another wrong name": (Trial(error("FieldError", name="x"), OK), Trial(error("FieldError", name="y"), OK)),
    "an error of one type that means something else": (
        Trial(error("TypeError", "'NoneType' object is not iterable"), OK),
        Trial(error("TypeError", "Cannot filter a query once a slice has been taken."), OK),
    ),
    "an error and rows": (Trial(error("KeyError"), OK), table(("a", 1))),
    "an error only on hidden data": (Trial(SORTED.visible, error("KeyError")), Trial(SORTED.visible, error("IndexError"))),
    "other things that are no rows": (trial(not_rows(5), not_rows(6)), trial(not_rows(5), not_rows(7))),
    "no rows and rows": (trial(not_rows(5), rows()), trial(rows(), rows())),
    "two right answers": (SORTED, SORTED),
}


@pytest.mark.parametrize(("a", "b"), ALIKE.values(), ids=ALIKE)
def test_the_same_behaviour(a, b):
    assert alike(a, b, columns=BOOKS)
    assert alike(b, a, columns=BOOKS)


@pytest.mark.parametrize(("a", "b"), UNLIKE.values(), ids=UNLIKE)
def test_another_behaviour(a, b):
    assert not alike(a, b, columns=BOOKS)
    assert not alike(b, a, columns=BOOKS)


class TestOrder:
    BACKWARDS = table(("d", 3), ("c", 2), ("b", 2), ("a", 1))

    def test_ties_may_come_in_any_order(self):
        other = table(("d", 3), ("b", 2), ("c", 2), ("a", 1))
        assert alike(self.BACKWARDS, other, columns=BOOKS, order=("price",))

    def test_another_wrong_order_is_another_mistake(self):
        other = table(("b", 2), ("a", 1), ("c", 2), ("d", 3))
        assert not alike(self.BACKWARDS, other, columns=BOOKS, order=("price",))

    def test_a_set_is_another_mistake(self):
        a_set = table(("d", 3), ("c", 2), ("b", 2), ("a", 1), sequence=False)
        assert not alike(self.BACKWARDS, a_set, columns=BOOKS, order=("price",))

    def test_instances_without_keys_must_come_in_one_order(self):
        expected = trial(rows(author(1), author(2), author(3), keys=[[1], [2], [2]]))
        one, same, other = (trial(rows(*map(author, pks))) for pks in ((3, 2, 1), (3, 2, 1), (2, 3, 1)))
        assert alike(one, same, expected, order=("rank",))
        assert not alike(one, other, expected, order=("rank",))


def replace_queries(seen: Observation, number: int) -> Observation:
    return replace(seen, results=tuple(replace(result, queries=number) for result in seen.results))


class TestQueries:
    @pytest.mark.parametrize(
        ("here", "there", "same"), [((21, 5), (21, 5), True), ((21, 5), (41, 5), False), ((21, 5), (21, 9), False)]
    )
    def test_both_over_the_budget_with_as_many_on_every_database(self, here, there, same):
        a, b = (
            Trial(*(replace_queries(seen, number) for seen, number in zip((SORTED.visible, SORTED.hidden), each, strict=True)))
            for each in (here, there)
        )
        assert alike(a, b, queries=1) is same

    def test_one_within_it(self):
        slow = table(("a", 1), queries=21)
        assert not alike(slow, table(("a", 1), queries=1), queries=1)


def test_an_annotation_that_only_one_carries_does_not_count():
    expected = trial(rows(author(1), author(2)))
    assert alike(trial(rows(author(1, n=2))), trial(rows(author(1))), expected)
    assert not alike(trial(rows(author(1, n=2))), trial(rows(author(1, n=3))), expected)


def test_values_are_held_side_by_side():
    assert alike(trial(value(5)), trial(value(5.0)), trial(value(4)), "value")
    assert not alike(trial(value(5)), trial(value(6)), trial(value(4)), "value")
    assert not alike(trial(value(1)), trial(value(True)), trial(value(4)), "value")
    assert alike(trial(value(object(), "method")), trial(value(object(), "method")), trial(value(4)), "value")
    assert not alike(trial(value(object(), "method")), trial(value(object(), "thing")), trial(value(4)), "value")


def test_feedback_goes_into_the_verdict():
    found = grade(exercise(), expected=SORTED, observed=table(("a", 1)), files=files())
    told = with_feedback(found, wrong("<p>The minus sign turns it round.</p>"))
    assert (told.feedback_title, told.feedback_html) == ("Dearest first", "<p>The minus sign turns it round.</p>")
    assert (told.status, told.headline, told.checks) == (found.status, found.headline, found.checks)
