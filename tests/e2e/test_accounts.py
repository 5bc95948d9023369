"""In a real browser: the doors, with and without JavaScript, by keyboard alone and on a phone."""

import re

from playwright.sync_api import expect

from tests.e2e import doors
from tests.e2e.conftest import PHONE
from tests.e2e.test_page import tabs_to


def test_work_is_saved_by_signing_up_and_the_way_leads_back_to_the_lesson(anyone, lesson):
    exercise = lesson.exercises[0]
    anyone.opens_the_lesson()
    anyone.checks(exercise, exercise.solution.code)
    expect(anyone.verdict(exercise)).to_have_class(re.compile(r"\bpassed\b"))
    doors.sign_up(anyone.page)
    expect(anyone.page).to_have_url(re.compile(f"/lessons/{lesson.slug}/"))
    expect(anyone.verdict(exercise)).to_have_class(re.compile(r"\bpassed\b"))


def test_work_of_two_browsers_comes_together_by_logging_in(visitor, lesson):
    first, second = lesson.exercises[:2]
    home, school = visitor(), visitor()
    home.opens_the_lesson()
    home.checks(first, first.solution.code)
    expect(home.verdict(first)).to_have_class(re.compile(r"\bpassed\b"))
    email = doors.sign_up(home.page)
    school.opens_the_lesson()
    school.checks(second, second.solution.code)
    expect(school.verdict(second)).to_have_class(re.compile(r"\bpassed\b"))
    doors.log_in(school.page, email)
    school.opens_the_lesson()
    for exercise in (first, second):
        expect(school.page.locator(f"#mark-{exercise.id}")).to_contain_text("Passed")


def test_a_text_left_over_by_logging_in_can_be_read_and_put_away(visitor, lesson):
    exercise = lesson.exercises[0]
    home, school = visitor(), visitor()
    home.opens_the_lesson()
    email = doors.sign_up(home.page)
    home.checks(exercise, "home_text")
    expect(home.verdict(exercise)).to_be_visible()
    school.opens_the_lesson()
    school.checks(exercise, "school_text")
    expect(school.verdict(exercise)).to_be_visible()
    doors.log_in(school.page, email)
    school.opens_the_lesson()
    expect(school.answer(exercise)).to_have_value("school_text")
    others = school.page.locator(f"#others-{exercise.id}")
    others.locator("summary").click()
    expect(others.locator("pre")).to_have_text("home_text")
    school.page.on("dialog", lambda dialog: dialog.accept())
    others.get_by_role("button", name="Delete it").click()
    expect(others).to_have_text("")
    expect(school.answer(exercise)).to_have_value("school_text")


def test_one_can_sign_up_and_log_out_by_keyboard_alone(guest):
    page, email = guest.page, doors.new_email()
    guest.opens_the_shelf()
    tabs_to(page, "Save my progress")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Save my progress")
    tabs_to(page, "id_email")
    page.keyboard.insert_text(email)
    page.keyboard.press("Tab")
    page.keyboard.insert_text("short")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("too short")
    expect(page.get_by_label("Password")).to_be_focused()
    expect(page.get_by_label("Email")).to_have_value(email)
    page.keyboard.insert_text(doors.PASSWORD)
    page.keyboard.press("Enter")
    name = email.partition("@")[0]
    expect(page.locator(".account")).to_have_text(name)
    tabs_to(page, name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    tabs_to(page, "Log out")
    page.keyboard.press("Enter")
    expect(page.locator(".account")).to_have_text("Save my progress")


def test_a_wrong_password_is_said_to_be_and_the_name_stays(anyone):
    anyone.page.goto("/accounts/login/")
    anyone.page.get_by_label("Email or username").fill("nobody@example.org")
    anyone.page.get_by_label("Password").fill("guessed")
    anyone.page.get_by_role("button", name="Log in", exact=True).click()
    expect(anyone.page.get_by_role("alert")).to_contain_text("do not belong together")
    expect(anyone.page.get_by_label("Email or username")).to_have_value("nobody@example.org")
    expect(anyone.page.get_by_label("Email or username")).to_be_focused()


def test_an_account_is_exported_and_deleted(anyone):
    anyone.opens_the_lesson()
    doors.sign_up(anyone.page)
    anyone.page.goto("/accounts/")
    with anyone.page.expect_download() as download:
        anyone.page.get_by_role("link", name="Export my data").click()
    assert download.value.suggested_filename == "woodshed.json"
    anyone.page.get_by_role("link", name="Delete my account").click()
    anyone.page.get_by_label("Your password").fill(doors.PASSWORD)
    anyone.page.get_by_role("button", name="Delete my account").click()
    expect(anyone.page.get_by_role("heading", level=1)).to_have_text("It is all deleted")
    expect(anyone.page.locator(".account")).to_have_text("Save my progress")


def test_no_door_scrolls_sideways_on_a_phone(visitor):
    guest = visitor(**PHONE)
    guest.opens_the_lesson()
    doors.sign_up(guest.page)
    for address in ("", "login/", "signup/", "password/change/", "password/reset/", "delete/", "logout/"):
        guest.page.goto(f"/accounts/{address}")
        assert guest.width_beyond_the_window() <= 0, address
