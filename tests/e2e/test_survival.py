"""In a real browser: a half-typed answer survives whatever may come between it and the next look. Each way has its test here; the
finer points of saving are in test_drafts.py."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from lessons.catalogue.types import Exercise, Lesson
from tests.e2e import doors, live
from tests.e2e.conftest import Visitor
from tests.e2e.test_drafts import saved, types

HALF = "Book.objects.filter(price__"


@pytest.fixture
def exercise(lesson: Lesson) -> Exercise:
    return lesson.exercises[0]


def half_typed(visitor: Visitor, exercise: Exercise, text: str = HALF) -> None:
    """Typed into the page that is open, and not waited for."""
    visitor.writes(exercise, text)


def is_there(visitor: Visitor, exercise: Exercise, text: str = HALF) -> None:
    expect(visitor.answer(exercise)).to_have_value(text)


def new_tab(visitor: Visitor) -> Visitor:
    other = Visitor(visitor.page.context.new_page(), visitor.lesson)
    other.opens_the_lesson()
    return other


def comes_to_be_there(visitor: Visitor, exercise: Exercise, text: str = HALF) -> None:
    """What a page sent as it went may arrive after the next one is asked for."""

    def there() -> bool:
        visitor.opens_the_lesson()
        return visitor.answer(exercise).input_value() == text

    live.wait_until(there, seconds=10)


def session_of(context: BrowserContext) -> str:
    (key,) = (cookie["value"] for cookie in context.cookies() if cookie["name"] == "sessionid")
    return key


def expire(site: live.Site, context: BrowserContext) -> None:
    """The session is gone from the server, while the browser goes on sending its name."""
    with closing(sqlite3.connect(site.log.parent / "woodshed.sqlite3", timeout=10)) as database, database:
        ended = database.execute("DELETE FROM django_session WHERE session_key = ?", [session_of(context)])
        assert ended.rowcount == 1


def test_a_half_typed_answer_survives_a_reload(guest, exercise):
    guest.opens_the_lesson()
    half_typed(guest, exercise)
    guest.page.reload()
    is_there(guest, exercise)


def test_a_half_typed_answer_survives_a_closed_tab(guest, exercise):
    guest.opens_the_lesson()
    types(guest, exercise, "something")
    half_typed(guest, exercise)
    other = Visitor(guest.page.context.new_page(), guest.lesson)
    guest.page.close(run_before_unload=True)
    comes_to_be_there(other, exercise)


def test_a_half_typed_answer_survives_in_a_second_tab(guest, exercise):
    guest.opens_the_lesson()
    half_typed(guest, exercise)
    expect(saved(guest, exercise)).to_contain_text("Saved")
    is_there(new_tab(guest), exercise)


def test_a_half_typed_answer_survives_logout_and_login(guest, exercise):
    guest.opens_the_lesson()
    email = doors.sign_up(guest.page)
    half_typed(guest, exercise)
    doors.log_out(guest.page)
    is_there(new_tab(guest), exercise, exercise.starter.code)
    doors.log_in(guest.page, email)
    comes_to_be_there(guest, exercise)


def test_what_is_typed_into_a_page_after_logout_in_another_tab_is_there_after_the_next_login(guest, exercise):
    guest.opens_the_lesson()
    email = doors.sign_up(guest.page)
    types(guest, exercise, "first words")
    other = new_tab(guest)
    doors.log_out(other.page)
    types(guest, exercise, HALF)
    doors.log_in(other.page, email)
    other.opens_the_lesson()
    is_there(other, exercise)
    other.bench(exercise).get_by_text("What else you wrote here").click()
    expect(other.page.locator(f"#others-{exercise.id} pre")).to_have_text("first words")


def test_a_half_typed_answer_survives_sign_up(anyone, exercise):
    anyone.opens_the_lesson()
    half_typed(anyone, exercise)
    anyone.bench(exercise).get_by_role("button", name="Run").click()
    expect(anyone.bench(exercise).locator(".result *").first).to_be_visible()
    doors.sign_up(anyone.page)
    anyone.opens_the_lesson()
    is_there(anyone, exercise)


def test_a_page_that_is_open_during_sign_up_goes_on_saving(guest, exercise):
    guest.opens_the_lesson()
    types(guest, exercise, "before")
    other = new_tab(guest)
    email = doors.sign_up(other.page)
    types(guest, exercise, HALF)
    expect(saved(guest, exercise)).to_contain_text("Saved")
    guest.page.context.clear_cookies()
    doors.log_in(other.page, email)
    other.opens_the_lesson()
    is_there(other, exercise)


def test_a_half_typed_answer_survives_an_expired_session(guest, site, exercise):
    guest.opens_the_lesson()
    types(guest, exercise, "before it ended")
    expire(site, guest.page.context)
    half_typed(guest, exercise)
    expect(saved(guest, exercise)).to_contain_text("Saved")
    guest.page.reload()
    is_there(guest, exercise)


def test_what_is_typed_after_the_session_of_an_account_ended_is_the_accounts_after_login(guest, site, exercise):
    guest.opens_the_lesson()
    email = doors.sign_up(guest.page)
    types(guest, exercise, "before it ended")
    expire(site, guest.page.context)
    half_typed(guest, exercise)
    expect(saved(guest, exercise)).to_contain_text("Saved")
    doors.log_in(guest.page, email)
    guest.opens_the_lesson()
    is_there(guest, exercise)


def test_a_half_typed_answer_survives_a_lost_network(guest, exercise):
    guest.opens_the_lesson()
    expect(guest.editor(exercise)).to_be_visible()
    guest.page.context.set_offline(True)
    half_typed(guest, exercise)
    expect(saved(guest, exercise)).to_contain_text("Not saved: offline")
    guest.page.context.set_offline(False)
    expect(saved(guest, exercise)).to_contain_text("Saved")
    guest.troubles.clear()
    is_there(new_tab(guest), exercise)


@pytest.fixture
def port() -> int:
    return live.free_port()


@pytest.fixture
def own_visitor(browser: Browser, lesson: Lesson, port: int) -> Iterator[Visitor]:
    """Of a site that the test starts and stops, at ``port``."""
    context = browser.new_context(base_url=f"http://127.0.0.1:{port}")
    yield Visitor(context.new_page(), lesson)
    context.close()


def test_a_half_typed_answer_survives_a_restart_of_the_server(own_visitor, port, exercise, tmp_path: Path):
    with live.serve(tmp_path, port):
        own_visitor.opens_the_lesson()
        types(own_visitor, exercise, "before the restart")
    half_typed(own_visitor, exercise)
    expect(saved(own_visitor, exercise)).to_contain_text("Not saved: offline")
    with live.serve(tmp_path, port):
        expect(saved(own_visitor, exercise)).to_contain_text("Saved")
        is_there(new_tab(own_visitor), exercise)
