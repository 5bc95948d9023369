"""Takes pictures of every state of the pages into screenshots/: three widths, light and dark. "make screenshots" runs it."""

import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from lessons.catalogue.load import load
from lessons.catalogue.types import Lesson
from tests.e2e import live
from tests.e2e.states import STATES

FOLDER = live.ROOT / "screenshots"
WIDTHS = {1440: 900, 820: 1180, 390: 844}
SCHEMES = ("light", "dark")
WHOLE = ("shelf", "playground", "world", "search", "404")
"""Pages that are shown to their end; the others as far as one sees at first."""


def take(browser: Browser, site: live.Site, lesson: Lesson, width: int, scheme: str) -> None:
    """Every state as a new visitor sees it."""
    height, dark = WIDTHS[width], scheme == "dark"
    viewport = ViewportSize(width=width, height=height)
    for name, state in STATES.items():
        context = browser.new_context(base_url=site.address, viewport=viewport, color_scheme="dark" if dark else "light")
        page = context.new_page()
        state(page, lesson, site)
        page.screenshot(path=FOLDER / f"{name}-{width}-{scheme}.png", full_page=name in WHOLE)
        context.close()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    lesson = load(live.ROOT / "content").lesson("models/first-querysets")
    assert lesson  # noqa: S101  or there is nothing to take pictures of
    with tempfile.TemporaryDirectory() as data, live.serve(Path(data)) as site, sync_playwright() as playwright:
        browser = live.launch(playwright)
        for width, scheme in product(WIDTHS, SCHEMES):
            take(browser, site, lesson, width, scheme)
        browser.close()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER.name}/")


if __name__ == "__main__":
    main()
