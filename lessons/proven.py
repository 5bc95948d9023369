"""What was found right before, by a hash of everything that it depends on: content, hidden data, our code, and what runs it.

Only what is right is remembered, as an empty file of that name; what is wrong is looked at again each time.
"""

import hashlib
import sqlite3
import sys
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

import django
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
SECONDS_KEPT = 30 * 24 * 3600.0
"""Since it was last asked for."""


class Memory:
    """``again``: remember, but recall nothing."""

    def __init__(self, *, again: bool = False) -> None:
        self.folder = Path(settings.WOODSHED_DATA) / "proven"
        self.again = again

    def knows(self, *about: object) -> bool:
        path = self._path(about)
        with suppress(OSError):
            if not self.again and path.exists():
                path.touch()
                return True
        return False

    def keep(self, *about: object) -> None:
        """Where nothing can be written, nothing is remembered."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._path(about).touch()

    def forget_old(self) -> None:
        with suppress(OSError):
            for path in self.folder.iterdir():
                if path.stat().st_mtime < time.time() - SECONDS_KEPT:
                    path.unlink(missing_ok=True)

    def _path(self, about: object) -> Path:
        return self.folder / hashlib.sha256(repr((about, ours())).encode()).hexdigest()


@cache
def ours() -> str:
    """Changes with our code, Python, Django and SQLite."""
    found = hashlib.sha256(repr((sys.version, django.VERSION, sqlite3.sqlite_version)).encode())
    for path in sorted(path for folder in ("sandbox", "lessons") for path in (ROOT / folder).rglob("*.py")):
        found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()
