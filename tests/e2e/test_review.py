"""In a real browser: what was passed comes back, by keyboard alone and without JavaScript."""

import re

import pytest
from playwright.sync_api import Locator, expect

from lessons.catalogue.types import Exercise, Lesson
from tests.e2e import live
from tests.e2e.conftest import PHONE, Visitor
from tests.e2e.test_page import tabs_to


@pytest.fixture
def exercises(lesson: Lesson) -> tuple[Exercise, ...]:
    return lesson.exercises[:2]


def passes(visitor: Visitor, exercises: tuple[Exercise, ...]) -> None:
    visitor.opens_the_lesson()
    for exercise in exercises:
        visitor.checks(exercise, exercise.solution.code)
        expect(visitor.verdict(exercise)).to_have_class(re.compile(r"\bpassed\b"))


def bench(visitor: Visitor, exercise: Exercise, turn: int = 1) -> Locator:
    return visitor.page.locator(f"#bench-{exercise.id}--{turn}")


def top_bar(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("navigation", name="Site").get_by_role("link", name="Review")


def test_a_day_s_set_is_done_by_keyboard_alone(guest, site, exercises):
    passes(guest, exercises)
    live.days_go_by(site)
    guest.page.reload()
    expect(top_bar(guest)).to_contain_text("2")
    keyboard = guest.page.keyboard
    tabs_to(guest.page, "Review")
    keyboard.press("Enter")
    for exercise, following in zip(exercises, ("Next", "To the course"), strict=True):
        expect(bench(guest, exercise).locator("textarea")).to_have_value("")
        tabs_to(guest.page, f"code-{exercise.id}--1-1")
        keyboard.insert_text(exercise.solution.code)
        keyboard.press("Control+Enter")
        expect(bench(guest, exercise).locator(".verdict")).to_have_class(re.compile(r"\bpassed\b"))
        expect(bench(guest, exercise).locator(".cm-content")).to_be_focused()
        tabs_to(guest.page, following)
        keyboard.press("Enter")
    expect(guest.page).to_have_url(f"{site.address}/")
    tabs_to(guest.page, "Review")
    keyboard.press("Enter")
    expect(guest.page.locator("main")).to_contain_text("Nothing more today. Next on ")
    expect(top_bar(guest)).to_have_text("Review")


def test_a_set_is_done_and_given_up_without_javascript(visitor, site, exercises):
    guest = visitor(java_script_enabled=False)
    passes(guest, exercises)
    live.days_go_by(site)
    top_bar(guest).click()
    first, second = (bench(guest, exercise) for exercise in exercises)
    first.get_by_role("button", name="Hint 1 of").click()
    expect(first.locator(".hint")).to_have_count(1)
    first.locator("textarea").fill("half an answer")
    first.get_by_role("button", name="Run").click()
    top_bar(guest).click()
    expect(first.locator("textarea")).to_have_value("half an answer")
    first.get_by_role("button", name="Show me the solution").click()
    expect(first.locator(".solution pre").first).to_be_visible()
    first.get_by_role("link", name="Next").click()
    second.locator("textarea").fill(exercises[1].solution.code)
    second.get_by_role("button", name="Check").click()
    expect(second.locator(".verdict")).to_have_class(re.compile(r"\bpassed\b"))
    expect(second).to_contain_text("Nothing more today. Next on ")
    guest.opens_the_lesson()
    expect(guest.answer(exercises[0])).to_have_value(exercises[0].solution.code)


def test_half_an_answer_is_there_after_a_reload_and_not_in_the_lesson(guest, site, exercises):
    passes(guest, exercises[:1])
    live.days_go_by(site)
    guest.page.goto("/review/")
    live.write(bench(guest, exercises[0]).locator(".cm-content"), "half an answer")
    guest.page.reload()
    expect(bench(guest, exercises[0]).locator("textarea")).to_have_value("half an answer")
    guest.opens_the_lesson()
    expect(guest.answer(exercises[0])).to_have_value(exercises[0].solution.code)


def test_nothing_scrolls_sideways_on_a_phone(visitor, site, exercises):
    guest = visitor(**PHONE)
    guest.page.goto("/review/")
    assert guest.width_beyond_the_window() <= 0
    passes(guest, exercises[:1])
    live.days_go_by(site)
    guest.page.goto("/review/")
    live.write(bench(guest, exercises[0]).locator(".cm-content"), "Book.objects.all()")
    bench(guest, exercises[0]).get_by_role("button", name="Check").click()
    expect(bench(guest, exercises[0]).locator(".verdict")).to_be_visible()
    assert guest.width_beyond_the_window() <= 0
