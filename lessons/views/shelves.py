"""The course as the shelf and the side bar show it."""

from collections.abc import Hashable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from lessons.catalogue.types import Course, Lesson, Module
from lessons.state import count_passed
from lessons.views import motifs


@dataclass(frozen=True, slots=True)
class Entry:
    """One lesson with the learner's progress."""

    lesson: Lesson
    passed: int

    @property
    def total(self) -> int:
        return len(self.lesson.exercises)

    @property
    def done(self) -> bool:
        return 0 < self.total == self.passed

    @property
    def begun(self) -> bool:
        return 0 < self.passed < self.total


@dataclass(frozen=True, slots=True)
class Sleeve:
    """One module with the learner's progress."""

    module: Module
    entries: tuple[Entry, ...]

    @property
    def motif(self) -> SafeString:
        return motifs.drawn(self.module.motif, self.module.colour, self.module.slug)

    @property
    def passed(self) -> int:
        return sum(entry.passed for entry in self.entries)

    @property
    def exercises(self) -> int:
        return sum(entry.total for entry in self.entries)

    @property
    def lessons_done(self) -> int:
        return sum(entry.done for entry in self.entries)

    @property
    def opens(self) -> Lesson | None:
        """The lesson that the sleeve leads to: the first that is not done, or the first. None: the module is still to come."""
        undone = (entry.lesson for entry in self.entries if not entry.done)
        return next(undone, self.entries[0].lesson if self.entries else None)


def sleeves(course: Course, passed: frozenset[str]) -> list[Sleeve]:
    return [
        Sleeve(module, tuple(Entry(lesson, count_passed(passed, lesson)) for lesson in module.lessons))
        for module in course.modules
    ]


def mark(sleeves: list[Sleeve]) -> Hashable:
    """A sign of all that the side bar shows of them."""
    return tuple((one.module.title, tuple(map(_mark, one.entries))) for one in sleeves)


def _mark(entry: Entry) -> Hashable:
    return entry.lesson.slug, entry.lesson.title, entry.passed, entry.total


def neighbours(course: Course, lesson: Lesson) -> dict[str, Lesson | None]:
    """``previous`` and ``next`` in the course's order."""
    lessons = course.lessons
    place = lessons.index(lesson)
    return {
        "previous": lessons[place - 1] if place else None,
        "next": lessons[place + 1] if place + 1 < len(lessons) else None,
    }
