"""What a course is once it has been read from disk: frozen, in memory, without a database.

Every ``*_html`` field is sanitised and safe to put on a page. Every ``line`` counts from 1 in the file the part came from.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sandbox.protocol import FILE, File


def plain(key: str) -> str:
    """The key of an exercise or quiz as the course's own files have it: in a preview it begins with the preview's name."""
    return key.rpartition(":")[2]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something wrong in the content, with its place. Reads ``content/models/04-….md:49: unknown fence role "soluton"``."""

    path: str
    """Relative to the folder that holds the content folder, so that it can be clicked in a terminal."""
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Heading:
    """A second-level heading of the prose or an item's title, for the table of contents."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Prose:
    html: str
    headings: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Try:
    """A runnable example: shown with a Run button, never graded. ``id`` is ``try-1``, ``try-2`` … in the lesson."""

    id: str
    code: str
    world: str
    line: int


@dataclass(frozen=True, slots=True)
class Option:
    html: str
    explanation_html: str
    right: bool


@dataclass(frozen=True, slots=True)
class Quiz:
    key: str
    """``models/first-querysets#lazy``"""
    id: str
    title: str
    prompt_html: str
    options: tuple[Option, ...]
    line: int
    formerly: tuple[str, ...] = ()

    @property
    def multiple(self) -> bool:
        """Whether more than one option is right, so that checkboxes are asked for and not radio buttons."""
        return sum(option.right for option in self.options) > 1

    @property
    def right(self) -> frozenset[int]:
        """The places (from 0) of the right options."""
        return frozenset(place for place, option in enumerate(self.options) if option.right)


@dataclass(frozen=True, slots=True)
class Answer:
    """Code an author wrote: a solution, another right answer, a keys fence. One file, or several with paths."""

    files: tuple[File, ...]
    line: int

    @property
    def code(self) -> str:
        """The text of the first file, which for most kinds is the only one."""
        return self.files[0].text


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong answer that learners really give. ``expect`` names the check that must fail on it."""

    title: str
    answer: Answer
    expect: str
    feedback_html: str


@dataclass(frozen=True, slots=True)
class Probe:
    """What is asked of the learner's code; a hidden one is not shown."""

    text: str
    hidden: bool
    path: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    key: str
    """``models/first-querysets#cheap-books``: what learners' work is stored under."""
    id: str
    title: str
    prompt_html: str
    line: int
    observe: str
    """The exercise kind, a folder under ``lessons/kinds``."""
    world: str
    starter: Answer
    solution: Answer
    accepts: tuple[Answer, ...] = ()
    wrongs: tuple[Wrong, ...] = ()
    hints: tuple[str, ...] = ()
    """HTML, from a nudge to nearly the answer."""
    why_html: str = ""
    columns: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    """Column names (or, for instances, lookup paths), ``-price`` for falling. Empty: rows are a bag."""
    keys: Answer | None = None
    """Gives ``[(row, key), …]`` for the reference's rows, when the order goes by something that is not in the row."""
    queries: int | None = None
    """The most statements that may read or write rows; None: not checked."""
    must_use: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    difficulty: int = 1
    waive: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    formerly: tuple[str, ...] = ()
    setup: tuple[File, ...] = ()
    """Run before the learner's code, in the same namespace; not shown."""
    given: tuple[File, ...] = ()
    """Shown beside the learner's files, read-only."""
    probes: tuple[Probe, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    """The YAML keys that the exercise's kind adds."""
    digest: str = ""
    """A hash of everything above and of its world's files: what a verdict is about. Stored with each submission."""

    @property
    def ordered(self) -> bool:
        """Whether the order of the rows is checked."""
        return bool(self.order) or self.keys is not None

    @property
    def paths(self) -> tuple[str, ...]:
        """The learner's files' paths, in tab order."""
        return tuple(file.path for file in self.starter.files) or (FILE,)


type Block = Prose | Try | Quiz | Exercise


@dataclass(frozen=True, kw_only=True)
class Lesson:
    slug: str
    """``models/first-querysets``"""
    module: str
    name: str
    """The part after the slash."""
    number: int
    title: str
    summary: str
    world: str
    path: Path
    minutes: int = 10
    requires: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    digest: str = ""
    findings: tuple[Finding, ...] = ()
    """Not empty: the lesson is broken, has no blocks, and is shown as broken."""

    @property
    def file(self) -> str:
        """Its file's path from the content folder."""
        return f"{self.module}/{self.path.name}"

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Exercise))

    @property
    def quizzes(self) -> tuple[Quiz, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Quiz))

    @property
    def tries(self) -> tuple[Try, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Try))

    @property
    def broken(self) -> bool:
        return bool(self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    slug: str
    title: str
    promise: str
    colour: str
    motif: str
    lessons: tuple[Lesson, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Course:
    title: str
    root: Path
    """The content folder."""
    modules: tuple[Module, ...] = ()
    worlds: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Every world's name with the digest of its files."""
    findings: tuple[Finding, ...] = ()
    """Everything wrong anywhere, the broken lessons' own findings included, sorted by place."""
    digest: str = ""
    """Changes when anything that learners see or are judged by does, the worlds that only an exercise names included."""
    pictures_at: str = "/content/"
    """The URL under which the site serves the folder's pictures."""
    lessons_at: str = "/lessons/"
    """The URL under which it serves the lessons."""
    preview: str = ""
    """The name of the preview that this is, where it is not the course that the site serves: see :mod:`lessons.previews`."""

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        return tuple(lesson for module in self.modules for lesson in module.lessons)

    def lesson(self, slug: str) -> Lesson | None:
        """The lesson with this slug, or that formerly had it."""
        return next((one for one in self.lessons if one.slug == slug or slug in one.formerly), None)

    @cached_property
    def by_key(self) -> Mapping[str, tuple[Lesson, Exercise]]:
        """Every exercise with its lesson, by today's key (``models/first-querysets#cheap-books``) and by its former ones."""
        every = [(lesson, one) for lesson in self.lessons for one in lesson.exercises]
        former = {key: (lesson, one) for lesson, one in every for key in one.formerly}
        return MappingProxyType(former | {one.key: (lesson, one) for lesson, one in every})

    def exercise(self, key: str) -> Exercise | None:
        """The exercise with this key, or that formerly had it."""
        found = self.by_key.get(key)
        return found[1] if found else None
