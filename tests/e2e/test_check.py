"""In a real browser, as a guest: what a Check says, and that it is still there after a reload."""

import os
import re
import signal

import pytest
from playwright.sync_api import expect

from lessons.catalogue.types import Exercise, Lesson
from tests.e2e import live

ENDLESS = "while True:\n    pass"


@pytest.fixture
def exercise(lesson: Lesson) -> Exercise:
    return lesson.exercises[0]


@pytest.fixture
def other(lesson: Lesson) -> Exercise:
    return lesson.exercises[1]


def status(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{name}\b")


def test_a_wrong_answer_shows_the_difference_and_the_authors_words(anyone, exercise):
    anyone.opens_the_lesson()
    wrong = exercise.wrongs[0]
    anyone.checks(exercise, wrong.answer.code)
    verdict = anyone.verdict(exercise)
    expect(verdict).to_have_class(status("failed"))
    expect(verdict.locator("table.diff tbody tr:not(.same)").first).to_be_visible()
    first_words = re.sub("<[^>]+>", "", wrong.feedback_html).strip()[:40]
    expect(verdict.locator(".feedback")).to_contain_text(first_words)


def test_checking_by_keyboard_leaves_the_focus_in_the_editor(guest, exercise):
    guest.opens_the_lesson()
    guest.writes(exercise, exercise.wrongs[0].answer.code)
    guest.editor(exercise).press("Control+Enter")
    expect(guest.verdict(exercise)).to_have_class(status("failed"))
    expect(guest.editor(exercise)).to_be_focused()
    expect(guest.page.get_by_role("status")).to_contain_text("Not yet.")


def test_a_syntax_error_names_the_line(anyone, exercise):
    anyone.opens_the_lesson()
    anyone.checks(exercise, "# first\nBook.objects.filter(")
    expect(anyone.verdict(exercise)).to_have_class(status("error"))
    expect(anyone.verdict(exercise).locator(".where")).to_contain_text(re.compile("line 2", re.IGNORECASE))


def test_an_endless_loop_is_stopped_and_said_to_be(anyone, exercise):
    anyone.opens_the_lesson()
    anyone.checks(exercise, ENDLESS)
    expect(anyone.verdict(exercise)).to_have_class(status("error"))
    expect(anyone.verdict(exercise)).to_contain_text("3 seconds")
    expect(anyone.answer(exercise)).to_have_value(ENDLESS)


def test_a_right_answer_passes_and_shows_on_the_shelf(anyone, exercise):
    anyone.opens_the_lesson()
    anyone.checks(exercise, exercise.solution.code)
    expect(anyone.verdict(exercise)).to_have_class(status("passed"))
    expect(anyone.page.locator(f"#mark-{exercise.id}")).to_contain_text("Passed")
    anyone.opens_the_shelf()
    sleeve = anyone.page.locator(f"article[data-module={anyone.lesson.module}]")
    expect(sleeve).to_contain_text(re.compile(r"\b1 of \d+ passed"))


def test_two_checks_on_one_page_are_both_there_after_a_reload(anyone, exercise, other):
    anyone.opens_the_lesson()
    anyone.checks(exercise, exercise.wrongs[0].answer.code)
    expect(anyone.verdict(exercise)).to_have_class(status("failed"))
    anyone.checks(other, other.solution.code)
    expect(anyone.verdict(other)).to_have_class(status("passed"))
    anyone.page.reload()
    expect(anyone.verdict(exercise)).to_have_class(status("failed"))
    expect(anyone.answer(exercise)).to_have_value(exercise.wrongs[0].answer.code.strip())
    expect(anyone.verdict(other)).to_have_class(status("passed"))
    expect(anyone.answer(other)).to_have_value(other.solution.code.strip())


def test_what_is_typed_is_saved_without_a_check(guest, exercise):
    guest.opens_the_lesson()
    guest.editor(exercise).press_sequentially("# mine ")
    expect(guest.page.locator(f"#saved-{exercise.id}")).to_contain_text("Saved")
    typed = guest.answer(exercise).input_value()
    guest.page.reload()
    expect(guest.answer(exercise)).to_have_value(typed)


def test_run_shows_rows_and_judges_nothing(anyone, exercise):
    anyone.opens_the_lesson()
    anyone.bench(exercise).get_by_role("button", name="Run").click()
    expect(anyone.bench(exercise).locator("summary").first).to_have_text(re.compile(r"Rows \d+"))
    expect(anyone.verdict(exercise)).to_have_count(0)


def test_an_answer_in_flight_when_the_zygote_is_killed_is_answered(guest, site, exercise):
    guest.opens_the_lesson()
    code = f"import time\ntime.sleep(1)\n{exercise.solution.code}"
    guest.checks(exercise, code)
    live.wait_until(site.running, seconds=10)
    os.kill(site.zygote(), signal.SIGKILL)
    expect(guest.verdict(exercise)).to_have_class(status("passed|not_graded"))
    guest.page.reload()
    expect(guest.answer(exercise)).to_have_value(code.strip())


def test_a_new_answer_s_rows_are_open_whichever_tab_was(guest, exercise):
    guest.opens_the_lesson()
    guest.bench(exercise).get_by_role("button", name="Run").click()
    guest.bench(exercise).get_by_text("SQL 1").click()
    expect(guest.bench(exercise).get_by_role("region", name="Rows")).to_be_hidden()
    guest.bench(exercise).get_by_role("button", name="Run").click()
    expect(guest.bench(exercise).get_by_role("region", name="Rows")).to_be_visible()
    expect(guest.bench(exercise).locator(".panels [open]")).to_have_count(1)
