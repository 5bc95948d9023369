"""One verdict over all databases: what is counted, what is told, and what stays hidden."""

import json

import pytest

from lessons.grading.grade import grade
from lessons.grading.types import Status, Trial, Verdict
from sandbox.protocol import File, Outcome, Result
from tests.grading.builders import Instance, author, book, check, ended, error, exercise, files, not_rows, rows, trial, value

RIGHT = trial(rows(book(1), book(2)), rows(book(7)), rows(book(8), book(9)))
OK = ended(Outcome.OK)


def judge(
    observed: Trial, *, expected: Trial = RIGHT, code: str = "Book.objects.all()", observe: str = "rows", **keys
) -> Verdict:
    return grade(exercise(observe, **keys), expected=expected, observed=observed, files=files(code))


def test_a_pass_is_short_and_says_on_how_much_data():
    found = judge(RIGHT)
    assert (found.status, found.headline, found.detail) == (Status.PASSED, "Passed", "")
    assert check(found, "rows").text == "The right books, on this data and on two hidden sets"


def test_one_hidden_set_is_counted_in_the_singular():
    found = judge(trial(rows(1), rows(2)), expected=trial(rows(1), rows(2)))
    assert check(found, "rows").text == "The right rows, on this data and on one hidden set"


class TestHiddenData:
    def test_rows_wrong_only_there_fail_without_being_shown(self):
        observed = trial(RIGHT.visible.results[0].seen, rows(book(7)), rows(book(8)))
        found = judge(observed)
        assert found.status is Status.FAILED
        assert found.headline == "Right on this data, but not on other data"
        assert found.detail == "On other data: 1 book missing."
        assert check(found, "rows").text == "On other data: not the right books"
        assert found.diff is None

    def test_what_is_wrong_on_the_visible_data_leads(self):
        found = judge(trial(rows(book(1)), rows(), rows()))
        assert found.headline == "1 book missing"

    def test_a_database_that_was_skipped_does_not_pass(self):
        for observed in (Trial(RIGHT.visible, OK), Trial(OK, RIGHT.hidden)):
            assert judge(observed).status is Status.FAILED

    SECRET = "Zanzibar"
    LEAKS = (
        rows(SECRET, SECRET),
        rows((SECRET, 1)),
        rows({SECRET: SECRET}),
        rows(author(SECRET, **{SECRET: 1})),
        rows(Instance(1, f"bookshop.{SECRET}")),
        not_rows(SECRET),
        not_rows({SECRET: 1}),
        not_rows(object(), SECRET),
        not_rows(Instance(1, f"bookshop.{SECRET}")),
        {"kind": SECRET, "rows": SECRET, "type": SECRET},
        value(SECRET),
        value({SECRET: 1}),
        value([SECRET]),
        value(object(), SECRET),
        value(Instance(1, f"bookshop.{SECRET}")),
        value([None] * 31_415),
        value((None,) * 31_415),
    )

    @pytest.mark.parametrize("seen", LEAKS)
    @pytest.mark.parametrize(
        ("observe", "wanted"),
        [
            ("rows", rows(1)),
            ("rows", rows({"a": 1})),
            ("rows", rows(author(1, n=1))),
            ("value", value(1)),
            ("value", value("a")),
            ("value", value({"a": 1})),
        ],
    )
    def test_no_value_of_it_is_told(self, seen, observe, wanted):
        found = judge(trial(wanted, seen), expected=trial(wanted, wanted), observe=observe, columns=("a",))
        assert found.status is Status.FAILED
        assert self.SECRET not in json.dumps(found.as_json())
        assert "31,415" not in json.dumps(found.as_json())

    def test_what_kind_of_thing_came_is_told(self):
        for right, given, words in (
            (author(1), [1, 2], "On other data: that is a list, expected one object."),
            (5, author(1), "On other data: that is one object, expected one number."),
            ((1, 2), {1}, "On other data: that is a set, expected a tuple."),
        ):
            found = judge(trial(value(right), value(given)), expected=trial(value(right), value(right)), observe="value")
            assert found.detail == words

    def test_objects_of_another_model_are_told_to_be_so(self):
        found = judge(trial(rows(book(1)), rows(author(7))), expected=trial(rows(book(1)), rows(book(7))))
        assert found.failed == {"rows"}
        assert found.detail == "On other data: objects of another model."

    @pytest.mark.parametrize("type_name", ["ValueError", SECRET])
    def test_an_exception_there_tells_its_type_only(self, type_name):
        problem = error(type_name, self.SECRET, name=self.SECRET, owner=self.SECRET, choices=(self.SECRET,), near=(self.SECRET,))
        found = judge(Trial(RIGHT.visible, problem))
        assert found.status is Status.ERROR
        assert found.headline == "Right on this data, but it fails on other data"
        assert found.line == 1
        assert self.SECRET not in json.dumps(found.as_json())

    def test_a_limit_there_is_named_in_our_own_words(self):
        found = judge(Trial(RIGHT.visible, ended(Outcome.OUTPUT, self.SECRET)))
        assert found.headline == "Right on this data, but on other data: stopped at the output limit"

    @pytest.mark.parametrize(
        ("type_name", "detail"),
        [
            ("KeyError", "There it raises `KeyError` on line 1: a key is missing."),
            ("DoesNotExist", "There it raises `DoesNotExist` on line 1: `.get()` finds no row."),
            ("ValueError", "There it raises `ValueError` on line 1."),
            ("AttributeError", "There it raises `AttributeError` on line 1."),
        ],
    )
    def test_an_exception_there_is_told_in_one_sentence(self, type_name, detail):
        assert judge(Trial(RIGHT.visible, error(type_name))).detail == detail

    def test_none_is_blamed_only_when_it_is_to_blame(self):
        found = judge(Trial(RIGHT.visible, error("AttributeError", name="year", owner="a NoneType")))
        assert found.detail == "There it raises `AttributeError` on line 1: something is `None`."

    @pytest.mark.parametrize(
        ("seen", "words"),
        [
            (ended(Outcome.TIMEOUT, "1 second"), "stopped after 1 second"),
            (ended(Outcome.TIMEOUT, "ages"), "stopped after too long a time"),
            (ended(Outcome.CRASHED), "the run ended abruptly"),
        ],
    )
    def test_a_run_that_does_not_end_there_is_told_in_one_sentence(self, seen, words):
        assert judge(Trial(RIGHT.visible, seen)).headline == f"Right on this data, but on other data: {words}"

    def test_an_exception_there_does_not_hide_what_is_wrong_here(self):
        found = judge(Trial(trial(rows(book(1))).visible, error("IndexError")))
        assert found.status is Status.FAILED
        assert found.headline == "1 book missing"
        assert found.failed == {"rows", "error"}


class TestQueries:
    def test_the_budget_is_kept(self):
        found = judge(trial(rows(1), queries=1), expected=trial(rows(1)), queries=1)
        assert check(found, "queries").text == "1 query, budget 1"
        assert found.status is Status.PASSED

    def test_one_too_many_fails_alone(self):
        found = judge(trial(rows(1), queries=21), expected=trial(rows(1)), queries=1)
        assert found.failed == {"queries"}
        assert found.headline == "Right, but with too many queries"
        assert check(found, "queries").text == "21 queries, budget 1"

    @pytest.mark.parametrize(
        ("here", "there", "budget", "words"),
        [
            (1, 67, 3, "Within the budget of 3 queries on this data, but not on other data"),
            (1, 67, 1, "Within the budget of 1 query on this data, but not on other data"),
            (12, 67, 1, "12 queries, budget 1"),
        ],
    )
    def test_how_many_were_sent_on_hidden_data_is_not_told(self, here, there, budget, words):
        observed = Trial(trial(rows(1), queries=here).visible, trial(rows(1), rows(1), queries=there).hidden)
        found = judge(observed, expected=trial(rows(1), rows(1)), queries=budget)
        assert found.failed == {"queries"}
        assert check(found, "queries").text == words

    def test_without_a_budget_they_are_not_checked(self):
        assert judge(trial(rows(1), queries=500), expected=trial(rows(1))).status is Status.PASSED

    def test_a_budget_of_none_at_all(self):
        assert judge(trial(rows(1), queries=1), expected=trial(rows(1)), queries=0).failed == {"queries"}


CALLS = {
    "a method": ("Book.objects.filter(x=1)", "filter", True),
    "a function": ("len([1])", "len", True),
    "through a module": ("models.Count('x')", "Count", True),
    "within other brackets": ("[x for x in sorted(Book.objects.all())]", "sorted", True),
    "over several lines": ("(Book.objects\n    .select_related('author')\n)", "select_related", True),
    "under another name": ("from django.db.models import Count as C\nC('x')", "Count", True),
    "in a comment": ("Book.objects.all()  # filter(", "filter", False),
    "in a string": ("'filter()'", "filter", False),
    "named but not called": ("Book.objects.filter", "filter", False),
    "part of a longer name": ("Book.objects.filter_by()", "filter", False),
    "as an argument's name": ("f(filter=1)", "filter", False),
    "source that does not parse": ("filter(", "filter", False),
    "source with a null character": ("filter()\0", "filter", False),
}


@pytest.mark.parametrize(("code", "name", "called"), CALLS.values(), ids=CALLS)
def test_calls_are_found_in_the_source(code, name, called):
    must, forbid = judge(RIGHT, code=code, must_use=(name,)), judge(RIGHT, code=code, forbid=(name,))
    assert must.failed == (set() if called else {"must_use"})
    assert forbid.failed == ({"forbid"} if called else set())


def test_every_file_is_searched():
    both = (File("a.py", "1"), File("b.py", "select_related()"))
    assert grade(exercise(must_use=("select_related",)), expected=RIGHT, observed=RIGHT, files=both).status is Status.PASSED


def test_only_the_names_that_lack_are_named():
    found = judge(RIGHT, code="Book.objects.filter().exclude()", must_use=("filter", "annotate"), forbid=("exclude", "raw"))
    assert check(found, "must_use").text == "Does not call `annotate`"
    assert found.headline == "Right, but not in the way asked for"
    assert found.detail == "The exercise names what the answer is to call."
    assert check(found, "forbid").text == "Calls `exclude`"


def test_checks_come_in_one_order_and_the_first_that_fails_leads():
    observed = trial(rows((2,), (1,)), queries=9)
    found = judge(
        observed, expected=trial(rows(1, 2)), columns=("n",), order=("n",), queries=1, must_use=("filter",), forbid=("all",)
    )
    assert [each.name for each in found.checks] == ["rows", "columns", "order", "queries", "must_use", "forbid"]
    assert found.headline == "Not in the order asked for"


ENDINGS = {
    "timeout": (ended(Outcome.TIMEOUT, "3 seconds"), "Stopped after 3 seconds"),
    "memory": (ended(Outcome.MEMORY, "256 MB"), "Stopped at 256 MB of memory"),
    "output": (ended(Outcome.OUTPUT, "64 KB of printed text"), "Stopped at 64 KB of printed text"),
    "rows": (ended(Outcome.OUTPUT, "10,000 rows"), "Stopped at 10,000 rows"),
    "crashed": (ended(Outcome.CRASHED), "The run ended abruptly"),
    "error": (error("ZeroDivisionError"), "Something is divided by zero"),
}


@pytest.mark.parametrize(("seen", "headline"), ENDINGS.values(), ids=ENDINGS)
def test_a_run_that_did_not_end_is_an_error_with_its_own_words(seen, headline):
    found = judge(Trial(seen, seen))
    assert found.status is Status.ERROR
    assert found.headline == headline
    assert found.failed == {seen.outcome.value}
    assert found.outcome is seen.outcome


@pytest.mark.parametrize("outcome", [Outcome.BUSY, Outcome.UNAVAILABLE])
@pytest.mark.parametrize("whose", ["solution", "learner", "hidden"])
def test_what_is_our_fault_is_not_graded(outcome, whose):
    ours = Trial(ended(outcome), OK) if whose != "hidden" else Trial(RIGHT.visible, ended(outcome))
    found = judge(RIGHT, expected=ours) if whose == "solution" else judge(ours)
    assert found.status is Status.NOT_GRADED
    assert found.outcome is outcome
    assert found.failed == set()
    assert "Your code is safe" in found.detail
    assert ("Too many people" in found.headline) is (outcome is Outcome.BUSY)


@pytest.mark.parametrize("seen", [error("ValueError"), ended(Outcome.TIMEOUT), ended(Outcome.CRASHED), OK])
def test_a_solution_that_fails_is_our_fault(seen):
    found = judge(RIGHT, expected=Trial(seen, OK))
    assert found.status is Status.NOT_GRADED
    assert found.headline == "This exercise is broken"


def test_keys_that_did_not_run_are_our_fault():
    found = grade(exercise(keys=exercise().solution), expected=RIGHT, observed=RIGHT, files=files(), keys=())
    assert found.status is Status.NOT_GRADED


def test_each_database_has_its_own_keys():
    asked = exercise(keys=exercise().solution)
    seen = trial(rows("a", "b"), rows("c", "d"))
    keys = [rows(("a", 1), ("b", 1)), rows(("c", 1), ("d", 2))]
    fences = tuple(Result(label="", seen=each) for each in keys)
    for observed, failed in [(trial(rows("b", "a"), rows("c", "d")), set()), (trial(rows("a", "b"), rows("d", "c")), {"order"})]:
        assert grade(asked, expected=seen, observed=observed, files=files(), keys=fences).failed == failed


def test_a_syntax_error_passes_nothing_even_when_the_rows_are_claimed():
    claimed = Trial(error("SyntaxError"), RIGHT.hidden)
    assert judge(claimed).status is Status.ERROR


TWICE = {
    "a row missing": (RIGHT, trial(rows(book(1)), rows(), rows()), {}),
    "a row missing on hidden data": (RIGHT, Trial(RIGHT.visible, trial(rows(), rows(), rows()).hidden), {}),
    "an error on hidden data": (RIGHT, Trial(RIGHT.visible, error("KeyError")), {}),
    "too slow on hidden data": (RIGHT, Trial(RIGHT.visible, ended(Outcome.TIMEOUT, "1 second")), {}),
    "an error there, and wrong here": (RIGHT, Trial(trial(rows(book(1))).visible, error("KeyError")), {}),
    "another shape": (trial(rows((1, 2))), trial(rows(1)), {}),
    "another model": (trial(rows(book(1))), trial(rows(author(1))), {}),
    "no rows": (trial(rows(book(1))), trial(not_rows(5)), {}),
    "another order": (trial(rows(1, 2)), trial(rows(2, 1)), {"order": ("n",), "columns": ("n",)}),
    "other names": (trial(rows({"a": 1})), trial(rows({"b": 1})), {"columns": ("a",)}),
    "too many queries": (trial(rows(1)), trial(rows(1), queries=9), {"queries": 1}),
    "a call that lacks": (trial(rows(1)), trial(rows(1)), {"must_use": ("annotate",)}),
    "a call too much": (trial(rows(1)), trial(rows(1)), {"forbid": ("all",)}),
    "another value": (trial(value("a")), trial(value("A")), {"observe": "value"}),
    "nothing raised": (Trial(error("DoesNotExist"), OK), trial(value("A")), {"observe": "value"}),
}


@pytest.mark.parametrize(("expected", "observed", "keys"), TWICE.values(), ids=TWICE)
def test_no_sentence_is_said_twice(expected, observed, keys):
    found = judge(observed, expected=expected, **keys)
    said = [found.headline, *found.detail.split(". "), *(one.text for one in found.checks if not one.passed)]
    sentences = [sentence.strip(" .") for sentence in said if sentence]
    assert found.failed
    assert sorted(sentences) == sorted(set(sentences))
