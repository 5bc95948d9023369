"""The checker by itself: how many it lets in, what it remembers, and how long it is kept."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from lessons.catalogue.types import Course
from lessons.checking import Checker, Kept
from lessons.trials import Once, job
from sandbox.client import Sandbox
from sandbox.protocol import FILE, File, Outcome
from tests.sandbox.conftest import WORLDS, until


def test_no_more_come_in_than_run_and_wait():
    checker = Checker(WORLDS, slots=1, line=1)
    full = [checker.a_place() for _ in range(2)]
    assert [place.__enter__() for place in full] == [True, True]
    ask = job("rows", "library", (File(FILE, "[1]"),), ())
    assert checker.run(ask).outcome is Outcome.BUSY
    for place in full:
        place.__exit__(None, None, None)
    assert checker.run(ask).outcome is Outcome.OK
    checker.sandbox.stop()


def test_what_is_asked_twice_at_once_is_worked_out_once():
    known, go, calls = Once(), Event(), []

    def work():
        calls.append(1)
        go.wait()
        return len(calls)

    with ThreadPoolExecutor() as pool:
        asked = [pool.submit(known.get, "key", work, lambda _: True) for _ in range(3)]
        until(lambda: calls == [1])
        go.set()
        assert [one.result() for one in asked] == [1, 1, 1]


def test_what_is_not_worth_keeping_is_worked_out_again():
    known, counter = Once(), iter(range(5))
    assert [known.get("key", lambda: next(counter), lambda value: value > 0) for _ in range(3)] == [0, 1, 1]


# How long a course's checker is kept


class Asked:
    """Courses that are asked for one after the other, and the sandboxes that were stopped."""

    def __init__(self, most: int) -> None:
        self.of("a")
        self.stopped: list[Sandbox] = []
        self.kept = Kept(lambda: self.course, most=most, slots=1, line=1)

    def of(self, name: str, world: str = "1") -> None:
        self.course = Course(title=name, root=Path("/nowhere") / name, worlds={"bookshop": world}, preview=name)

    def newest(self, name: str, world: str = "1") -> Checker:
        self.of(name, world)
        return self.kept.newest()


@pytest.fixture
def asked(monkeypatch) -> Asked:
    found = Asked(most=2)

    def stop(sandbox: Sandbox) -> None:
        found.stopped.append(sandbox)

    monkeypatch.setattr(Sandbox, "stop", stop)
    return found


def test_two_courses_keep_theirs_and_a_third_takes_the_place_of_the_one_not_asked_for_longest(asked):
    first, second = asked.newest("a"), asked.newest("b")
    assert asked.newest("a") is first
    third = asked.newest("c")
    assert asked.stopped == [second.sandbox]
    assert [asked.newest("a"), asked.newest("c")] == [first, third]


def test_one_that_is_in_use_is_stopped_by_whoever_leaves_it_last(asked):
    with asked.kept.in_use() as first:
        with asked.kept.in_use():
            asked.newest("b")
            asked.newest("c")
        assert asked.stopped == []
    assert asked.stopped == [first.sandbox]


def test_a_changed_world_brings_a_new_one_for_its_course_alone(asked):
    first, second = asked.newest("a"), asked.newest("b")
    assert asked.newest("a", world="2") is not first
    assert asked.newest("b") is second
    assert asked.stopped == [first.sandbox]
