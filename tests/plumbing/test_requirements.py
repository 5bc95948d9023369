"""What is installed is pinned, hashed, and names no index."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ADDRESS = re.compile(r"://|^\s*-(?:i|f|-index-url|-extra-index-url|-find-links)\b", flags=re.MULTILINE)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(name: str) -> dict[str, int]:
    """How many hashes each pinned package has."""
    blocks = re.split(r"^(?=[\w.-]+==)", (ROOT / f"requirements/{name}.txt").read_text(), flags=re.MULTILINE)
    return {normal(block.partition("==")[0]): block.count("--hash=sha256:") for block in blocks if "==" in block}


@pytest.mark.parametrize("name", ["base", "dev"])
def test_every_package_asked_for_is_pinned_with_hashes(name):
    asked = re.findall(r"^([A-Za-z][\w.-]*)", (ROOT / f"requirements/{name}.in").read_text(), flags=re.MULTILINE)
    pinned = pins(name)
    assert [one for one in asked if normal(one) not in pinned] == []
    assert [one for one, hashes in pinned.items() if not hashes] == []


@pytest.mark.parametrize("name", ["base.in", "base.txt", "dev.in", "dev.txt"])
def test_no_index_is_named(name):
    assert ADDRESS.search((ROOT / "requirements" / name).read_text()) is None
