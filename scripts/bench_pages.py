"""Measures a lesson's page beside an empty answer of the same server, turn by turn, so that a noisy machine is noisy for both.

The learner has passed forty exercises, the lesson's own among them. What is empty is ``/robots.txt``, asked for with the same
cookies: it goes through all middleware, and asks the database for the session. Both are asked for as a browser does, compressed.
``make bench`` runs it; it prints a table.
"""

import gzip
import os
import statistics
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path

LESSON = "models/first-querysets"
EMPTY = "/robots.txt"
PASSED = 40
TURNS = 400
WARMING = 10
"""The first few do not count."""

data = tempfile.TemporaryDirectory()
os.environ |= {"WOODSHED_DATA": data.name, "DJANGO_SETTINGS_MODULE": "site_config.settings.local", "DEBUG": "0"}

import django

django.setup()

from django.test import Client

from accounts.models import User
from lessons import course, services
from tests.e2e import live


def main() -> None:
    with data, live.serve(Path(data.name)) as site:
        cookies = learner()
        addresses = {"an empty answer": EMPTY, "the lesson": f"/lessons/{LESSON}/"}
        taken = side_by_side(site, {name: (address, cookies) for name, address in addresses.items()})
        visitor = side_by_side(site, {f"{name}, without a session": (at, "") for name, at in addresses.items()})
    print("\n".join([*table(taken), *table(visitor)[2:]]))


def learner() -> str:
    """Someone who has passed forty exercises, as the cookies of their browser."""
    user = User.objects.create(username="bench", is_guest=True)
    lesson = course.current().lesson(LESSON)
    if lesson is None:
        sys.exit(f"{LESSON} is not in this course.")
    others = [one for other in course.current().lessons if other is not lesson for one in other.exercises]
    for exercise in (*lesson.exercises, *others)[:PASSED]:
        files = exercise.solution.files
        services.save_draft(learner=user, exercise=exercise, files=files, version=0, tab="bench")
        if services.submit(learner=user, exercise=exercise, files=files).status != "passed":
            sys.exit(f"The solution of {exercise.key} does not pass: nothing was measured.")
    browser = Client()
    browser.force_login(user)
    return f"sessionid={browser.cookies['sessionid'].value}; csrftoken={'a' * 32}"


def side_by_side(site: live.Site, asked: dict[str, tuple[str, str]]) -> dict[str, list[float]]:
    connection = HTTPConnection("127.0.0.1", site.port)
    taken: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(-WARMING, TURNS):
        for name, (address, cookies) in asked.items():
            ms = get(connection, address, cookies)
            if turn >= 0:
                taken[name].append(ms)
    return taken


def get(connection: HTTPConnection, address: str, cookies: str) -> float:
    """Milliseconds until the whole answer is there."""
    started = time.perf_counter()
    connection.request("GET", address, headers={"Accept-Encoding": "gzip", **({"Cookie": cookies} if cookies else {})})
    response = connection.getresponse()
    body = response.read()
    ms = (time.perf_counter() - started) * 1000
    if response.status != 200:
        sys.exit(f"{address} answered {response.status}: nothing was measured.")
    whole = gzip.decompress(body) if response.headers["Content-Encoding"] == "gzip" else body
    if cookies and address != EMPTY and whole.count("✓ Passed".encode()) < 2:
        sys.exit("The lesson did not show what the learner has passed: nothing was measured.")
    return ms


def table(taken: dict[str, list[float]]) -> list[str]:
    floor = statistics.median(next(iter(taken.values())))
    lines = ["| what | p50 ms | p95 ms | times the empty answer |", "| --- | ---: | ---: | ---: |"]
    for name, ms in taken.items():
        parts = statistics.quantiles(ms, n=20)
        lines.append(f"| {name} | {parts[9]:.2f} | {parts[18]:.2f} | {parts[9] / floor:.2f} |")
    return lines


if __name__ == "__main__":
    main()
