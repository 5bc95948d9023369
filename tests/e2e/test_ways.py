"""In a real browser: finding one's way by typing, by keyboard, and without JavaScript."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import PHONE


def focused(guest):
    return guest.page.locator(":focus")


def test_a_lesson_is_found_by_typing_and_reached_by_arrows(guest, lesson):
    guest.opens_the_shelf()
    keyboard = guest.page.keyboard
    keyboard.press("/")
    expect(guest.page.get_by_label("Search lessons")).to_be_focused()
    keyboard.type(lesson.title[:9])
    panel = guest.page.locator("#search-panel")
    expect(panel.get_by_role("link", name=lesson.title).first).to_be_visible()
    keyboard.press("ArrowDown")
    expect(panel.get_by_role("link").first).to_be_focused()
    keyboard.press("ArrowDown")
    expect(panel.get_by_role("link").nth(1)).to_be_focused()
    keyboard.press("ArrowUp")
    keyboard.press("ArrowUp")
    expect(guest.page.get_by_label("Search lessons")).to_be_focused()
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    expect(guest.page).to_have_url(re.compile("/(lessons|names)/"))


def test_escape_closes_what_was_found_and_keeps_what_was_typed(guest):
    guest.opens_the_lesson()
    guest.page.keyboard.press("/")
    guest.page.keyboard.type("filter")
    panel = guest.page.locator("#search-panel")
    expect(panel).to_be_visible()
    guest.page.keyboard.press("ArrowDown")
    guest.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(guest.page.get_by_label("Search lessons")).to_be_focused()
    expect(guest.page.get_by_label("Search lessons")).to_have_value("filter")


def test_the_search_page_finds_as_one_types_and_its_address_follows(guest, lesson):
    guest.page.goto("/search/")
    guest.page.get_by_label("Lessons, exercises").press_sequentially(lesson.exercises[0].title)
    expect(guest.page.locator("#results").get_by_role("link", name=lesson.exercises[0].title, exact=True)).to_be_visible()
    expect(guest.page).to_have_url(re.compile(r"/search/\?q="))
    guest.page.reload()
    guest.page.locator("#results").get_by_role("link", name=lesson.exercises[0].title, exact=True).click()
    expect(guest.bench(lesson.exercises[0])).to_be_in_viewport()


def test_search_names_and_shortcuts_work_on_a_phone_with_and_without_javascript(visitor, lesson):
    for scripts in (True, False):
        guest = visitor(**PHONE, java_script_enabled=scripts)
        guest.opens_the_shelf()
        guest.page.get_by_role("button", name="Menu").click()
        guest.page.get_by_role("link", name="Search").click()
        guest.page.get_by_label("Lessons, exercises").fill("filter")
        guest.page.get_by_role("button", name="Search").click()
        expect(guest.page.locator("#results mark").first).to_be_visible()
        guest.page.get_by_role("link", name="filter()", exact=True).first.click()
        expect(guest.page.get_by_role("heading", level=1)).to_have_text("filter()")
        guest.page.get_by_role("link", name="Keyboard shortcuts").click()
        expect(guest.page.get_by_role("heading", level=1)).to_have_text("Keyboard shortcuts")


def test_nothing_of_it_scrolls_sideways_on_a_phone(visitor):
    guest = visitor(**PHONE)
    for address in ("/search/?q=migration", "/search/?q=" + "x" * 90, "/names/", "/names/method-filter/", "/keys/"):
        guest.page.goto(address)
        assert guest.width_beyond_the_window() <= 0, address


def test_single_keys_lead_from_lesson_to_lesson_and_from_exercise_to_exercise(guest, lesson):
    guest.opens_the_lesson()
    keyboard = guest.page.keyboard
    first, second = lesson.exercises[:2]
    keyboard.press("n")
    expect(guest.page.locator(f"#title-{first.id}")).to_be_focused()
    keyboard.press("n")
    expect(guest.page.locator(f"#title-{second.id}")).to_be_focused()
    keyboard.press("p")
    expect(guest.page.locator(f"#title-{first.id}")).to_be_focused()
    keyboard.press("e")
    expect(guest.editor(first)).to_be_focused()
    guest.opens_the_lesson()
    keyboard.press("]")
    expect(guest.page).not_to_have_url(re.compile(lesson.slug))
    keyboard.press("[")
    expect(guest.page).to_have_url(re.compile(lesson.slug))


def test_what_is_typed_is_no_shortcut(guest, lesson):
    guest.opens_the_lesson()
    editor = guest.editor(lesson.exercises[0])
    guest.writes(lesson.exercises[0], "")
    editor.press_sequentially("[n/?]p")
    expect(guest.answer(lesson.exercises[0])).to_have_value("[n/?]p")
    expect(guest.page).to_have_url(re.compile(lesson.slug))
    expect(guest.page.locator("dialog")).to_have_count(0)
    guest.page.locator("h1").click()
    guest.page.keyboard.press("Control+]")
    guest.page.keyboard.press("Alt+n")
    expect(guest.page).to_have_url(re.compile(lesson.slug))


def test_the_list_of_shortcuts_opens_and_switches_them_off(guest):
    guest.opens_the_shelf()
    guest.page.keyboard.press("?")
    dialog = guest.page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Single keys work").uncheck()
    guest.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    guest.page.keyboard.press("/")
    expect(guest.page.get_by_label("Search lessons")).not_to_be_focused()
    guest.page.get_by_role("link", name="Keyboard shortcuts").click()
    expect(guest.page.get_by_label("Single keys work")).not_to_be_checked()
    guest.page.get_by_label("Single keys work").check()
    guest.opens_the_shelf()
    guest.page.keyboard.press("/")
    expect(guest.page.get_by_label("Search lessons")).to_be_focused()


def passes(guest, exercise):
    """Types the solution where the focus is, checks it, and waits for the verdict."""
    guest.page.keyboard.press("Control+A")
    guest.page.keyboard.insert_text(exercise.solution.code)
    guest.page.keyboard.press("Control+Enter")
    expect(guest.verdict(exercise)).to_have_class(re.compile(r"\bpassed\b"))


def test_after_a_pass_the_same_keys_lead_to_the_next_exercise_and_at_last_to_the_next_lesson(guest, lesson):
    guest.opens_the_lesson()
    guest.page.keyboard.press("n")
    guest.page.keyboard.press("e")
    for exercise in lesson.exercises:
        expect(guest.editor(exercise)).to_be_focused()
        passes(guest, exercise)
        guest.page.keyboard.press("Control+Enter")
    expect(guest.page).not_to_have_url(re.compile(lesson.slug))
    expect(guest.page.locator("main h1")).not_to_have_text(lesson.title)


def test_an_answer_that_was_changed_since_is_checked_again(guest, lesson):
    exercise = lesson.exercises[0]
    guest.opens_the_lesson()
    guest.editor(exercise).focus()
    passes(guest, exercise)
    guest.page.keyboard.insert_text("\nNone")
    guest.page.keyboard.press("Control+Enter")
    expect(guest.verdict(exercise)).to_have_class(re.compile(r"\b(failed|error)\b"))
    expect(guest.editor(exercise)).to_be_focused()
