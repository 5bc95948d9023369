"""Answers that did the same have one hash, however they were written; answers that did not have two."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.grading.behaviour import LENGTH, behaviour, shape, sql_shape
from lessons.grading.grade import behaves_like, grade, kinds
from lessons.grading.types import Check, Status, Trial, Verdict
from sandbox.protocol import ErrorReport, Observation, Outcome, Result, Statement, Step
from tests.grading.builders import author, ended, error, exercise, not_rows, rows, run, trial, value
from tests.grading.test_properties import odd_seen, reports, tables

FAILED = Verdict(status=Status.FAILED, headline="2 rows missing", checks=(Check("rows", False, "Not the right rows"),))
quick = settings(max_examples=60, deadline=None)


def hashed(seen: Trial, verdict: Verdict = FAILED, observe: str = "rows", **also) -> str:
    return behaviour(exercise(observe, **also), seen, verdict)


def step(value=1, **also) -> Step:
    return Step(**{"asked": "f()", "seen": {"value": value}, **also})


def steps(*every: Step, **seen) -> Trial:
    result = Result(label="visible", seen=seen, steps=every)
    return Trial(Observation(outcome=Outcome.OK, results=(result,)), run(hidden=True))


@quick
@given(st.data())
def test_rows_in_another_order_are_the_same_unless_an_order_is_asked_for(data):
    table = data.draw(tables)
    shuffled = data.draw(st.permutations(table))
    one, other = trial(rows(*table), rows(*table)), trial(rows(*shuffled), rows(*shuffled))
    assert hashed(one) == hashed(other)


def test_the_order_of_rows_counts_where_one_is_asked_for():
    one, other = trial(rows(1, 2)), trial(rows(2, 1))
    assert hashed(one, order=("price",)) != hashed(other, order=("price",))
    assert hashed(one, order=("price",)) == hashed(trial(rows(1, 2, type="QuerySet")), order=("price",))


@quick
@given(st.data())
def test_what_has_one_hash_is_judged_alike(data):
    one = data.draw(tables)
    other = data.draw(st.permutations(one) | tables)
    first, second = trial(rows(*one), rows(*one)), trial(rows(*other), rows(*other))
    if hashed(first) == hashed(second):
        asked, expected = exercise(), trial(rows("wanted"), rows("wanted"))
        verdicts = [grade(asked, expected=expected, observed=seen, files=()) for seen in (first, second)]
        assert behaves_like(asked, first, second, verdict_a=verdicts[0], verdict_b=verdicts[1])


SAME = [
    (rows(0.1 + 0.2), rows(0.3)),
    (rows(2), rows(2.0)),
    (rows((1,), (2,)), rows(2, 1)),
    (rows({"a": 1, "b": 2}), rows({"b": 2, "a": 1})),
    (rows(author(1)), rows(author(1), cells=[[1, "shown"]], columns=("id", "name"))),
    (not_rows(1, "method"), not_rows(2, "function")),
]
OTHER = [
    (rows(1), rows(1, 1)),
    (rows(1), rows(2)),
    (rows(1), rows("1")),
    (rows(9_780_000_000_001), rows(9_780_000_000_002)),
    (rows(None), rows()),
    (rows((1, 2)), rows((2, 1))),
    (rows({"a": 1, "b": 2}), rows({"a": 2, "b": 1})),
    (rows(author(1, n=2)), rows(author(1, n=3))),
    (not_rows(1), rows(1)),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_other_spellings_of_the_same_rows_have_one_hash(one, other):
    assert hashed(trial(one)) == hashed(trial(other))


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_rows_have_another_hash(one, other):
    assert hashed(trial(one)) != hashed(trial(other))


def test_what_differs_on_hidden_data_only_has_another_hash():
    assert hashed(trial(rows(1), rows(1))) != hashed(trial(rows(1), rows(2)))


def test_other_failed_checks_are_another_behaviour():
    order = replace(FAILED, checks=(Check("order", False, "Another order"),))
    assert hashed(trial(rows(1))) != hashed(trial(rows(1)), order)


def test_how_many_queries_were_sent_counts_only_where_they_are_what_is_wrong():
    few, many = trial(rows(1), queries=1), trial(rows(1), queries=21)
    slow = replace(FAILED, checks=(Check("queries", False, "21 queries, budget 1"),))
    assert hashed(few) == hashed(many)
    assert hashed(few, slow) != hashed(many, slow)


def test_times_and_sql_are_no_behaviour():
    def sent(sql: str, ms: float) -> Trial:
        statement = Statement(sql=sql, line=1, ms=ms, counts=True)
        result = Result(label="visible", seen=rows(1), statements=(statement,))
        return Trial(Observation(outcome=Outcome.OK, results=(result,), ms=ms), run(hidden=True))

    assert hashed(sent("SELECT 1", 0.5)) == hashed(sent("SELECT 2", 900.0))


def test_an_error_is_known_by_its_type_and_what_its_message_does_not_quote():
    one, same, other = (
        Trial(error("FieldError", message), run(hidden=True))
        for message in ("Cannot resolve keyword 'prise'", "Cannot resolve keyword 'cost'", "Unsupported lookup 'x'")
    )
    assert hashed(one) == hashed(same) != hashed(other)
    assert hashed(one) != hashed(Trial(error("ValueError", "Cannot resolve keyword 'x'"), run(hidden=True)))


def test_how_a_run_ended_counts():
    ends = [Trial(ended(outcome), run(hidden=True)) for outcome in (Outcome.TIMEOUT, Outcome.MEMORY, Outcome.OUTPUT)]
    assert len({hashed(seen) for seen in ends}) == 3


@pytest.mark.parametrize(("one", "other", "alike"), [(1, 1.0, True), (1, 2, False), ([1], [2], False), (True, "True", False)])
def test_values_are_told_apart(one, other, alike):
    assert (hashed(trial(value(one)), observe="value") == hashed(trial(value(other)), observe="value")) is alike


def test_steps_are_told_apart_by_what_they_gave_and_left_behind():
    left = {"changes": [{"model": "a.B", "change": "added", "values": {"n": 1}}, {"model": "a.B", "change": "removed", "pk": 1}]}
    backwards = {"changes": left["changes"][::-1]}
    one = steps(step(1), step(asked="", seen=left))
    assert hashed(one, observe="calls") == hashed(steps(step(1), step(asked="", seen=backwards)), observe="calls")
    assert hashed(one, observe="calls") != hashed(steps(step(2), step(asked="", seen=left)), observe="calls")
    assert hashed(one, observe="calls") != hashed(steps(step(1), step(asked="", seen={"changes": []})), observe="calls")
    raised = step(seen={}, error=ErrorReport(type="ValueError", message="no 1"))
    assert hashed(steps(raised), observe="calls") != hashed(steps(step(1)), observe="calls")


def page(**also):
    return {"status": 200, "headers": [["Content-Type", "text/html"]], "body": ["<p>One</p>"], "whole": True, **also}


@pytest.mark.parametrize(
    ("changed", "alike"),
    [
        ({"body": ["<p>", " One </p>"], "bytes": 20, "templates": ["x.html"]}, True),
        ({"headers": [["content-type", "text/html"], ["Date", "today"]]}, True),
        ({"body": ["<p>Two</p>"]}, False),
        ({"status": 404}, False),
        ({"headers": [["Content-Type", "text/html"], ["X-Extra", "1"]]}, False),
    ],
)
def test_responses_are_told_apart_by_their_parts(changed, alike):
    one, other = (steps(step(seen={"response": response})) for response in (page(), page(**changed)))
    assert (hashed(one, observe="responses") == hashed(other, observe="responses")) is alike


def test_tests_are_told_apart_by_the_mutants_that_survive_and_not_by_their_names():
    def tried(name: str, outcome: str) -> Trial:
        found = [{"name": name, "outcome": outcome, "said": name, "line": 1, "text": name}]
        return steps(versions=[{"name": "a mutant", "role": "mutant", "tests": found}])

    assert hashed(tried("test_a", "failed"), observe="tests") == hashed(tried("test_b", "failed"), observe="tests")
    assert hashed(tried("test_a", "failed"), observe="tests") != hashed(tried("test_a", "passed"), observe="tests")


def test_models_are_told_apart_without_the_names_of_constraints():
    def made(constraint: str, type_name: str = "CharField") -> Trial:
        field = {"name": "title", "type": type_name, "sql": "varchar", "options": {"related_name": constraint}}
        check = {"name": constraint, "on": ["title"], "where": constraint}
        return steps(models=[{"model": "shop.Book", "fields": [field], "checks": [check]}], sql=[constraint])

    assert hashed(made("one"), observe="schema") == hashed(made("two"), observe="schema")
    assert hashed(made("one"), observe="schema") != hashed(made("one", "TextField"), observe="schema")


deep: list = []
for _ in range(100_000):
    deep = ["list", [deep]]
HOSTILE = [
    {"rows": deep, "kind": "tuples"},
    {"rows": [deep], "kind": "tuples", "value": deep},
    {"value": deep, "versions": deep, "models": [{"fields": deep}], "response": {"headers": deep, "body": deep, "status": deep}},
    {"rows": [["int", "9" * 10_000], ["decimal", "1e999999999"], ["float", "nan"], ["datetime", "x"]], "kind": "tuples"},
    {"rows": [["dict", [[["list", []], 1]]], ["model", "a.B", deep, "", {"n": deep}]], "kind": "instances"},
    {"rows": [["number", "x"]] * 10_000, "kind": "tuples"},
    {"html": {"body": ["<p>" * 5_000], "whole": True}, "response": {"body": ["[" * 8_000], "whole": True, "status": 200}},
]


@pytest.mark.parametrize("observe", sorted(kinds()))
@pytest.mark.parametrize("seen", HOSTILE)
def test_nothing_hostile_raises(observe, seen):
    claimed = steps(Step(asked="f()", seen=seen), Step(asked="", seen=seen), **seen)
    found = hashed(claimed, observe=observe)
    assert len(found) == LENGTH
    assert found == hashed(claimed, observe=observe)


@settings(max_examples=150, deadline=None)
@given(odd_seen, odd_seen, st.none() | reports, st.sampled_from(sorted(kinds())))
def test_nothing_odd_raises(seen, other, report, observe):
    claimed = steps(Step(asked="f()", seen=other, error=report), Step(asked="", seen=other), **seen)
    assert hashed(claimed, observe=observe) == hashed(claimed, observe=observe)


def test_what_is_too_large_to_look_at_is_one_behaviour():
    assert hashed(trial(rows(*range(60_000)))) == hashed(trial(rows(*range(60_001))))


# SQL


def sent(*sql: str) -> Trial:
    statements = tuple(Statement(sql=one, line=1, ms=0.1, counts=True) for one in sql)
    return Trial(
        Observation(outcome=Outcome.OK, results=(Result(label="visible", seen={}, statements=statements),)), ended(Outcome.OK)
    )


@pytest.mark.parametrize(
    ("sql", "plain"),
    [
        ("SELECT 1", "SELECT ?"),
        ('SELECT "a"."n1" FROM "a" WHERE "a"."x" = \'it\'\'s\'', 'SELECT "a"."n1" FROM "a" WHERE "a"."x" = ?'),
        ("x IN (1, 2, 3) AND y IN ('a')", "x IN (?) AND y IN (?)"),
        ("VALUES (1, 'a'), (2, 'b')", "VALUES (?)"),
        ("x = -3 AND y - 1 > 2.5e-3", "x = ? AND y - ? > ?"),
        ("T4.id = X'ff'", "T4.id = ?"),
        ('SELECT "price 20" AS "5"', 'SELECT "price 20" AS "5"'),
        ('SAVEPOINT "s140_x1"', "SAVEPOINT "),
        ('RELEASE SAVEPOINT "s140_x2"', "RELEASE SAVEPOINT "),
        ("SELECT\n  'open", "SELECT ?"),
    ],
)
def test_literals_are_left_out_of_a_statements_shape(sql, plain):
    assert shape(sql) == plain


def test_other_values_are_the_same_shape_and_other_aliases_another():
    assert sql_shape(sent("SELECT a WHERE b > 1")) == sql_shape(sent("SELECT a  WHERE b > 22"))
    assert sql_shape(sent('SELECT a AS "n"')) != sql_shape(sent('SELECT a AS "m"'))


def test_a_query_for_each_row_is_one_shape_however_many_rows_there_are():
    every = [f"SELECT author WHERE id = {number}" for number in range(20)]
    assert sql_shape(sent("SELECT books", *every)) == sql_shape(sent("SELECT books", *every[:3]))
    assert sql_shape(sent("SELECT books", *every)) != sql_shape(sent("SELECT books", every[0]))


@pytest.mark.parametrize("sql", ["'" * 9_999, '"' * 9_999, "1." * 4_999 + "a", "?," * 4_999, "(?)," * 2_499, "-" * 9_999])
def test_a_shape_takes_no_longer_than_its_statement_is_long(sql):
    assert len(sql_shape(sent(*[sql] * 100))) == LENGTH


def test_hashes_are_the_same_in_every_process():
    assert [hashed(trial(rows(1, "a"))), sql_shape(sent("SELECT 1"))] == PINNED


PINNED = ["31a09d0b0f57f4b5", "1c8536cb9420cc35"]
"""They are stored: with other ones, what is stored finds nothing alike any more."""
