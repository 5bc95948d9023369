"""Every page, in every state that looks different: what axe goes through, and what pictures are taken of."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from lessons.catalogue.types import Lesson
from tests.e2e import live

SECONDS = 20


def shelf(page: Page, lesson: Lesson, site: live.Site) -> None:
    page.goto("/")


def untouched(page: Page, lesson: Lesson, site: live.Site) -> None:
    page.goto(f"/lessons/{lesson.slug}/")


def failed(page: Page, lesson: Lesson, site: live.Site) -> None:
    checked(page, lesson, site, lesson.exercises[0].wrongs[0].answer.code, "failed")


def passed(page: Page, lesson: Lesson, site: live.Site) -> None:
    checked(page, lesson, site, lesson.exercises[0].solution.code, "passed")


def error(page: Page, lesson: Lesson, site: live.Site) -> None:
    checked(page, lesson, site, "Book.objects.filter(in_prnt=False)", "error")


def timeout(page: Page, lesson: Lesson, site: live.Site) -> None:
    checked(page, lesson, site, "while True:\n    pass", "error")


def playground(page: Page, lesson: Lesson, site: live.Site) -> None:
    page.goto(f"/playground/?world={lesson.world}")
    live.write(page.locator("#bench-pad .cm-content"), "Book.objects.filter(price__lt=12).order_by('price')[:12]")
    page.locator("#bench-pad").get_by_role("button", name="Run").click()
    expect(page.locator("#bench-pad .panels")).to_be_visible(timeout=SECONDS * 1000)


def world(page: Page, lesson: Lesson, site: live.Site) -> None:
    page.goto(f"/worlds/{lesson.world}/")


def search(page: Page, lesson: Lesson, site: live.Site) -> None:
    page.goto("/search/?q=filter")


def names(page: Page, lesson: Lesson, site: live.Site) -> None:
    page.goto("/names/")


def name(page: Page, lesson: Lesson, site: live.Site) -> None:
    page.goto("/names/method-filter/")


def keys(page: Page, lesson: Lesson, site: live.Site) -> None:
    page.goto("/keys/")


def sign_up(page: Page, lesson: Lesson, site: live.Site) -> None:
    page.goto("/accounts/signup/")


def log_in(page: Page, lesson: Lesson, site: live.Site) -> None:
    page.goto("/accounts/login/")


def refused(page: Page, lesson: Lesson, site: live.Site) -> None:
    """A login that went wrong."""
    page.goto("/accounts/login/")
    page.get_by_label("Email or username").fill("nobody@example.org")
    page.get_by_label("Password").fill("guessed")
    page.get_by_role("main").get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert").first).to_be_visible()


def account(page: Page, lesson: Lesson, site: live.Site) -> None:
    page.goto("/accounts/")


def nothing_to_review(page: Page, lesson: Lesson, site: live.Site) -> None:
    page.goto("/review/")


def review(page: Page, lesson: Lesson, site: live.Site) -> None:
    passed(page, lesson, site)
    live.days_go_by(site)
    page.goto("/review/")


def missing(page: Page, lesson: Lesson, site: live.Site) -> None:
    page.goto("/no/such/page/")


STATES: dict[str, Callable[[Page, Lesson, live.Site], None]] = {
    "shelf": shelf,
    "lesson": untouched,
    "failed": failed,
    "passed": passed,
    "error": error,
    "timeout": timeout,
    "playground": playground,
    "world": world,
    "search": search,
    "names": names,
    "name": name,
    "keys": keys,
    "signup": sign_up,
    "login": log_in,
    "refused": refused,
    "account": account,
    "review-empty": nothing_to_review,
    "review": review,
    "404": missing,
}


def checked(page: Page, lesson: Lesson, site: live.Site, code: str, status: str) -> None:
    """The lesson's first bench after a Check, at the top of the picture."""
    untouched(page, lesson, site)
    bench = page.locator(f"#bench-{lesson.exercises[0].id}")
    bench.scroll_into_view_if_needed()
    live.write(bench.locator(".cm-content").first, code)
    bench.get_by_role("button", name="Check").click()
    expect(bench.locator(f".verdict.{status}")).to_be_visible(timeout=SECONDS * 1000)
    bench.evaluate("bench => bench.scrollIntoView()")
