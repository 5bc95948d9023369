"""Canary: no learner's code. Tries at start what a run must never be able to do; ``seen`` names what it could.

``{"escaped": ["read a file", …]}``: empty when every layer holds.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sandbox.run import Run


def observe(run: Run) -> Mapping[str, Any]:
    return {"escaped": [what for what, attempt in ATTEMPTS.items() if worked(attempt)]}


def worked(attempt: Callable[[], Any]) -> bool:
    """Only a refusal counts as closed: an attempt may also fail for want of something to attack."""
    try:
        attempt()
    except PermissionError:
        return False
    except OSError:
        pass
    return True


def send_to_a_socket_of_the_machine() -> None:
    near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with near, far:
        near.sendto(b"", "/nowhere/woodshed-canary")


def fork() -> None:
    if os.fork() == 0:
        os._exit(0)


ATTEMPTS: Mapping[str, Callable[[], Any]] = {
    "read a file": lambda: Path("/etc/passwd").read_bytes(),
    "read /proc": lambda: Path("/proc/self/environ").read_bytes(),
    "write a file": lambda: Path("/tmp/woodshed-canary").write_bytes(b""),  # noqa: S108
    "open a socket": lambda: socket.socket(socket.AF_INET),
    "open a Unix socket": lambda: socket.socket(socket.AF_UNIX),
    "send to a Unix socket": send_to_a_socket_of_the_machine,
    "fork": fork,
    "start a program": lambda: subprocess.run([sys.executable, "-c", ""], check=True),
    "signal the parent": lambda: os.kill(os.getppid(), 0),
    "become root": lambda: os.setuid(0),
}
