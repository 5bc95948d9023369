"""The dear half of the linter: every snippet of a course is run, and has to do what its author says it does.

What was found right is not run again until something that it depends on has changed: see :mod:`lessons.proven`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from re import match

from lessons import leaks
from lessons.catalogue.types import Answer, Course, Exercise, Finding, Lesson, Try, Wrong
from lessons.checking import Checked, Checker, checker
from lessons.grading.types import Status, Verdict
from lessons.hidden import SEEDED, BrokenWorldError, make
from lessons.proven import Memory
from lessons.recipes import Seeded
from lessons.scoring import score
from lessons.trials import job
from sandbox.client import Sandbox
from sandbox.protocol import FILE, File, Outcome

EMPTY = Seeded(seed=1, size=0)
FRESH_SANDBOXES = 3


@dataclass(slots=True)
class Proof:
    """``notes`` are worth knowing, and nothing is wrong. ``killed``, ``passing`` and ``waived`` count the mutants run now."""

    findings: set[Finding] = field(default_factory=set)
    notes: set[Finding] = field(default_factory=set)
    killed: int = 0
    passing: int = 0
    waived: int = 0


@dataclass(frozen=True, slots=True)
class Work:
    """An exercise to be looked at, and what its answers did."""

    lesson: Lesson
    exercise: Exercise
    path: str
    about: tuple[object, ...]
    """What the result depends on besides our code."""
    seen: dict[int, Checked] = field(default_factory=dict)
    """By the answer's line."""

    @property
    def answers(self) -> list[Answer]:
        return [self.exercise.solution, *self.exercise.accepts, *(wrong.answer for wrong in self.exercise.wrongs)]

    def check(self, served: Checker, answer: Answer) -> Checked:
        if answer.line not in self.seen:
            self.seen[answer.line] = served.judge(self.exercise, answer.files)
        return self.seen[answer.line]


@dataclass(frozen=True, slots=True)
class Left:
    """What is not known to be right, and has to be run."""

    worlds: list[str]
    exercises: list[Work]
    tries: list[tuple[Lesson, Try]]

    def __bool__(self) -> bool:
        return bool(self.worlds or self.exercises or self.tries)


def prove(
    taught: Course, lessons: Sequence[Lesson], *, again: bool = False, before_running: Callable[[], object] = lambda: None
) -> Proof:
    """Everything that running these lessons' code finds. Takes seconds; raises OSError when the sandbox goes away.

    ``again``: run what was found right before, too. ``before_running`` is called when there is anything to run.
    """
    served, memory, proof = checker(), Memory(again=again), Proof()
    proof.findings.update(leaks.in_recipes(taught, lessons, served.databases))
    proof.notes.update(leaks.no_recipes(taught, served.databases))
    left = _left(taught, served, lessons, memory)
    if left:
        before_running()
        _run(taught, served, left, memory, proof)
    memory.forget_old()
    return proof


def _left(taught: Course, served: Checker, lessons: Sequence[Lesson], memory: Memory) -> Left:
    return Left(
        worlds=[world for world in taught.worlds if not memory.knows(_about(taught, world))],
        exercises=[one for one in _work(taught, served, lessons) if not memory.knows(one.about)],
        tries=[(lesson, one) for lesson in lessons for one in lesson.tries if not memory.knows(_about_try(taught, one))],
    )


def _run(taught: Course, served: Checker, left: Left, memory: Memory, proof: Proof) -> None:
    with _fresh(served, wanted=bool(left.exercises or left.worlds)) as others:
        unusable = _worlds(taught, served.sandbox, left.worlds, proof)
        work = [one for one in left.exercises if one.exercise.world not in unusable]
        for one in work:
            _exercise(served, one, proof)
        for lesson, example in left.tries:
            if example.world not in unusable:
                _example(taught, served, lesson, example, memory, proof)
        proof.findings.update(_steady(taught, served, others, work, set(left.worlds) - unusable))
    _remember(taught, memory, work, left.worlds, proof)


def _work(taught: Course, served: Checker, lessons: Sequence[Lesson]) -> Iterator[Work]:
    return (Work(lesson, one, leaks.place(taught, lesson), _ran(served, one)) for lesson in lessons for one in lesson.exercises)


def _ran(served: Checker, one: Exercise) -> tuple[object, ...]:
    """Everything in an exercise that its runs and their verdicts depend on: not its prompt, its hints, nor where it stands."""
    databases = served.databases
    right = [answer.files for answer in (one.starter, *one.accepts)]
    wrong = [(wrong.title, wrong.expect, wrong.answer.files) for wrong in one.wrongs]
    chosen = databases.digest(one), databases.recipes(one), databases.shelf.there
    return "exercise", one.key, right, wrong, sorted(one.waive), chosen, FRESH_SANDBOXES


def _remember(taught: Course, memory: Memory, work: Sequence[Work], worlds: Iterable[str], proof: Proof) -> None:
    """The exercises and worlds in whose files nothing was found to say."""
    said = proof.findings | proof.notes
    for one in work:
        lines = range(one.exercise.line, _end(one))
        if not any(each.path == one.path and each.line in lines for each in said):
            memory.keep(one.about)
    for world in worlds:
        if not any(each.path.startswith(str(_folder(taught, world))) for each in said):
            memory.keep(_about(taught, world))


def _end(one: Work) -> int:
    """The line where the next exercise of the lesson begins."""
    return min((other.line for other in one.lesson.exercises if other.line > one.exercise.line), default=1_000_000)


# Worlds


def _worlds(taught: Course, sandbox: Sandbox, worlds: Sequence[str], proof: Proof) -> set[str]:
    """Those that cannot be used."""
    problems = sandbox.status().problems
    found = {world: problems.get(world) or _unmade(sandbox, world) for world in worlds}
    unusable = {world: problem for world, problem in found.items() if problem}
    proof.findings.update(placed(_folder(taught, world), problem) for world, problem in unusable.items())
    return set(unusable)


def _about(taught: Course, world: str) -> tuple[object, ...]:
    return "world", world, taught.worlds[world], FRESH_SANDBOXES


def _folder(taught: Course, world: str) -> Path:
    return (taught.root / "worlds" / world).relative_to(taught.root.parent)


def placed(folder: Path, problem: str) -> Finding:
    """``models.py:12: …`` as a finding in that file; anything else is about the seed."""
    if where := match(r"(\w+\.py):(\d+): (.*)", problem):
        return Finding(str(folder / where[1]), int(where[2]), where[3])
    return Finding(str(folder / "seed.py"), 1, problem)


def _unmade(sandbox: Sandbox, world: str) -> str:
    """Why a world cannot be made empty, small or large."""
    try:
        for recipe in (EMPTY, *SEEDED):
            make(sandbox, world, recipe)
    except BrokenWorldError as problem:
        return str(problem)
    return ""


# Exercises


def _exercise(served: Checker, one: Work, proof: Proof) -> None:
    solved = one.check(served, one.exercise.solution).verdict
    if solved.status is not Status.PASSED:
        proof.findings.add(Finding(one.path, one.exercise.solution.line, f"the solution does not pass: {_words(solved)}"))
        return
    proof.findings.update(Finding(one.path, line, message) for line, message in _answers(served, one))
    proof.findings.update(Finding(one.path, one.exercise.solution.line, message) for message in _leaning(served, one))
    _mutants(served, one, proof)


def _answers(served: Checker, one: Work) -> Iterator[tuple[int, str]]:
    exercise = one.exercise
    if served.judge(exercise, exercise.starter.files).verdict.status is Status.PASSED:
        yield exercise.starter.line, "the starter passes already"
    for accepted in exercise.accepts:
        verdict = one.check(served, accepted).verdict
        if verdict.status is not Status.PASSED:
            yield accepted.line, f"this accepted answer does not pass: {_words(verdict)}"
    for place, wrong in enumerate(exercise.wrongs):
        yield from ((wrong.answer.line, message) for message in _wrong(served, one, place, wrong))


def _leaning(served: Checker, one: Work) -> Iterator[str]:
    """What the solution leaves to the database: right answers that say it would fail, and there are many right answers."""
    for way, words in OPEN.items():
        if served.differs(one.exercise, way):
            yield f"the solution leaves open {words}"


OPEN = {
    "nulls": 'where NULL stands in the order, and databases differ: say it, as in F("born").asc(nulls_last=True)',
    "ties": "which of several equal rows comes first, and it matters: order by one key more",
}
"""By the way of ``TWIN``. That ``contains`` minds capital letters elsewhere is nothing that an author has to say."""


def _wrong(served: Checker, one: Work, place: int, wrong: Wrong) -> Iterator[str]:
    checked = one.check(served, wrong.answer)
    if checked.verdict.status is Status.PASSED:
        yield f'the wrong answer "{wrong.title}" passes'
    elif wrong.expect not in reasons(checked.verdict):
        yield f'the wrong answer "{wrong.title}" does not fail for {wrong.expect}: {_words(checked.verdict)}'
    elif checked.wrong is not wrong and checked.wrong in one.exercise.wrongs[:place]:
        yield f'the wrong answer "{wrong.title}" behaves as "{checked.wrong.title}" does, whose feedback would be shown'


def reasons(verdict: Verdict) -> frozenset[str]:
    """What ``expect=`` may name for this verdict: its failed checks, or how the run ended."""
    return verdict.failed or frozenset({verdict.outcome.value})


def _words(verdict: Verdict) -> str:
    failed = ", ".join(sorted(verdict.failed))
    return " ".join(part for part in (verdict.headline, verdict.detail, f"({failed})" if failed else "") if part)


def _mutants(served: Checker, one: Work, proof: Proof) -> None:
    """Mutants that pass are wrong in a course whose hidden data was chosen, and worth a note in one that has none yet."""
    found = score(served, one.exercise)
    passing = proof.findings if served.databases.shelf.there else proof.notes
    passing.update(Finding(one.path, *said) for said in leaks.survivors(one.exercise, found))
    proof.findings.update(Finding(one.path, *said) for said in leaks.waivers(one.lesson, one.exercise, found))
    proof.killed += len(found.killed)
    proof.passing += len(found.survivors)
    proof.waived += len(found.waived)


# Examples


def _about_try(taught: Course, example: Try) -> tuple[object, ...]:
    return "try", example.world, taught.worlds.get(example.world), example.code


def _example(taught: Course, served: Checker, lesson: Lesson, example: Try, memory: Memory, proof: Proof) -> None:
    found = [Finding(leaks.place(taught, lesson), example.line, message) for message in _try(served, example)]
    proof.findings.update(found)
    if not found:
        memory.keep(_about_try(taught, example))


def _try(served: Checker, example: Try) -> Iterator[str]:
    """An example may end in an exception, to show it; nothing else may stop it."""
    seen = served.sandbox.run(job("rows", example.world, (File(FILE, example.code),), ()))
    if seen.outcome not in (Outcome.OK, Outcome.ERROR):
        yield f"this example ends with {seen.outcome} {seen.limit}".rstrip()
    elif seen.error and seen.error.type in ("SyntaxError", "IndentationError", "NameError", "NoAnswer"):
        yield f"this example does not run: {seen.error.type}: {seen.error.message}"


# The same every time


@contextmanager
def _fresh(served: Checker, *, wanted: bool) -> Iterator[list[Checker]]:
    """Other sandboxes, each with hash seeds of its own. They start while the first one works."""
    count = FRESH_SANDBOXES - 1 if wanted else 0
    others = [Checker(served.sandbox.worlds, slots=served.sandbox.slots) for _ in range(count)]
    with ThreadPoolExecutor(2) as pool:
        started = [pool.submit(other.sandbox.status) for other in others]
        try:
            yield others
        finally:
            wait(started)
            for other in others:
                other.sandbox.stop()


def _steady(
    taught: Course, served: Checker, others: Sequence[Checker], work: Sequence[Work], worlds: Iterable[str]
) -> list[Finding]:
    """What changes from one sandbox to the next. The hidden data is the same, and made once."""
    for one in work:
        for answer in one.answers:
            one.check(served, answer)

    def in_another(fresh: Checker) -> list[Finding]:
        fresh.databases = served.databases
        return [*_same_rows(taught, served.sandbox, fresh.sandbox, worlds), *_same_verdicts(fresh, work)]

    with ThreadPoolExecutor(2) as pool:
        return [finding for found in pool.map(in_another, others) for finding in found]


def _same_rows(taught: Course, one: Sandbox, other: Sandbox, worlds: Iterable[str]) -> Iterator[Finding]:
    for world in sorted(worlds):
        if any(make(one, world, recipe) != make(other, world, recipe) for recipe in SEEDED):
            yield placed(_folder(taught, world), "the same random numbers give other rows the second time")


def _same_verdicts(fresh: Checker, work: Sequence[Work]) -> Iterator[Finding]:
    for one in work:
        for answer in one.answers:
            before, after = one.seen[answer.line].verdict, fresh.judge(one.exercise, answer.files).verdict
            if gist(before) != gist(after):
                message = f"this answer's verdict changes from run to run: {_words(before)}, then {_words(after)}"
                yield Finding(one.path, answer.line, message)


def gist(verdict: Verdict) -> tuple[Status, frozenset[str], str]:
    """What may not change. An object's address in a message may."""
    return verdict.status, verdict.failed, verdict.feedback_title
