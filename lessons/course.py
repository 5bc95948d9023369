"""The course that the site serves: read from disk once, and again when a file has changed where the settings say so."""

import threading
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
    if not settings.WOODSHED_RELOAD_CONTENT:
        return root, frozenset()
    files = (path for path in root.rglob("*") if "__pycache__" not in path.parts)
    return root, frozenset((str(path), (stat := path.stat()).st_mtime_ns, stat.st_size) for path in files)
