"""No right answer fails: other ways to say what the course asks for, each checked as a learner's is."""

import pytest

from lessons import checking, course
from lessons.grading.types import Status
from tests.diagnosis.right import RIGHT

pytestmark = pytest.mark.sandbox


@pytest.mark.parametrize("right", RIGHT, ids=lambda right: f"{right.exercise}: {right.why}")
def test_a_right_answer_passes(right):
    exercise = course.current().exercise(right.exercise)
    assert exercise
    verdict = checking.check(exercise, right.files).verdict
    assert verdict.status is Status.PASSED, verdict.as_json()
