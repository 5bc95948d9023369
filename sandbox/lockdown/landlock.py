"""Landlock: which files a run may read. No file may be written, made or run; no port bound or reached; nobody signalled.

The kernel's interface: Documentation/userspace-api/landlock.rst. Rights that a kernel does not know yet are left out; what the
found level promises is tried by the canary.
"""

import ctypes
import os
import stat
from collections.abc import Sequence
from pathlib import Path

from sandbox.lockdown import libc

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same numbers on every architecture
VERSION_FLAG = 1
PATH_BENEATH = 1

READ_FILE = 1 << 2
READ_DIR = 1 << 3
ALL_FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
ALL_FILE_RIGHTS_NOW = (1 << 16) - 1  # from ABI 5: ioctl on devices
ALL_NETWORK_RIGHTS = 0b11  # from ABI 4: bind and connect TCP
ALL_SCOPES = 0b11  # from ABI 6: abstract Unix sockets, signals

NOT_LIBRARY = {"site-packages", "dist-packages", "__pycache__"}


class RulesetAttr(ctypes.Structure):
    _fields_ = (("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def version() -> int:
    """The kernel's Landlock ABI; 0 without Landlock."""
    try:
        return libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(VERSION_FLAG))
    except OSError:
        return 0


def ruleset(readable: Sequence[Path]) -> int | None:
    """A ruleset's descriptor that lets ``readable`` be read; None without Landlock."""
    abi = version()
    if abi == 0:
        return None
    attr = RulesetAttr(
        fs=ALL_FILE_RIGHTS.get(abi, ALL_FILE_RIGHTS_NOW),
        net=ALL_NETWORK_RIGHTS if abi >= 4 else 0,
        scoped=ALL_SCOPES if abi >= 6 else 0,
    )
    size = ctypes.c_size_t(24 if abi >= 6 else 16 if abi >= 4 else 8)
    made = libc.syscall(CREATE_RULESET, ctypes.byref(attr), size, ctypes.c_uint32(0))
    for path in readable:
        allow(made, path)
    return made


def allow(made: int, path: Path) -> None:
    """Let ``path`` and what is below it be read. Of a library's folder, only the library: not what is installed in it."""
    if not path.is_dir():
        add(made, path, READ_FILE)
        return
    installed = any((path / name).exists() for name in ("site-packages", "dist-packages"))
    add(made, path, READ_DIR if installed else READ_FILE | READ_DIR)
    for below in path.iterdir() if installed else ():
        if below.name not in NOT_LIBRARY:
            add(made, below, READ_FILE | READ_DIR)


def add(made: int, path: Path, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        rule = PathBeneath(rights if is_folder else rights & READ_FILE, descriptor)
        libc.syscall(ADD_RULE, ctypes.c_int(made), ctypes.c_int(PATH_BENEATH), ctypes.byref(rule), ctypes.c_uint32(0))
    finally:
        os.close(descriptor)


def restrict(made: int) -> None:
    libc.syscall(RESTRICT_SELF, ctypes.c_int(made), ctypes.c_uint32(0))
