import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.client import Sandbox
from sandbox.protocol import FILE, File, Job, Observation

POLL = {"x86_64": "7", "aarch64": "73"}
"""The number of the system call that Python's poll() makes."""
WORLDS = Path(__file__).parent / "worlds"


def until(true: Callable[[], bool]) -> None:
    """Return as soon as ``true()``; fail when it takes absurdly long."""
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.002)


def children(pid: int) -> list[int]:
    """Of a process with one thread."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def held(pid: int) -> int:
    """How many descriptors a process has."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def state(pid: int) -> str:
    """As ps shows it: "R" runs, "S" waits, "T" and "t" are stopped, "Z" has ended and is not buried, "" is not there."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def idle(zygote: int) -> bool:
    """Whether it has buried every run, closed what it held of them, and waits for the next."""
    return children(zygote) == [] and polls(zygote)


def polls(zygote: int) -> bool:
    """Whether it is in its poll(): it is nowhere else between burying a run and closing what it held of it.

    That it waits ("S") would not say so: it does that for a moment in the midst of burying one, too.
    """
    try:
        return Path(f"/proc/{zygote}/syscall").read_text().split()[0] == POLL[os.uname().machine]
    except OSError:
        return False


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox(WORLDS)
    yield made
    made.stop()


@pytest.fixture
def look(sandbox: Sandbox) -> Callable[..., Observation]:
    """``look(code, observer="rows", …)``: what happened."""

    def look(code: str, observer: str = "rows", **job: Any) -> Observation:
        return sandbox.run(Job(observer=observer, world="library", files=(File(FILE, code),), **job))

    return look


@pytest.fixture
def see(look: Callable[..., Observation]) -> Callable[..., Any]:
    """What the observer saw, of code that ends well."""

    def see(code: str, observer: str = "rows", **job: Any) -> Any:
        seen = look(code, observer, **job)
        assert seen.outcome == "ok", seen
        return seen.results[0].seen

    return see
