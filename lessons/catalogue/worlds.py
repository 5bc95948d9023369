"""The worlds in a content folder: the small databases that lessons' code runs against."""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from lessons.catalogue.rules import Findings, Structure, Whole

WORLDS = "worlds"
NEEDED = ("models.py", "seed.py")


def worlds(root: Path, report: Findings) -> dict[str, str]:
    """Every world's name with the digest of its files. ``root`` is the resolved content folder."""
    found = {}
    for folder in _folders(root / WORLDS):
        about = report.beside(f"{WORLDS}/{folder.name}")
        if not folder.resolve().is_relative_to(root):
            about(Structure.OUTSIDE, 1)
        elif not re.fullmatch(r"[a-z][a-z0-9_]*", folder.name):
            about(Whole.WORLD_NAME, 1, name=folder.name)
        else:
            found[folder.name] = _digest(folder)
            for name in NEEDED:
                if not (folder / name).is_file():
                    about(Whole.WORLD_FILE, 1, world=folder.name, file=name)
    return found


def _folders(root: Path) -> Iterator[Path]:
    if root.is_dir():
        yield from (path for path in sorted(root.iterdir()) if path.is_dir() and path.name[0] not in "._")


def _digest(world: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(world.rglob("*")):
        name = path.relative_to(world)
        if path.is_file() and "__pycache__" not in name.parts and not name.name.startswith("."):
            data = _data(path)
            digest.update(b"%s\0%d\0" % (os.fsencode(name), len(data)))
            digest.update(data)
    return digest.hexdigest()[:16]


def _data(path: Path) -> bytes:
    """Nothing of a file that cannot be read, or is gone again since it was listed."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
