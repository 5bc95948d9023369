"""How much of Django the course practises.

A name counts as practised when a graded exercise's solution uses it. What is only told in a lesson's text does not count.
"""

from collections.abc import Iterator

from lessons.catalogue.types import Course
from lessons.mentions import of_files
from lessons.names import groups


def practised(course: Course) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """By group: the names that are practised, and those that are not yet."""
    solutions = [of_files(exercise.solution.files) for lesson in course.lessons for exercise in lesson.exercises]
    found = {}
    for group in groups():
        used = frozenset(name for one in solutions for name in group.used_in(one))
        found[group.title] = used, group.names - used
    return found


def report(course: Course) -> Iterator[str]:
    """``QuerySet methods: 21 of 47. Not yet: aggregate, …``, a line each."""
    for title, (used, missing) in practised(course).items():
        rest = f" Not yet: {', '.join(sorted(missing))}." if missing else ""
        yield f"{title}: {len(used)} of {len(used) + len(missing)}.{rest}"
