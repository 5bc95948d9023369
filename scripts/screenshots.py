"""Takes pictures of every state of the pages into screenshots/: three widths, light and dark. "make screenshots" runs it."""

import tempfile
from collections.abc import Callable
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from lessons.catalogue.load import load
from lessons.catalogue.types import Lesson
from tests.e2e import live

FOLDER = live.ROOT / "screenshots"
WIDTHS = {1440: 900, 820: 1180, 390: 844}
SCHEMES = ("light", "dark")
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


def missing(page: Page, lesson: Lesson) -> None:
    page.goto("/no/such/page/")


STATES: dict[str, Callable[[Page, Lesson], None]] = {
    "shelf": shelf,
    "lesson": untouched,
    "failed": failed,
    "passed": passed,
    "error": error,
    "timeout": timeout,
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


def take(browser: Browser, address: str, lesson: Lesson, width: int, scheme: str) -> None:
    """Every state as one visitor sees it, the whole page of those that have no bench to look at."""
    height, dark = WIDTHS[width], scheme == "dark"
    viewport = ViewportSize(width=width, height=height)
    for name, state in STATES.items():
        context = browser.new_context(base_url=address, viewport=viewport, color_scheme="dark" if dark else "light")
        page = context.new_page()
        state(page, lesson)
        page.screenshot(path=FOLDER / f"{name}-{width}-{scheme}.png", full_page=name in ("shelf", "lesson", "404"))
        context.close()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    lesson = load(live.ROOT / "content").lesson("models/first-querysets")
    assert lesson  # noqa: S101  or there is nothing to take pictures of
    with tempfile.TemporaryDirectory() as data, live.serve(Path(data)) as site, sync_playwright() as playwright:
        browser = live.launch(playwright)
        for width, scheme in product(WIDTHS, SCHEMES):
            take(browser, site.address, lesson, width, scheme)
        browser.close()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER.name}/")


if __name__ == "__main__":
    main()
