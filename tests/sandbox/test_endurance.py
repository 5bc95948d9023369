"""Five thousand runs, of which many end badly, leave no process, no descriptor and no megabyte behind."""

import gc
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from sandbox.client import Sandbox
from sandbox.protocol import FILE, PRINTED_BYTES, File, Job
from tests.sandbox.conftest import WORLDS, held, idle, until

RUNS, AT_A_TIME, AT_ONCE = 5_000, 250, 2
MB = 1 << 20
PAGE = os.sysconf("SC_PAGE_SIZE")

BAD = {
    1: ("timeout", "while True: pass"),
    2: ("output", f"print('x' * {2 * PRINTED_BYTES})"),
    3: ("crashed", "import os\nos._exit(3)"),
    4: ("crashed", "import ctypes\nctypes.string_at(0)"),
    5: ("memory", "bytearray(1 << 30)"),
    6: ("error", "Author.objects.filter(nmae='Ann')"),
    7: ("error", "1 / 0"),
    8: ("error", "raise SystemExit"),
}
"""One run in fifty of each: its outcome, and its code."""


def job(number: int) -> Job:
    _, code = BAD.get(number % 50, ("", f"[Author.objects.count() + {number}]"))
    return Job(observer="rows", world="library", files=(File(FILE, code),), seconds=0.05 if number % 50 == 1 else 3.0)


def told(own: Sandbox, number: int) -> str:
    """What became of a run; of one that ends well, that it got its own answer."""
    seen = own.run(job(number))
    if number % 50 in BAD:
        return seen.outcome
    return "mine" if [result.seen["rows"] for result in seen.results] == [[6 + number]] else f"not mine: {seen}"


def work(pool: ThreadPoolExecutor, own: Sandbox) -> None:
    found = list(pool.map(lambda number: told(own, number), range(AT_A_TIME)))
    assert found == [BAD.get(number % 50, ("mine", ""))[0] for number in range(AT_A_TIME)]


@dataclass(frozen=True, slots=True)
class Look:
    """What there is while nothing runs. Memory is what is resident, in bytes."""

    zygote: int
    descriptors: tuple[int, int]
    site_memory: int
    zygote_memory: int

    @classmethod
    def at(cls, own: Sandbox) -> "Look":
        site, zygote = os.getpid(), own._ready().process.pid
        until(lambda: idle(zygote))
        gc.collect()
        return cls(zygote, (held(site), held(zygote)), resident(site), resident(zygote))


def resident(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE


@pytest.fixture
def own() -> Iterator[Sandbox]:
    made = Sandbox(WORLDS, slots=AT_ONCE, patience=60.0)
    made.status()
    yield made
    made.stop()


def test_five_thousand_runs_leave_nothing_behind(own):
    with ThreadPoolExecutor(AT_ONCE) as pool:
        work(pool, own)
        before = Look.at(own)
        for _ in range(RUNS // AT_A_TIME):
            work(pool, own)
        after = Look.at(own)
    assert (after.zygote, after.descriptors) == (before.zygote, before.descriptors)
    assert after.zygote_memory - before.zygote_memory < MB
    assert after.site_memory - before.site_memory < 2 * MB
