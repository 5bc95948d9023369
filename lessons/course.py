"""The course that the site serves: read from disk once, and again when a file has changed where the settings say so."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from lessons.catalogue.load import load
from lessons.catalogue.types import Course

type Mark = tuple[Path, frozenset[tuple[str, int, int]]]

_lock = threading.Lock()
_loaded: tuple[Mark, Course] | None = None


def current() -> Course:
    """The course in ``settings.WOODSHED_CONTENT``. Raises FileNotFoundError or NotADirectoryError when there is none."""
    global _loaded
    mark = _mark(Path(settings.WOODSHED_CONTENT))
    if _loaded is None or _loaded[0] != mark:
        with _lock:
            if _loaded is None or _loaded[0] != mark:
                _loaded = mark, load(mark[0])
    return _loaded[1]


def _mark(root: Path) -> Mark:
    """Changes when the course has to be read again."""
    return root, frozenset(_facts(root)) if settings.WOODSHED_RELOAD_CONTENT else frozenset()


def _facts(root: Path) -> Iterator[tuple[str, int, int]]:
    """Every folder and file that may be part of the course. A folder's time is left out: an editor's own files change it."""
    for folder, folders, files in root.walk():
        folders[:] = [name for name in folders if name != "__pycache__" and not name.startswith(".")]
        yield str(folder), 0, 0
        for path in (folder / name for name in files if not name.startswith(".")):
            with suppress(OSError):  # gone again since it was listed
                facts = path.lstat()
                yield str(path), facts.st_mtime_ns, facts.st_size
