"""In a real browser: what is typed is there again, whatever happens between the typing and the next look."""

import re

import pytest
from playwright.sync_api import expect

from lessons.catalogue.types import Exercise, Lesson
from tests.e2e import live
from tests.e2e.conftest import Visitor


@pytest.fixture
def exercise(lesson: Lesson) -> Exercise:
    return lesson.exercises[0]


def saved(visitor: Visitor, exercise: Exercise):
    return visitor.page.locator(f"#saved-{exercise.id}")


def types(visitor: Visitor, exercise: Exercise, text: str) -> None:
    visitor.writes(exercise, text)
    expect(saved(visitor, exercise)).not_to_contain_text("Edited")


@pytest.fixture
def tabs(guest, exercise) -> tuple[Visitor, Visitor]:
    """Two tabs of one browser; the second has saved a text that the first does not know."""
    guest.opens_the_lesson()
    types(guest, exercise, "at first")
    other = Visitor(guest.page.context.new_page(), guest.lesson)
    other.opens_the_lesson()
    types(other, exercise, "the other text")
    return guest, other


def in_conflict(visitor: Visitor, exercise: Exercise):
    expect(saved(visitor, exercise)).to_contain_text("Changed in another tab")
    visitor.troubles.clear()  # the browser's own line about a 409


def test_a_tab_in_conflict_overwrites_nothing_until_its_text_is_kept(tabs, exercise):
    one, other = tabs
    one.writes(exercise, "my text")
    in_conflict(one, exercise)
    one.editor(exercise).press("End")
    with one.page.expect_response(re.compile("/draft/$")) as answer:
        one.editor(exercise).press_sequentially(", and more of it")
    assert answer.value.status == 409
    one.checks(exercise, "my text, checked")
    expect(one.verdict(exercise)).to_be_visible()
    in_conflict(one, exercise)
    other.page.reload()
    expect(other.answer(exercise)).to_have_value("the other text")
    saved(one, exercise).get_by_role("button", name="Keep mine").click()
    expect(saved(one, exercise)).to_contain_text("Saved")
    expect(saved(one, exercise).locator(".words")).to_be_focused()
    one.troubles.clear()
    other.page.reload()
    expect(other.answer(exercise)).to_have_value("my text, checked")


def test_the_other_text_is_taken_and_this_one_can_still_be_read(tabs, exercise):
    one, _ = tabs
    one.writes(exercise, "my text")
    in_conflict(one, exercise)
    saved(one, exercise).get_by_role("button", name="Take the other").click()
    expect(one.answer(exercise)).to_have_value("the other text")
    expect(one.editor(exercise)).to_be_focused()
    one.bench(exercise).get_by_text("What stood here").click()
    expect(one.page.locator(f"#spare-{exercise.id} pre")).to_have_text("my text")
    one.editor(exercise).press("Control+z")
    expect(one.answer(exercise)).to_have_value("my text")
    types(one, exercise, "and on with it")
    expect(saved(one, exercise)).to_contain_text("Saved")


def test_back_shows_the_newest_text(guest, exercise):
    guest.opens_the_lesson()
    types(guest, exercise, "older")
    guest.opens_the_shelf()
    guest.opens_the_lesson()
    types(guest, exercise, "newer")
    guest.opens_the_shelf()
    for _ in range(3):
        guest.page.go_back()
    expect(guest.answer(exercise)).to_have_value("newer")


def test_what_was_typed_just_before_leaving_is_there_again(guest, exercise):
    guest.opens_the_lesson()
    types(guest, exercise, "first words")
    guest.writes(exercise, "last words")
    guest.opens_the_shelf()
    # In another tab, so that it can only come from the site.
    other = Visitor(guest.page.context.new_page(), guest.lesson)

    def is_there() -> bool:
        other.opens_the_lesson()
        return other.answer(exercise).input_value() == "last words"

    live.wait_until(is_there, seconds=10)
    guest.page.go_back()
    expect(guest.answer(exercise)).to_have_value("last words")


def test_what_was_typed_just_before_a_reload_is_there_again(guest, exercise):
    guest.opens_the_lesson()
    guest.writes(exercise, "last words")
    guest.page.reload()
    expect(guest.answer(exercise)).to_have_value("last words")
    types(guest, exercise, "more words")
    expect(saved(guest, exercise)).to_contain_text("Saved")


@pytest.mark.parametrize("tells", [True, False], ids=["the browser tells", "nobody tells"])
def test_a_save_that_did_not_arrive_is_tried_again_by_itself(guest, exercise, tells):
    guest.opens_the_lesson()
    types(guest, exercise, "before")
    if tells:
        guest.page.context.set_offline(True)
    else:
        guest.page.route("**/draft/", lambda route: route.abort())
    guest.writes(exercise, "in the tunnel")
    expect(saved(guest, exercise)).to_contain_text("Not saved: offline")
    guest.page.context.set_offline(False)
    guest.page.unroute_all()
    expect(saved(guest, exercise)).to_contain_text(re.compile("Saved"))
    guest.troubles.clear()
    guest.page.reload()
    expect(guest.answer(exercise)).to_have_value("in the tunnel")


def test_a_text_that_is_too_long_is_said_to_be_and_stays_whole(guest, exercise):
    long = "x" * 20_500
    guest.opens_the_lesson()
    guest.writes(exercise, long)
    expect(saved(guest, exercise)).to_contain_text("Not saved: That is 20,500 characters")
    guest.troubles.clear()
    expect(guest.answer(exercise)).to_have_value(long)
