"""What course.yaml says, and which files are lessons."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lessons.catalogue import keys, strict_yaml
from lessons.catalogue.read import read
from lessons.catalogue.rules import Findings, Whole
from lessons.catalogue.types import Module
from lessons.catalogue.worlds import WORLDS

COURSE = "course.yaml"
FILE_NAME = re.compile(r"(?P<number>[0-9]{2,3})-(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)\.md")
MARKDOWN = frozenset({".md", ".markdown"})
READ_BY_NOBODY = frozenset({"readme.md"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A lesson's file. ``path`` is relative to the content folder."""

    path: str
    module: str
    name: str
    number: int

    @property
    def slug(self) -> str:
        return f"{self.module}/{self.name}"


def modules(root: Path, report: Findings) -> tuple[str, tuple[Module, ...]]:
    """The course's title and its modules, still without lessons. What course.yaml lacks is filled with something plain."""
    about = report.beside(COURSE)
    if not (root / COURSE).exists():
        about(Whole.NO_COURSE, 1)
        return root.name, ()
    text = read(root / COURSE, root, about)
    block = strict_yaml.read(text, 1, about) if text is not None else None
    values = keys.COURSE.read(block, about) if block is not None else {}
    found: dict[str, Module] = {}
    for each in values.get("modules", ()):
        module = _module(each, about)
        if module is None:
            continue
        if module.slug == WORLDS:
            about(Whole.RESERVED, each.line)
        elif module.slug in found:
            about(Whole.MODULE_TWICE, each.line, slug=module.slug)
        else:
            found[module.slug] = module
    return values.get("title", root.name), tuple(found.values())


def _module(block: strict_yaml.Keyed, report: Findings) -> Module | None:
    values = keys.MODULE.read(block, report)
    if "slug" not in values:
        return None
    plain = {"title": values["slug"].replace("-", " ").capitalize(), "promise": "", "colour": "#5a6472", "motif": keys.MOTIFS[0]}
    return Module(**{**plain, **values})


def entries(root: Path, slugs: frozenset[str], report: Findings) -> Iterator[Entry]:
    """Every lesson's file, in order. What looks like a lesson and stands where none is looked for, is a finding."""
    for path in sorted(root.iterdir()):
        if path.name[0] in "._" or path.name == WORLDS:
            continue
        if path.is_dir():
            yield from _folder(path, slugs, report)
        elif FILE_NAME.fullmatch(path.name):
            report.beside(path.name)(Whole.STRAY_LESSON, 1)


def _folder(folder: Path, slugs: frozenset[str], report: Findings) -> Iterator[Entry]:
    files = [path for path in sorted(folder.iterdir()) if _is_markdown(path)]
    if folder.name not in slugs:
        if files:
            report.beside(folder.name)(Whole.NO_ENTRY, 1, folder=folder.name)
        return
    for path in files:
        about = report.beside(f"{folder.name}/{path.name}")
        if parts := FILE_NAME.fullmatch(path.name):
            yield Entry(f"{folder.name}/{path.name}", folder.name, parts["name"], int(parts["number"]))
        else:
            about(Whole.FILE_NAME, 1)
    for path in sorted(folder.glob("*/**/*")):
        if _is_markdown(path):
            report.beside(path.relative_to(folder.parent).as_posix())(Whole.STRAY_LESSON, 1)


def _is_markdown(path: Path) -> bool:
    """Not an editor's lock or swap file, whose name starts with a dot."""
    return path.suffix.lower() in MARKDOWN and path.name.lower() not in READ_BY_NOBODY and not path.name.startswith(".")
