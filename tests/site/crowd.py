"""Visitors of a real site, each with a connection and cookies of their own."""

import select
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from lessons.catalogue.load import load
from lessons.catalogue.types import Lesson
from tests.e2e import live

SECONDS_TO_ANSWER = 120.0


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str


@cache
def lesson_on_rows() -> Lesson:
    """One whose exercises are answered in one file."""
    found = load(live.ROOT / "content").lesson("models/first-querysets")
    assert found
    return found


class Guest:
    """A browser at a lesson."""

    def __init__(self, site: live.Site) -> None:
        there = lesson_on_rows()
        self.exercise = there.exercises[0]
        self.lesson = f"/lessons/{there.slug}/"
        self.cookies: dict[str, str] = {}
        self.connection = HTTPConnection("127.0.0.1", site.port, timeout=SECONDS_TO_ANSWER)

    def moves_to(self, site: live.Site) -> None:
        """As a site that was started again may be at another port. What it was asked before is not answered any more."""
        self.connection.close()
        self.connection = HTTPConnection("127.0.0.1", site.port, timeout=SECONDS_TO_ANSWER)

    def reads(self, address: str) -> str:
        answer = self.asks(address)
        assert answer.status == 200, address
        return answer.text

    def asks(self, address: str) -> Answer:
        self.connection.request("GET", address, headers={"Cookie": self.cookie})
        return self.hears()

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def sends(self, action: str, code: str) -> None:
        """Without waiting for the answer."""
        form = {"file:answer.py": code, "csrfmiddlewaretoken": self.cookies["csrftoken"]}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie, "HX-Request": "true"}
        address = f"{self.lesson}exercises/{self.exercise.id}/{action}/"
        self.connection.request("POST", address, urlencode(form), headers)

    @property
    def answered(self) -> bool:
        return bool(select.select([self.connection.sock], [], [], 0)[0])

    def hears(self) -> Answer:
        """The server closes a connection that is idle for a while, so none is kept."""
        with closing(self.connection), self.connection.getresponse() as response:
            self.keep_cookies(response)
            return Answer(response.status, response.read().decode())

    def keep_cookies(self, response: HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
