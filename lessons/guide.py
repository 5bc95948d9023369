"""What the course teaches where, and a way to look it up. Made from a course once, when it is first asked for."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

from lessons.catalogue.types import Course, Exercise, Lesson
from lessons.index import Index, words_of
from lessons.mentions import of_files
from lessons.names import Name, alike, mentioned
from lessons.places import Kind, Place, of_course

MOST_KEPT = 4
"""Guides: of the served course, before and after a change, and of a preview or two."""
MOST_NAMES = 6
"""That a query finds."""
MOST_MEANT = 3
TAUGHT_IN = frozenset({Kind.LESSON, Kind.SECTION})


@dataclass(frozen=True, slots=True)
class Practice:
    """An exercise whose reference solution uses a name."""

    lesson: Lesson
    exercise: Exercise


@dataclass(frozen=True, slots=True)
class Use:
    """Where the course has a name: the places whose prose or code mentions it, and the exercises that practise it."""

    taught: tuple[Place, ...] = ()
    practised: tuple[Practice, ...] = ()


@dataclass(frozen=True, slots=True)
class Guide:
    uses: Mapping[Name, Use]
    """Only names that the course has."""
    index: Index

    def names(self, query: str) -> list[Name]:
        """The names of Django that a query has in it, then those that its last word begins."""
        words = [word.casefold() for word in words_of(query)]
        whole = [name for word in words for name in alike().get(word, ())]
        last = words[-1] if words else ""
        begun = [name for name in sorted(self.uses) if len(last) > 1 and name.text.casefold().startswith(last)]
        return [name for name in dict.fromkeys([*whole, *begun]) if name in self.uses][:MOST_NAMES]

    def meant(self, query: str) -> list[str]:
        """Names that look like a word of the query, for when nothing is found."""
        texts = {name.text for name in self.uses}
        return [text for word in words_of(query) for text in get_close_matches(word, texts, MOST_MEANT, cutoff=0.75)][:MOST_MEANT]


_lock = threading.Lock()
_kept: dict[tuple[str, str], Guide] = {}


def of(course: Course) -> Guide:
    """The course's guide. A preview's is its own, as its exercises have keys of their own."""
    key = course.preview, course.digest
    with _lock:
        guide = _kept.pop(key, None) or _made(course)
        _kept[key] = guide  # as the one asked for last
        while len(_kept) > MOST_KEPT:
            del _kept[next(iter(_kept))]
    return guide


def _made(course: Course) -> Guide:
    places = of_course(course)
    return Guide(_uses(course, places), Index(places))


def _uses(course: Course, places: tuple[Place, ...]) -> Mapping[Name, Use]:
    taught: dict[Name, list[Place]] = {}
    practised: dict[Name, list[Practice]] = {}
    for place in places:
        for name in place.names if place.kind in TAUGHT_IN else ():
            taught.setdefault(name, []).append(place)
    for lesson in course.lessons:
        for exercise in lesson.exercises:
            for name in mentioned(of_files(exercise.solution.files)):
                practised.setdefault(name, []).append(Practice(lesson, exercise))
    return MappingProxyType(
        {name: Use(tuple(taught.get(name, ())), tuple(practised.get(name, ()))) for name in {*taught, *practised}}
    )
