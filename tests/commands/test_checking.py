"""The checker by itself: how many it lets in, what it remembers."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from lessons.checking import Checker
from lessons.trials import Once, job
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
