"""What the documents name is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "docs/architecture.md"]
# `lessons/urls.py`, `content/`, `Makefile`; not `/healthz`, which is an address, nor `make test`.
PATH = re.compile(r"`([\w.][\w.-]*(?:/[\w.-]*)+|[\w.-]+\.(?:py|md|toml|yaml|txt|html|sh))`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)\)")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_in_backticks_exists(document):
    named = PATH.findall((ROOT / document).read_text())
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("document", [*DOCUMENTS, "docs/authoring.md", "docs/decisions.md"])
def test_every_relative_link_leads_somewhere(document):
    path = ROOT / document
    assert [link for link in LINK.findall(path.read_text()) if not (path.parent / link).exists()] == []


def test_a_check_is_followed_through_at_most_eight_files():
    steps = re.findall(r"^\| \d+ \| `([^`]+)`", (ROOT / "docs/architecture.md").read_text(), flags=re.MULTILINE)
    assert steps[0] == "lessons/urls.py"
    assert steps[-1].startswith("templates/")
    assert 5 <= len(steps) <= 8
    assert [step for step in steps if not (ROOT / step).is_file()] == []


def test_the_drawing_of_a_check_names_files_that_exist():
    drawing = (ROOT / "docs/architecture.md").read_text().partition("```mermaid")[2].partition("```")[0]
    named = re.findall(r"[\w/]+/[\w/]+\.\w+", drawing)
    assert len(named) >= 7
    assert [name for name in named if not (ROOT / name).is_file()] == []
