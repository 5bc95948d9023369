"""seccomp: the system calls a run may make. An allowlist, as a classic BPF program made here; the policy is in syscalls.py.

Structures and constants are those of Linux' seccomp(2) and bpf headers. A foreign architecture (int 0x80 on x86-64) or the x32
numbering kills the process; everything else that is not allowed fails with EPERM, so that Python raises PermissionError.
"""

import ctypes
import errno
import os
import struct
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.lockdown import libc
from sandbox.lockdown.syscalls import ALLOWED, NUMBERS

PR_GET_SECCOMP, PR_SET_SECCOMP, MODE_FILTER = 21, 22, 2
AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
X32 = 0x40000000

KILL = 0x80000000
ALLOW = 0x7FFF0000
ERRNO = 0x00050000

LOAD, JUMP_EQUAL, JUMP_AT_LEAST, JUMP_SET, AND, RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
ARCH, NUMBER = 4, 0

PROT_EXEC = 4
O_LARGEFILE = 0o100000 | 0o400000  # x86-64's and aarch64's; Python has it as 0 on both
HARMLESS = os.O_CLOEXEC | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_NONBLOCK | O_LARGEFILE
READ_ONLY = ~HARMLESS & 0xFFFFFFFF
"""Every flag of openat that could change something, and those that nobody has thought of yet."""
THREAD = 0x00000100 | 0x00000800 | 0x00010000  # CLONE_VM, CLONE_SIGHAND, CLONE_THREAD
NEW_NAMESPACES = 0x7E020080  # CLONE_NEW*: a clone for a thread has none
IOCTLS = (0x5421, 0x541B, 0x5450, 0x5451, 0x5401)  # FIONBIO, FIONREAD, FIONCLEX, FIOCLEX, TCGETS
FCNTLS = (0, 1, 2, 3, 4, 1030)  # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC
PR_SET_NAME = 15  # Python names its threads
AF_UNIX = 1
MSG_OOB = 1
"""Used by hardly anybody, and the way out of other sandboxes by the kernel's mistakes in it."""


class Unsupported(Exception):
    """This kernel or processor has no filter of ours."""


BY_LINK = ("readlink", "readlinkat")
"""Without Landlock, /proc tells by its links which files other processes of the same uid hold."""

type Instruction = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Program:
    """``code``: packed ``struct sock_filter``, ``length`` of them."""

    code: bytes
    length: int


def program(*, open_files: bool, machine: str = "") -> Program:
    """The filter for this machine. Without ``open_files`` openat is refused too (the strict level)."""
    machine = machine or os.uname().machine
    if os.uname().sysname != "Linux" or machine not in NUMBERS:
        raise Unsupported(f"no seccomp filter for {os.uname().sysname} on {machine}")
    if not offered():
        raise Unsupported("this kernel has no seccomp")
    instructions = assemble(machine, open_files=open_files)
    return Program(b"".join(struct.pack("HBBI", *one) for one in instructions), len(instructions))


def offered() -> bool:
    """Whether the kernel was built with it."""
    try:
        return libc.prctl(PR_GET_SECCOMP) >= 0
    except OSError:
        return False


def assemble(machine: str, *, open_files: bool) -> list[Instruction]:
    numbers = NUMBERS[machine]
    body = [
        (LOAD, 0, 0, ARCH),
        (JUMP_EQUAL, 1, 0, AUDIT_ARCH[machine]),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
    ]
    if machine == "x86_64":
        body += [(JUMP_AT_LEAST, 0, 1, X32), (RETURN, 0, 0, KILL)]
    for name in " ".join(ALLOWED.values()).split():
        if name in numbers and (open_files or name not in BY_LINK):
            body += [(JUMP_EQUAL, 0, 1, numbers[name]), (RETURN, 0, 0, ALLOW)]
    for name, rule in RULES.items():
        if name != "openat" or open_files:
            conditions = rule()
            body += [(JUMP_EQUAL, 0, len(conditions), numbers[name]), *conditions]
    return [*body, (RETURN, 0, 0, ERRNO | errno.EPERM)]


def argument(place: int) -> Instruction:
    """Load the low half of an argument; both architectures are little-endian."""
    return (LOAD, 0, 0, 16 + 8 * place)


def high_half(place: int) -> Instruction:
    return (LOAD, 0, 0, 20 + 8 * place)


DECIDE = [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, ERRNO | errno.EPERM)]


def none_of(place: int, bits: int) -> list[Instruction]:
    """Allowed when argument ``place`` has none of ``bits``."""
    return [argument(place), (JUMP_SET, 1, 0, bits), *DECIDE]


def one_of(place: int, values: tuple[int, ...]) -> list[Instruction]:
    tests = [(JUMP_EQUAL, len(values) - at - 1, 0 if at < len(values) - 1 else 1, value) for at, value in enumerate(values)]
    return [argument(place), *tests, *DECIDE]


def only_a_thread() -> list[Instruction]:
    return [
        argument(0),
        (JUMP_SET, 3, 0, NEW_NAMESPACES),
        (AND, 0, 0, THREAD),
        (JUMP_EQUAL, 0, 1, THREAD),
        *DECIDE,
    ]


def only_to_read_ones_own() -> list[Instruction]:
    """prlimit64(0, which, NULL, …)."""
    return [argument(0), (JUMP_EQUAL, 0, 5, 0), *null(2)]


def null(place: int) -> list[Instruction]:
    """Allowed when argument ``place`` is a NULL pointer."""
    return [argument(place), (JUMP_EQUAL, 0, 3, 0), high_half(place), (JUMP_EQUAL, 0, 1, 0), *DECIDE]


RULES: dict[str, Callable[[], list[Instruction]]] = {
    "openat": lambda: none_of(2, READ_ONLY),
    "mmap": lambda: none_of(2, PROT_EXEC),
    "mprotect": lambda: none_of(2, PROT_EXEC),
    "clone": only_a_thread,
    "clone3": lambda: [(RETURN, 0, 0, ERRNO | errno.ENOSYS)],  # its flags are behind a pointer; glibc then uses clone
    "ioctl": lambda: one_of(1, IOCTLS),
    "fcntl": lambda: one_of(1, FCNTLS),
    "prlimit64": only_to_read_ones_own,
    "prctl": lambda: one_of(0, (PR_SET_NAME,)),
    # With an address, a datagram of a socketpair would reach any Unix socket of the machine. send() gives none.
    "sendto": lambda: [argument(3), (JUMP_SET, len(null(4)) - 1, 0, MSG_OOB), *null(4)],
    "recvfrom": lambda: none_of(3, MSG_OOB),
    "socketpair": lambda: one_of(0, (AF_UNIX,)),
}
"""Calls that are allowed with some arguments only. A rule always decides: nothing falls through to the next."""


class SockFprog(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def install(filter_: Program) -> None:
    """For this process and for good. Needs no_new_privs."""
    program_ = SockFprog(filter_.length, filter_.code)
    libc.prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.addressof(program_))
