"""Every page, in every state that looks different: what axe goes through, and what pictures are taken of."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from lessons.catalogue.types import Lesson
from tests.e2e import live

SECONDS = 20


def shelf(page: Page, lesson: Lesson) -> None:
    page.goto("/")


def untouched(page: Page, lesson: Lesson) -> None:
    page.goto(f"/lessons/{lesson.slug}/")


def failed(page: Page, lesson: Lesson) -> None:
    checked(page, lesson, lesson.exercises[0].wrongs[0].answer.code, "failed")


def passed(page: Page, lesson: Lesson) -> None:
    checked(page, lesson, lesson.exercises[0].solution.code, "passed")


def error(page: Page, lesson: Lesson) -> None:
    checked(page, lesson, "Book.objects.filter(in_prnt=False)", "error")


def timeout(page: Page, lesson: Lesson) -> None:
    checked(page, lesson, "while True:\n    pass", "error")


def playground(page: Page, lesson: Lesson) -> None:
    page.goto(f"/playground/?world={lesson.world}")
    live.write(page.locator("#bench-pad .cm-content"), "Book.objects.filter(price__lt=12).order_by('price')[:12]")
    page.locator("#bench-pad").get_by_role("button", name="Run").click()
    expect(page.locator("#bench-pad .panels")).to_be_visible(timeout=SECONDS * 1000)


def world(page: Page, lesson: Lesson) -> None:
    page.goto(f"/worlds/{lesson.world}/")


def search(page: Page, lesson: Lesson) -> None:
    page.goto("/search/?q=filter")


def names(page: Page, lesson: Lesson) -> None:
    page.goto("/names/")


def name(page: Page, lesson: Lesson) -> None:
    page.goto("/names/method-filter/")


def keys(page: Page, lesson: Lesson) -> None:
    page.goto("/keys/")


def missing(page: Page, lesson: Lesson) -> None:
    page.goto("/no/such/page/")


STATES: dict[str, Callable[[Page, Lesson], None]] = {
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
    "404": missing,
}


def checked(page: Page, lesson: Lesson, code: str, status: str) -> None:
    """The lesson's first bench after a Check, at the top of the picture."""
    untouched(page, lesson)
    bench = page.locator(f"#bench-{lesson.exercises[0].id}")
    bench.scroll_into_view_if_needed()
    live.write(bench.locator(".cm-content").first, code)
    bench.get_by_role("button", name="Check").click()
    expect(bench.locator(f".verdict.{status}")).to_be_visible(timeout=SECONDS * 1000)
    bench.evaluate("bench => bench.scrollIntoView()")
