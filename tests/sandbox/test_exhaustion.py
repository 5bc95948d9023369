"""No descriptor is left, in the site's process or in the zygote: nobody is blamed, nothing is leaked, and it passes."""

import gc
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sandbox import client, flight
from sandbox.client import Sandbox, Zygote
from sandbox.protocol import FILE, File, Job
from tests.sandbox.conftest import WORLDS, held, idle, until

ENOUGH = 300
"""A run moves its own descriptors up to 200 and more."""
NEEDED = 12
"""More than two jobs at once need."""
JOB = Job(observer="rows", world="library", files=(File(FILE, "[1]"),))


@contextmanager
def room_for(spare: int) -> Iterator[list[int]]:
    """Lets this process hold so many descriptors more. Gives those that fill the rest."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    fillers = [os.open("/", os.O_RDONLY)]
    resource.setrlimit(resource.RLIMIT_NOFILE, (ENOUGH, hard))
    try:
        fill(fillers)
        for _ in range(spare):
            os.close(fillers.pop())
        yield fillers
    finally:
        for one in fillers:
            os.close(one)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def fill(fillers: list[int]) -> None:
    try:
        while True:
            fillers.append(os.dup(fillers[0]))
    except OSError:
        return


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    monkeypatch.setattr(client, "SECONDS_BETWEEN_STARTS", 0.0)
    gc.collect()  # what earlier tests left is not to be closed in the middle of a count
    made = Sandbox(WORLDS, slots=2)
    yield made
    made.stop()


def together(own: Sandbox, spare: int) -> set[str]:
    with room_for(spare):
        return {seen.outcome for seen in own.run_all([JOB, JOB])}


def test_a_site_without_descriptors_says_so_and_recovers(own):
    assert own.run(JOB).outcome == "ok"
    zygote, before = own.pid, held(os.getpid())
    found = [together(own, spare) for spare in range(NEEDED)]
    assert found[0] == {"unavailable"}
    assert found[-1] == {"ok"}
    assert set.union(*found) == {"ok", "unavailable"}
    assert (own.pid, held(os.getpid())) == (zygote, before)
    until(lambda: idle(zygote))
    assert own.run(JOB).outcome == "ok"


def test_a_run_that_the_site_could_not_end_is_given_nothing(own, monkeypatch):
    """Another thread takes the last descriptor while a run is on its way: its pidfd cannot be received."""
    own.status()
    turn, before = flight.turn, held(os.getpid())

    def without_room(flights):
        fill(fillers)
        turn(flights)

    with room_for(NEEDED) as fillers:
        monkeypatch.setattr(flight, "turn", without_room)
        assert own.run(JOB).outcome == "unavailable"
    monkeypatch.undo()
    assert held(os.getpid()) == before
    until(lambda: idle(own.pid))
    assert own.run(JOB).outcome == "ok"


def test_a_zygote_that_cannot_be_started_for_want_of_descriptors_is_started_later(own):
    before = held(os.getpid())
    for spare in range(0, NEEDED, 2):
        assert together(own, spare) <= {"ok", "unavailable"}
        assert own.run(JOB).outcome == "ok"
        own._give_up(own._zygote)
        assert held(os.getpid()) == before


def outcome(zygote: Zygote) -> str:
    """Of a run; "" of one that never was."""
    (seen,) = flight.fly(zygote.take, [JOB])
    return seen.outcome if seen else ""


def free_below(limit: int, pid: int) -> int:
    return limit - sum(int(path.name) < limit for path in Path(f"/proc/{pid}/fd").iterdir())


def test_a_zygote_without_descriptors_begins_no_run_and_goes_on():
    zygote = client.launch(WORLDS)
    pid = zygote.process.pid
    until(lambda: idle(pid))
    before = held(pid)
    soft, hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    outcomes = []
    for spare in range(6):
        limit = next(limit for limit in range(1, soft) if free_below(limit, pid) == spare and free_below(limit + 1, pid) > spare)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (limit, hard))
        outcomes.append(outcome(zygote))
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (soft, hard))
        assert outcome(zygote) == "ok"
        until(lambda: idle(pid))
        assert held(pid) == before
    zygote.stop()
    assert outcomes == ["", "", "", "", "unavailable", "unavailable"]
