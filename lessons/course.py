"""The course that the site serves: read from disk once, and again when a file has changed where the settings say so.

A request may be shown another one, a preview (see :mod:`lessons.previews`). Pages ask for the :func:`current` one, and need not
know which it is.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from django.conf import settings

from lessons.catalogue.load import load
from lessons.catalogue.types import Course

type Mark = tuple[Path, frozenset[tuple[str, int, int]]]

_lock = threading.Lock()
_loaded: tuple[Mark, Course] | None = None
_shown: ContextVar[Course | None] = ContextVar("shown", default=None)


def current() -> Course:
    """The course of the present request. Raises what :func:`served` raises."""
    return preview() or served()


def preview() -> Course | None:
    """The preview that the present request is shown, if it is shown one."""
    return _shown.get()


@contextmanager
def shown(taught: Course) -> Iterator[None]:
    """Makes the preview the current course of this thread until this is left."""
    token = _shown.set(taught)
    try:
        yield
    finally:
        _shown.reset(token)


def served() -> Course:
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
