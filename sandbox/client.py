"""The site's side of the sandbox: one :class:`Sandbox` a process and content folder, that owns a zygote and asks it for runs.

Never runs a learner's code, and believes nothing that comes back: see :mod:`sandbox.flight` for what becomes of one run. When the
zygote itself is gone, it is started again and the job is tried once more, so that a killed zygote loses nobody's work. A second
zygote, in which Django is not set up, is started for the first job that asks for it.
"""

import logging
import os
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

from sandbox.flight import ZygoteGone, fly
from sandbox.protocol import BARE, Job, Observation, Outcome

log = logging.getLogger("woodshed.sandbox")
LOUDNESS = {"full": logging.INFO, "strict": logging.INFO}
ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 30.0
SECONDS_BETWEEN_STARTS = 2.0
"""A zygote that does not come up, or refuses, is not tried again sooner. A machine that was too busy for one may not stay so."""
CANARY_SECONDS = 5.0
BOOT = "import sys; sys.path.insert(0, sys.argv[3]); from pathlib import Path; from sandbox import zygote; \
zygote.main(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), *sys.argv[4:])"
"""What ``python -I`` is told: it has no path of ours until it is given one."""


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
    def refused(self) -> bool:
        return self.status.level == "refused"

    @property
    def serves(self) -> bool:
        """Whether it can be asked for a run. One inherited through a fork belongs to the parent process."""
        return not self.refused and self.pid == os.getpid() and self.process.poll() is None

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
    ``bare``: whether this is the part of another that runs the jobs for which Django must not have been set up. ``niceness``: how
    far its processes let others go first, from 0 to 19.
    """

    def __init__(
        self,
        worlds: Path,
        *,
        slots: int = 0,
        line: int = 8,
        patience: float = 8.0,
        unsafe: bool = False,
        bare: bool = False,
        niceness: int = 0,
    ) -> None:
        self.worlds = worlds
        self.bare = None if bare else Sandbox(worlds, unsafe=unsafe, bare=True, niceness=niceness)
        self.slots = slots or os.cpu_count() or 1
        self.line, self.patience = line, patience
        self.unsafe, self.niceness = unsafe, niceness
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
    def problems(self) -> dict[str, str]:
        """Why worlds did not load, as far as is known without starting the zygote."""
        zygote = self._zygote
        return zygote.status.problems if zygote else {}

    @property
    def rows(self) -> dict[str, dict[str, int]]:
        """How many rows each world's models have, as far as is known without starting the zygote."""
        zygote = self._zygote
        return zygote.status.worlds if zygote else {}

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
        if self.bare:
            self.bare.stop()

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
        if self.bare and all(job.observer in BARE for job in jobs):
            return self.bare._attempt_twice([replace(job, world="") for job in jobs])
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
        if zygote.refused or any(job.world not in zygote.status.worlds for job in jobs):
            return [Observation(outcome=Outcome.UNAVAILABLE) for _ in jobs]
        try:
            seen = fly(zygote.take, jobs)
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
            early = time.monotonic() < self._not_before
            if self._zygote and (self._zygote.serves or (self._zygote.refused and early)):
                return self._zygote
            if self._zygote:
                self._zygote.stop()
            self._zygote = None
            if early:
                raise ZygoteGone
            self._zygote = self._launch()
            return self._zygote

    def _launch(self) -> Zygote:
        try:
            launched = launch(self.worlds, unsafe=self.unsafe, bare=self.bare is None, niceness=self.niceness)
        except ZygoteGone:
            log.error("the sandbox did not start")
            self._not_before = time.monotonic() + SECONDS_BETWEEN_STARTS
            raise
        found = launched.status
        if launched.refused:
            self._not_before = time.monotonic() + SECONDS_BETWEEN_STARTS
        log.log(
            LOUDNESS.get(found.level, logging.ERROR), "the sandbox's level is %s%s", found.level, found.note and f": {found.note}"
        )
        return launched


def launch(worlds: Path, *, unsafe: bool = False, bare: bool = False, niceness: int = 0) -> Zygote:
    """Start a zygote and prove its level with a canary. Raises ZygoteGone when it does not come up."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    options = [name for name, given in {"unsafe": unsafe, "bare": bare}.items() if given]
    with ExitStack() as given_up, theirs:
        given_up.enter_context(ours)
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
        given_up.callback(zygote.stop)
        theirs.close()
        if niceness:
            os.setpriority(os.PRIO_PROCESS, process.pid, niceness)
        zygote.status = proven(zygote, hello(ours))
        given_up.pop_all()
    return zygote


def hello(control: socket.socket) -> Status:
    """What a zygote that comes up says of itself. Raises ZygoteGone when it says nothing."""
    control.settimeout(START_SECONDS)
    try:
        said = control.recv(1 << 20)
    except OSError:
        said = b""
    if not said:
        raise ZygoteGone
    control.settimeout(None)
    return Status(**loads(said))


def proven(zygote: Zygote, claimed: Status) -> Status:
    """The claimed level, if a canary run finds every way out closed; else "refused", with what it found open.

    "unsafe" promises nothing, and stays what it is.
    """
    world = next(iter(claimed.worlds), None)
    if claimed.level == "refused" or world is None:
        return replace(claimed, level="refused", note=claimed.note or "no world could be loaded")
    (seen,) = fly(zygote.take, [Job(observer="canary", world=world, files=(), seconds=CANARY_SECONDS)])
    if seen is None:
        raise ZygoteGone
    if seen.outcome is not Outcome.OK:
        return replace(claimed, level="refused", note="the canary did not come back")
    escaped = seen.results[0].seen["escaped"]
    found = "unsafe" if claimed.level == "unsafe" else "refused"
    return replace(claimed, level=found, note="a run could " + ", ".join(escaped)) if escaped else claimed
