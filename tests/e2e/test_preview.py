"""A preview in a real browser, from the link to the way out."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import live
from tests.e2e.conftest import Visitor

NAME = "window-functions"
AT = f"/preview/{NAME}"


@dataclass(frozen=True, slots=True)
class Previewed:
    """A site with a preview, and the link to that."""

    site: live.Site
    link: str


@pytest.fixture(scope="module")
def previewed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Previewed]:
    data, folder = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("previews")
    shutil.copytree(live.ROOT / "content", folder / NAME / "content")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("WOODSHED_PREVIEWS", str(folder))
        environment.setenv("WOODSHED_DATA", str(data))
        environment.setenv("DJANGO_SETTINGS_MODULE", "site_config.settings.local")
        with live.serve(data) as site:
            command = [sys.executable, "manage.py", "preview_link", NAME]
            said = subprocess.run(command, cwd=live.ROOT, env=os.environ, capture_output=True, text=True, check=True).stdout
            yield Previewed(site, said.splitlines()[0])


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def colleague(request: pytest.FixtureRequest, browser: Browser, previewed: Previewed, lesson) -> Iterator[Visitor]:
    context = browser.new_context(base_url=previewed.site.address, java_script_enabled=request.param)
    yield Visitor(context.new_page(), lesson, scripted=request.param)
    context.close()


def banner(page: Page):
    return page.get_by_role("complementary", name="Preview")


def test_a_colleague_works_in_a_preview_leaves_it_and_finds_the_course_untouched(colleague, previewed):
    page, exercise = colleague.page, colleague.lesson.exercises[0]
    page.goto(previewed.link)
    expect(page).to_have_url(f"{previewed.site.address}{AT}/")
    page.goto(f"{AT}/lessons/{colleague.lesson.slug}/")
    colleague.checks(exercise, exercise.solution.code)
    expect(colleague.bench(exercise).locator(".verdict.passed")).to_be_visible()
    assert colleague.width_beyond_the_window() == 0
    banner(page).get_by_role("button", name="Leave the preview").click()
    expect(page).to_have_url(f"{previewed.site.address}/")
    expect(banner(page)).to_have_count(0)
    assert colleague.troubles == []
    colleague.opens_the_lesson()
    expect(colleague.answer(exercise)).to_have_value(exercise.starter.code)
    expect(colleague.verdict(exercise)).to_have_count(0)
    page.goto(f"{AT}/")
    expect(page.get_by_role("heading", name="A preview is opened by its link")).to_be_visible()


def test_what_is_typed_in_the_course_is_not_taken_over_into_a_preview(colleague, previewed):
    page, exercise = colleague.page, colleague.lesson.exercises[0]
    page.goto(previewed.link)
    colleague.opens_the_lesson()
    colleague.writes(exercise, "typed in the course")
    page.goto(f"{AT}/lessons/{colleague.lesson.slug}/")
    expect(banner(page)).to_be_visible()
    expect(colleague.answer(exercise)).to_have_value(exercise.starter.code)
