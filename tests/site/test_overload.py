"""Three hundred Checks at once: each is answered with its own verdict or told busy, none is lost, and lessons load meanwhile."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e import live
from tests.site.crowd import Answer, Guest

pytestmark = pytest.mark.sandbox

GUESTS = 300
FACTOR = 1_000_003
VERDICTS = ("passed", "failed", "error")


def own(number: int) -> int:
    """What this guest's code computes: nobody else's, of ten digits, and not to be read in the code."""
    return (1_000 + number) * FACTOR


def code(number: int, guest: Guest) -> str:
    """A right answer, one that fails, and one that raises, in turn."""
    product = f"{1_000 + number} * {FACTOR}"
    answers = (guest.exercise.solution.code, f"[{product}]", f"raise ValueError({product})")
    return f"{answers[number % 3]}\n# guest {number}"


def verdict(number: int, answer: Answer) -> str:
    """As it is stored: what the page says, if it says nothing of anybody else's."""
    assert answer.status == 200
    (found,) = re.findall(r'class="verdict (\w+)"', answer.text)
    numbers = {str(own(number))} if found in ("failed", "error") else set()
    assert set(re.findall(r"\b[0-9]{10}\b", answer.text)) == numbers
    assert found != "not_graded" or "Too many people" in answer.text
    return found


def stored(data: Path) -> dict[int, str]:
    """The status of each guest's submission."""
    with closing(sqlite3.connect(data / "woodshed.sqlite3")) as database:
        found = database.execute("SELECT files, status FROM lessons_submission").fetchall()
    return {int(json.loads(files)[0][1].partition("# guest ")[2]): status for files, status in found}


def test_three_hundred_checks_at_once(tmp_path: Path) -> None:
    with live.serve(tmp_path) as site:
        first, reader = Guest(site), Guest(site)
        first.reads(first.lesson)
        first.sends("check", code(0, first))
        verdicts = {0: verdict(0, first.hears())}
        guests = {number: Guest(site) for number in range(1, GUESTS + 1)}
        for guest in guests.values():
            guest.reads(guest.lesson)
        for number, guest in guests.items():
            guest.sends("check", code(number, guest))
        while not all(guest.answered for guest in guests.values()):
            assert "Practise Django" in reader.reads("/")
            assert "<textarea" in reader.reads(reader.lesson)
        verdicts |= {number: verdict(number, guest.hears()) for number, guest in guests.items()}
        assert all(found in ("not_graded", VERDICTS[number % 3]) for number, found in verdicts.items())
        assert set(verdicts.values()) >= set(VERDICTS)
        assert stored(tmp_path) == verdicts
