"""Asks a running site, as a guest's browser without JavaScript would: is it well, and does it grade a wrong and a right answer?

Usage: ask_site.py ADDRESS [--level full]     exits 0 when all of it is so

Standard library only: it is run where nothing of Woodshed is installed. The answers are those of the lesson's file in content/.
"""

import argparse
import json
import re
import sys
import time
from html.parser import HTMLParser
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, build_opener

CONTENT = Path(__file__).resolve().parents[1] / "content"
START_SECONDS = 60.0


class Page(HTMLParser):
    """The first bench of a page: its form's address and fields, and the status of the verdict that stands under it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.exercise = self.action = self.verdict = self.textarea = ""
        self.fields: dict[str, str] = {}
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        names = given.get("class", "").split()
        if tag == "section" and "bench" in names:
            self.inside = not self.exercise
            self.exercise = self.exercise or given["id"].removeprefix("bench-")
        elif self.inside and tag == "form":
            self.action = given["action"]
        elif self.inside and tag == "input":
            self.fields[given["name"]] = given.get("value", "")
        elif self.inside and tag == "textarea":
            self.textarea = given["name"]
        elif self.inside and tag == "div" and "verdict" in names:
            self.verdict = " ".join(name for name in names if name != "verdict")

    def handle_endtag(self, tag: str) -> None:
        if tag == "section":
            self.inside = False


class Guest:
    """A visitor whose cookies are kept."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def ask(self, path: str, fields: dict[str, str] | None = None) -> str:
        data = urlencode(fields).encode() if fields else None
        with self.opener.open(urljoin(self.address, path), data, timeout=30) as answer:
            text: str = answer.read().decode()
            return text

    def check(self, lesson: str, code: str) -> str:
        """The verdict on code sent to the lesson's first exercise."""
        page = Page(self.ask(lesson))
        return Page(self.ask(page.action, {**page.fields, page.textarea: code})).verdict


def health(guest: Guest) -> dict[str, str]:
    """What /healthz says, once the site is up."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            found: dict[str, str] = json.loads(guest.ask("/healthz"))
        except (OSError, HTTPException) as problem:
            if time.monotonic() > deadline:
                sys.exit(f"{guest.address}/healthz: {problem}")
            time.sleep(0.2)
        else:
            return found


def written(lesson: str, exercise: str, role: str) -> str:
    """The code of the exercise's first fence with this role."""
    module, name = lesson.strip("/").split("/")[1:]
    (file,) = (CONTENT / module).glob(f"*-{name}.md")
    part = re.split(rf"^id: {re.escape(exercise)}$", file.read_text(), flags=re.MULTILINE)[1]
    fence = re.search(rf"^```python {role}\b[^\n]*\n(.*?)^```", part, flags=re.MULTILINE | re.DOTALL)
    if fence is None:
        sys.exit(f"{file}: {exercise} has no {role}")
    return fence[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--level", default="", help="the sandbox's level that /healthz must say")
    options = parser.parse_args()

    guest = Guest(options.address)
    found = health(guest)
    if options.level and found["sandbox"] != options.level:
        sys.exit(f"the sandbox's level is {found['sandbox']}, not {options.level}: {found}")
    lesson = re.findall(r'href="(/lessons/[^"/]+/[^"/]+/)"', guest.ask("/"))[0]
    exercise = Page(guest.ask(lesson)).exercise
    for role, status in (("wrong", "failed"), ("solution", "passed")):
        verdict = guest.check(lesson, written(lesson, exercise, role))
        if verdict != status:
            sys.exit(f"{lesson}#{exercise}: the {role} was answered with {verdict or 'nothing'}, not {status}")
    print(f"{found}; {lesson}#{exercise}: the wrong answer failed, the solution passed")


if __name__ == "__main__":
    main()
