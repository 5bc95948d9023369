"""What somebody does at the doors, in a browser."""

from itertools import count

from playwright.sync_api import Page, expect

PASSWORD = "a swinging secret"
_numbers = count()


def new_email() -> str:
    return f"learner-{next(_numbers)}@example.org"


def sign_up(page: Page) -> str:
    """From any page with the bar, as a visitor or a guest; gives the email."""
    email = new_email()
    menu = page.get_by_role("button", name="Menu")
    if menu.is_visible():  # on a phone
        menu.click()
    page.get_by_role("banner").get_by_role("link", name="Save my progress").click()
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Save my progress").click()
    expect(page.locator(".account")).to_contain_text(email.partition("@")[0])
    return email


def log_in(page: Page, email: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email or username").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.locator(".account")).to_have_text(email.partition("@")[0])


def log_out(page: Page) -> None:
    page.goto("/accounts/")
    page.get_by_role("button", name="Log out").click()
    expect(page.locator(".account")).to_have_text("Save my progress")
