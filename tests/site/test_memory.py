"""How well it went, and when it comes back: pure functions."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Rating, State
from hypothesis import given
from hypothesis import strategies as st

from lessons.memory import MOST, chosen, day_of, rated, remembered

NOW = datetime(2026, 3, 3, 12, 30, tzinfo=UTC)
DAY = timedelta(days=1)

ratings = st.sampled_from([Rating.Again, Rating.Hard, Rating.Good])
keys = st.from_regex(r"\A[ab]/[cd]#[a-z]{1,4}\Z")


def away(*given: Rating) -> timedelta:
    """For how long it stays away after these, each given on the day it came back."""
    memory = remembered(None, given[0], NOW)
    for rating in given[1:]:
        memory = remembered(memory, rating, memory.due)
    return memory.due - memory.last_review


@pytest.mark.parametrize(
    ("attempts", "hints", "shown", "rating"),
    [
        (1, 0, False, Rating.Good),
        (2, 0, False, Rating.Hard),
        (1, 1, False, Rating.Hard),
        (7, 3, False, Rating.Hard),
        (0, 0, True, Rating.Again),
        (1, 0, True, Rating.Again),
        (5, 2, True, Rating.Again),
    ],
)
def test_it_went_well_at_the_first_try_and_without_a_hint(attempts, hints, shown, rating):
    assert rated(attempts=attempts, hints=hints, shown=shown) is rating


@given(st.integers(0, 99), st.integers(0, 9), st.booleans())
def test_nothing_is_ever_easy(attempts, hints, shown):
    assert rated(attempts=attempts, hints=hints, shown=shown) is not Rating.Easy


def test_what_went_well_stays_away_longer_each_time():
    waits = [away(*[Rating.Good] * times) for times in range(1, 6)]
    assert waits == sorted(waits)
    assert waits[0] == 2 * DAY
    assert waits[-1] > 100 * DAY


@given(st.lists(ratings, max_size=8))
def test_the_better_it_went_the_longer_it_stays_away(before):
    assert away(*before, Rating.Again) <= away(*before, Rating.Hard) <= away(*before, Rating.Good)


def test_what_was_shown_comes_back_the_next_day():
    assert away(Rating.Again) == DAY


def test_what_was_forgotten_after_long_comes_back_within_days():
    assert away(*[Rating.Good] * 4) > 100 * DAY
    assert away(*[Rating.Good] * 4, Rating.Again) < 10 * DAY


@given(st.lists(st.tuples(ratings, st.integers(0, 1000)), min_size=1, max_size=12))
def test_it_always_comes_back_in_whole_days_and_within_a_year(reviews):
    memory, at = None, NOW
    for rating, days in reviews:
        at += days * DAY
        memory = remembered(memory, rating, at)
        assert memory.due - at in [number * DAY for number in range(1, 366)]
        assert memory.state is State.Review
        assert memory.last_review == at


@given(st.lists(ratings, max_size=8), ratings)
def test_no_chance_is_in_it(before, last):
    assert away(*before, last) == away(*before, last)


def test_a_clock_that_was_put_back_stops_nothing():
    memory = remembered(None, Rating.Good, NOW)
    assert remembered(memory, Rating.Good, NOW - 30 * DAY).due > NOW - 30 * DAY


def test_what_was_learnt_in_steps_goes_on_in_days():
    memory = replace(remembered(None, Rating.Good, NOW), state=State.Relearning, step=0)
    assert remembered(memory, Rating.Good, NOW + DAY).state is State.Review


def test_a_day_begins_at_midnight():
    assert day_of(NOW) == (datetime(2026, 3, 3, tzinfo=UTC), datetime(2026, 3, 4, tzinfo=UTC))


# The day's set


def test_lessons_take_turns_the_most_overdue_first():
    assert chosen(["a/c#1", "a/c#2", "a/c#3", "b/d#1", "b/d#2"], []) == ["a/c#1", "b/d#1", "a/c#2", "b/d#2", "a/c#3"]


def test_another_lesson_comes_after_the_one_that_is_done():
    assert chosen(["a/c#2", "b/d#1"], ["a/c#1"]) == ["b/d#1", "a/c#2"]


def test_a_set_is_of_the_most_overdue():
    due = [f"a/c#{number}" for number in range(30)]
    assert chosen(due, []) == due[:MOST]
    assert chosen(due, ["b/d#1", "b/d#2"]) == due[: MOST - 2]


def test_a_day_on_which_more_were_done_than_a_set_has_is_over():
    assert chosen(["a/c#1"], [f"b/d#{number}" for number in range(MOST + 5)]) == []


@given(st.lists(keys, unique=True, max_size=25))
def test_the_order_stays_while_a_set_is_worked_through(due):
    whole, done = chosen(due, []), list[str]()
    for key in whole:
        assert chosen([one for one in due if one not in done], done)[0] == key
        done.append(key)
    assert chosen([one for one in due if one not in done], done) == []
