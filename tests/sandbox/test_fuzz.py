"""Whatever a job is, and whatever its run answers: it ends in one of the outcomes, within its limits, and costs nobody else."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox import client, codec, flight
from sandbox.client import Sandbox, Status, Zygote
from sandbox.protocol import BEGUN, FILE, FRAME_BYTES, PRINTED_BYTES, File, Job, Observation, Outcome, Result
from tests.sandbox.conftest import WORLDS, held, idle, state, until

few = settings(max_examples=100, deadline=None)
SMALL = Job(observer="rows", world="library", files=(File(FILE, "[1]"),))

TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
CODE = TEXT | st.sampled_from(
    ["[1]", "Author.objects.all()", "while True: pass", "print('x' * 70_000)", "answer = [print('x')]", "1 / 0", "\ud800", "[\0]"]
)
FILES = st.lists(st.builds(File, st.just(FILE) | TEXT, CODE), max_size=3).map(tuple)
SECONDS = st.floats(max_value=0.2) | st.sampled_from([0.1, float("nan"), float("inf"), 1e300])
HEADER = b"SQLite format 3\0\x10\0\1\1\0\x40\x20\x20"
JOBS = st.builds(
    Job,
    observer=st.sampled_from(["rows", "value", "image", "canary"]) | TEXT,
    world=st.just("library") | TEXT,
    files=FILES,
    options=st.dictionaries(st.sampled_from(["order", "setup", "seed", "size"]) | TEXT, JSON, max_size=3),
    databases=st.lists(st.binary(max_size=200) | st.binary(max_size=9000).map(HEADER.__add__), max_size=2).map(tuple),
    seconds=SECONDS,
)


@pytest.fixture(scope="module")
def own() -> Iterator[Sandbox]:
    made = Sandbox(WORLDS)
    with patch.object(flight, "GRACE_SECONDS", 60.0):  # a slow machine is no reason for another zygote here
        yield made
    made.stop()


def within_limits(seen: Observation, job: Job) -> bool:
    """Whether it is one of the outcomes, no larger than it may be."""
    return (
        isinstance(seen.outcome, Outcome)
        and (seen.outcome is Outcome.ERROR) == (seen.error is not None)
        and len(seen.results) <= job.rounds
        and len(seen.printed) <= PRINTED_BYTES
        and len(codec.write_observation(seen)) <= FRAME_BYTES
    )


@few
@given(job=JOBS)
def test_every_job_ends_in_an_outcome(own, job):
    zygote = own._ready()
    until(lambda: idle(zygote.process.pid))
    before = held(zygote.process.pid)
    assert within_limits(own.run(job), job)
    assert own._ready() is zygote
    until(lambda: idle(zygote.process.pid))
    assert held(zygote.process.pid) == before


GOOD = codec.write_observation(Observation(outcome=Outcome.OK, results=(Result(label="visible", seen={"rows": [1]}),)))


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A good frame with a few of its bytes replaced, left out, or put in."""
    frame = bytearray(GOOD)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(frame)))
        frame[at : at + draw(st.integers(0, 3))] = draw(st.binary(max_size=3))
    return bytes(frame)


ANSWERS = st.one_of(
    st.binary(max_size=200),
    st.integers(0, len(GOOD)).map(lambda size: GOOD[:size]),
    st.sampled_from([GOOD, GOOD * 2, GOOD + b"x", b"\xff" * 4, codec.LENGTH.pack(FRAME_BYTES + 1) + b"x" * 300_000]),
    mutated(),
)
ENDINGS = st.sampled_from(
    [
        "os._exit(0)",
        "os._exit(9)",
        "os.close(3)",
        "os.close(1); os.close(2)",
        "os.close(1); os.close(2); os.close(3)",
        "os.close(3)\nwhile True: pass",
        "socket.socket(fileno=3).shutdown(socket.SHUT_RDWR)",
        "socket.socket(fileno=3).shutdown(socket.SHUT_WR)\nwhile True: pass",
        "while True: pass",
        "1 / 0",
        "[2]",
    ]
)


@few
@given(answer=ANSWERS, ending=ENDINGS)
def test_whatever_a_run_answers_is_an_outcome(own, answer, ending):
    code = f"import os, socket\nos.write(3, {answer!r})\n{ending}"
    job = Job(observer="rows", world="library", files=(File(FILE, code),), seconds=0.1)
    zygote = own._ready()
    assert within_limits(own.run(job), job)
    assert own._ready() is zygote


CHANNEL, OUTPUT, STATUS = range(3)


@dataclass(frozen=True, slots=True)
class Deed:
    """What the far side does with one of a run's three sockets."""

    what: str
    """"close", "keep" for good, "send" bytes, or "tell" four bytes with a pidfd."""
    which: int
    data: bytes = b""


DEEDS = st.one_of(
    st.builds(Deed, st.sampled_from(["close", "keep"]), st.integers(CHANNEL, STATUS)),
    st.builds(Deed, st.just("send"), st.just(CHANNEL), ANSWERS | ANSWERS.map(BEGUN.__add__)),
    st.builds(Deed, st.just("send"), st.just(OUTPUT), st.binary(max_size=100) | st.just(b"x" * (PRINTED_BYTES + 1))),
    st.builds(Deed, st.just("send"), st.just(STATUS), st.binary(min_size=1, max_size=6)),
    st.builds(Deed, st.just("tell"), st.sampled_from([CHANNEL, STATUS]), st.binary(min_size=4, max_size=4)),
)


class Scripted(Zygote):
    """Starts no process: it does with a run's sockets what the script says, and hangs up. Its own process has ended already."""

    script: Sequence[Deed] = ()
    kept: list[socket.socket]

    @property
    def serves(self) -> bool:
        return True

    def take(self, far: Sequence[socket.socket]) -> None:
        for deed in self.script:
            with suppress(OSError):  # it was closed, or is full
                self.do(deed, far[deed.which])

    def do(self, deed: Deed, one: socket.socket) -> None:
        one.setblocking(False)
        match deed.what:
            case "close":
                one.close()
            case "keep":
                self.kept.append(one.dup())
            case "send":
                one.send(deed.data)
            case "tell":
                pidfd = os.pidfd_open(self.process.pid)
                socket.send_fds(one, [deed.data], [pidfd])
                os.close(pidfd)


@pytest.fixture(scope="module")
def dead() -> Iterator[subprocess.Popen[bytes]]:
    """A process that has ended and is not buried yet, to be signalled without harm."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        until(lambda: state(process.pid) == "Z")
        yield process


@settings(few)
@given(script=st.lists(DEEDS, max_size=5))
def test_whatever_happens_to_a_run_s_sockets_is_an_outcome(dead, script):
    kept: list[socket.socket] = []
    before = held(os.getpid())

    def launch(*_: object, **__: object) -> Zygote:
        made = Scripted(dead, socket.socket(), Status("full", worlds={"library": {}}))
        made.script, made.kept = script, kept
        return made

    with patch.object(client, "launch", launch), patch.multiple(flight, GRACE_SECONDS=0.01, SECONDS_BETWEEN_LOOKS=0.01):
        odd = Sandbox(WORLDS)
        job = replace(SMALL, seconds=0.01)
        assert within_limits(odd.run(job), job)
        assert all(within_limits(seen, job) for seen in odd.run_all([job, job]))
        odd.stop()
    for one in kept:
        one.close()
    assert held(os.getpid()) == before


MESSAGES = st.lists(st.tuples(st.binary(min_size=1, max_size=20), st.integers(0, 5)), min_size=1, max_size=5)


@settings(few)
@given(messages=MESSAGES)
def test_a_zygote_that_is_told_nonsense_goes_on(own, messages):
    """Of what comes on its control socket it makes a run, or nothing. The sockets of these runs are closed at once."""
    zygote = own._ready()
    until(lambda: idle(zygote.process.pid))
    before = held(zygote.process.pid)
    for data, number in messages:
        with ExitStack() as ends:
            pairs = [[ends.enter_context(one) for one in socket.socketpair()] for _ in range(number)]
            socket.send_fds(zygote.control, [data], [far.fileno() for _, far in pairs])
    assert own.run(SMALL).outcome is Outcome.OK
    assert own._ready() is zygote
    until(lambda: idle(zygote.process.pid))
    assert held(zygote.process.pid) == before
