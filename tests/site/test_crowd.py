"""A full house: a real site, whose visitors all run code that does not end."""

from pathlib import Path

import pytest

from tests.e2e import live
from tests.site.crowd import Guest

pytestmark = pytest.mark.sandbox

GUESTS = 20
ROUNDS = 3
"""On a machine with other things to do, three seconds of a loop may be over before a page is asked for."""
STOPPED = "3 seconds"


def pages_come_before_any_loop_is_stopped(site: live.Site) -> bool:
    guests, reader = [Guest(site) for _ in range(GUESTS)], Guest(site)
    for guest in guests:
        guest.reads(guest.lesson)
    for guest in guests:
        guest.sends("run", "while True: pass")
    live.wait_until(lambda: any(guest.answered for guest in guests), 60)  # the line is full, or a loop was stopped already
    assert "Practise Django" in reader.reads("/")
    assert "<textarea" in reader.reads(reader.lesson)
    early = {guest for guest in guests if guest.answered}
    heard = {guest: guest.hears().text for guest in guests}
    return len(early) < GUESTS and not any(STOPPED in heard[guest] for guest in early)


def test_twenty_endless_loops_leave_lessons_loading(tmp_path: Path) -> None:
    with live.serve(tmp_path) as site:
        assert any(pages_come_before_any_loop_is_stopped(site) for _ in range(ROUNDS))
