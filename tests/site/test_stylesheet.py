"""The one stylesheet."""

import re

from django.conf import settings

CSS = (settings.BASE_DIR / "static/css/woodshed.css").read_text()
RULES = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)


def test_every_brace_is_closed_within_its_layer():
    """A browser takes a block that is not closed for the rest of the file, and says nothing."""
    depth = 0
    for line in RULES.splitlines():
        if line.startswith("@layer") and line.endswith("{"):
            assert depth == 0, line
        depth += line.count("{") - line.count("}")
    assert depth == 0


def test_colours_have_names():
    """So that light and dark stay in one place."""
    components = RULES[RULES.index("@layer layout {") :]
    assert set(re.findall(r"#[0-9a-f]{6}\b", components)) <= {"#ff5a36", "#b3261e", "#ffffff"}


def test_nothing_is_forced():
    assert "!important" not in RULES
