"""The filter, simulated instruction by instruction for each processor: most of us have only one of them."""

import errno
import os

import pytest

from sandbox.lockdown import seccomp
from sandbox.lockdown.syscalls import ALLOWED, NUMBERS

REFUSED = seccomp.ERRNO | errno.EPERM
ABSENT = seccomp.ERRNO | errno.ENOSYS
HUGE = 1 << 40


def decide(machine: str, number: int, *arguments: int, arch: int | None = None, open_files: bool = True) -> int:
    """What the kernel would do with this call."""
    memory = {seccomp.NUMBER: number, seccomp.ARCH: seccomp.AUDIT_ARCH[machine] if arch is None else arch}
    for place in range(6):
        value = arguments[place] if place < len(arguments) else 0
        memory[16 + 8 * place], memory[20 + 8 * place] = value & 0xFFFFFFFF, value >> 32
    program, accumulator, at = seccomp.assemble(machine, open_files=open_files), 0, 0
    while True:
        code, true, false, constant = program[at]
        at += 1
        match code:
            case seccomp.LOAD:
                accumulator = memory[constant]
            case seccomp.AND:
                accumulator &= constant
            case seccomp.JUMP_EQUAL:
                at += true if accumulator == constant else false
            case seccomp.JUMP_AT_LEAST:
                at += true if accumulator >= constant else false
            case seccomp.JUMP_SET:
                at += true if accumulator & constant else false
            case seccomp.RETURN:
                return constant


machines = pytest.mark.parametrize("machine", sorted(NUMBERS))


@machines
def test_what_is_allowed_is_allowed_and_nothing_else(machine):
    numbers = NUMBERS[machine]
    allowed = {numbers[name] for name in " ".join(ALLOWED.values()).split() if name in numbers}
    ruled = {numbers[name] for name in seccomp.RULES}
    for number in range(600):
        if number not in ruled:
            assert decide(machine, number, *[HUGE] * 6) == (seccomp.ALLOW if number in allowed else REFUSED), number


@machines
@pytest.mark.parametrize(
    ("name", "arguments", "decision"),
    [
        ("openat", (0, 0, os.O_RDONLY | os.O_CLOEXEC), seccomp.ALLOW),
        ("openat", (0, 0, os.O_WRONLY), REFUSED),
        ("openat", (0, 0, os.O_RDWR), REFUSED),
        ("openat", (0, 0, os.O_CREAT), REFUSED),
        ("openat", (0, 0, os.O_TRUNC), REFUSED),
        ("openat", (0, 0, os.O_TMPFILE), REFUSED),
        ("mmap", (0, 0, 3), seccomp.ALLOW),
        ("mmap", (0, 0, 7), REFUSED),
        ("mprotect", (0, 0, 4), REFUSED),
        ("clone", (0x3D0F00,), seccomp.ALLOW),  # pthread_create
        ("clone", (17,), REFUSED),  # fork
        ("clone", (0x4111,), REFUSED),  # vfork
        ("clone", (0x3D0F00 | 0x10000000,), REFUSED),  # CLONE_NEWUSER
        ("clone3", (0, 0), ABSENT),
        ("ioctl", (0, 0x5421), seccomp.ALLOW),  # FIONBIO
        ("ioctl", (0, 0x5412), REFUSED),  # TIOCSTI
        ("fcntl", (0, 1030), seccomp.ALLOW),
        ("fcntl", (0, 8), REFUSED),  # F_SETOWN
        ("prlimit64", (0, 7, 0), seccomp.ALLOW),
        ("prlimit64", (0, 7, 5), REFUSED),
        ("prlimit64", (0, 7, HUGE), REFUSED),
        ("prlimit64", (1, 7, 0), REFUSED),
        ("prctl", (15,), seccomp.ALLOW),
        ("prctl", (4,), REFUSED),
        ("prctl", (22,), REFUSED),
        ("socketpair", (1,), seccomp.ALLOW),
        ("socketpair", (2,), REFUSED),
        ("sendto", (3, HUGE, 1, 0, 0, 0), seccomp.ALLOW),
        ("sendto", (3, HUGE, 1, 0, HUGE, 16), REFUSED),
        ("sendto", (3, HUGE, 1, 1, 0, 0), REFUSED),  # MSG_OOB
        ("sendto", (3, HUGE, 1, 0x4040, 0, 0), seccomp.ALLOW),
        ("recvfrom", (3, HUGE, 1, 0, HUGE, HUGE), seccomp.ALLOW),
        ("recvfrom", (3, HUGE, 1, 0x41, 0, 0), REFUSED),
        ("sendto", (3, HUGE, 1, 0, 16, 16), REFUSED),
    ],
)
def test_some_calls_are_allowed_with_some_arguments(machine, name, arguments, decision):
    assert decide(machine, NUMBERS[machine][name], *arguments) == decision


@machines
def test_the_strict_level_opens_no_file(machine):
    assert decide(machine, NUMBERS[machine]["openat"], 0, 0, os.O_RDONLY, open_files=False) == REFUSED
    assert decide(machine, NUMBERS[machine]["readlinkat"], open_files=False) == REFUSED


@machines
def test_a_foreign_architecture_kills(machine):
    assert decide(machine, 1, arch=0x40000003) == seccomp.KILL  # i386, by int 0x80
    assert decide(machine, 1, arch=0) == seccomp.KILL


def test_the_x32_numbering_kills():
    assert decide("x86_64", seccomp.X32 + 39) == seccomp.KILL


@machines
def test_no_jump_leaves_the_program(machine):
    program = seccomp.assemble(machine, open_files=True)
    assert all(at + 1 + max(true, false) < len(program) for at, (_, true, false, _) in enumerate(program) if true or false)
    assert len(program) <= 4096


def test_a_machine_without_a_filter_is_refused():
    with pytest.raises(seccomp.Unsupported):
        seccomp.program(open_files=True, machine="riscv64")
