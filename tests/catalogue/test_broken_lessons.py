"""Every rule about a lesson's text: a deliberately broken lesson is found out, on the right line, in the right words."""

import pytest

from lessons.catalogue import lint
from lessons.catalogue.load import load

from .breakages import ADVICE, LINT, STRUCTURE, Broken
from .sample import FILES, PATH, findings, says, write


@pytest.mark.parametrize("broken", [*STRUCTURE, *LINT, *ADVICE], ids=str)
def test_a_broken_lesson_is_found_out(tmp_path, broken: Broken):
    found = findings(write(tmp_path, {**FILES, "models/04-one-query.md": broken.text}))
    place = (PATH, broken.line)
    spoken = [each.message for each in found if (each.path, each.line) == place and broken.words in each.message]
    assert any(says(broken.rule, message) for message in spoken), f"line {broken.line}\n" + "\n".join(map(str, found))


@pytest.mark.parametrize("broken", STRUCTURE, ids=str)
def test_a_lesson_whose_structure_is_unclear_takes_only_itself_down(tmp_path, broken: Broken):
    course = load(write(tmp_path, {**FILES, "models/04-one-query.md": broken.text}))
    before, lesson = course.lessons
    assert lesson.broken
    assert not lesson.blocks
    assert lesson.title
    assert before.blocks
    assert not before.broken
    assert set(lesson.findings) <= set(course.findings)


@pytest.mark.parametrize("broken", [*LINT, *ADVICE], ids=str)
def test_a_lesson_that_could_be_better_is_shown(tmp_path, broken: Broken):
    course = load(write(tmp_path, {**FILES, "models/04-one-query.md": broken.text}))
    assert not course.findings
    assert all(lesson.blocks for lesson in course.lessons)


def test_nothing_is_wrong_with_the_good_lesson(tmp_path):
    course = load(write(tmp_path, FILES))
    assert course.findings == ()
    assert lint.check(course) == ()
