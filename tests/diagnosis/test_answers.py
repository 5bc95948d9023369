"""The wrong answers belong to the course as it is, and their criteria ask for something. None of them is run here."""

import pytest

from lessons import course, kinds
from lessons.catalogue.types import Exercise
from tests.diagnosis.answers import ANSWERS
from tests.diagnosis.answers.answer import Answer

each_answer = pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: f"{answer.exercise}: {answer.name}")

SAYING_NOTHING = (
    "That is not right yet.",
    "These are not the rows that were asked for: 2 rows are missing, and 3 rows do not belong there.",
    "The value is another one.",
    "The answer is wrong on other data.",
    "The database is not as it should be afterwards.",
    "The models are not yet what was asked for.",
    "A response differs.",
    "The HTML is not the same.",
    "A call gives something else.",
    "The settings differ.",
    "Some mutants are still alive.",
)


def exercise_of(answer: Answer) -> Exercise:
    found = course.current().exercise(answer.exercise)
    assert found
    return found


@each_answer
def test_it_answers_an_exercise_with_the_exercises_files(answer):
    assert tuple(file.path for file in answer.files) == exercise_of(answer).paths


@each_answer
def test_it_is_no_answer_of_the_authors(answer):
    exercise = exercise_of(answer)
    theirs = [exercise.solution, *exercise.accepts, *(wrong.answer for wrong in exercise.wrongs)]
    assert answer.files not in [one.files for one in theirs]


@each_answer
def test_a_message_that_says_nothing_does_not_name_the_mistake(answer):
    assert answer.mistake.endswith(".")
    assert all(all(words.strip() for words in group) and group for group in answer.names_it)
    assert [message for message in SAYING_NOTHING if answer.named_in(message)] == []


def test_no_two_have_the_same_name():
    names = [(answer.exercise, answer.name) for answer in ANSWERS]
    assert len(set(names)) == len(names)


def test_they_are_of_every_kind_and_of_many_lessons():
    lessons = {answer.exercise.partition("#")[0] for answer in ANSWERS}
    assert {exercise_of(answer).observe for answer in ANSWERS} == set(kinds.find())
    assert len(lessons) >= 11
    assert len({answer.exercise for answer in ANSWERS}) >= 50
