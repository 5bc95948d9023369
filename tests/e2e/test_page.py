"""In a real browser: the whole lesson by keyboard, and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE

MANY_TABS = 200
FOCUSED = """() => {
  const focused = document.activeElement;
  return [(focused.closest(".cm-editor")?.previousElementSibling ?? focused).id, focused.innerText];
}"""


def tabs_to(page, name: str) -> None:
    """Presses Tab until the element with this id, its editor, or the button with this text, has the focus.

    In an editor Tab indents, so Escape comes first, as the page says.
    """
    for _ in range(MANY_TABS):
        page.keyboard.press("Escape")
        page.keyboard.press("Tab")
        identity, text = page.evaluate(FOCUSED)
        if name == identity or (text or "").startswith(name):
            return
    raise AssertionError(f"Tab never came to {name}")


def test_a_lesson_can_be_done_by_keyboard_alone(guest, lesson):
    exercise = lesson.exercises[0]
    guest.opens_the_lesson()
    keyboard = guest.page.keyboard
    tabs_to(guest.page, f"code-{exercise.id}-1")
    keyboard.press("Control+A")
    keyboard.insert_text(exercise.wrongs[0].answer.code)
    tabs_to(guest.page, "Hint 1 of")
    keyboard.press("Enter")
    expect(guest.page.locator(f"#hints-{exercise.id} .hint")).to_have_count(1)
    keyboard.press("Shift+Tab")
    keyboard.press("Shift+Tab")
    keyboard.press("Enter")
    expect(guest.verdict(exercise)).to_have_class(re.compile(r"\bfailed\b"))
    keyboard.press("Shift+Tab")
    keyboard.press("Control+A")
    keyboard.insert_text(exercise.solution.code)
    keyboard.press("Control+Enter")
    expect(guest.verdict(exercise)).to_have_class(re.compile(r"\bpassed\b"))
    expect(guest.editor(exercise)).to_be_focused()


def test_nothing_scrolls_sideways_on_a_phone(visitor, lesson):
    guest, exercise = visitor(**PHONE), lesson.exercises[0]
    guest.opens_the_shelf()
    assert guest.width_beyond_the_window() <= 0
    guest.opens_the_lesson()
    assert guest.width_beyond_the_window() <= 0
    guest.checks(exercise, exercise.wrongs[0].answer.code)
    expect(guest.verdict(exercise).locator("table.diff")).to_be_visible()
    assert guest.width_beyond_the_window() <= 0
    guest.page.goto(f"/worlds/{lesson.world}/")
    assert guest.width_beyond_the_window() <= 0


def test_a_quiz_says_why(anyone, lesson):
    quiz = lesson.quizzes[0]
    anyone.opens_the_lesson()
    section = anyone.page.locator(f"#quiz-{quiz.id}")
    wrong = min(set(range(len(quiz.options))) - quiz.right)
    section.locator(f"#option-{quiz.id}-{wrong}").check()
    section.get_by_role("button", name="Answer").click()
    expect(section).to_contain_text("Not yet")
    expect(section.locator(".explanation")).to_have_count(1)


def test_a_missing_page_is_the_sites_own(visitor):
    guest = visitor()
    guest.page.goto("/lessons/models/nothing-of-the-sort/")
    expect(guest.page.get_by_role("heading", level=1)).to_have_text("There is no such page")
    (said_by_the_browser,) = guest.troubles
    assert "404" in said_by_the_browser
    guest.troubles.clear()


def test_the_solution_asked_for_by_keyboard_has_the_focus(guest, lesson):
    exercise = lesson.exercises[0]
    guest.opens_the_lesson()
    guest.bench(exercise).get_by_role("button", name="Hint 1").click()
    guest.page.get_by_role("button", name="Show me the solution").first.focus()
    guest.page.keyboard.press("Enter")
    expect(guest.page.locator(f"#solution-{exercise.id} summary")).to_be_focused()


def test_what_stands_beside_the_text_stays_in_sight(visitor, lesson):
    guest = visitor(viewport={"width": 1440, "height": 900})
    guest.opens_the_lesson()
    guest.page.locator(".onward").scroll_into_view_if_needed()
    expect(guest.page.locator("#lessons h2").first).to_be_in_viewport()
    expect(guest.page.locator("#models h2")).to_be_in_viewport()


def test_on_a_phone_the_models_are_a_sheet_that_opens_over_the_text(phone_of_anyone):
    page = phone_of_anyone.page
    phone_of_anyone.opens_the_lesson()
    expect(page.locator("#models")).to_be_hidden()
    page.get_by_role("button", name="Models").click()
    expect(page.locator("#models h2")).to_be_in_viewport()
    assert phone_of_anyone.width_beyond_the_window() <= 0
    page.locator("#beside").get_by_role("button", name="Close").click()
    expect(page.locator("#models")).to_be_hidden()


def test_on_a_phone_the_lessons_and_the_menu_are_sheets_too(phone_of_anyone):
    page = phone_of_anyone.page
    phone_of_anyone.opens_the_lesson()
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("link", name="Course")).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Lessons", exact=True).click()
    page.locator("#lessons li a").nth(1).click()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    expect(page.locator("#lessons")).to_be_hidden()


@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_switch_changes_the_colours_and_the_next_page_comes_in_them(anywhere, system):
    somebody = anywhere(color_scheme=system)
    page, other = somebody.page, {"light": "dark", "dark": "light"}[system]
    somebody.opens_the_shelf()
    before = ground(page)
    page.get_by_role("button", name=f"{other.capitalize()} colours").click()
    expect(page.locator("html")).to_have_attribute("data-theme", other)
    assert ground(page) != before
    somebody.opens_the_lesson()
    assert ground(page) != before
    page.get_by_role("button", name=f"{system.capitalize()} colours").click()
    expect(page.get_by_role("button", name=f"{other.capitalize()} colours")).to_be_visible()
    assert ground(page) == before


def ground(page) -> str:
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


def test_whoever_chooses_what_the_system_has_is_left_to_the_system(visitor):
    guest = visitor(color_scheme="light")
    guest.opens_the_shelf()
    guest.page.get_by_role("button", name="Dark colours").click()
    guest.page.get_by_role("button", name="Light colours").click()
    before = ground(guest.page)
    guest.page.emulate_media(color_scheme="dark")
    assert ground(guest.page) != before
    guest.page.reload()
    assert ground(guest.page) != before


def test_the_switch_keeps_the_focus(guest):
    guest.opens_the_shelf()
    guest.page.get_by_role("button", name="Dark colours").focus()
    guest.page.keyboard.press("Enter")
    expect(guest.page.get_by_role("button", name="Light colours")).to_be_focused()


def test_the_contents_follow_the_page(visitor, lesson):
    guest = visitor(viewport={"width": 1440, "height": 900})
    guest.opens_the_lesson()
    bench = f"bench-{lesson.exercises[1].id}"
    guest.page.locator(f"#{bench}").evaluate("bench => bench.scrollIntoView()")
    expect(guest.page.locator(".toc [aria-current]")).to_have_attribute("href", f"#{bench}")


def test_what_is_passed_is_ticked_in_the_contents_at_once(guest, lesson):
    exercise = lesson.exercises[0]
    guest.opens_the_lesson()
    guest.checks(exercise, exercise.solution.code)
    expect(guest.page.locator(f"#contents-{exercise.id}")).to_contain_text("✓")


ADDRESSES = [
    "/",
    "/playground/",
    "/worlds/bookshop/",
    "/search/?q=filter",
    "/search/?q=nothing-of-the-sort",
    "/names/",
    "/names/method-filter/",
    "/keys/",
    "/review/",
    "/accounts/",
    "/accounts/signup/",
    "/accounts/login/",
    "/accounts/password/reset/",
]


@pytest.mark.parametrize("width", [320, 390, 720])
def test_nothing_is_cut_or_scrolls_sideways_however_narrow(visitor, lesson, width):
    """720 is a laptop's window at 200 %."""
    guest = visitor(viewport={"width": width, "height": 800})
    for address in [*ADDRESSES, f"/lessons/{lesson.slug}/"]:
        guest.page.goto(address)
        assert guest.width_beyond_the_window() <= 0, address
        assert cut(guest.page) == [], address


CUT = """() => [...document.querySelectorAll("h1, h2, h3, p, button, a, label, summary, th, dt")]
  .filter(element => element.checkVisibility() && !element.closest(".unseen, .scroll, .drawing, .cm-editor, .skip, .prose table"))
  .filter(element => {
    const { left, right, width } = element.getBoundingClientRect();
    return width && (left < 0 || right > innerWidth + 1);
  })
  .map(element => element.outerHTML.slice(0, 120))"""


def cut(page) -> list[str]:
    """What of the words and controls lies beyond the window's sides."""
    found: list[str] = page.evaluate(CUT)
    return found
