"""Settings are compared by their values, and Django's findings by their ids."""

from typing import Any

import pytest

from lessons.grading.grade import grade
from lessons.grading.types import Status, Trial, Verdict
from sandbox.protocol import ErrorReport, Observation, Outcome, Result, Step

from .builders import exercise, files


def value(of: Any, asked: str = "settings.DEBUG") -> Step:
    return Step(asked=asked, seen={"value": of})


def found(*ids: str) -> Step:
    told = [{"id": one, "text": "Your setting."} for one in ids]
    return Step(asked="check_deploy()", seen={"value": ["list", list(ids)], "findings": told})


def trial(*steps: Step) -> Trial:
    results = [Result(label=label, seen={}, steps=(*steps, Step(asked="", seen={}))) for label in ("visible", "hidden 1")]
    return Trial(*(Observation(outcome=Outcome.OK, results=(one,)) for one in results))


def judged(expected: Trial, observed: Trial) -> Verdict:
    return grade(exercise("settings"), expected=expected, observed=observed, files=files("DEBUG = False"))


def test_the_same_values_and_findings_pass():
    verdict = judged(trial(value(False), found("security.W004")), trial(value(False), found("security.W004")))
    assert verdict.status is Status.PASSED
    assert [check.name for check in verdict.checks] == ["settings", "deploy"]


def test_without_a_deploy_check_there_is_no_line_for_it():
    assert [check.name for check in judged(trial(value(1)), trial(value(1))).checks] == ["settings"]


def test_another_value_is_told():
    verdict = judged(trial(value(False)), trial(value(True)))
    assert verdict.failed == {"settings"}
    assert verdict.headline.startswith("`settings.DEBUG`:")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (found("security.W004", "security.W012"), "`check_deploy()`: finds `security.W012`"),
        (found(), "`check_deploy()`: does not find `security.W004`, as it should here"),
    ],
)
def test_findings_are_told_by_their_ids(given, words):
    verdict = judged(trial(found("security.W004")), trial(given))
    assert verdict.failed == {"settings", "deploy"}
    assert verdict.headline == words


def test_an_exception_of_the_same_type_is_the_same():
    error, other = (
        Step(asked="settings.DEBUG", seen={}, error=ErrorReport(type=one, message=one)) for one in ("KeyError", "OSError")
    )
    assert judged(trial(error), trial(error)).status is Status.PASSED
    assert judged(trial(error), trial(other)).failed == {"settings"}


@pytest.mark.parametrize("shape", [None, 5, "x", {}, [5], [[]], [{}], [{"id": 5}]])
def test_findings_of_a_hostile_shape_are_only_wrong(shape):
    hostile = Step(asked="check_deploy()", seen={"value": ["list", []], "findings": shape})
    assert judged(trial(found("security.W004")), trial(hostile)).status is Status.FAILED
