"""Who a run is: an unprivileged uid without capabilities, that cannot gain any, be traced, or outlive the zygote."""

import ctypes
import os
import signal
from collections.abc import Sequence
from pathlib import Path

from sandbox.lockdown import libc

NOBODY = 65_534

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_CAPBSET_DROP = 24
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 47, 4

CAPABILITIES = range(64)
CAPSET = {"x86_64": 126, "aarch64": 91}
CAPABILITY_VERSION_3 = 0x20080522
HEADER = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
NONE = (ctypes.c_uint32 * 6)()
"""Made before the fork: a run should not spend its time on making types."""


def choose(readable: Sequence[Path]) -> int | None:
    """The uid to become. None keeps the present one: it is unprivileged, or no other could read ``readable``."""
    if os.geteuid() != 0:
        return None
    return NOBODY if all(reachable(path) for path in readable if path.exists()) else None


def reachable(path: Path) -> bool:
    """Whether everybody may enter every folder on the way to ``path``."""
    real = path.resolve()
    return all(folder.stat().st_mode & 0o001 for folder in (real, *real.parents) if folder.is_dir())


def drop(uid: int | None) -> None:
    """Become ``uid`` and give every capability away, for good."""
    privileged = os.geteuid() == 0
    if privileged:
        drop_bounding_set()
    if uid is not None:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    if privileged:
        clear_capabilities()


def drop_bounding_set() -> None:
    for capability in CAPABILITIES:
        try:
            libc.prctl(PR_CAPBSET_DROP, capability)
        except OSError:
            return  # past the last one this kernel has, or not ours to drop: clear_capabilities is what counts


def clear_capabilities() -> None:
    libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    libc.syscall(CAPSET[os.uname().machine], HEADER, NONE)


def die_with(parent: int, with_signal: signal.Signals) -> None:
    """After :func:`drop`: a change of uid clears this. The parent may have gone before, which sends no signal."""
    libc.prctl(PR_SET_PDEATHSIG, with_signal)
    if os.getppid() != parent:
        os.kill(os.getpid(), with_signal)


def seal() -> None:
    libc.prctl(PR_SET_DUMPABLE, 0)
    gain_nothing()


def gain_nothing() -> None:
    """No program started from here on gains privileges. Landlock and seccomp ask for this."""
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1)
