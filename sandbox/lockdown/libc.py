"""The few calls of the C library that Python does not offer, each raising OSError."""

import ctypes
import os

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long
_libc.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]


def prctl(option: int, argument: int = 0, pointer: int = 0) -> int:
    return checked(_libc.prctl(option, argument, pointer, 0, 0), "prctl")


def syscall(number: int, *arguments: object) -> int:
    return checked(_libc.syscall(ctypes.c_long(number), *arguments), f"syscall {number}")


def one_arena() -> None:
    """Have every thread share one heap: glibc reserves 128 MB of address space for each further one, half the limit."""
    _libc.mallopt(-8, 1)


def checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result
