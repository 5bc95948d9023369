"""What an attack that succeeded may have left on the machine: it is named, and taken away."""

import ctypes
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

OPEN_FOLDERS = ("/tmp", "/var/tmp", "/dev/shm", "/run/lock")
IPC_KEY = 0x57000000 + os.getpid() % 0xFFFFFF
REMOVE = 0  # IPC_RMID
libc = ctypes.CDLL(None)


def files_left(mark: str) -> Iterator[str]:
    """In the folders that anybody may write to."""
    for path in [path for folder in OPEN_FOLDERS for path in Path(folder).glob(f"*{mark}*")]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        yield str(path)


def ipc_left(mark: str) -> Iterator[str]:
    """System V's shared memory, semaphores and queues under our key; POSIX' queues by their name, which nothing lists."""
    remove = {
        "shm": lambda number: libc.shmctl(number, REMOVE, None),
        "sem": lambda number: libc.semctl(number, 0, REMOVE),
        "msg": lambda number: libc.msgctl(number, REMOVE, None),
    }
    for kind, gone in remove.items():
        for number in listed(Path("/proc/sysvipc") / kind):
            gone(number)
            yield kind
    if hasattr(libc, "mq_unlink") and libc.mq_unlink(f"/{mark}".encode()) == 0:
        yield "a message queue"


def listed(table: Path) -> list[int]:
    """The numbers of those that have our key."""
    lines = [line.split() for line in table.read_text().splitlines()] if table.exists() else []
    return [int(fields[1]) for fields in lines if fields[0] == str(IPC_KEY)]
