"""The feedback names the mistakes of wrong answers that were written down before anybody had seen it."""

from pathlib import Path

import pytest

from tests.diagnosis.answers import ANSWERS
from tests.diagnosis.trial import ENOUGH, Tried, page, tried

pytestmark = pytest.mark.sandbox

PAGE = Path(__file__).parents[2] / "docs" / "diagnosis.md"


@pytest.fixture(scope="module")
def found() -> list[Tried]:
    return tried(ANSWERS)


def test_no_wrong_answer_passes(found):
    assert [(one.answer.exercise, one.answer.name) for one in found if one.passed] == []


def test_the_leading_message_names_the_mistake(found):
    named = [one for one in found if one.named]
    assert len(found) >= 60
    assert len({one.answer.exercise for one in found}) >= 20
    assert len(named) / len(found) >= ENOUGH, [(one.answer.exercise, one.answer.name) for one in found if not one.named]


def test_the_page_says_what_was_found(found):
    assert PAGE.read_text() == page(found), "run: .venv/bin/python -m tests.diagnosis.trial > docs/diagnosis.md"
