"""Resource limits. The deadline is not here: the client enforces it from outside."""

import math
import os
import resource

from sandbox.protocol import MEMORY_MB

PAGE = os.sysconf("SC_PAGE_SIZE")
DESCRIPTORS = 32


def limit(seconds: float) -> None:
    """Address space: what the process has now and MEMORY_MB more. CPU: soft and hard alike, since SIGXCPU can be ignored."""
    address_space = held() + MEMORY_MB * 1024 * 1024
    cpu = math.ceil(seconds) + 1
    for which, most in (
        (resource.RLIMIT_AS, address_space),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, DESCRIPTORS),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        resource.setrlimit(which, (most, most))


def open_measure() -> None:
    """In the zygote, while /proc is still open to it."""
    global _statm
    _statm = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)


def measure() -> None:
    """Remember the zygote's address space, once everything is loaded."""
    global _held
    _held = int(os.pread(_statm, 200, 0).split()[0]) * PAGE


def held() -> int:
    return _held


_held = 0
_statm = -1
