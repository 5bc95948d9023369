"""What the course teaches where."""

from dataclasses import replace

import pytest

from lessons import guide
from lessons.catalogue.load import load
from lessons.names import known
from lessons.places import Kind, of_lesson
from tests.site.conftest import CONTENT


@pytest.fixture(scope="module")
def course():
    return load(CONTENT)


def test_a_lesson_s_places_are_its_top_its_headings_and_its_items(course):
    places = of_lesson(course.lessons[0])
    assert [(one.kind, one.anchor) for one in places] == [
        (Kind.LESSON, ""),
        (Kind.SECTION, "on-try-it"),
        (Kind.QUIZ, "quiz-lazy"),
        (Kind.QUIZ, "quiz-lookups"),
        (Kind.EXERCISE, "bench-dear-books"),
        (Kind.EXERCISE, "bench-how-many"),
    ]


def test_a_broken_lesson_is_found_by_its_title_alone(course):
    broken = course.lesson("models/broken")
    assert [one.title for one in of_lesson(broken)] == ["A broken lesson"]


def test_a_name_is_taught_by_text_and_practised_by_the_solution(course):
    uses = guide.of(course).uses
    names = known()
    assert [one.anchor for one in uses[names["all"]].taught] == ["on-try-it"]
    assert [one.exercise.id for one in uses[names["gt"]].practised] == ["dear-books"]
    assert names["select_related"] not in uses


def test_a_guide_is_made_once_for_a_course_and_a_few_are_kept(course):
    first = guide.of(course)
    assert guide.of(course) is first
    for number in range(guide.MOST_KEPT):
        assert guide.of(replace(course, digest=f"other {number}")) is not first
    assert guide.of(course) is not first


def test_a_preview_of_the_same_text_has_a_guide_of_its_own(course):
    assert guide.of(replace(course, preview="mine")) is not guide.of(course)
