"""A full house: a real site, whose visitors all run code that does not end."""

import select
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

import pytest

from lessons.catalogue.load import load
from tests.e2e import live

pytestmark = pytest.mark.sandbox

GUESTS = 20
ROUNDS = 3
"""On a machine with other things to do, three seconds of a loop may be over before a page is asked for."""
STOPPED = "3 seconds"


class Guest:
    """A browser at a lesson whose exercises have one file."""

    def __init__(self, site: live.Site) -> None:
        lesson = load(live.ROOT / "content").lesson("models/first-querysets")
        assert lesson
        self.lesson, self.bench = f"/lessons/{lesson.slug}/", f"/lessons/{lesson.slug}/exercises/{lesson.exercises[0].id}"
        self.connection = HTTPConnection("127.0.0.1", site.port, timeout=60)

    def reads(self, address: str) -> str:
        self.connection.request("GET", address)
        response = self.connection.getresponse()
        self.token = (response.headers["Set-Cookie"] or "").partition("csrftoken=")[2].partition(";")[0]
        assert response.status == 200
        return self.rest_of(response)

    def runs(self, code: str) -> None:
        """Sends it, and does not wait for the answer."""
        form = {"file:answer.py": code, "csrfmiddlewaretoken": self.token}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={self.token}", "HX-Request": "true"}
        self.connection.request("POST", f"{self.bench}/run/", urlencode(form), headers)

    @property
    def answered(self) -> bool:
        return bool(select.select([self.connection.sock], [], [], 0)[0])

    def hears(self) -> str:
        return self.rest_of(self.connection.getresponse())

    def rest_of(self, response: HTTPResponse) -> str:
        """The server closes a connection that is idle for a while, so none is kept."""
        with closing(self.connection), response:
            return response.read().decode()


def pages_come_before_any_loop_is_stopped(site: live.Site) -> bool:
    guests, reader = [Guest(site) for _ in range(GUESTS)], Guest(site)
    for guest in guests:
        guest.reads(guest.lesson)
    for guest in guests:
        guest.runs("while True: pass")
    live.wait_until(lambda: any(guest.answered for guest in guests), 60)  # the line is full, or a loop was stopped already
    assert "Practise Django" in reader.reads("/")
    assert "<textarea" in reader.reads(reader.lesson)
    early = {guest for guest in guests if guest.answered}
    heard = {guest: guest.hears() for guest in guests}
    return len(early) < GUESTS and not any(STOPPED in heard[guest] for guest in early)


def test_twenty_endless_loops_leave_lessons_loading(tmp_path: Path) -> None:
    with live.serve(tmp_path) as site:
        assert any(pages_come_before_any_loop_is_stopped(site) for _ in range(ROUNDS))
