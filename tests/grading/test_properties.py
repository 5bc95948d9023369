"""What must hold for every result: no wrong answer passes, no right answer fails, and nothing makes grading raise."""

import json
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lessons.grading.grade import behaves_like, grade
from lessons.grading.types import Status, Trial, Verdict
from sandbox.protocol import ErrorReport, Observation, Outcome, Result
from tests.grading.builders import author, book, encode, exercise, files, rows, trial, value, verdict

quick = settings(max_examples=60, deadline=None)

cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from([0.1, 0.1 + 0.2, 0.3, 2.5, 1e9, 1e9 + 1]),
    st.sampled_from([Decimal("2.50"), Decimal("0.3"), Decimal(3)]),
    st.sampled_from(["", "a", "A", "a "]),
    st.builds(author, st.integers(1, 3)),
)
tables = st.one_of(
    st.lists(cells, min_size=1, max_size=12),
    st.lists(st.tuples(cells, cells), min_size=1, max_size=12),
    st.lists(st.fixed_dictionaries({"a": cells, "b": cells}), min_size=1, max_size=12),
    st.lists(st.builds(author, st.integers(1, 5), n=cells), min_size=1, max_size=12),
)


def passes(*given, **keys) -> bool:
    return verdict(*given, **keys).status is Status.PASSED


@quick
@given(st.data())
def test_every_permutation_of_a_bag_passes(data):
    table = data.draw(tables)
    assert passes(rows(*table), rows(*data.draw(st.permutations(table))))


@quick
@given(st.data())
def test_a_row_left_out_fails(data):
    table = data.draw(tables)
    place = data.draw(st.integers(0, len(table) - 1))
    assert not passes(rows(*table), rows(*table[:place], *table[place + 1 :]))


@quick
@given(st.data())
def test_a_row_listed_once_more_fails(data):
    table = data.draw(tables)
    assert not passes(rows(*table), rows(*table, data.draw(st.sampled_from(table))))


@quick
@given(st.data())
def test_a_row_changed_fails(data):
    table = data.draw(tables)
    place = data.draw(st.integers(0, len(table) - 1))
    strange = {
        "kind": "tuples",
        "rows": [*map(encode, table[:place]), ["tuple", ["not there"]], *map(encode, table[place + 1 :])],
    }
    assert not passes(rows(*table), strange)


def test_two_expected_numbers_within_the_tolerance_are_one_however_noisy():
    numbers = [999_999_999.0, 1_000_000_000.0]
    assert passes(rows(*numbers), rows(1_000_000_000.0000001, 999_999_998.9999999))
    assert passes(rows(*numbers), rows(1_000_000_000.9, 999_999_999.0))
    assert not passes(rows(*numbers), rows(1_000_000_003.0, 999_999_999.0))


@quick
@given(st.lists(st.floats(1e-3, 1e9), min_size=1, max_size=12), st.data())
def test_noise_of_floats_passes_in_any_order(numbers, data):
    noise = data.draw(st.lists(st.floats(-1e-13, 1e-13), min_size=len(numbers), max_size=len(numbers)))
    noisy = [number * (1 + each) for number, each in zip(numbers, noise, strict=True)]
    assert passes(rows(*numbers), rows(*data.draw(st.permutations(noisy))))


@quick
@given(st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=12), st.data())
def test_a_whole_number_that_is_off_by_one_fails(numbers, data):
    place = data.draw(st.integers(0, len(numbers) - 1))
    off = [*numbers[:place], numbers[place] + 1, *numbers[place + 1 :]]
    assert not passes(rows(*numbers), rows(*off))


ranked = st.lists(st.tuples(st.integers(0, 4), st.sampled_from("abc")), min_size=1, max_size=14).map(
    lambda pairs: [(place, rank, name) for place, (rank, name) in enumerate(sorted(pairs))]
)
RANKED = {"columns": ("place", "rank", "name"), "order": ("rank",)}


@quick
@given(ranked, st.data())
def test_permuting_within_ties_passes(table, data):
    shuffled = sorted(data.draw(st.permutations(table)), key=lambda row: row[1])
    assert passes(rows(*table), rows(*shuffled), **RANKED)


@quick
@given(ranked, st.data())
def test_exchanging_two_rows_of_different_ranks_fails(table, data):
    one, other = (data.draw(st.integers(0, len(table) - 1)) for _ in range(2))
    table = list(table)
    exchanged = list(table)
    exchanged[one], exchanged[other] = table[other], table[one]
    assert passes(rows(*table), rows(*exchanged), **RANKED) is (table[one][1] == table[other][1])


@quick
@given(ranked, st.data())
def test_an_order_is_right_exactly_when_its_ranks_never_fall(table, data):
    shuffled = data.draw(st.permutations(table))
    names, keys = [(name,) for _, _, name in shuffled], [rank for _, rank, _ in shuffled]
    expected = rows(*((name,) for _, _, name in table))
    fence = rows(*(((name,), rank) for _, rank, name in table))
    # Only the names are compared, so that the same row stands in several groups: try every way to tell them apart.
    in_groups = all(
        sorted(names[start:end]) == sorted((name,) for _, rank, name in table if rank == key)
        for key in set(keys)
        for start, end in [span(table, key)]
    )
    assert passes(expected, rows(*names), fence) is in_groups


def span(table, key) -> tuple[int, int]:
    ranks = [rank for _, rank, _ in table]
    return ranks.index(key), ranks.index(key) + ranks.count(key)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
TAGS = ["int", "float", "decimal", "date", "time", "datetime", "timedelta", "uuid", "bytes", "list", "tuple", "named", "dict"]
tagged = st.builds(
    lambda tag, rest: [tag, *rest], st.sampled_from([*TAGS, "set", "model", "other", "what"]), st.lists(json_values, max_size=4)
)
odd = st.recursive(
    json_values | tagged, lambda inner: st.builds(lambda tag, one: [tag, [one]], st.sampled_from(TAGS), inner), max_leaves=4
)
KEYS = ["kind", "type", "model", "columns", "rows", "cells", "total", "sequence", "keys", "value"]
odd_seen = st.dictionaries(st.sampled_from(KEYS), odd | st.lists(odd, max_size=4), max_size=10)
WANTED = [rows((1, "a"), (2, "b")), rows({"n": 1, "m": 2}), rows(author(1, n=True), author(2, n=None)), rows(1), rows()]


@settings(max_examples=120, deadline=None)
@given(odd_seen, odd_seen, st.sampled_from(WANTED))
def test_nothing_seen_makes_grading_raise(visible, hidden, wanted):
    for observe, expected in (("rows", wanted), ("value", value([1, {"a": None}]))):
        asked = exercise(observe, columns=("n", "m"), queries=1, must_use=("filter",))
        observed = trial(visible, hidden)
        found = grade(asked, expected=trial(expected, expected), observed=observed, files=files("("))
        assert found.status is Status.FAILED
        assert behaves_like(asked, observed, observed, verdict_a=found, verdict_b=found) in (True, False)
        assert Verdict.from_json(json.loads(json.dumps(found.as_json()))) == found


texts = st.text(max_size=30)
names = st.lists(texts, max_size=3).map(tuple)
reports = st.builds(
    ErrorReport,
    type=texts
    | st.sampled_from(["FieldError", "TypeError", "NameError", "SyntaxError", "AttributeError", "ImportError", "ValueError"]),
    message=texts | st.sampled_from(["'x' was never closed", "Field '{0}' expected a number but got '{}'."]),
    line=st.none() | st.integers(-5, 5),
    column=st.none() | st.integers(-5, 99),
    name=texts,
    owner=texts,
    choices=names,
    near=names,
)


@settings(max_examples=100, deadline=None)
@example(ErrorReport(type="SyntaxError", message="", line=-1), False, "")
@given(reports, st.booleans(), texts)
def test_no_error_report_makes_grading_raise(report, hidden, code):
    fine = trial(rows(1), rows(1))
    failed = Observation(outcome=Outcome.ERROR, error=report)
    observed = Trial(fine.visible, failed) if hidden else Trial(failed, fine.hidden)
    found = grade(exercise(), expected=fine, observed=observed, files=files(code))
    assert found.status is Status.ERROR
    assert Verdict.from_json(json.loads(json.dumps(found.as_json()))) == found


@pytest.mark.parametrize("make", [lambda place: (place, place / 7), lambda place: book(place, mean=place / 7)])
def test_ten_thousand_rows_are_compared(make):
    many = rows(*map(make, range(10_000)))
    backwards = rows(*map(make, reversed(range(10_000))))
    seen = [Result(label="visible", seen=table) for table in (many, backwards)]
    runs = [Trial(Observation(outcome=Outcome.OK, results=(one,)), Observation(outcome=Outcome.OK)) for one in seen]
    assert grade(exercise(), expected=runs[0], observed=runs[1], files=files()).status is Status.PASSED
