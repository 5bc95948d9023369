"""A content folder → a Course, whatever is in the folder: what is wrong becomes findings."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from lessons import kinds
from lessons.catalogue import keys, outline, strict_yaml
from lessons.catalogue.around import Around
from lessons.catalogue.build import blocks
from lessons.catalogue.links import LESSONS_AT, SERVED_AT, Places
from lessons.catalogue.markdown import Renderer
from lessons.catalogue.outline import Entry
from lessons.catalogue.read import read
from lessons.catalogue.rules import Findings, Structure
from lessons.catalogue.scan import scan
from lessons.catalogue.types import Course, Exercise, Lesson, Quiz
from lessons.catalogue.worlds import worlds

LONGEST_KEY = 150
"""Of ``<module>/<lesson>#<item>``. Work is stored under it, in a preview with the preview's name before it."""


def load(root: Path, *, pictures: str = SERVED_AT, lessons: str = LESSONS_AT) -> Course:
    """The course in the folder ``root``; ``pictures`` and ``lessons`` are the URLs under which the site serves these.

    Bad content never raises: it is in the course's findings, and a lesson that cannot be understood has no blocks.
    Raises FileNotFoundError or NotADirectoryError when there is no such folder.
    """
    root = root.absolute()
    next(root.iterdir(), None)
    real = root.resolve()
    report = Findings(root.name)
    title, empty = outline.modules(real, report)
    entries = tuple(outline.entries(real, frozenset(module.slug for module in empty), report))
    places = Places(real, {entry.path: entry.slug for entry in entries}, pictures, lessons)
    shelf = _Shelf(root, MappingProxyType(worlds(real, report)), kinds.find(), places, report)
    taught = _owned([shelf.lesson(entry) for entry in entries], report)
    return Course(
        title=title,
        root=root,
        pictures_at=pictures,
        lessons_at=lessons,
        modules=tuple(replace(each, lessons=tuple(one for one in taught if one.module == each.slug)) for each in empty),
        worlds=shelf.worlds,
        findings=tuple(sorted({*report.found, *(finding for lesson in taught for finding in lesson.findings)})),
        digest=_digest([title, *map(repr, empty), *map(repr, shelf.worlds.items()), *(lesson.digest for lesson in taught)]),
    )


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What every lesson is built with."""

    root: Path
    worlds: Mapping[str, str]
    kinds: Mapping[str, kinds.Kind]
    places: Places
    report: Findings

    def lesson(self, entry: Entry) -> Lesson:
        path = self.root / entry.path
        report = Findings(f"{self.report.path}/{entry.path}")
        self._alone(entry, report)
        text = read(path, self.places.root, report)
        lesson = Lesson(
            slug=entry.slug,
            module=entry.module,
            name=entry.name,
            number=entry.number,
            title=entry.name.replace("-", " ").capitalize(),
            summary="",
            world="",
            path=path,
            digest=_digest([text or ""]),
        )
        if text is not None:
            lesson = self._filled(lesson, entry, text, report)
        return _broken(lesson, report) if report.found else lesson

    def _alone(self, entry: Entry, report: Findings) -> None:
        first = next(path for path, slug in self.places.slugs.items() if slug == entry.slug)
        if first != entry.path:
            report(Structure.SLUG_TWICE, 1, slug=entry.slug, other=first)

    def _filled(self, lesson: Lesson, entry: Entry, text: str, report: Findings) -> Lesson:
        scanned = scan(text, report)
        if scanned is None:
            return lesson
        front = strict_yaml.read(scanned.front.text, scanned.front.line, report)
        values = keys.LESSON.read(front, report) if front is not None else {}
        around = Around(
            slug=entry.slug,
            formerly=values.get("formerly", ()),
            world=values.get("world", ""),
            worlds=self.worlds,
            kinds=self.kinds,
            renderer=Renderer(self.places.address(entry.module)),
            report=report,
        )
        if front is not None and "world" in values:
            around.known_world(values["world"], front.lines["world"])
        built = blocks(scanned.parts, around)
        return replace(lesson, **values, blocks=built, digest=_digest([text, self.worlds.get(around.world, "")]))


def _broken(lesson: Lesson, report: Findings) -> Lesson:
    return replace(lesson, blocks=(), findings=tuple(sorted({*lesson.findings, *report.found})))


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


# Names


def _owned(lessons: list[Lesson], report: Findings) -> list[Lesson]:
    """A name that something has, or had first, is nobody else's former name: learners' work is stored under it.

    The lesson that claims such a name is broken, so that nobody's work goes astray.
    """
    owners = {lesson.slug: lesson.slug for lesson in lessons}
    owners |= {item.key: item.key for lesson in lessons for item in _items(lesson)}
    return [_honest(lesson, owners, report) for lesson in lessons]


def _items(lesson: Lesson) -> tuple[Exercise | Quiz, ...]:
    return (*lesson.exercises, *lesson.quizzes)


def _honest(lesson: Lesson, owners: dict[str, str], report: Findings) -> Lesson:
    about = Findings(f"{report.path}/{lesson.file}")
    claims = [(1, lesson.slug, lesson.formerly)]
    claims += [(item.line, item.key, item.formerly) for item in _items(lesson)]
    for line, this, names in claims:
        if max(map(len, (this, *names))) > LONGEST_KEY:
            about(Structure.LONG_KEY, line, limit=LONGEST_KEY)
        for name in names:
            other = owners.setdefault(name, this)
            if other != this or name == this:
                about(Structure.FORMERLY_TAKEN, line, slug=name, this=this, other=other)
    return _broken(lesson, about) if about.found else lesson
