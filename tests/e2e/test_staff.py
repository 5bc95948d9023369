"""In a real browser: what a learner wrote comes to an author, by sight, on a phone and by the clipboard."""

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.e2e import live
from tests.e2e.conftest import PHONE
from tests.e2e.test_page import tabs_to

PASSWORD = "the password of an author"
ODD = "Book.objects.none()"


@pytest.fixture(scope="module")
def author(site: live.Site) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment |= {"WOODSHED_DATA": str(site.log.parent), "DJANGO_SUPERUSER_PASSWORD": PASSWORD}
    command = [sys.executable, "manage.py", "createsuperuser", "--noinput", "--username", "author", "--email", "a@example.org"]
    subprocess.run(command, cwd=live.ROOT, env=environment, check=True, capture_output=True)


def signs_in(page) -> None:
    page.goto("/staff/triage/")
    page.get_by_label("Email or username").fill("author")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


@pytest.fixture
def odd(author, visitor, lesson) -> None:
    """A learner has given an answer that the lesson has no words for."""
    learner, exercise = visitor(), lesson.exercises[0]
    learner.opens_the_lesson()
    learner.checks(exercise, ODD)
    expect(learner.verdict(exercise)).to_be_visible()


@pytest.mark.usefixtures("odd")
def test_an_author_finds_a_learner_s_answer(anyone, lesson):
    signs_in(anyone.page)
    anyone.page.get_by_role("link", name=lesson.exercises[0].key).click()
    group = anyone.page.locator("details", has_text="Nothing came back")
    group.locator("summary").click()
    assert f"```python wrong expect=rows\n{ODD}\n```" in group.locator("textarea").input_value()


@pytest.mark.usefixtures("odd")
def test_a_block_can_be_copied_by_keyboard(visitor, lesson):
    author = visitor(permissions=["clipboard-read", "clipboard-write"])
    signs_in(author.page)
    author.page.get_by_role("link", name=lesson.exercises[0].key).click()
    author.page.locator("summary").first.press("Enter")
    tabs_to(author.page, "Copy")
    author.page.keyboard.press("Enter")
    expect(author.page.get_by_role("button", name="Copied")).to_be_visible()
    assert author.page.evaluate("navigator.clipboard.readText()") == author.page.locator("textarea").first.input_value()


@pytest.mark.usefixtures("odd")
def test_no_staff_page_scrolls_sideways_on_a_phone(visitor, lesson):
    author = visitor(**PHONE)
    author.page.goto("/accounts/login/")
    assert author.width_beyond_the_window() <= 0
    signs_in(author.page)
    author.page.get_by_role("link", name=lesson.exercises[0].key).wait_for()
    assert author.width_beyond_the_window() <= 0
    author.page.get_by_role("link", name=lesson.exercises[0].key).click()
    for group in author.page.locator("summary").all():
        group.click()
    assert author.width_beyond_the_window() <= 0


@pytest.mark.usefixtures("odd")
def test_the_admin_works_under_the_site_s_policy(visitor):
    """What the browser refused would be among the troubles."""
    author = visitor()
    signs_in(author.page)
    author.page.get_by_role("link", name="People").click()
    author.page.get_by_role("link", name="Users").click()
    author.page.get_by_role("link", name="author", exact=True).click()
    expect(author.page.locator("#id_user_permissions_to")).to_be_visible()  # drawn by a script
    author.page.get_by_role("link", name="Submissions").first.click()
    author.page.locator("#result_list tbody a").first.click()
    expect(author.page.locator("pre", has_text=ODD)).to_be_visible()
    author.page.get_by_role("link", name="Lessons from learners").click()
    expect(author.page).to_have_url(re.compile("/staff/triage/$"))
