"""The zygote as it is before an attack and after it, and zygotes that are started bent: with a layer missing, or all but one."""

import os
import secrets
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from sandbox import client
from sandbox.client import Sandbox, Zygote
from sandbox.lockdown import landlock
from tests.sandbox.conftest import WORLDS, polls

NO_LANDLOCK = "zygote.lockdown.landlock.version = lambda: 0"
LEVELS = {"full": "pass", "strict": NO_LANDLOCK} if landlock.version() else {"strict": "pass"}
"""What the zygote of each level is told before it starts."""
MB = 1 << 20
MOST_ARGUMENTS = 1 << 16
MOST_GROWTH = 4 * MB
SECONDS_TO_SETTLE = 10.0
"""A run that is killed may take that long to be gone, on a busy machine. What is left after it is harm, and failing is slow."""
ANOTHER = "the zygote is another"


@dataclass(frozen=True, slots=True)
class ZygoteLook:
    """The zygote between two runs, when it waits for nothing but the next."""

    pid: int
    descriptors: int
    rss: int
    """Bytes of memory that are its own or shared."""

    @classmethod
    def at(cls, sandbox: "Bent") -> "ZygoteLook":
        pid = settled(sandbox)
        resident = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096
        return cls(pid, len(list(Path(f"/proc/{pid}/fd").iterdir())), resident)

    def harm(self, sandbox: "Bent") -> list[str]:
        """What is not as it was. Of processes that are left, the tests that follow see nothing."""
        now = ZygoteLook.at(sandbox)
        left = {*children_of(now.pid), *sandbox.processes()} - {now.pid}
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if now.pid != self.pid:
            return [ANOTHER]
        found = [f"a process is left: {left}"] if left else []
        if now.descriptors != self.descriptors:
            found.append(f"the zygote holds {now.descriptors} descriptors, not {self.descriptors}")
        if now.rss > self.rss + MOST_GROWTH:
            found.append(f"the zygote grew by {(now.rss - self.rss) // MB} MB")
        return found


def settled(sandbox: "Bent") -> int:
    """The zygote's pid, once it has buried its children and waits again; a run that has answered may still be dying."""
    end = time.monotonic() + SECONDS_TO_SETTLE
    while True:
        pid = sandbox._ready().process.pid
        if (not children_of(pid) and polls(pid)) or time.monotonic() > end:
            return pid
        time.sleep(0.001)


def processes_naming(mark: str) -> Iterator[int]:
    """Those that were started with the mark among their arguments, and what they forked. Quick: every attack asks three times."""
    for name in os.listdir("/proc"):  # noqa: PTH208
        if name.isdigit() and mark.encode() in arguments_of(name):
            yield int(name)


def arguments_of(process: str) -> bytes:
    try:
        file = os.open(f"/proc/{process}/cmdline", os.O_RDONLY)
    except OSError:
        return b""
    try:
        return os.read(file, MOST_ARGUMENTS)
    except OSError:
        return b""
    finally:
        os.close(file)


def children_of(pid: int) -> list[int]:
    """Of any of its threads."""
    return [int(one) for path in Path(f"/proc/{pid}/task").glob("*/children") for one in path.read_text().split()]


class Bent(Sandbox):
    """A sandbox whose zygote is told something before it starts: ``boot``, a line of Python that may change its modules.

    ``unproven``: what the zygote claims is believed without a canary, which would refuse it.
    """

    def __init__(self, boot: str, *, unproven: bool = False) -> None:
        super().__init__(WORLDS, slots=2)
        self.mark = f"woodshed-zygote-{secrets.token_hex(8)}"
        self.boot = client.BOOT.replace("zygote.main(", f"{boot}; {self.mark!r}; zygote.main(")
        self.proven = (lambda zygote, claimed: claimed) if unproven else client.proven

    def processes(self) -> list[int]:
        """Its zygote, and every fork of it that is still there, whoever its parent is now."""
        return list(processes_naming(self.mark))

    def _launch(self) -> Zygote:
        with patch.object(client, "BOOT", self.boot), patch.object(client, "proven", self.proven):
            return super()._launch()
