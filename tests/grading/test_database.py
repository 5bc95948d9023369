"""The database kind: what an answer leaves in the database, and what probes find there afterwards."""

from dataclasses import replace

import pytest

from lessons.grading.grade import grade
from lessons.grading.types import Mark, Status, Trial
from lessons.kinds.database.tables import tables
from tests.grading.builders import encode, error, exercise, files
from tests.grading.probing import added, changed, end, gave, letter, trial


def verdict(expected, observed, **also):
    return grade(exercise("database", **also), expected=trial(*expected), observed=trial(*observed), files=files())


REMOVED = {"model": "bookshop.Book", "change": "removed", "pk": 3}


@pytest.mark.parametrize(
    "left",
    [end(), end([changed(3, price=2)]), end([REMOVED]), end([added(title="a"), added(title="b")], [letter()])],
    ids=range(4),
)
def test_the_same_rows_pass(left):
    passed = verdict([left], [left])
    assert passed.status is Status.PASSED
    assert passed.checks[0].name == "database"


@pytest.mark.parametrize(
    ("right", "given", "marks"),
    [
        (end([changed(3, price=2)]), end(), [(Mark.MISSING, "Book 3 changed (price=2)")]),
        (end(), end([REMOVED]), [(Mark.EXTRA, "Book 3 removed")]),
        (
            end([changed(3, price=2)]),
            end([changed(3, price=2, in_print=False)]),
            [(Mark.MISSING, "Book 3 changed (price=2)"), (Mark.EXTRA, "Book 3 changed (price=2, in_print=False)")],
        ),
        (end([added(title="a")]), end([added(title="a")] * 2), [(Mark.EXTRA, "Book added (title=a)")]),
    ],
)
def test_other_rows_are_told_and_shown(right, given, marks):
    failed = verdict([right], [given])
    assert failed.failed == {"database"}
    nothing = not given.seen["changes"]
    assert failed.headline == (
        "Nothing was written to the database" if nothing else "Not what the database should hold afterwards"
    )
    assert [(row.mark, row.cells[0]) for row in failed.diff.rows] == marks


def test_what_a_probe_finds_is_a_check_of_its_own():
    right, given = [gave(3, "Book.objects.count()"), end()], [gave(4, "Book.objects.count()"), end()]
    failed = verdict(right, given)
    assert failed.failed == {"probes"}
    assert failed.headline == "`Book.objects.count()`: gives `4`, expected `3`"
    assert [check.text for check in verdict(right, right).checks if check.name == "probes"] == [
        "1 statement as expected, on this data and on one hidden set"
    ]


def test_of_hidden_data_no_row_is_told():
    seen = [end([changed(3, price=2)])], [end([changed(4242, price=9)])]
    expected, observed = trial(*seen[0]), trial(*seen[0], hidden=seen[1])
    failed = grade(exercise("database"), expected=expected, observed=observed, files=files())
    assert failed.headline == "Right on this data, but not on other data"
    assert failed.detail == "On other data: not what the database should hold afterwards."
    assert "4242" not in str(failed)


def test_the_budget_is_for_the_answer():
    one, two = (replace(end(), queries=number) for number in (1, 2))
    assert verdict([one], [two], queries=1).failed == {"queries"}
    assert verdict([one], [one], queries=1).status is Status.PASSED


def test_an_answer_that_raises_fails_where_the_solution_does_not():
    expected = trial(end())
    failed = grade(exercise("database"), expected=expected, observed=Trial(error(), error()), files=files())
    assert failed.failed == {"error"}


def test_changes_are_shown_table_by_table():
    other = {"model": "bookshop.Author", "change": "added", "values": {"name": "x"}}
    book, author = tables(end([changed(3, price=encode(2.5)), other, added(title="a", price=4), REMOVED]).seen)
    assert (book.name, book.columns, book.summary) == ("Book", ("price", "title"), "1 row added, 1 row changed, 1 row removed")
    assert [(row.change, row.pk, row.cells) for row in book.rows] == [
        ("changed", "3", ("2.5", "")),
        ("added", "new", ("4", "a")),
        ("removed", "3", ("", "")),
    ]
    assert author.summary == "1 row added"


def test_rows_that_were_too_many_to_keep_are_counted():
    seen = {"changes": [changed(n, price=2) for n in range(3)], "counts": {"bookshop.Book": {"changed": 138}}}
    (book,) = tables(seen)
    assert (book.summary, book.left_out) == ("138 rows changed", 135)


@pytest.mark.parametrize("counts", [7, {}, {"bookshop.Book": 7}, {"bookshop.Book": {"changed": "x", "added": -1, "eaten": 5}}])
def test_counts_of_no_known_shape_are_made_from_what_is_there(counts):
    (book,) = tables({"changes": [changed(1, price=2)], "counts": counts})
    assert (book.summary, book.left_out) == ("1 row changed", 0)


@pytest.mark.parametrize(
    ("seen", "names"),
    [
        ({}, []),
        ({"changes": 7}, []),
        ({"changes": [7, None, {}, {"model": 1, "change": "added"}, {"model": "a.B", "change": []}]}, []),
        ({"changes": [{"model": "a.B", "change": "added"}]}, ["B"]),
        ({"changes": [{"model": "a.B", "change": "added", "values": [["x"]], "pk": {}}]}, ["B"]),
        ({"changes": [{"model": "", "change": "removed", "values": {"x": {"y": 1}}}]}, [""]),
    ],
)
def test_changes_of_no_known_shape_are_left_out(seen, names):
    assert [table.name for table in tables(seen)] == names


@pytest.mark.parametrize("given", [[], [gave(1)], [end(), end()], [gave(1), end()]], ids=range(4))
def test_a_claim_of_other_steps_does_not_pass(given):
    assert verdict([end([added(title="a")])], given).status is Status.FAILED
