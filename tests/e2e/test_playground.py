"""In a real browser: the playground, what is shared from it, the box on the first page, and the diagram of a world."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e import live
from tests.e2e.conftest import PHONE, Visitor
from tests.e2e.test_page import tabs_to

QUERY = "Book.objects.filter(in_print=True).order_by('price')[:7]"


def opens(visitor: Visitor, address: str = "/playground/") -> Page:
    visitor.page.goto(address)
    if visitor.scripted and visitor.page.locator("#bench-pad").is_visible():
        visitor.page.locator("#bench-pad .cm-content").wait_for()
    return visitor.page


def pad(page: Page) -> Locator:
    """Where one types: the editor, or the textarea until it has come."""
    return page.locator("#bench-pad :is(.cm-content, textarea):visible").first


def runs(page: Page, code: str) -> None:
    live.write(pad(page), code)
    page.get_by_role("button", name=re.compile("^Run")).click()


def test_code_is_run_shared_read_by_somebody_else_and_deleted(anyone, visitor):
    page = opens(anyone)
    runs(page, QUERY)
    expect(page.locator(".panels")).to_contain_text("Rows 7")
    page.get_by_role("button", name="Share a link").click()
    expect(page.get_by_text("Whoever has this")).to_be_visible()
    link = page.locator("#link-pad").input_value() if page.locator("#link-pad").count() else page.url
    reader = visitor().page
    reader.goto(link)
    expect(reader.get_by_text("Code by another learner")).to_be_visible()
    expect(reader.locator("#code-pad")).to_have_value(QUERY)
    expect(reader.locator(".panels")).to_have_count(0)
    reader.get_by_role("button", name=re.compile("^Run")).click()
    expect(reader.locator(".panels")).to_contain_text("Rows 7")
    page.locator("#mine").get_by_role("button", name="Delete").click()
    expect(page.locator("#mine li")).to_have_count(0)
    assert reader.request.get(link).status == 200  # the reader has run it: what they have is theirs
    assert visitor().page.request.get(link).status == 404


def test_all_of_it_by_keyboard_alone(visitor):
    page = opens(visitor(permissions=["clipboard-read", "clipboard-write"]))
    keyboard = page.keyboard
    tabs_to(page, "code-pad")
    keyboard.press("Control+A")
    keyboard.insert_text("print('first')\nBook.objects.filter(price__lt=12).order_by('pk')[:3]")
    keyboard.press("Control+Enter")
    expect(page.locator(".panels")).to_contain_text("Rows 3")
    expect(page.locator("#bench-pad .cm-content")).to_be_focused()
    with page.expect_response("**/run/"):
        keyboard.press("Shift+Enter")
    tabs_to(page, "Rows after each call")
    keyboard.press("Enter")
    expect(page.locator(".panels")).to_contain_text(".filter(price__lt=12)")
    tabs_to(page, "Share a link")
    keyboard.press("Enter")
    expect(page.locator("#announce")).to_have_text("Shared. The link is below the editor.")
    tabs_to(page, "Copy")
    keyboard.press("Enter")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#link-pad").input_value()
    tabs_to(page, "Delete")
    keyboard.press("Enter")
    expect(page.locator("#mine-title")).to_be_focused()
    expect(page.locator("#announce")).to_have_text("Deleted. Its link leads nowhere now.")


@pytest.mark.parametrize("how", ["reload", "another tab"])
def test_what_was_typed_is_there_again(guest, how):
    page = opens(guest)
    live.write(pad(page), "half a que")
    expect(page.locator("#saved-pad")).to_contain_text("Saved")
    if how == "reload":
        page.reload()
    else:
        page.close()
        page = guest.page.context.new_page()
        page.goto("/playground/")
    expect(page.locator("#code-pad")).to_have_value("half a que")


def test_what_was_typed_just_before_a_reload_is_there_again(guest):
    page = opens(guest)
    live.write(pad(page), "last words")
    page.reload()
    expect(page.locator("#code-pad")).to_have_value("last words")


def test_an_older_tab_overwrites_nothing(guest):
    page = opens(guest)
    runs(page, "1")
    expect(page.locator(".panels")).to_be_visible()
    other = Visitor(guest.page.context.new_page(), guest.lesson)
    runs(opens(other), "2")
    expect(other.page.locator(".panels")).to_be_visible()
    live.write(pad(page), "3")
    expect(page.locator("#saved-pad")).to_contain_text("Changed in another tab")
    page.get_by_role("button", name="Take the other").click()
    expect(page.locator("#code-pad")).to_have_value("2")
    guest.troubles.clear()  # the browser's own line about a 409


def test_a_lost_network_has_its_words(guest):
    page = opens(guest)
    page.context.set_offline(True)
    runs(page, "1")
    expect(page.locator("#result-pad")).to_contain_text("The site cannot be reached")
    expect(page.locator("#code-pad")).to_have_value("1")
    guest.troubles.clear()


def test_the_box_on_the_first_page_answers_in_place(guest):
    page = opens(guest, "/")
    page.locator(".hero-try").get_by_role("button", name="Run").click()
    expect(page.locator("#hero-answer")).to_contain_text(re.compile(r"\d+ · 1 query · \d+\.\d ms"))
    page.locator("#hero-code").fill("Book.objects.first(")
    page.locator("#hero-code").press("Control+Enter")
    expect(page.locator("#hero-answer")).to_contain_text("never closed")
    page.context.set_offline(True)
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#announce")).to_contain_text("The site cannot be reached")
    guest.troubles.clear()


def test_without_javascript_the_box_leads_to_the_playground(visitor):
    page = opens(visitor(java_script_enabled=False), "/")
    page.locator(".hero-try").get_by_role("button", name="Run").click()
    expect(page.locator("h1")).to_have_text("Playground")
    expect(page.locator(".panels")).to_contain_text("1 query")
    expect(page.locator("#code-pad")).to_have_value(re.compile(r"\.count\(\)"))


# The diagram


def drawn_width(page: Page) -> float:
    box = page.locator(".drawing svg").bounding_box()
    assert box
    return box["width"]


@pytest.mark.parametrize("options", [PHONE, {"viewport": {"width": 1440, "height": 900}}], ids=["phone", "desk"])
def test_the_diagram_fits_and_grows_by_keyboard(visitor, lesson, options):
    guest = visitor(**options)
    page = opens(guest, f"/worlds/{lesson.world}/")
    region = page.get_by_role("region", name="Diagram of the models")
    assert region.evaluate("region => region.scrollWidth <= region.clientWidth")
    before = drawn_width(page)
    region.focus()
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert drawn_width(page) == pytest.approx(2 * before, rel=0.02)
    assert guest.width_beyond_the_window() <= 0
    page.keyboard.press("-")
    assert drawn_width(page) == pytest.approx(1.5 * before, rel=0.02)
    page.keyboard.press("0")
    assert drawn_width(page) == pytest.approx(before, rel=0.02)
    page.get_by_role("button", name="Larger").click()
    expect(page.get_by_role("button", name="Smaller")).not_to_have_attribute("aria-disabled", "true")
    assert drawn_width(page) == pytest.approx(1.5 * before, rel=0.02)


def test_arrow_keys_scroll_a_large_diagram(visitor, lesson):
    page = opens(visitor(**PHONE), f"/worlds/{lesson.world}/?zoom=4")
    region = page.get_by_role("region", name="Diagram of the models")
    region.evaluate("region => region.scrollTo(0, 0)")
    region.focus()
    page.keyboard.press("ArrowRight")
    live.wait_until(lambda: region.evaluate("region => region.scrollLeft") > 0, seconds=10)


def test_without_javascript_links_make_the_diagram_larger(visitor, lesson):
    guest = visitor(java_script_enabled=False, **PHONE)
    page = opens(guest, f"/worlds/{lesson.world}/")
    before = drawn_width(page)
    page.get_by_role("link", name="Larger").click()
    assert drawn_width(page) == pytest.approx(1.5 * before, rel=0.02)
    page.get_by_role("link", name="Fit").click()
    assert drawn_width(page) == pytest.approx(before, rel=0.02)


def test_neither_page_scrolls_sideways_on_a_phone(visitor, lesson):
    guest = visitor(**PHONE)
    page = opens(guest)
    runs(page, "Book.objects.all()[:50]")
    expect(page.locator(".panels")).to_be_visible()
    page.get_by_role("button", name="Share a link").click()
    expect(page.locator("#link-pad")).to_be_visible()
    assert guest.width_beyond_the_window() <= 0
    page.goto(page.locator("#link-pad").input_value())
    assert guest.width_beyond_the_window() <= 0
    page.goto(f"/worlds/{lesson.world}/?zoom=3")
    assert guest.width_beyond_the_window() <= 0
