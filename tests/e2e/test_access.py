"""axe finds nothing on any page, in any state, in light or dark."""

from typing import Literal

import pytest

from tests.e2e import axe
from tests.e2e.conftest import PHONE, Visitor
from tests.e2e.states import STATES

type Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")


def seen_in(visitor: Visitor, theme: Theme) -> list[axe.Violation]:
    visitor.page.emulate_media(color_scheme=theme)
    return axe.violations(visitor.page)


@pytest.mark.parametrize("state", STATES)
def test_nothing_keeps_anybody_out(visitor, lesson, site, state):
    guest = visitor(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    STATES[state](guest.page, lesson, site)
    assert {theme: seen_in(guest, theme) for theme in THEMES} == {theme: [] for theme in THEMES}
    if state == "404":
        guest.troubles.clear()  # the browser's own line


@pytest.mark.parametrize("sheet", ["Lessons", "Models", "Menu"])
def test_nor_does_a_sheet_on_a_phone(visitor, sheet):
    guest = visitor(**PHONE, reduced_motion="reduce")
    guest.opens_the_lesson()
    guest.page.get_by_role("button", name=sheet, exact=True).click()
    assert {theme: seen_in(guest, theme) for theme in THEMES} == {theme: [] for theme in THEMES}
