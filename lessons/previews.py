"""Previews: courses beside the one that the site serves, each shown to whoever has a link to it.

Every folder in ``settings.WOODSHED_PREVIEWS`` is one, most often a git worktree of a branch. A preview has addresses of its own,
below ``/preview/<name>/``, and what is done in it is stored under keys of its own: neither its pages nor the work in it can be
mixed up with the served course's. It is always read again when a file has changed.
"""

import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from stat import S_ISDIR

from django.conf import settings
from django.core import signing
from django.utils import timezone

from lessons.catalogue.load import load
from lessons.catalogue.outline import COURSE
from lessons.catalogue.rules import Whole
from lessons.catalogue.types import Block, Course, Exercise, Finding, Lesson, Module, Quiz

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_NAME = 40
CONTENT = "content"
"""Where the course is in a checkout of this project."""
SALT = "woodshed.preview"
KEYS = "preview/"
"""What every key begins with under which work in a preview is stored."""
MOST_FILES = 1_000
MOST_BYTES = 50_000_000
"""A preview that holds more is not read: it comes from a branch that nobody may have looked at yet."""
MOST_READING = 6
"""Requests that read a preview, or wait for another that does. They keep threads from learners, so there may be no more."""

type Mark = frozenset[tuple[str, int, int]]

_room = threading.BoundedSemaphore(MOST_READING)
_lock = threading.Lock()
_known: dict[str, tuple[Mark, Course]] = {}


class Busy(Exception):
    """As many as may are waiting already for previews to be read."""


class Unreadable(Exception):
    """Why a preview is not read."""


# Which there are


def names() -> list[str]:
    """Every preview's. Raises OSError when the previews' folder cannot be read."""
    folder = settings.WOODSHED_PREVIEWS
    return sorted(path.name for path in Path(folder).iterdir() if folder_of(path.name)) if folder else []


def folder_of(name: str) -> Path | None:
    """The preview's own folder, resolved; None where there is none of this name, or it lies outside the previews' folder."""
    if settings.WOODSHED_PREVIEWS is None or not is_name(name):
        return None
    folder = Path(settings.WOODSHED_PREVIEWS).resolve()
    found = folder / name
    return found.resolve() if _inside(found, folder) and found.is_dir() else None


def is_name(name: str) -> bool:
    return len(name) <= LONGEST_NAME and NAME.fullmatch(name) is not None


def address(name: str) -> str:
    """Below which the preview has its pages."""
    return f"/preview/{name}/"


# Who may see them


def key(name: str, *, until: datetime) -> str:
    """What opens the preview until then."""
    return signing.Signer(salt=SALT).sign_object([name, int(until.timestamp())])


def open_until(name: str, key: str) -> datetime:
    """Until when the key opens the preview. Raises SignatureExpired, or BadSignature for one that never opened it."""
    named, seconds = signing.Signer(salt=SALT).unsign_object(key)
    if named != name:
        raise signing.BadSignature(f"a key for {named}")
    until = datetime.fromtimestamp(seconds, UTC)
    if until <= timezone.now():
        raise signing.SignatureExpired(f"it opened {name} until {until}")
    return until


# What they hold


def course(name: str) -> Course | None:
    """The preview as it is on disk now, None where there is none.

    One that cannot be read is a course without modules, whose finding says why. Raises Busy.
    """
    folder = folder_of(name)
    if folder is None:
        _known.pop(name, None)
        return None
    try:
        root = folder if (folder / COURSE).is_file() else folder / CONTENT
        return _loaded(name, root, _mark(folder, root))
    except OSError as problem:  # closed, or gone in the midst of it
        return _empty(name, folder, f"cannot be read: {problem.strerror}")
    except Unreadable as problem:
        return _empty(name, folder, str(problem))


def apart(name: str) -> str:
    """What every key begins with under which work in this preview is stored. A real key holds no colon."""
    return f"{KEYS}{name}:"


def _mark(folder: Path, root: Path) -> Mark:
    """Changes when the course in ``root`` has to be read again. Raises Unreadable, or OSError."""
    if not (root / COURSE).is_file():
        raise Unreadable(Whole.NO_COURSE.value)
    found = list(islice(_everything(root), MOST_FILES + 1))
    facts = frozenset(map(_facts, found))
    if len(found) > MOST_FILES or sum(size for _, _, size in facts) > MOST_BYTES:
        raise Unreadable(f"holds more than {MOST_FILES:,} files or {MOST_BYTES // 1_000_000} MB, and is not read")
    if out := next((path for path in found if path.is_symlink() and not _inside(path, folder)), None):
        raise Unreadable(f"the link {out.relative_to(folder)} leads out of the preview's folder")
    return facts


def _inside(path: Path, folder: Path) -> bool:
    """Whether the path is below the resolved folder, links and all."""
    try:
        return folder in path.resolve().parents
    except (OSError, RuntimeError):  # RuntimeError: a loop of links, before Python 3.13
        return False


def _everything(root: Path) -> Iterator[Path]:
    """The folder and all that is in it but git's own; links are not followed."""
    yield root
    for folder, folders, files in root.walk():
        if folder == root:
            folders[:] = [name for name in folders if name != ".git"]
        yield from (folder / name for name in (*folders, *files))


def _facts(path: Path) -> tuple[str, int, int]:
    """A folder's time is left out: what changes it is in it."""
    facts = path.lstat()
    return str(path), 0 if S_ISDIR(facts.st_mode) else facts.st_mtime_ns, facts.st_size


def _loaded(name: str, root: Path, mark: Mark) -> Course:
    known = _known.get(name)
    if known and known[0] == mark:
        return known[1]
    if not _room.acquire(blocking=False):
        if known:
            return known[1]  # as it was before the last change, for a moment
        raise Busy
    try:
        return _read(name, root, mark)
    finally:
        _room.release()


def _read(name: str, root: Path, mark: Mark) -> Course:
    at = address(name)
    with _lock:
        known = _known.get(name)
        if not known or known[0] != mark:
            read = load(root, pictures=f"{at}content/", lessons=f"{at}lessons/")
            known = _known[name] = mark, _set_apart(name, read)
        return known[1]


def _empty(name: str, root: Path, problem: str) -> Course:
    return Course(title=name, root=root, findings=(Finding(root.name, 1, problem),), preview=name)


def _set_apart(name: str, taught: Course) -> Course:
    """The course with keys of the preview's own, whatever work is stored under them."""

    def module(one: Module) -> Module:
        return replace(one, lessons=tuple(map(lesson, one.lessons)))

    def lesson(one: Lesson) -> Lesson:
        return replace(one, blocks=tuple(map(block, one.blocks)))

    def block(one: Block) -> Block:
        if not isinstance(one, Exercise | Quiz):
            return one
        return replace(one, key=prefix + one.key, formerly=tuple(prefix + former for former in one.formerly))

    prefix = apart(name)
    return replace(taught, modules=tuple(map(module, taught.modules)), preview=name)
