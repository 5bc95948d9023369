"""The rows kind: which rows are right, whatever their order, and what is said of those that are not."""

from collections import namedtuple
from dataclasses import replace
from decimal import Decimal

import pytest

from lessons.grading.grade import grade
from lessons.grading.types import Mark, Status
from sandbox.protocol import ROWS_COMPARED, Statement
from tests.grading.builders import author, book, exercise, files, not_rows, rows, trial, verdict

Place = namedtuple("Place", "title price")  # noqa: PYI024 - Django's named rows are such tuples

PASS = {
    "the same rows": (rows(author(1), author(2)), rows(author(1), author(2))),
    "another order": (rows(author(1), author(2)), rows(author(2), author(1))),
    "nothing where nothing is": (rows(), rows()),
    "more annotations than asked for": (rows(author(1, n=2)), rows(author(1, n=2, extra=9))),
    "annotations in another order": (rows(author(1, a=1, b=2)), rows(author(1, b=2, a=1))),
    "lists for tuples": (rows((1, "a"), (2, "b")), rows([2, "b"], [1, "a"])),
    "named tuples for tuples": (rows(("Emma", 5)), rows(Place("Emma", 5))),
    "one-place tuples for values": (rows(1, 2), rows((1,), (2,))),
    "values for one-place tuples": (rows((1,), (2,)), rows(1, 2)),
    "one-place lists for values": (rows(1, 2), rows([1], [2])),
    "one-place tuples for objects": (rows(book(1), book(2)), rows((book(2),), (book(1),))),
    "objects for one-place tuples": (rows((book(1),), (book(2),)), rows(book(2), book(1))),
    "one-place tuples for some objects": (rows(book(1), book(2)), rows((book(1),), book(2))),
    "one-place tuples for objects with an annotation": (rows(author(1, n=2)), rows((author(1, n=2, m=3),))),
    "rows of one object or two": (rows([book(1)], [book(2), book(3)]), rows((book(1, n=1),), (book(2), book(3)))),
    "numbers by value": (rows((1, Decimal("2.50"))), rows((1.0, 2.5))),
    "one for True in a column of booleans": (rows(("a", True), ("b", None)), rows(("b", None), ("a", 1))),
    "nought for False in flat booleans": (rows(True, False), rows(1, 0)),
    "booleans in an annotation": (rows(author(1, alive=False)), rows(author(1, alive=0))),
    "booleans under a key": (rows({"t": "a", "on": True}), rows({"on": 1, "t": "a"})),
    "dicts with their keys in another order": (rows({"a": 1, "b": 2}), rows({"b": 2, "a": 1})),
    "a set where no order is asked for": (rows(1, 2), rows(2, 1, sequence=False)),
    "a generator": (rows(1, 2), rows(1, 2, type="generator")),
}

FAIL = {
    "one missing": (rows(1, 2), rows(1)),
    "one too many": (rows(1, 2), rows(1, 2, 3)),
    "one twice": (rows(1, 2), rows(1, 2, 2)),
    "one once where it comes twice": (rows(1, 2, 2), rows(1, 2)),
    "another one twice": (rows(1, 2, 2), rows(1, 1, 2)),
    "nothing": (rows(1), rows()),
    "something where nothing is": (rows(), rows(1)),
    "objects of another model": (rows(author(1)), rows(book(1))),
    "keys for objects": (rows(author(1)), rows(1)),
    "objects for keys": (rows(1), rows(author(1))),
    "other objects in one-place tuples": (rows(book(1)), rows((book(2),))),
    "one-place tuples in one-place tuples": (rows(book(1)), rows(((book(1),),))),
    "two-place tuples for objects": (rows(book(1)), rows((book(1), book(1)))),
    "an annotation with another value": (rows(author(1, n=2)), rows(author(1, n=3))),
    "no annotation": (rows(author(1, n=2)), rows(author(1))),
    "an annotation with another name": (rows(author(1, n=2)), rows(author(1, m=2))),
    "an annotation on some only": (rows(author(1, n=2), author(2, n=2)), rows(author(1, n=2), author(2))),
    "True in a column of numbers": (rows(("a", 1)), rows(("a", True))),
    "two in a column of booleans": (rows(("a", True)), rows(("a", 2))),
    "one where None and True are meant": (rows(("a", None), ("b", True)), rows(("a", 0), ("b", 1))),
    "numbers in a column of None": (rows(("a", None)), rows(("a", 0))),
    "places exchanged": (rows((1, 2)), rows((2, 1))),
    "a place more": (rows((1, 2)), rows((1, 2, 3))),
    "a place fewer": (rows((1, 2)), rows((1,))),
    "dicts for tuples": (rows((1, 2)), rows({"a": 1, "b": 2})),
    "tuples for dicts": (rows({"a": 1, "b": 2}), rows((1, 2))),
    "dicts with other names and other values": (rows({"a": 1, "b": 2}), rows({"c": 2, "d": 1})),
    "dicts with one key more": (rows({"a": 1}), rows({"a": 1, "b": 2})),
    "rows of several widths": (rows((1, 2), (3, 4)), rows((1, 2), (3, 4, 5))),
    "a set of what comes twice": (rows(1, 1), rows(1, sequence=False)),
    "more rows than are compared": (rows(1), rows(1, total=ROWS_COMPARED + 1)),
}


@pytest.mark.parametrize(("expected", "observed"), PASS.values(), ids=PASS)
def test_right_rows_pass(expected, observed):
    assert verdict(expected, observed).status is Status.PASSED


@pytest.mark.parametrize(("expected", "observed"), FAIL.values(), ids=FAIL)
def test_wrong_rows_fail(expected, observed):
    found = verdict(expected, observed)
    assert found.status is Status.FAILED
    assert "rows" in found.failed
    assert found.headline


def test_other_key_names_pass_with_a_note():
    found = verdict(rows({"title": "Emma", "n": 2}), rows({"name": "Emma", "count": 2}))
    assert found.status is Status.PASSED
    assert found.notes == ("Your dicts have other key names, which is fine here.",)


def test_other_key_names_fail_where_names_are_asked_for():
    found = verdict(rows({"title": "Emma", "n": 2}), rows({"name": "Emma", "n": 2}), columns=("title", "n"))
    assert found.failed == {"columns"}
    assert found.headline == "The columns have other names"
    assert found.detail == "Each row has the keys `name`, `n`, expected `title`, `n`."


def test_names_do_not_matter_for_tuples():
    assert verdict(rows(("Emma", 2)), rows(Place("Emma", 2)), columns=("name", "n")).status is Status.PASSED


COLUMNS = {
    "width": (
        rows(("a", "b", 3)),
        rows(("a", "b")),
        "Each row has 2 places, expected 3: `title`, `author`, `price`.",
    ),
    "one place": (
        rows(("a", "b", 3)),
        rows("a"),
        "Each row has 1 place, expected 3: `title`, `author`, `price`.",
    ),
    "dicts": (
        rows(("a", "b", 3)),
        rows({"title": "a"}),
        "Each row is a dict, expected a tuple: `title`, `author`, `price`. `.values_list(…)` gives tuples.",
    ),
    "flat values": (
        rows("a", columns=("title",)),
        rows({"title": "a"}),
        "Each row is a dict, expected a single value. `.values_list(…, flat=True)` gives single values.",
    ),
    "objects": (
        rows(("a", "b", 3)),
        rows(book(1)),
        "Each row is a `Book` object, expected a tuple: `title`, `author`, `price`. `.values_list(…)` gives tuples.",
    ),
}


@pytest.mark.parametrize(("expected", "observed", "text"), COLUMNS.values(), ids=COLUMNS)
def test_rows_of_another_shape_say_what_shape_is_asked_for(expected, observed, text):
    found = verdict(expected, observed, columns=("title", "author", "price"))
    assert found.failed == {"rows", "columns"}
    assert found.detail == text
    assert found.diff is None


def test_tuples_where_objects_are_asked_for():
    found = verdict(rows(book(1)), rows((1, "a")))
    assert found.detail.startswith("Each row is a tuple, expected a `Book` object.")


def test_an_author_is_spoken_with_an_n():
    found = verdict(rows(author(1)), rows((1, "a")))
    assert found.detail.startswith("Each row is a tuple, expected an `Author` object.")


def test_a_missing_annotation_is_named():
    found = verdict(rows(author(1, n_books=2)), rows(author(1)))
    assert found.detail == "The `Author` objects carry no `n_books`: annotate them with that name."


def test_an_annotation_that_only_some_carry_is_missing():
    found = verdict(rows(author(1, n=2), author(2, n=2)), rows(author(1, n=2), author(2)))
    assert found.failed == {"rows", "columns"}


def test_another_model_is_named():
    found = verdict(rows(author(1)), rows(book(1)))
    assert found.headline == "Books, not authors"
    assert found.failed == {"rows"}


NOT_ROWS = {
    "number": (not_rows(5), "That is one number, `5`. This exercise asks for rows."),
    "text": (not_rows("Emma"), "That is one text, `'Emma'`. This exercise asks for rows."),
    "None": (not_rows(None), "That is `None`. The last line has to give the rows, and some methods give nothing back."),
    "True": (not_rows(True), "That is `True`. This exercise asks for rows."),
    "object": (
        not_rows(book(1)),
        "That is one `Book` object, as `.get()` and `.first()` give. This exercise asks for rows: `.filter(…)` gives a QuerySet.",
    ),
    "aggregate": (
        not_rows({"n": 5}),
        "That is a dict, `{'n': 5}`. `.aggregate()` gives one for all rows together. This exercise asks for rows.",
    ),
    "method": (not_rows(object(), "method"), "That is a method that was not called: add `()` after its name."),
    "manager": (
        not_rows(object(), "ManagerFromBookQuerySet"),
        "That is a manager, which is where queries start: add `.all()` or another method.",
    ),
}


@pytest.mark.parametrize(("observed", "text"), NOT_ROWS.values(), ids=NOT_ROWS)
def test_what_is_no_rows_is_said_in_plain_words(observed, text):
    found = verdict(rows(book(1)), observed)
    assert found.status is Status.FAILED
    assert found.failed == {"rows"}
    assert found.headline == "These are not rows"
    assert found.detail == text


HEADLINES = {
    "missing": (rows(author(1), author(2), author(3)), rows(author(3)), "2 authors missing"),
    "extra": (rows(author(1)), rows(author(1), author(2)), "1 author extra"),
    "missing and extra": (rows(author(1), author(2)), rows(author(1), author(3)), "1 author missing, 1 extra"),
    "twice": (rows(author(1), author(2)), rows(author(1), author(1), author(2)), "1 author listed twice"),
    "missing and twice": (
        rows(author(1), author(2), author(3), author(4)),
        rows(author(1), author(1), author(2)),
        "2 authors missing, 1 listed twice",
    ),
    "four times": (rows(1), rows(1, 1, 1, 1), "1 row listed 4 times"),
    "several twice": (rows(1, 2), rows(1, 1, 2, 2), "2 rows listed more than once"),
    "plain rows": (rows(1, 2), rows(), "Nothing came back, expected 2 rows"),
    "one place off": (
        rows(("a", 1), ("b", 2), columns=("title", "price")),
        rows(("a", 1), ("b", 3)),
        "`price` is off in 1 row",
    ),
    "one annotation off": (rows(author(1, n=2), author(2, n=3)), rows(author(1, n=9), author(2, n=9)), "`n` is off in 2 authors"),
    "one key off": (rows({"t": 1, "p": 2}), rows({"t": 1, "p": 3}), "`p` is off in 1 row"),
    "another author with the same annotation": (rows(author(1, n=2)), rows(author(5, n=2)), "1 author missing, 1 extra"),
}


@pytest.mark.parametrize(("expected", "observed", "headline"), HEADLINES.values(), ids=HEADLINES)
def test_the_headline_says_what_is_off(expected, observed, headline):
    assert verdict(expected, observed).headline == headline


def test_a_model_of_two_words_is_counted_in_two_words():
    lines = [author(place) for place in (1, 2, 3)]
    lines = [type(line)(line.pk, "bookshop.StockEntry") for line in lines]
    assert verdict(rows(*lines), rows(lines[0])).headline == "2 stock entries missing"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("emma", "1 row differs only in capital letters."),
        (" Emma", "1 row differs only in the spaces around a text."),
        ("emma ", "1 row differs only in capital letters and spaces."),
    ],
)
def test_strings_that_look_alike_are_pointed_out(given, words):
    assert verdict(rows("Emma"), rows(given)).detail == words


@pytest.mark.parametrize(
    ("sql", "blamed"),
    [
        ("SELECT * FROM author INNER JOIN book ON (author.id = book.author_id)", True),
        ("SELECT * FROM author LEFT OUTER JOIN book ON (author.id = book.author_id)", True),
        ("SELECT * FROM author UNION ALL SELECT * FROM author", False),
    ],
)
def test_rows_that_repeat_are_blamed_on_a_join_only_where_there_is_one(sql, blamed):
    once, twice = trial(rows(author(1))), trial(rows(author(1), author(1)))
    result = replace(twice.visible.results[0], statements=(Statement(sql=sql, line=1, ms=0.1, counts=True),))
    observed = replace(twice, visible=replace(twice.visible, results=(result,)))
    found = grade(exercise(), expected=once, observed=observed, files=files())
    assert found.headline == "1 author listed twice"
    assert found.detail.startswith("A join to many rows") is blamed


def test_the_diff_marks_what_is_missing_extra_repeated_and_the_same():
    found = verdict(
        rows(("a", 1), ("b", 2), ("c", None), columns=("title", "n")), rows(("b", 2), ("c", None), ("c", None), ("d", 4))
    )
    assert found.diff is not None
    assert found.diff.columns == ("title", "n")
    assert [(row.mark, row.cells) for row in found.diff.rows] == [
        (Mark.MISSING, ("a", "1")),
        (Mark.EXTRA, ("d", "4")),
        (Mark.REPEATED, ("c", "None")),
        (Mark.SAME, ("b", "2")),
        (Mark.SAME, ("c", "None")),
    ]


def test_a_column_with_a_name_asked_for_has_that_head():
    found = verdict(rows(("a", 1)), rows(("a", 2)), columns=("title", "copies"))
    assert found.diff is not None
    assert found.diff.columns == ("title", "copies")


def test_an_instance_is_shown_by_the_expected_columns():
    expected = rows(author(1, n=2), columns=("id", "name", "n"), cells=[[1, "Ann", 2]])
    observed = rows(author(2, n=3, x=0), columns=("id", "n", "x"), cells=[[2, 3, 0]])
    found = verdict(expected, observed)
    assert found.diff is not None
    assert found.diff.columns == ("id", "name", "n")
    assert [row.cells for row in found.diff.rows] == [("1", "Ann", "2"), ("2", "", "3")]


def test_objects_in_one_place_tuples_are_shown_by_their_keys():
    expected = rows(book(1), columns=("id", "title"), cells=[[1, "Emma"]])
    for one, other, cells in (
        (expected, rows((book(2),)), [("1", "Emma"), ("2", "")]),
        (rows((book(2),)), expected, [("2",), ("1",)]),
    ):
        found = verdict(one, other)
        assert found.headline == "1 book missing, 1 extra"
        assert found.diff is not None
        assert [row.cells for row in found.diff.rows] == cells


def test_a_row_beyond_those_with_cells_is_still_shown():
    found = verdict(rows(author(1, n=2), author(2, n=3), cells=[[1, 2]]), rows(author(1, n=2)))
    assert found.diff is not None
    assert found.diff.rows[0].cells == ("2", "3")


def test_at_most_a_hundred_rows_of_the_diff_are_shown():
    found = verdict(rows(*range(300)), rows(*range(150)))
    assert found.diff is not None
    assert len(found.diff.rows) == 100
    assert found.diff.left_out == 200
    assert {row.mark for row in found.diff.rows} == {Mark.MISSING}


def test_a_pass_has_no_diff():
    assert verdict(rows(1), rows(1)).diff is None


def test_a_solution_without_rows_is_our_mistake():
    found = verdict(not_rows(5), rows(1))
    assert found.status is Status.NOT_GRADED
    assert "our mistake" in found.detail
