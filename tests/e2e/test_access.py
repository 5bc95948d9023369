"""axe finds nothing on any page, in any state, in light or dark."""

import pytest

from tests.e2e import axe
from tests.e2e.states import STATES

THEMES = ("light", "dark")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("state", STATES)
def test_nothing_keeps_anybody_out(visitor, lesson, site, state, theme):
    guest = visitor(color_scheme=theme, viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    STATES[state](guest.page, lesson, site)
    assert axe.violations(guest.page) == []
    if state == "404":
        guest.troubles.clear()  # the browser's own line


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("sheet", ["Lessons", "Models", "Menu"])
def test_nor_does_a_sheet_on_a_phone(visitor, sheet, theme):
    guest = visitor(color_scheme=theme, viewport={"width": 390, "height": 844})
    guest.opens_the_lesson()
    guest.page.get_by_role("button", name=sheet, exact=True).click()
    assert axe.violations(guest.page) == []
