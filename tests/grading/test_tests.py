"""Tests are judged by what they do on right code and on wrong code."""

from typing import Any

import pytest

from lessons.catalogue.types import Probe
from lessons.grading.grade import behaves_like, grade
from lessons.grading.types import Status, Trial, Verdict
from sandbox.protocol import File, Observation, Outcome, Result

from .builders import exercise, files

GIVEN = (File("shop/services.py", ""),)
PROBES = (Probe("", False, "shop/services.py", 1), Probe("", True, "shop/services.py", 1))


def ended(outcome: str = "passed", name: str = "test_add", **also: Any) -> dict[str, Any]:
    return {"name": name, "outcome": outcome, "said": "", "line": None, "text": "", **also}


def version(role: str, *tests: Any, name: str = "") -> dict[str, Any]:
    return {"name": name, "role": role, "tests": list(tests)}


WELL = (ended(),)


def tried(real: Any = WELL, mutants: Any = ("failed", "failed"), right: Any = "passed", again: Any = WELL) -> list[Any]:
    """What is seen of one test on the code as given, two mutants, another right version, and the code once more."""
    wrong = [version("mutant", ended(outcome), name=f"Mutant {n}") for n, outcome in enumerate(mutants, 1)]
    return [version("real", *real), *wrong, version("right", ended(right), name="in another way"), version("again", *again)]


def trial(visible: Any, hidden: Any = None) -> Trial:
    seen = (visible, visible if hidden is None else hidden)
    results = [Result(label=label, seen={"versions": one}) for label, one in zip(("visible", "hidden 1"), seen, strict=True)]
    return Trial(*(Observation(outcome=Outcome.OK, results=(one,)) for one in results))


def judged(observed: Trial, expected: Trial | None = None, **also: Any) -> Verdict:
    asked = exercise("tests", **{"probes": PROBES, "given": GIVEN, **also})
    return grade(asked, expected=expected or trial(tried()), observed=observed, files=files("def test_add(): ..."))


def test_tests_that_kill_every_mutant_pass():
    verdict = judged(trial(tried()))
    assert verdict.status is Status.PASSED
    assert [check.text for check in verdict.checks] == ["Every test passes on right code", "Two mutants are killed"]


def test_an_error_kills_as_well_as_a_failure():
    assert judged(trial(tried(mutants=("error", "failed")))).status is Status.PASSED


@pytest.mark.parametrize(
    ("mutants", "headline"),
    [
        (("passed", "failed"), "1 mutant survives: `Mutant 1`"),
        (("passed", "passed"), "2 mutants survive: `Mutant 1`, `Mutant 2`"),
        (("failed", "skipped"), "1 mutant survives: `Mutant 2`"),
        (("failed", "anything"), "1 mutant survives: `Mutant 2`"),
    ],
)
def test_a_mutant_on_which_no_test_fails_survives(mutants, headline):
    verdict = judged(trial(tried(mutants=mutants)))
    assert verdict.failed == {"mutants"}
    assert verdict.headline == headline


@pytest.mark.parametrize(
    ("seen", "headline"),
    [
        (tried(real=()), "There is no test yet"),
        (
            tried(real=(ended("failed", line=4, said="AssertionError"),)),
            "`test_add` fails in line 4 (`AssertionError`) on the code as",
        ),
        (tried(real=(ended(), ended("skipped", name="test_b"))), "`test_b` is skipped on the code as it is given"),
        (tried(right="failed"), "`test_add` fails on code that is right, too: in another way"),
        (tried(again=(ended("failed"),)), "`test_add` fails when it is run a second time"),
        (tried()[:-1], "Not every version was tried"),
    ],
)
def test_tests_have_to_pass_where_nothing_is_wrong(seen, headline):
    verdict = judged(trial(seen))
    assert verdict.failed == {"tests"}
    assert verdict.headline.startswith(headline)


def test_of_hidden_mutants_no_name_is_told():
    verdict = judged(trial(tried(), tried(mutants=("passed", "failed"))))
    assert verdict.failed == {"mutants"}
    assert verdict.headline == "Right as far as you see, but not all the way"
    assert verdict.detail == "Hidden: a mutant that is not named here survives."
    assert "Mutant 1" not in str(verdict)


def test_a_solution_that_lets_a_mutant_live_breaks_the_exercise():
    broken = trial(tried(mutants=("passed", "failed")))
    assert judged(trial(tried()), broken).status is Status.NOT_GRADED


def test_a_probe_that_replaces_nothing_breaks_the_exercise():
    verdict = judged(trial(tried()), given=(File("shop/other.py", ""),))
    assert verdict.status is Status.NOT_GRADED
    assert "`shop/services.py`" in verdict.detail


def test_answers_with_the_same_survivors_are_alike():
    def alike(one: Any, other: Any) -> bool:
        first, second = trial(one), trial(other)
        return behaves_like(exercise("tests"), first, second, verdict_a=judged(first), verdict_b=judged(second))

    survivor = tried(mutants=("passed", "failed"))
    assert alike(survivor, tried(mutants=("passed", "error"), real=[ended(name="test_other")]))
    assert not alike(survivor, tried(mutants=("failed", "passed")))
    assert not alike(survivor, tried(real=[ended("failed")]))


HOSTILE: list[Any] = [
    None,
    5,
    "x",
    [],
    {},
    [5],
    [[]],
    [{}],
    [{"role": 5, "tests": 5}],
    [{"role": "real", "tests": [5, {"outcome": {}}]}],
]


@pytest.mark.parametrize("shape", HOSTILE)
def test_a_hostile_shape_is_only_wrong(shape):
    assert judged(trial(shape)).status is Status.FAILED


@pytest.mark.parametrize("shape", HOSTILE)
def test_tests_of_a_hostile_shape_are_none(shape):
    seen = tried()
    seen[1] = {**seen[1], "tests": shape}
    assert judged(trial(seen)).failed == {"mutants"}
