"""In a real browser: the whole lesson by keyboard, and on a phone."""

import re

from playwright.sync_api import expect

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
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


def test_on_a_phone_the_models_are_one_link_away_and_as_wide_as_the_text(visitor, lesson):
    guest = visitor(**PHONE)
    guest.opens_the_lesson()
    guest.page.get_by_role("link", name=f"{lesson.world} models").click()
    expect(guest.page.locator("#models h2")).to_be_in_viewport()
    models, text = (guest.page.locator(one).bounding_box() for one in ("#models", "main .prose >> nth=0"))
    assert (models["x"], models["width"]) == (text["x"], text["width"])
