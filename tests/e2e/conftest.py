"""One site and one browser for all of these tests, a fresh visitor for each."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect, sync_playwright

from lessons.catalogue.load import load
from lessons.catalogue.types import Exercise, Lesson
from tests.e2e import live

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
SECONDS_FOR_A_CHECK = 15
"""An endless loop takes three, on data that is seen and data that is not, on a machine that does other things too."""

expect.set_options(timeout=SECONDS_FOR_A_CHECK * 1000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In one process (see tests/conftest.py): Playwright's loop stays in its thread, and Django's ORM refuses to work there."""
    for item in items:
        if item.path.is_relative_to(live.ROOT / "tests/e2e"):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[live.Site]:
    with live.serve(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = live.launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def lesson() -> Lesson:
    """The course's first lesson on rows, whose answers the tests give."""
    found = load(live.ROOT / "content").lesson("models/first-querysets")
    assert found
    return found


class Visitor:
    """Someone who looks at the site and works at its benches. ``troubles`` is what the browser complained about."""

    def __init__(self, page: Page, lesson: Lesson, *, scripted: bool = True) -> None:
        self.page, self.lesson, self.scripted = page, lesson, scripted
        self.troubles: list[str] = []
        page.on("console", self.hears)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))

    def hears(self, message: ConsoleMessage) -> None:
        """Errors and warnings of the console: refused scripts and styles, and answers of 400 and more, are among them."""
        if message.type in ("error", "warning"):
            self.troubles.append(message.text)

    def opens_the_lesson(self) -> None:
        self.page.goto(f"/lessons/{self.lesson.slug}/")

    def opens_the_shelf(self) -> None:
        self.page.goto("/")

    def bench(self, exercise: Exercise) -> Locator:
        return self.page.locator(f"#bench-{exercise.id}")

    def editor(self, exercise: Exercise) -> Locator:
        """Where one types. An editor is fetched when its bench comes near, so the page is scrolled there first."""
        self.bench(exercise).scroll_into_view_if_needed()
        return self.bench(exercise).locator(".cm-content" if self.scripted else "textarea")

    def answer(self, exercise: Exercise) -> Locator:
        """The textarea that is sent and saved, which has the text (``to_have_value``) whether there is an editor or not."""
        return self.bench(exercise).locator("textarea")

    def writes(self, exercise: Exercise, text: str) -> None:
        """Puts the text in place of what is there."""
        live.write(self.editor(exercise), text)

    def verdict(self, exercise: Exercise) -> Locator:
        return self.bench(exercise).locator(".verdict")

    def checks(self, exercise: Exercise, code: str) -> None:
        self.writes(exercise, code)
        self.bench(exercise).get_by_role("button", name="Check").click()

    def width_beyond_the_window(self) -> int:
        """How far the page scrolls sideways, in pixels."""
        beyond: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return beyond


@pytest.fixture
def visitor(browser: Browser, site: live.Site, lesson: Lesson) -> Iterator[Callable[..., Visitor]]:
    """Makes a new visitor, with the browser's options as given; afterwards none of them may have met trouble."""
    visitors = []

    def new(**options) -> Visitor:
        context = browser.new_context(base_url=site.address, **options)
        visitors.append(Visitor(context.new_page(), lesson, scripted=options.get("java_script_enabled", True)))
        return visitors[-1]

    yield new
    troubles = [trouble for one in visitors for trouble in one.troubles]
    for one in visitors:
        one.page.context.close()
    assert troubles == []


@pytest.fixture
def guest(visitor: Callable[..., Visitor]) -> Visitor:
    return visitor()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def anyone(request: pytest.FixtureRequest, visitor: Callable[..., Visitor]) -> Visitor:
    """A guest, once with and once without JavaScript."""
    return visitor(java_script_enabled=request.param)


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def anywhere(request: pytest.FixtureRequest, visitor: Callable[..., Visitor]) -> Callable[..., Visitor]:
    """Makes visitors with the browser's options as given, once with and once without JavaScript."""
    return partial(visitor, java_script_enabled=request.param)


@pytest.fixture
def phone_of_anyone(anywhere: Callable[..., Visitor]) -> Visitor:
    return anywhere(**PHONE)
