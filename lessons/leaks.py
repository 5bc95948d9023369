"""What hidden data lets through: recipes that are missing or out of date, mutants that pass, and waivers without a mutant."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from lessons import recipes
from lessons.catalogue.types import Course, Exercise, Finding, Lesson
from lessons.distil import needs_databases
from lessons.hidden import Databases
from lessons.mutants import Mutant
from lessons.scoring import Score

DISTIL = "run manage.py distil_content"


def in_recipes(taught: Course, lessons: Sequence[Lesson], databases: Databases) -> Iterator[Finding]:
    """What is wrong with ``hidden.json`` as a whole, and with what it says of these lessons. Nothing, where there is none."""
    shelf = databases.shelf
    if not shelf.there:
        return
    yield from shelf.findings
    known = {one.key for lesson in taught.lessons for one in lesson.exercises}
    broken = tuple(f"{lesson.slug}#" for lesson in taught.lessons if lesson.broken)
    for key in shelf.chosen:
        if key not in known and not key.startswith(broken):
            yield Finding(f"{taught.root.name}/{recipes.FILE}", shelf.lines[key], f"there is no exercise {key}: {DISTIL}")
    for lesson in lessons:
        for exercise in lesson.exercises:
            if needs_databases(exercise) and (problem := _not_chosen(exercise, databases)):
                yield Finding(place(taught, lesson), exercise.line, problem)


def _not_chosen(exercise: Exercise, databases: Databases) -> str:
    chosen = databases.chosen(exercise)
    if chosen is None:
        return f"no hidden data has been chosen for this exercise: {DISTIL}"
    if chosen.digest != databases.digest(exercise):
        return f"the hidden data was chosen for another version of this exercise or its world: {DISTIL}"
    return ""


def no_recipes(taught: Course, databases: Databases) -> Iterator[Finding]:
    """The note for a course that has not been distilled."""
    if not databases.shelf.there and any(lesson.exercises for lesson in taught.lessons):
        words = f"there is none, so answers are tried on three seeded databases; {DISTIL} to choose better ones"
        yield Finding(f"{taught.root.name}/{recipes.FILE}", 1, words)


def place(taught: Course, lesson: Lesson) -> str:
    return str(lesson.path.relative_to(taught.root.parent))


def survivors(exercise: Exercise, found: Score) -> Iterator[tuple[int, str]]:
    for mutant in found.survivors:
        message = f'the mutant {mutant.name} passes ("{mutant.words}"): {DISTIL}, or waive it by this name'
        yield line_of(exercise, mutant), message


def line_of(exercise: Exercise, mutant: Mutant) -> int:
    """The line of the solution that the mutant changes. Where there are several files, the first one's fence."""
    one_file = len(exercise.solution.files) == 1 and mutant.source
    return exercise.solution.line + (mutant.line if one_file else 0)


def waivers(lesson: Lesson, exercise: Exercise, found: Score) -> Iterator[tuple[int, str]]:
    for name in found.unknown:
        near = get_close_matches(name, found.names, 1)
        hint = f"; did you mean {near[0]}?" if near else ""
        yield waived_at(lesson, exercise, name), f"no mutant of this solution is called {name}{hint}"
    for name in found.needless:
        yield waived_at(lesson, exercise, name), f"the mutant {name} does not pass, so it needs no waiver"


def waived_at(lesson: Lesson, exercise: Exercise, name: str) -> int:
    """The line that waives it: the first below the exercise's heading that begins with the name."""
    lines = _lines(lesson.path)[exercise.line :]
    found = (number for number, line in enumerate(lines, exercise.line + 1) if line.strip().lstrip("\"'").startswith(name))
    return next(found, exercise.line)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
