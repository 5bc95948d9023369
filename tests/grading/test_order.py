"""The order of rows is a partial one: ties may come in any order, and nothing else may."""

import pytest

from lessons.grading.types import Mark, Status
from tests.grading.builders import author, rows, verdict

TITLED = ("title", "price")
CHEAPEST_FIRST = rows(("a", 1), ("b", 2), ("c", 2), ("d", 3))

IN_ORDER = {
    "the same order": [("a", 1), ("b", 2), ("c", 2), ("d", 3)],
    "ties the other way round": [("a", 1), ("c", 2), ("b", 2), ("d", 3)],
}
OUT_OF_ORDER = {
    "two groups exchanged": [("b", 2), ("c", 2), ("a", 1), ("d", 3)],
    "one row in the next group": [("a", 1), ("b", 2), ("d", 3), ("c", 2)],
    "backwards": [("d", 3), ("c", 2), ("b", 2), ("a", 1)],
}


@pytest.mark.parametrize("observed", IN_ORDER.values(), ids=IN_ORDER)
def test_ties_come_in_any_order(observed):
    assert verdict(CHEAPEST_FIRST, rows(*observed), columns=TITLED, order=("price",)).status is Status.PASSED


@pytest.mark.parametrize("observed", OUT_OF_ORDER.values(), ids=OUT_OF_ORDER)
def test_rows_of_different_groups_do_not(observed):
    found = verdict(CHEAPEST_FIRST, rows(*observed), columns=TITLED, order=("price",))
    assert found.failed == {"order"}
    assert found.headline == "Not in the order asked for"


def test_order_does_not_matter_when_it_is_not_asked_for():
    assert verdict(CHEAPEST_FIRST, rows(*OUT_OF_ORDER["backwards"]), columns=TITLED).status is Status.PASSED


def test_a_second_key_leaves_no_tie():
    found = verdict(CHEAPEST_FIRST, rows(*IN_ORDER["ties the other way round"]), columns=TITLED, order=("price", "title"))
    assert found.failed == {"order"}


def test_the_opposite_order_is_said_to_be_so():
    found = verdict(CHEAPEST_FIRST, rows(*OUT_OF_ORDER["backwards"]), columns=TITLED, order=("-price", "title"))
    assert found.detail == "The rows come in the opposite order. The order asked for is by `price`, falling, then by `title`."


NOT_BACKWARDS = {
    "a row is missing": [("d", 3), ("c", 2), ("b", 2)],
    "there is a row more": [("d", 3), ("e", 2), ("c", 2), ("b", 2), ("a", 1)],
    "a row is listed twice": [("d", 3), ("c", 2), ("b", 2), ("a", 1), ("a", 1)],
    "another row stands in a row's place": [("d", 3), ("c", 2), ("b", 2), ("e", 1)],
    "only the ends are exchanged": [("d", 3), ("a", 1), ("b", 2), ("c", 2)],
}


@pytest.mark.parametrize("observed", NOT_BACKWARDS.values(), ids=NOT_BACKWARDS)
def test_the_order_is_opposite_only_when_all_rows_are_there_and_every_tie_stands_opposite(observed):
    found = verdict(CHEAPEST_FIRST, rows(*observed), columns=TITLED, order=("price",))
    assert "order" in found.failed
    assert "opposite" not in found.detail


def test_reversed_ties_in_a_slice_are_not_the_opposite_order():
    expected = rows(("a", 9), ("b", 9), ("c", 5), ("d", 5), ("e", 5))
    observed = rows(("b", 9), ("a", 9), ("h", 5), ("g", 5), ("e", 5))
    found = verdict(expected, observed, columns=TITLED, order=("-price", "title"))
    assert found.failed == {"rows", "order"}
    assert "opposite" not in found.detail


def test_the_first_row_out_of_place_is_named_and_the_fewest_are_blamed():
    found = verdict(rows(1, 2, 3, 4, 5), rows(1, 5, 2, 3, 4), columns=("n",), order=("n",))
    assert found.detail == "The first row out of place is row 2. The order asked for is by `n`."
    assert found.diff is not None
    assert [row.cells for row in found.diff.rows if row.mark is Mark.MOVED] == [("5",)]


def test_rows_that_tie_are_blamed_together_or_not_at_all():
    found = verdict(CHEAPEST_FIRST, rows(("d", 3), ("c", 2), ("b", 2)), columns=TITLED, order=("price",))
    assert found.diff is not None
    assert [row.cells[0] for row in found.diff.rows if row.mark is Mark.MOVED] == ["d"]


def test_a_set_has_no_order():
    found = verdict(rows(1, 2), rows(1, 2, sequence=False), columns=("n",), order=("n",))
    assert found.failed == {"order"}
    assert found.headline == "A set has no order"
    assert found.diff is None


def test_keys_of_dicts_are_found_by_name():
    expected = rows({"t": "a", "p": 1}, {"t": "b", "p": 1}, {"t": "c", "p": 2})
    right = rows({"x": "b", "y": 1}, {"x": "a", "y": 1}, {"x": "c", "y": 2})
    assert verdict(expected, right, order=("p",)).status is Status.PASSED
    assert verdict(expected, rows({"t": "c", "p": 2}, {"t": "a", "p": 1}, {"t": "b", "p": 1}), order=("p",)).failed == {"order"}


def test_keys_of_instances_come_with_the_solution():
    expected = rows(author(1), author(2), author(3), keys=[["Ann"], ["Ann"], ["Bo"]])
    assert verdict(expected, rows(author(2), author(1), author(3)), order=("name",)).status is Status.PASSED
    assert verdict(expected, rows(author(1), author(3), author(2)), order=("name",)).failed == {"order"}


def test_flat_values_are_their_own_key():
    assert verdict(rows("a", "b"), rows("b", "a"), order=("title",)).failed == {"order"}


class TestKeysFence:
    """Where the key is not in the row, a fence gives each row with its key."""

    EXPECTED = rows("Ann", "Bo", "Cy", "Ann")
    FENCE = rows(("Ann", 1), ("Bo", 1), ("Cy", 2), ("Ann", 3))

    @pytest.mark.parametrize("observed", [["Ann", "Bo", "Cy", "Ann"], ["Bo", "Ann", "Cy", "Ann"]])
    def test_ties_come_in_any_order(self, observed):
        assert verdict(self.EXPECTED, rows(*observed), self.FENCE).status is Status.PASSED

    @pytest.mark.parametrize("observed", [["Ann", "Ann", "Bo", "Cy"], ["Ann", "Cy", "Bo", "Ann"], ["Cy", "Ann", "Bo", "Ann"]])
    def test_a_row_that_stands_there_twice_is_due_in_both_places(self, observed):
        assert verdict(self.EXPECTED, rows(*observed), self.FENCE).failed == {"order"}

    def test_the_fence_may_come_in_another_order(self):
        fence = rows(("Cy", 2), ("Bo", 1), ("Ann", 1))
        assert verdict(rows("Ann", "Bo", "Cy"), rows("Bo", "Ann", "Cy"), fence).status is Status.PASSED
        assert verdict(rows("Ann", "Bo", "Cy"), rows("Bo", "Cy", "Ann"), fence).failed == {"order"}

    def test_instances_stand_in_it_without_their_annotations(self):
        fence = rows((author(1), "x"), (author(2), "x"))
        assert verdict(rows(author(1), author(2)), rows(author(2), author(1)), fence).status is Status.PASSED

    def test_instances_may_stand_in_one_place_tuples(self):
        fence = rows(((author(1),), "x"), ((author(2),), "y"))
        assert verdict(rows(author(1), author(2)), rows((author(1),), (author(2),)), fence).status is Status.PASSED
        assert verdict(rows(author(1), author(2)), rows((author(2),), (author(1),)), fence).failed == {"order"}

    def test_it_wins_over_the_columns_of_the_row(self):
        fence = rows((("a", 2), 1), (("b", 1), 2))
        found = verdict(rows(("a", 2), ("b", 1)), rows(("b", 1), ("a", 2)), fence, columns=TITLED, order=("price",))
        assert found.failed == {"order"}

    BROKEN = {
        "a row is lacking": rows(("Ann", 1), ("Bo", 1), ("Cy", 2)),
        "a row too many": rows(("Ann", 1), ("Bo", 1), ("Cy", 2), ("Ann", 3), ("Di", 4)),
        "no pairs": rows("Ann", "Bo", "Cy", "Ann"),
        "the solution is not in its order": rows(("Ann", 1), ("Ann", 1), ("Bo", 2), ("Cy", 3)),
    }

    @pytest.mark.parametrize("fence", BROKEN.values(), ids=BROKEN)
    def test_a_fence_that_does_not_fit_is_our_mistake(self, fence):
        assert verdict(self.EXPECTED, self.EXPECTED, fence).status is Status.NOT_GRADED


class TestRowsThatAreNotRight:
    """The order is then judged on the rows that both have in common."""

    def test_a_missing_and_an_extra_row_do_not_disturb_it(self):
        assert verdict(rows(1, 2, 3, 4), rows(1, 9, 3, 4), columns=("n",), order=("n",)).failed == {"rows"}

    def test_it_can_be_wrong_too(self):
        assert verdict(rows(1, 2, 3, 4), rows(4, 9, 3), columns=("n",), order=("n",)).failed == {"rows", "order"}

    def test_a_row_listed_twice_side_by_side_is_in_order(self):
        assert verdict(rows(1, 2, 3), rows(1, 1, 2, 2, 3), columns=("n",), order=("n",)).failed == {"rows"}

    def test_the_later_of_two_places_is_allowed_when_the_earlier_is_lost(self):
        fence = rows(("Ann", 1), ("Bo", 2), ("Ann", 3))
        assert verdict(rows("Ann", "Bo", "Ann"), rows("Bo", "Ann"), fence).failed == {"rows"}

    def test_it_is_not_judged_when_no_row_is_right(self):
        for observed in ([], [7, 8]):
            found = verdict(rows(1, 2), rows(*observed), columns=("n",), order=("n",))
            assert [check.name for check in found.checks] == ["rows", "columns"]

    def test_it_is_not_judged_on_rows_of_another_shape(self):
        found = verdict(rows((1, 2)), rows((1, 2, 3)), columns=("n", "m"), order=("n",))
        assert found.failed == {"rows", "columns"}


BROKEN = {
    "no keys of the instances": ({"order": ("name",)}, rows(author(1), author(2))),
    "a name that is no column": ({"order": ("weight",), "columns": TITLED}, CHEAPEST_FIRST),
    "a solution that is not in its own order": ({"order": ("price",), "columns": TITLED}, rows(("a", 1), ("b", 2), ("c", 1))),
    "a solution that is a set": ({"order": ("n",), "columns": ("n",)}, rows(1, 2, sequence=False)),
}


@pytest.mark.parametrize(("keys", "expected"), BROKEN.values(), ids=BROKEN)
def test_an_order_that_cannot_be_told_is_our_mistake(keys, expected):
    assert verdict(expected, expected, **keys).status is Status.NOT_GRADED
