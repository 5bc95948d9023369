"""Choosing hidden data: the fewest databases, of both sorts, the empty one last; and the constants to build them around."""

from dataclasses import replace

import pytest

from lessons.catalogue.types import Answer
from lessons.distil import EMPTY, constants, fewest
from lessons.recipes import Around, Built, Seeded
from sandbox.protocol import FILE, File
from tests.grading.builders import exercise

SMALL, OTHER, LARGE = Seeded(101, 0.1), Seeded(202, 0.1), Seeded(303, 1.2)
BUILT, AGAIN = Built(1, 4), Built(2, 6)
OFFERED = (SMALL, OTHER, LARGE, BUILT, AGAIN, EMPTY)


@pytest.mark.parametrize(
    ("kills", "chosen"),
    [
        ([{0, 3}, {0}], [SMALL, BUILT]),
        ([{0, 1}, {1, 4}], [OTHER, AGAIN]),
        ([{0}, {1}, {3}], [SMALL, OTHER, BUILT]),
        ([{2}, {0, 1, 3}], [LARGE, BUILT]),
        ([{0, 2}, {2, 1, 3}], [SMALL, BUILT]),
        ([{0}, {5}], [SMALL, EMPTY]),
        ([{0, 5}, {1, 5}, {3, 5}], [SMALL, OTHER, BUILT]),
        ([set(), {0}], [SMALL, BUILT]),
        ([], [SMALL, BUILT]),
    ],
)
def test_the_fewest_that_tell_all_apart_are_chosen(kills, chosen):
    assert fewest(OFFERED, [frozenset(each) for each in kills]) == chosen


def test_no_more_than_a_list_of_recipes_may_hold_are_chosen():
    offered = [Seeded(seed, 0.1) for seed in range(9)]
    found = fewest(offered, [frozenset({place}) for place in range(9)])
    assert len(found) == 6


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('Book.objects.filter(title="Emma", price__lt=20).order_by("price")', Around(texts=("Emma",), numbers=("20",))),
        (
            'x.filter(a__gte=datetime.date(2020, 1, 31), b="2021-02-01")',
            Around(("2021-02-01",), (), ("2020-01-31", "2021-02-01")),
        ),
        ('x.filter(price=Decimal("4.99"))', Around(texts=("4.99",), numbers=("4.99",))),
        ('x.filter(a__gt=F("b") + datetime.timedelta(days=3))', Around(numbers=("3",), seconds=(259200.0,), exact=True)),
        ('x.aggregate(total=Sum("price"))', Around(exact=True)),
    ],
)
def test_an_exercises_constants_are_found_and_its_fields_names_are_not(code, found):
    one = replace(exercise(), solution=Answer((File(FILE, code),), 1))
    assert constants(one) == found
