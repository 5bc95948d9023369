"""A world is edited while learners work: the zygote is replaced, and no Check fails for it."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from lessons import checking, course, trials
from lessons.catalogue.types import Exercise
from lessons.grading.types import Status
from sandbox.protocol import FILE, File, Outcome
from tests.e2e.live import ROOT
from tests.sandbox.conftest import state, until

pytestmark = pytest.mark.sandbox

AT_ONCE = 3
EDITS = 3


@pytest.fixture
def edited(settings, tmp_path: Path) -> Iterator[Path]:
    """A course of its own, that is read again when a file has changed."""
    settings.WOODSHED_CONTENT = shutil.copytree(ROOT / "content", tmp_path / "content")
    settings.WOODSHED_RELOAD_CONTENT = True
    settings.WOODSHED_SANDBOX = {"slots": 2, "line": 8, "patience": 60.0}
    yield settings.WOODSHED_CONTENT
    checking.stop()


def exercise() -> Exercise:
    return course.current().lesson("models/first-querysets").exercises[0]


def edit(world: Path) -> None:
    with (world / "seed.py").open("a") as seed:
        seed.write("\n# another word\n")


def another(zygotes: list[int]) -> int:
    """Wait for a zygote that is none of these."""
    found: list[int] = []

    def present() -> bool:
        pid = checking.checker().sandbox.pid
        found[:] = [pid] if pid and pid not in zygotes else []
        return bool(found)

    until(present)
    return found[0]


def test_a_steady_stream_of_checks_does_not_notice_that_the_world_is_edited(edited):
    over = Event()

    def work() -> list[Status]:
        statuses = []
        while not over.is_set():
            one = exercise()
            statuses.append(checking.check(one, one.solution.files).verdict.status)
        return statuses

    zygotes: list[int] = []
    with ThreadPoolExecutor() as pool:
        working = [pool.submit(work) for _ in range(AT_ONCE)]
        for _ in range(EDITS):
            zygotes.append(another(zygotes))
            edit(edited / "worlds" / exercise().world)
        another(zygotes)
        over.set()
        statuses = [status for one in working for status in one.result()]
    assert set(statuses) == {Status.PASSED}
    assert len(statuses) >= AT_ONCE
    assert all(state(pid) == "" for pid in zygotes)


def test_a_run_that_is_under_way_when_its_world_is_edited_ends_as_it_would_have(edited):
    one = exercise()
    code = "import time\ntime.sleep(1)\n[1]"
    with ThreadPoolExecutor() as pool:
        flying = pool.submit(checking.run, trials.job("rows", one.world, (File(FILE, code),), ()))
        until(lambda: checking.checker().sandbox.running == 1)
        former = checking.checker()
        edit(edited / "worlds" / one.world)
        assert checking.sandbox_status().level in ("full", "strict")
        assert checking.checker() is not former
        assert flying.result().outcome is Outcome.OK
    assert former.sandbox.pid is None
