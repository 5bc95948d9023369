"""The site's side of the sandbox: one :class:`Sandbox` a process and content folder, that owns a zygote and asks it for runs.

Never runs a learner's code, and believes nothing that comes back. A run that ends without a whole answer is told apart by how it
ended: killed by us at its deadline (``timeout``), its output too long (``output``), anything else ``crashed``. When the zygote
itself is gone, it is started again and the job is tried once more, so that a killed zygote loses nobody's work.
"""

import logging
import os
import re
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from json import loads
from pathlib import Path

from sandbox import codec
from sandbox.protocol import FRAME_BYTES, PRINTED_BYTES, Job, Observation, Outcome, in_seconds

log = logging.getLogger("woodshed.sandbox")
LOUDNESS = {"full": logging.INFO, "strict": logging.INFO}
ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 30.0
SECONDS_BETWEEN_STARTS = 2.0
"""A zygote that does not come up is not tried again sooner."""
CANARY_SECONDS = 5.0
OURS = "image"
"""The observer whose answer is one long text and none of a learner's."""
GRACE_SECONDS = 2.0
"""How long after its deadline a killed run may take to be reported, before its zygote is given up."""
STATUS_BYTES = 4
CHUNK = 1 << 18
MOST_THREADS = 64
SECONDS_BETWEEN_LOOKS = 0.1
"""How often a run that takes so long is looked at from outside."""
BOOT = "import sys; sys.path.insert(0, sys.argv[3]); from pathlib import Path; from sandbox import zygote; \
zygote.main(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), *sys.argv[4:])"
"""What ``python -I`` is told: it has no path of ours until it is given one."""


class ZygoteGone(Exception):
    """The zygote ended, or never came up."""


@dataclass(frozen=True, slots=True)
class Status:
    """``level``: "full", "strict", "refused" or, where that was asked for, "unsafe".

    ``worlds``: rows per model of each; ``problems``: why a world did not load.
    """

    level: str
    note: str = ""
    worlds: dict[str, dict[str, int]] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Zygote:
    """A running zygote process and what it said of itself."""

    process: subprocess.Popen[bytes]
    control: socket.socket
    status: Status
    pid: int = field(default_factory=os.getpid)

    @property
    def alive(self) -> bool:
        """Whether it can be asked for a run. One inherited through a fork belongs to the parent process."""
        return self.pid == os.getpid() and self.process.poll() is None

    def take(self, far: Sequence[socket.socket]) -> None:
        """Hand it the far ends of a run. Raises ZygoteGone."""
        try:
            socket.send_fds(self.control, [b"r"], [one.fileno() for one in far])
        except OSError as problem:
            raise ZygoteGone from problem

    def stop(self) -> None:
        self.control.close()
        if self.pid == os.getpid():
            self.process.kill()
            self.process.wait()


class Sandbox:
    """Runs jobs. Safe to use from many threads.

    ``slots``: runs at once. ``line``: jobs that may wait for a slot; keep it below the server's threads, so that pages are still
    served. ``patience``: seconds a job waits before it is told ``busy``. ``unsafe``: whether code runs where there is no seccomp.
    """

    def __init__(self, worlds: Path, *, slots: int = 0, line: int = 8, patience: float = 8.0, unsafe: bool = False) -> None:
        self.worlds = worlds
        self.slots = slots or os.cpu_count() or 1
        self.line, self.patience = line, patience
        self.unsafe = unsafe
        self._places = threading.Condition()
        self._queue: deque[object] = deque()
        self.running = 0
        self._lock = threading.Lock()
        self._zygote: Zygote | None = None
        self._not_before = 0.0

    def run(self, job: Job) -> Observation:
        """What happened when the job ran. Never raises for anything a job does; ``busy`` and ``unavailable`` are ours."""
        return self.run_all([job])[0]

    def run_all(self, jobs: Sequence[Job]) -> list[Observation]:
        """The same for several jobs that belong together: side by side as far as slots are free, in one place in the line."""
        with self._slots(len(jobs)) as together:
            if not together:
                return [Observation(outcome=Outcome.BUSY)] * len(jobs)
            return [seen for at in range(0, len(jobs), together) for seen in self._attempt_twice(jobs[at : at + together])]

    def status(self) -> Status:
        """The level and the worlds; starts the zygote if it is not running."""
        with suppress(ZygoteGone, OSError):
            return self._ready().status
        return Status("refused", "the sandbox did not start")

    @property
    def pid(self) -> int | None:
        """The zygote's process id, if there is one."""
        return self._zygote.process.pid if self._zygote else None

    def stop(self) -> None:
        """End the zygote, and start no other: jobs that come later are told ``unavailable``."""
        with self._lock:
            self._not_before = float("inf")
            if self._zygote:
                self._zygote.stop()
            self._zygote = None

    @contextmanager
    def _slots(self, wanted: int) -> Iterator[int]:
        """As many slots as are free, at most ``wanted``; waits for the first one. Gives 0 when there is none to be had."""
        with self._places:
            got = min(wanted, self.slots - self.running) if self._wait() else 0
            self.running += got
        try:
            yield got
        finally:
            with self._places:
                self.running -= got
                self._places.notify_all()

    def _wait(self) -> bool:
        """Wait for a slot, first come first served; False when there is none to be had in time."""
        if self.running < self.slots and not self._queue:
            return True
        if len(self._queue) >= self.line:
            return False
        ticket = object()
        self._queue.append(ticket)
        try:
            return self._places.wait_for(lambda: self.running < self.slots and self._queue[0] is ticket, self.patience)
        finally:
            self._queue.remove(ticket)
            self._places.notify_all()

    @property
    def waiting(self) -> int:
        """How many callers stand in the line."""
        return len(self._queue)

    def _attempt_twice(self, jobs: Sequence[Job]) -> list[Observation]:
        answers: list[Observation | None] = [None] * len(jobs)
        for _ in range(2):
            left = [at for at, answer in enumerate(answers) if answer is None]
            if not left:
                break
            with suppress(ZygoteGone, OSError):
                for at, answer in zip(left, self._attempt([jobs[at] for at in left]), strict=True):
                    answers[at] = answer
        return [answer or Observation(outcome=Outcome.UNAVAILABLE) for answer in answers]

    def _attempt(self, jobs: list[Job]) -> list[Observation | None]:
        """One try with the present zygote; None for a job whose run ended because the zygote did."""
        zygote = self._ready()
        if zygote.status.level == "refused" or any(job.world not in zygote.status.worlds for job in jobs):
            return [Observation(outcome=Outcome.UNAVAILABLE) for _ in jobs]
        try:
            seen = fly(zygote, jobs)
        except ZygoteGone:
            self._give_up(zygote)
            raise
        if None in seen:
            self._give_up(zygote)
        return seen

    def _give_up(self, zygote: Zygote) -> None:
        with self._lock:
            if self._zygote is zygote:
                self._zygote = None
                zygote.stop()

    def _ready(self) -> Zygote:
        with self._lock:
            if self._zygote is None or not self._zygote.alive:
                if self._zygote:
                    self._zygote.stop()
                self._zygote = None
                self._zygote = self._launch()
            return self._zygote

    def _launch(self) -> Zygote:
        if time.monotonic() < self._not_before:
            raise ZygoteGone
        try:
            launched = launch(self.worlds, unsafe=self.unsafe)
        except ZygoteGone:
            log.error("the sandbox did not start")
            self._not_before = time.monotonic() + SECONDS_BETWEEN_STARTS
            raise
        found = launched.status
        log.log(
            LOUDNESS.get(found.level, logging.ERROR), "the sandbox's level is %s%s", found.level, found.note and f": {found.note}"
        )
        return launched


def launch(worlds: Path, *, unsafe: bool = False) -> Zygote:
    """Start a zygote and prove its level with a canary. Raises ZygoteGone when it does not come up."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    options = ["unsafe"] if unsafe else []
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-I", "-B", "-c", BOOT, str(theirs.fileno()), str(worlds.resolve()), str(ROOT), *options],
            pass_fds=(theirs.fileno(),),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={},
            cwd="/",
            start_new_session=True,
        )
    zygote = Zygote(process, ours, Status("refused", "it did not start"))
    ours.settimeout(START_SECONDS)
    try:
        hello = ours.recv(1 << 20)
    except OSError:
        hello = b""
    if not hello:
        zygote.stop()
        raise ZygoteGone
    ours.settimeout(None)
    try:
        zygote.status = proven(zygote, Status(**loads(hello)))
    except BaseException:
        zygote.stop()
        raise
    return zygote


def proven(zygote: Zygote, claimed: Status) -> Status:
    """The claimed level, if a canary run finds every way out closed; else "refused", with what it found open.

    "unsafe" promises nothing, and stays what it is.
    """
    world = next(iter(claimed.worlds), None)
    if claimed.level == "refused" or world is None:
        return replace(claimed, level="refused", note=claimed.note or "no world could be loaded")
    (seen,) = fly(zygote, [Job(observer="canary", world=world, files=(), seconds=CANARY_SECONDS)])
    if seen is None or seen.outcome is not Outcome.OK:
        return replace(claimed, level="refused", note="the canary did not come back")
    escaped = seen.results[0].seen["escaped"]
    found = "unsafe" if claimed.level == "unsafe" else "refused"
    return replace(claimed, level=found, note="a run could " + ", ".join(escaped)) if escaped else claimed


def pair(near: ExitStack, far: ExitStack, kind: int = socket.SOCK_STREAM) -> tuple[socket.socket, socket.socket]:
    """Two connected sockets, each of which its stack will close."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, kind)
    return near.enter_context(ours), far.enter_context(theirs)


class Flight:
    """One run under way: its channel, its output and its status, until it has ended or is ended."""

    def __init__(self, zygote: Zygote, job: Job) -> None:
        self.job = job
        self.printed, self.answer = bytearray(), bytearray()
        self.pid = 0
        self.pidfd: int | None = None
        self.exit_code: int | None = None
        self.cut_short: Outcome | None = None
        self.started = time.monotonic()
        self.next_look = self.started + SECONDS_BETWEEN_LOOKS
        self.deadline = self.started + job.seconds * job.rounds
        self.left: dict[int, socket.socket] = {}
        self._send(zygote)

    def _send(self, zygote: Zygote) -> None:
        with ExitStack() as near, ExitStack() as far:
            self.channel, far_channel = pair(near, far)
            self.output, far_output = pair(near, far)
            self.status, far_status = pair(near, far, socket.SOCK_SEQPACKET)
            far_output.shutdown(socket.SHUT_RD)
            self.left = {one.fileno(): one for one in (self.channel, self.output, self.status)}
            self.unsent = memoryview(codec.write_job(self.job))
            self.channel.setblocking(False)
            zygote.take([far_channel, far_output, far_status])
            near.pop_all()

    @property
    def landed(self) -> bool:
        """Whether nothing more can come: the run has ended, or it has answered and hung up. The kernel takes a millisecond to
        take a process down; it is killed (see :func:`fly`) and not waited for."""
        return not self.left or (self.answered and self.left.keys() == {self.status.fileno()})

    @property
    def answered(self) -> bool:
        return self.pidfd is not None and not self.cut_short and codec.whole(self.answer)

    def events(self, one: socket.socket) -> int:
        return select.POLLIN | (select.POLLOUT if one is self.channel and self.unsent else 0)

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
        except OSError:
            data = b""
        if not data:
            del self.left[descriptor]
        elif one is self.channel:
            self.answer += data
            if len(self.answer) > FRAME_BYTES:
                self.kill(Outcome.CRASHED)
        elif one is self.output:
            self.printed += data
            if len(self.printed) > PRINTED_BYTES * self.job.rounds:
                self.kill(Outcome.OUTPUT)

    def _status(self) -> bytes:
        data, descriptors, _, _ = socket.recv_fds(self.status, STATUS_BYTES, 1)
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


def fly(zygote: Zygote, jobs: Sequence[Job]) -> list[Observation | None]:
    """Start the jobs together, and see each to its end or its deadline."""
    flights: list[Flight] = []
    try:
        flights += (Flight(zygote, job) for job in jobs)
        while not all(flight.landed for flight in flights):
            turn([flight for flight in flights if not flight.landed])
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
        if now >= flight.next_look and flight.too_many_threads():
            flight.kill(Outcome.CRASHED)
        if now >= flight.deadline and not flight.landed:
            flight.kill(Outcome.TIMEOUT)
        if now >= flight.deadline + GRACE_SECONDS and not flight.landed:
            raise ZygoteGone
