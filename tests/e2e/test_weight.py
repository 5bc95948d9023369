"""What the first view of a lesson costs somebody on a bad network, as it comes over the wire."""

from collections import defaultdict

import pytest

KB = 1024
KINDS = {".woff2": "fonts", "/editor.": "editor"}
"""What an address ends with or holds, and what it is counted as. All else is the page."""


@pytest.fixture
def weights(visitor, lesson) -> dict[str, int]:
    """Bytes as they were sent, by kind, for a visitor who has never been here and looks at the top of a lesson."""
    guest = visitor(viewport={"width": 1440, "height": 900})
    sent: dict[str, int] = defaultdict(int)
    kinds: dict[str, str] = {}
    network = guest.page.context.new_cdp_session(guest.page)
    network.send("Network.enable")
    network.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: kind(event["response"]["url"])}))
    network.on("Network.loadingFinished", lambda event: weigh(sent, kinds, event))
    guest.page.goto(f"/lessons/{lesson.slug}/")
    guest.page.wait_for_load_state("networkidle")
    return sent


def kind(address: str) -> str:
    return next((name for part, name in KINDS.items() if part in address), "page")


def weigh(sent: dict[str, int], kinds: dict[str, str], event: dict) -> None:
    sent[kinds[event["requestId"]]] += int(event["encodedDataLength"])


def test_a_lesson_weighs_little(weights):
    assert 10 * KB < weights["page"] <= 60 * KB
    assert 20 * KB < weights["fonts"] <= 110 * KB
    assert weights["editor"] <= 150 * KB
