"""Steps: what probes gave, and what they left behind, beside the reference's."""

import re
from dataclasses import replace

import pytest

from lessons.grading.broken import BrokenExercise
from lessons.grading.grade import behaves_like, grade
from lessons.grading.leftovers import in_short, told_of
from lessons.grading.types import Mark, Status, Trial
from lessons.kinds.calls.kind import STEPS
from sandbox.protocol import Step
from tests.grading.builders import author, encode, error, exercise, files
from tests.grading.probing import added, changed, end, gave, letter, raised, result, trial

CALLS = exercise("calls")


def judged(expected, observed, asked=CALLS):
    return grade(asked, expected=expected, observed=observed, files=files("def f(n):\n    raise ValueError\n"))


def verdict(expected, observed):
    """Of steps that are the same on hidden data."""
    return judged(trial(*expected), trial(*observed))


@pytest.mark.parametrize(
    ("expected", "observed"),
    [
        ([gave(5), end()], [gave(5), end()]),
        ([gave((1, 2)), end()], [gave([1, 2]), end()]),
        ([gave(None), end()], [gave(None), end()]),
        ([gave(author(3)), end()], [gave(author(3)), end()]),
        ([raised(), end()], [raised(message="another message"), end()]),
        ([gave(1), end([added(title="a"), added(title="b")])], [gave(1), end([added(title="b"), added(title="a")])]),
        ([gave(1), end([added(price=2.5)])], [gave(1), end([added(price=2.5000000000001)])]),
        ([gave(1), end(mail=[letter()])], [gave(1), end(mail=[letter()])]),
        ([gave(1), end(), gave(2, "g()"), end()], [gave(1), end(), gave(2, "g()"), end()]),
    ],
)
def test_a_right_answer_passes(expected, observed):
    passed = verdict(expected, observed)
    assert passed.status is Status.PASSED
    assert passed.checks[0].text.endswith("as expected, on this data and on one hidden set")


def test_the_number_of_calls_is_told():
    assert verdict([gave(1), gave(2), end()], [gave(1), gave(2), end()]).checks[0].text.startswith("2 calls as expected")


@pytest.mark.parametrize(
    ("right", "given", "headline"),
    [
        (gave(5), gave(6), "`f(1)`: gives `6`, expected `5`"),
        (gave(5), gave("5"), "`f(1)`: gives `'5'`, expected `5`"),
        (gave(5), gave(None), "`f(1)`: gives `None`, expected `5`"),
        (gave("a"), gave("A"), "`f(1)`: gives `'A'`, expected `'a'`: they differ only in capital letters"),
        (gave([1]), gave([1, 1]), "`f(1)`: gives `[1, 1]`, expected `[1]`: it has 2 items, expected 1"),
        (
            gave(["a", "b"]),
            gave(["a,b"]),
            "`f(1)`: gives `['a,b']`, expected `['a', 'b']`: one text holds them all, and was not split",
        ),
        (gave(3), gave(author(3)), "`f(1)`: gives one `Author` (`bookshop.Author 3`), expected `3`"),
        (gave([1]), gave({1}), "`f(1)`: gives `{1}`, expected `[1]`"),
        (gave(True), gave(1), "`f(1)`: gives `1`, expected `True`"),
        (gave(author(3)), gave("bookshop.Author 3"), "`f(1)`: gives `'bookshop.Author 3'`, expected `bookshop.Author 3`"),
        (gave((1, 2)), gave({1: 2}), "`f(1)`: gives `{1: 2}`, expected `(1, 2)`"),
        (gave(5), raised(), "`f(1)`: raises `ValueError`"),
        (raised(), gave(5), "`f(1)`: raises nothing, expected `ValueError`"),
        (raised(), raised("KeyError"), "`f(1)`: raises `KeyError`, expected `ValueError`"),
    ],
)
def test_a_wrong_step_is_told(right, given, headline):
    failed = verdict([right, end()], [given, end()])
    assert failed.failed == {"calls"}
    assert failed.headline == headline


def test_two_things_that_look_alike_are_told_apart_by_what_they_are():
    asked = Step(asked="f(1)", seen={"value": ["uuid", "12"]})
    assert verdict([asked, end()], [gave(12), end()]).headline == "`f(1)`: gives one number, expected one UUID"


def test_an_exception_that_should_not_be_is_shown_on_its_line():
    failed = verdict([gave(5), end()], [raised(message="no such book"), end()])
    assert failed.line == 1
    assert "ValueError: no such book" in failed.traceback


def test_several_wrong_steps_are_counted_and_each_is_shown():
    failed = verdict([gave(1), gave(2, "f(2)"), gave(3, "f(3)"), end()], [gave(1), gave(0, "f(2)"), gave(0, "f(3)"), end()])
    assert failed.headline == "2 calls are off"
    assert failed.detail == "`f(2)`: gives `0`, expected `2`."
    assert failed.diff.columns == ("Call", "Gives")
    assert [(row.mark, row.cells) for row in failed.diff.rows] == [
        (Mark.SAME, ("f(1)", "1")),
        (Mark.EXTRA, ("f(2)", "0")),
        (Mark.MISSING, ("f(2)", "2")),
        (Mark.EXTRA, ("f(3)", "0")),
        (Mark.MISSING, ("f(3)", "3")),
    ]


def test_a_diff_shows_only_so_many_rows():
    expected, observed = ([*(gave(value, f"f({n})") for n in range(50)), end()] for value in (1, 2))
    diff = verdict(expected, observed).diff
    assert (len(diff.rows), diff.left_out) == (40, 60)


@pytest.mark.parametrize(
    "observed",
    [
        [],
        [end()],
        [gave(1)],
        [gave(1), gave(2)],
        [gave(1), end()],
        [gave(1), gave(2), gave(3), end()],
        [gave(1), end(), gave(2), end()],
        [gave(1), gave(2), end(), end()],
    ],
    ids=range(8),
)
def test_too_few_or_too_many_steps_do_not_pass(observed):
    failed = verdict([gave(1), gave(2), end()], observed)
    assert (failed.failed, failed.headline) == ({"calls"}, "Not every probe was answered")


def test_a_statement_that_could_not_prepare_leads_and_shifts_nothing():
    expected = [gave(1), gave(2), end([added(title="a")]), gave(3), end([added(title="b")])]
    observed = [raised("ImportError", "from shop import f"), end(), gave(3), end([added(title="b")])]
    failed = verdict(expected, observed)
    assert failed.headline == "`from shop import f`: raises `ImportError`"
    assert failed.failed == {"calls", "database"}
    assert [row.cells for row in failed.diff.rows if row.mark is Mark.SAME] == [("f(1)", "3")]


def test_an_error_in_preparing_is_no_answer_even_where_the_same_error_is_expected():
    expected = [raised("LookupError"), gave(2), end()]
    assert verdict(expected, [raised("LookupError", "import f"), end()]).status is Status.FAILED


# What is left behind


@pytest.mark.parametrize(
    ("right", "given", "check", "headline", "detail"),
    [
        (
            end([changed(3, in_print=False)]),
            end(),
            "database",
            "Nothing was written to the database",
            "Missing: `Book 3 changed (in_print=False)`.",
        ),
        (
            end(),
            end([added(title="a")]),
            "database",
            "Not what the database should hold afterwards",
            "Extra: `Book added (title=a)`.",
        ),
        (
            end([changed(3, price=2)]),
            end([changed(3, price=4)]),
            "database",
            "Not what the database should hold afterwards",
            "`Book 3`: `price` is `4`, expected `2`.",
        ),
        (
            end([added(title="Tide")]),
            end([added(title="tide")]),
            "database",
            "Not what the database should hold afterwards",
            "The new `Book`: `title` is `'tide'`, expected `'Tide'`. They differ only in capital letters.",
        ),
        (
            end([changed(3, price=2)]),
            end([changed(4, price=2)]),
            "database",
            "Not what the database should hold afterwards",
            "Missing: `Book 3 changed (price=2)`. Extra: `Book 4 changed (price=2)`.",
        ),
        (end(mail=[letter()]), end(), "mail", "No mail was sent", "Missing: `Hello to ['a@b.org']`."),
        (
            end(mail=[letter()]),
            end(mail=[letter()] * 2),
            "mail",
            "Not the mail that should be sent",
            "Extra: `Hello to ['a@b.org']`.",
        ),
        (
            end(tasks=[{"task": "shop.count", "args": encode([1]), "kwargs": encode({})}]),
            end(tasks=[{"task": "shop.count", "args": encode([2]), "kwargs": encode({})}]),
            "tasks",
            "Not the tasks that should be enqueued",
            "Missing: `shop.count`. Extra: `shop.count`.",
        ),
    ],
)
def test_what_is_left_behind_wrongly_is_told(right, given, check, headline, detail):
    failed = verdict([gave(1), right], [gave(1), given])
    assert failed.failed == {check}
    assert (failed.headline, failed.detail) == (headline, detail)


def test_what_is_left_behind_wrongly_is_shown():
    rows = [added(title=name) for name in "abc"]
    failed = verdict([gave(1), end(rows)], [gave(1), end([*rows[1:], added(title="d")])])
    assert failed.diff.columns == ("Database",)
    assert [(row.mark, row.cells[0]) for row in failed.diff.rows] == [
        (Mark.MISSING, "Book added (title=a)"),
        (Mark.EXTRA, "Book added (title=d)"),
    ]


def test_each_probe_is_held_against_its_own_end():
    one, other = end([added(title="a")]), end([added(title="b")])
    assert verdict([gave(1), one, gave(2), other], [gave(1), other, gave(2), one]).failed == {"database"}


def test_what_neither_leaves_behind_is_not_checked():
    assert [check.name for check in verdict([gave(1), end()], [gave(1), end()]).checks] == ["calls"]


def test_ten_thousand_rows_are_compared_and_told():
    wanted, found = ([changed(n, price=price) for n in range(10_000)] for price in (1, 2))
    failed = verdict([gave(1), end(wanted)], [gave(1), end(found)])
    assert (len(failed.diff.rows), failed.diff.left_out) == (40, 19_960)


def test_entries_of_every_sort_are_told_in_short():
    seen = end([changed(3, price=2)], [letter()], [{"task": "shop.count", "args": [], "kwargs": []}]).seen
    assert [(what, in_short(entry)) for what, entry in told_of(seen)] == [
        ("Database", "Book 3 changed (price=2)"),
        ("Mail", "Hello to ['a@b.org']"),
        ("Task", "shop.count"),
    ]


# Hidden data


@pytest.mark.parametrize(
    "hidden",
    [
        [gave("secret 1"), end()],
        [raised("secret2Error", message="secret 2"), end()],
        [gave(1), end([added(title="secret 3")], [letter("secret 4")], [{"task": "secret"}])],
        [gave(1), gave("secret"), end()],
    ],
    ids=range(4),
)
def test_of_hidden_data_no_value_is_told(hidden):
    right = [gave(1), end([added(title="a")])]
    there = [gave("secret 7"), end([added(title="secret 8")])]
    for expected, observed in ((there, hidden), (hidden, there)):
        failed = judged(trial(*right, hidden=expected), trial(*right, hidden=observed))
        assert failed.status is Status.FAILED
        assert failed.headline == "Right on this data, but not on other data"
        assert "secret" not in str(failed)


# The budget


def test_the_budget_is_for_each_call():
    asked = replace(CALLS, queries=2)
    expected = trial(gave(1, queries=2), gave(1, queries=2), end())
    assert judged(expected, expected, asked).status is Status.PASSED
    many = trial(gave(1, queries=3), gave(1), end())
    assert judged(expected, many, asked).failed == {"queries"}


# A broken reference


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([end()], "it has no probe"),
        ([], "it has no probe"),
        ([raised("NameError"), end()], "The solution raises `NameError` at `f(1)`"),
        ([raised("ImportError", "import f"), end()], "The solution raises `ImportError` at `import f`"),
    ],
)
def test_a_reference_that_answers_nothing_is_broken(steps, words):
    with pytest.raises(BrokenExercise, match=re.escape(words)):
        STEPS.compare(CALLS, result(*steps), result(*steps), None)
    assert verdict(steps, [gave(1), end()]).status is Status.NOT_GRADED


# Wrong answers that an author knows


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ([gave(1), end()], [gave(1), end()], True),
        ([gave(1), end()], [gave(2), end()], False),
        ([gave(1), end([added(title="a")])], [gave(1), end([added(title="b")])], False),
        ([raised(message="no 'a'"), end()], [raised(message="no 'b'"), end()], True),
        ([raised(message="no"), end()], [raised(message="yes"), end()], False),
        ([raised("ImportError", "import f"), end()], [gave(1), gave(1), end()], False),
        ([gave(1), gave(1), end()], [gave(1), end()], False),
        ([gave(1), end(mail=[letter()])], [gave(1), end()], False),
    ],
)
def test_answers_are_alike_that_do_and_leave_the_same(one, other, alike):
    expected = trial(gave(5), end())
    trials = trial(*one), trial(*other)
    verdicts = [judged(expected, seen) for seen in trials]
    assert behaves_like(CALLS, *trials, verdict_a=verdicts[0], verdict_b=verdicts[1]) is alike


def test_an_answer_that_leaves_very_much_is_not_held_against_the_authors():
    expected, few = trial(gave(5), end()), trial(gave(1), end([added(title="a")]))
    many = trial(gave(1), end([added(title="a")] * 9_000))
    verdicts = [judged(expected, seen) for seen in (few, many)]
    assert not behaves_like(CALLS, few, many, verdict_a=verdicts[0], verdict_b=verdicts[1])


# Claims of a hostile process


@pytest.mark.parametrize(
    "seen",
    [
        {},
        {"value": ["nothing"]},
        {"value": [[[]]]},
        {"value": {"a": {"b": []}}},
        {"value": ["model"]},
        {"value": ["list", 7]},
        {"value": ["dict", [[1]]]},
        {"value": ["int", "x" * 1000]},
        {"other": 1},
    ],
)
def test_a_value_of_no_known_shape_does_not_pass(seen):
    failed = verdict([gave(5), end()], [Step(asked="f(1)", seen=seen), end()])
    assert failed.failed == {"calls"}


@pytest.mark.parametrize("key", ["changes", "mail", "tasks"])
@pytest.mark.parametrize(
    "entries",
    [
        7,
        "text",
        {"a": 1},
        [7],
        [None, [], {}],
        [{"model": 7, "change": [], "values": "x"}],
        [{"model": "a.B", "change": "changed", "pk": {}, "values": {"x": {"y": {}}}}],
        [{"subject": "x", "to": {}}, {"task": []}, {"task": "x"}],
        [[["deep"]]],
        [{"model": ["model", 1], "values": [["nothing"]]}],
    ],
)
def test_leftovers_of_no_known_shape_do_no_harm(key, entries):
    right = end([added(title="a")], [letter()], [{"task": "t", "args": encode([]), "kwargs": encode({})}])
    hostile = Step(asked="", seen={**right.seen, key: entries})
    failed = verdict([gave(5), right], [gave(5), hostile])
    assert failed.failed == {"database" if key == "changes" else key}
    assert len(str(failed)) < 5_000


def test_a_forged_error_without_a_run_does_not_pass():
    expected = trial(gave(5), end())
    assert judged(expected, Trial(error(), error())).status is Status.ERROR


def test_a_long_text_or_a_mere_repr_equals_nothing_even_to_the_letter():
    for args in (["other", "Book", "…"], ["bytes", "00" * 5_000]):
        task = end(tasks=[{"task": "shop.count", "args": args, "kwargs": encode({})}])
        assert verdict([gave(1), task], [gave(1), task]).failed == {"tasks"}


def test_rows_that_differ_by_noise_alone_are_the_same_among_many():
    wanted, found = ([changed(n, price=n + noise) for n in range(300)] for noise in (0.1, 0.1 + 1e-13))
    assert verdict([gave(1), end(wanted)], [gave(1), end(found)]).status is Status.PASSED
