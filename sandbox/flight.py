"""One run under way, as the site sees it: its job on the way in, its answer, what it prints, and how it ends.

A run that ends without a whole answer is told apart by how it ended: killed by us at its deadline (``timeout``), its output too
long (``output``), anything else ``crashed``.
"""

import errno
import os
import re
import select
import signal
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

from sandbox import codec
from sandbox.protocol import BEGUN, FRAME_BYTES, PRINTED_BYTES, Job, Observation, Outcome, in_seconds

type Take = Callable[[Sequence[socket.socket]], None]
"""Hands the far ends of a run to the zygote. Raises ZygoteGone."""

OURS = "image"
"""The observer whose answer is one long text and none of a learner's."""
GRACE_SECONDS = 2.0
"""How long after its deadline a killed run may take to be reported, before its zygote is given up."""
STATUS_BYTES = 4
CHUNK = 1 << 18
MOST_THREADS = 64
QUICK_TURNS = 500
SECONDS_BETWEEN_TURNS = 0.002
"""A run that writes byte by byte wakes this process for each; it is let wait after more turns than an honest one needs."""
SECONDS_BETWEEN_LOOKS = 0.1
"""How often a run that takes so long is looked at from outside."""


class ZygoteGone(Exception):
    """The zygote ended, or never came up."""


def pair(near: ExitStack, far: ExitStack, kind: int = socket.SOCK_STREAM) -> tuple[socket.socket, socket.socket]:
    """Two connected sockets, each of which its stack will close."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, kind)
    return near.enter_context(ours), far.enter_context(theirs)


class Flight:
    """One run under way: its channel, its output and its status, until it has ended or is ended."""

    def __init__(self, take: Take, job: Job) -> None:
        self.job = job
        self.printed, self.answer = bytearray(), bytearray()
        self.begun = False
        self.pid = 0
        self.pidfd: int | None = None
        self.exit_code: int | None = None
        self.cut_short: Outcome | None = None
        self.started = time.monotonic()
        self.next_look = self.started + SECONDS_BETWEEN_LOOKS
        self.deadline = self.started + max(0.0, job.seconds * job.rounds)
        self.left: dict[int, socket.socket] = {}
        self._send(take)

    def _send(self, take: Take) -> None:
        with ExitStack() as near, ExitStack() as far:
            self.channel, far_channel = pair(near, far)
            self.output, far_output = pair(near, far)
            self.status, far_status = pair(near, far, socket.SOCK_SEQPACKET)
            far_output.shutdown(socket.SHUT_RD)
            self.left = {one.fileno(): one for one in (self.channel, self.output, self.status)}
            self.unsent = memoryview(codec.write_job(self.job))
            self.channel.setblocking(False)
            take([far_channel, far_output, far_status])
            near.pop_all()

    @property
    def landed(self) -> bool:
        """Whether nothing more can come: the run has ended, or it has answered and hung up. The kernel takes a millisecond to
        take a process down; it is killed (see :func:`turn`) and not waited for."""
        return not self.left or (self.answered and self.left.keys() == {self.status.fileno()})

    @property
    def answered(self) -> bool:
        return self.pidfd is not None and not self.cut_short and codec.whole(self.answer)

    def events(self, one: socket.socket) -> int:
        """Nothing of a learner's is sent to a run that could not be ended."""
        sends = one is self.channel and self.unsent and self.pidfd is not None
        return select.POLLIN | (select.POLLOUT if sends else 0)

    def ready(self, descriptor: int, event: int) -> None:
        one = self.left[descriptor]
        if event & select.POLLOUT and self.unsent:
            self._write()
        if event & (select.POLLIN | select.POLLHUP | select.POLLERR):
            self._read(one, descriptor)

    def _write(self) -> None:
        try:
            self.unsent = self.unsent[self.channel.send(self.unsent[:CHUNK]) :]
        except OSError:
            self.unsent = memoryview(b"")  # it ended before it had read its job; its status says how

    def _read(self, one: socket.socket, descriptor: int) -> None:
        try:
            data = self._status() if one is self.status else one.recv(CHUNK)
        except BlockingIOError:
            return
        except ConnectionError:
            data = b""
        if not data:
            del self.left[descriptor]
        elif one is self.channel:
            self.answer += data if self.begun else data[len(BEGUN) :]
            self.begun = True
            if len(self.answer) > FRAME_BYTES:
                self.kill(Outcome.CRASHED)
        elif one is self.output:
            self.printed += data
            if len(self.printed) > PRINTED_BYTES * self.job.rounds:
                self.kill(Outcome.OUTPUT)

    def _status(self) -> bytes:
        """Raises OSError when this process can hold no descriptor more: the run then ends unasked, with its channel."""
        data, descriptors, flags, _ = socket.recv_fds(self.status, STATUS_BYTES, 1)
        if flags & socket.MSG_CTRUNC:
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        if descriptors:
            self.pid, self.pidfd = int.from_bytes(data, "big"), descriptors[0]
            if self.cut_short:
                self.kill(self.cut_short)
        elif len(data) == STATUS_BYTES:
            self.exit_code = int.from_bytes(data, "big", signed=True)
        return data

    def too_many_threads(self) -> bool:
        """No limit of the kernel's counts one run's threads: RLIMIT_NPROC counts those of all processes of its uid."""
        self.next_look = time.monotonic() + SECONDS_BETWEEN_LOOKS
        try:
            found = re.search(r"^Threads:\s*(\d+)", Path(f"/proc/{self.pid}/status").read_text(), re.MULTILINE)
        except OSError:
            return False  # it has ended
        return found is not None and int(found[1]) > MOST_THREADS

    def kill(self, why: Outcome) -> None:
        """End the run. Its sockets then close, and the zygote reports its end."""
        self.cut_short = self.cut_short or why
        self.end()

    def end(self) -> None:
        if self.pidfd is not None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)

    def close(self) -> None:
        for one in (self.channel, self.output, self.status):
            one.close()
        if self.pidfd is not None:
            os.close(self.pidfd)

    def observation(self) -> Observation | None:
        """What happened; None when the zygote ended before it could say."""
        seen = self._outcome()
        if seen is None:
            return None
        printed = bytes(self.printed[:PRINTED_BYTES]).decode("utf-8", "replace")
        shown = "" if self.job.databases else printed  # what is printed on hidden data is not for the learner's eyes
        return replace(seen, printed=shown, ms=round((time.monotonic() - self.started) * 1000, 1))

    def _outcome(self) -> Observation | None:
        if self.exit_code is None and not self.answer:
            return None
        match self.cut_short:
            case Outcome.TIMEOUT:
                return Observation(outcome=Outcome.TIMEOUT, limit=in_seconds(self.job.seconds))
            case Outcome.OUTPUT:
                return Observation(outcome=Outcome.OUTPUT, limit=f"{PRINTED_BYTES // 1024} KB of printed text")
            case Outcome.CRASHED:
                return Observation(outcome=Outcome.CRASHED)
        if not self.begun:
            return Observation(outcome=Outcome.UNAVAILABLE)
        if self.exit_code == -signal.SIGXCPU:
            return Observation(outcome=Outcome.TIMEOUT, limit=in_seconds(self.job.seconds))
        try:
            return self._claimed()
        except codec.BadFrame:
            # Half an answer is the learner's doing only if the run ended by itself.
            return Observation(outcome=Outcome.CRASHED) if self.answered or self.exit_code is not None else None

    def _claimed(self) -> Observation:
        if self.job.observer == OURS:
            return codec.read_observation(bytes(self.answer), longest=FRAME_BYTES)
        seen = codec.read_observation(bytes(self.answer))
        if len(seen.results) > self.job.rounds:
            raise codec.BadFrame("more results than databases")
        return seen


def fly(take: Take, jobs: Sequence[Job]) -> list[Observation | None]:
    """Start the jobs together, and see each to its end or its deadline."""
    flights: list[Flight] = []
    try:
        flights += (Flight(take, job) for job in jobs)
        turns = 0
        while under_way := [flight for flight in flights if not flight.landed]:
            turns += 1
            if turns > QUICK_TURNS:
                time.sleep(SECONDS_BETWEEN_TURNS)
            turn(under_way)
        return [flight.observation() for flight in flights]
    finally:
        for flight in flights:
            flight.kill(Outcome.CRASHED)
            flight.close()


def turn(flights: Sequence[Flight]) -> None:
    """Wait for the next thing to happen, and let it."""
    poll, owners = select.poll(), {}
    for flight in flights:
        for descriptor, one in flight.left.items():
            poll.register(descriptor, flight.events(one))
            owners[descriptor] = flight
    now = time.monotonic()
    soonest = min((flight.deadline for flight in flights if not flight.cut_short), default=now + 1)
    for descriptor, event in poll.poll(min(max(0.0, soonest - now), SECONDS_BETWEEN_LOOKS) * 1000 + 1):
        if descriptor in owners[descriptor].left:
            owners[descriptor].ready(descriptor, event)
    now = time.monotonic()
    for flight in flights:
        if flight.landed:
            flight.end()
        elif now >= flight.next_look and flight.too_many_threads():
            flight.kill(Outcome.CRASHED)
        elif now >= flight.deadline:
            flight.kill(Outcome.TIMEOUT)
        if now >= flight.deadline + GRACE_SECONDS and not flight.landed:
            raise ZygoteGone
