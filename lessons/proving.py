"""The dear half of the linter: every snippet of a course is run, and has to do what its author says it does."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from re import match

from lessons.catalogue.types import Answer, Course, Exercise, Finding, Lesson, Try, Wrong
from lessons.checking import Checker, checker, job
from lessons.grading.types import Status, Verdict
from lessons.hidden import SEEDED, BrokenWorldError, Recipe, make
from sandbox.client import Sandbox
from sandbox.protocol import FILE, File, Outcome

EMPTY = Recipe(seed=1, size=0)
FRESH_SANDBOXES = 3


def prove(taught: Course, lessons: Sequence[Lesson]) -> Iterator[Finding]:
    """Everything that running these lessons' code finds. Takes seconds; raises OSError when the sandbox goes away."""
    served = checker()
    unusable = set()
    for finding, world in _worlds(taught, served.sandbox):
        unusable.add(world)
        yield finding
    for lesson in lessons:
        path = str(lesson.path.relative_to(taught.root.parent))
        usable = [exercise for exercise in lesson.exercises if exercise.world not in unusable]
        yield from (Finding(path, line, message) for line, message in _lesson(served, usable))
        yield from (
            Finding(path, one.line, message) for one in lesson.tries if one.world not in unusable for message in _try(served, one)
        )
    yield from _steady(taught, served, [lesson for lesson in lessons if lesson.world not in unusable])


def _worlds(taught: Course, sandbox: Sandbox) -> Iterator[tuple[Finding, str]]:
    problems = sandbox.status().problems
    for world in taught.worlds:
        folder = (taught.root / "worlds" / world).relative_to(taught.root.parent)
        problem = problems.get(world) or _unmade(sandbox, world)
        if problem:
            yield _placed(folder, problem), world


def _placed(folder: Path, problem: str) -> Finding:
    """``models.py:12: …`` as a finding in that file; anything else is about the seed."""
    if where := match(r"(\w+\.py):(\d+): (.*)", problem):
        return Finding(str(folder / where[1]), int(where[2]), where[3])
    return Finding(str(folder / "seed.py"), 1, problem)


def _unmade(sandbox: Sandbox, world: str) -> str:
    """Why a world cannot be made empty or small."""
    try:
        for recipe in (EMPTY, *SEEDED):
            make(sandbox, world, recipe)
    except BrokenWorldError as problem:
        return str(problem)
    return ""


def _lesson(served: Checker, exercises: Sequence[Exercise]) -> Iterator[tuple[int, str]]:
    for exercise in exercises:
        solved = served.check(exercise, exercise.solution.files).verdict
        if solved.status is not Status.PASSED:
            yield exercise.solution.line, f"the solution does not pass: {_words(solved)}"
            continue
        yield from _starter(served, exercise)
        for accepted in exercise.accepts:
            verdict = served.check(exercise, accepted.files).verdict
            if verdict.status is not Status.PASSED:
                yield accepted.line, f"this accepted answer does not pass: {_words(verdict)}"
        for place, wrong in enumerate(exercise.wrongs):
            yield from ((wrong.answer.line, message) for message in _wrong(served, exercise, place, wrong))


def _starter(served: Checker, exercise: Exercise) -> Iterator[tuple[int, str]]:
    if served.check(exercise, exercise.starter.files).verdict.status is Status.PASSED:
        yield exercise.starter.line, "the starter passes already"


def _wrong(served: Checker, exercise: Exercise, place: int, wrong: Wrong) -> Iterator[str]:
    checked = served.check(exercise, wrong.answer.files)
    if checked.verdict.status is Status.PASSED:
        yield f'the wrong answer "{wrong.title}" passes'
    elif wrong.expect not in reasons(checked.verdict):
        yield f'the wrong answer "{wrong.title}" does not fail for {wrong.expect}: {_words(checked.verdict)}'
    elif checked.wrong is not wrong and checked.wrong in exercise.wrongs[:place]:
        yield f'the wrong answer "{wrong.title}" behaves as "{checked.wrong.title}" does, whose feedback would be shown'


def reasons(verdict: Verdict) -> frozenset[str]:
    """What ``expect=`` may name for this verdict: its failed checks, or how the run ended."""
    return verdict.failed or frozenset({verdict.outcome.value})


def _words(verdict: Verdict) -> str:
    failed = ", ".join(sorted(verdict.failed))
    return " ".join(part for part in (verdict.headline, verdict.detail, f"({failed})" if failed else "") if part)


def _try(served: Checker, example: Try) -> Iterator[str]:
    """An example may end in an exception, to show it; nothing else may stop it."""
    seen = served.sandbox.run(job("rows", example.world, (File(FILE, example.code),), ()))
    if seen.outcome not in (Outcome.OK, Outcome.ERROR):
        yield f"this example ends with {seen.outcome} {seen.limit}".rstrip()
    elif seen.error and seen.error.type in ("SyntaxError", "IndentationError", "NameError", "NoAnswer"):
        yield f"this example does not run: {seen.error.type}: {seen.error.message}"


def _steady(taught: Course, served: Checker, lessons: Sequence[Lesson]) -> Iterator[Finding]:
    """What changes from one sandbox to the next: each has other hash seeds."""
    expected = _verdicts(served, lessons)
    for _ in range(FRESH_SANDBOXES - 1):
        fresh = Checker(served.sandbox.worlds, slots=served.sandbox.slots)
        try:
            yield from _same_rows(taught, served.sandbox, fresh.sandbox, lessons)
            yield from _same_verdicts(taught, lessons, expected, _verdicts(fresh, lessons))
        finally:
            fresh.sandbox.stop()


def _same_rows(taught: Course, one: Sandbox, other: Sandbox, lessons: Sequence[Lesson]) -> Iterator[Finding]:
    for world in sorted({exercise.world for lesson in lessons for exercise in lesson.exercises}):
        if any(make(one, world, recipe) != make(other, world, recipe) for recipe in SEEDED):
            folder = (taught.root / "worlds" / world).relative_to(taught.root.parent)
            yield _placed(folder, "the same random numbers give other rows the second time")


def _same_verdicts(
    taught: Course, lessons: Sequence[Lesson], first: Sequence[Verdict], second: Sequence[Verdict]
) -> Iterator[Finding]:
    for (lesson, answer), before, after in zip(_answers(lessons), first, second, strict=True):
        if gist(before) != gist(after):
            message = f"this answer's verdict changes from run to run: {_words(before)}, then {_words(after)}"
            yield Finding(str(lesson.path.relative_to(taught.root.parent)), answer.line, message)


def gist(verdict: Verdict) -> tuple[Status, frozenset[str], str]:
    """What may not change. An object's address in a message may."""
    return verdict.status, verdict.failed, verdict.feedback_title


def _verdicts(served: Checker, lessons: Sequence[Lesson]) -> list[Verdict]:
    asked = ((exercise, answer) for lesson in lessons for exercise in lesson.exercises for answer in _answers_of(exercise))
    return [served.check(exercise, answer.files).verdict for exercise, answer in asked]


def _answers(lessons: Sequence[Lesson]) -> list[tuple[Lesson, Answer]]:
    """In the order of :func:`_verdicts`."""
    return [(lesson, answer) for lesson in lessons for exercise in lesson.exercises for answer in _answers_of(exercise)]


def _answers_of(exercise: Exercise) -> list[Answer]:
    return [exercise.solution, *exercise.accepts, *(wrong.answer for wrong in exercise.wrongs)]
