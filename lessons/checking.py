"""An answer's way to its verdict: run it and the reference on the same data, compare, and look for the author's words.

Answers run here, but nothing is stored: the services do that, and commands check without a database. A :class:`Checker` belongs
to one state of one content folder; the module's functions use the one of the course that the site serves.
"""

import atexit
import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings

from lessons import course
from lessons.catalogue.types import Exercise, Wrong
from lessons.diagnosis import Case, explained
from lessons.grading.grade import behaves_like, broken, grade, not_graded, with_feedback
from lessons.grading.types import Status, Trial, Verdict
from lessons.hidden import BrokenWorldError, mark
from lessons.trials import Reference, Trials
from sandbox.client import Status as SandboxStatus
from sandbox.protocol import File, Job, Observation, Outcome

MISSING = Trial(Observation(outcome=Outcome.UNAVAILABLE), Observation(outcome=Outcome.UNAVAILABLE))

log = structlog.stdlib.get_logger("woodshed.checking")


@dataclass(frozen=True, slots=True)
class Checked:
    """``wrong`` is the author's wrong answer that behaves the same, if there is one."""

    verdict: Verdict
    trial: Trial
    wrong: Wrong | None = None

    @property
    def recognised(self) -> bool:
        """Whether there are words for just what the answer did."""
        return self.wrong is not None or bool(self.verdict.likely)


class Checker(Trials):
    """Checks answers to the exercises of one content folder, as its worlds were when it was made."""

    def __init__(self, worlds: Path, **limits: Any) -> None:
        super().__init__(worlds, **limits)
        self.room = threading.BoundedSemaphore(self.sandbox.slots + self.sandbox.line)
        self.users = 0

    @contextmanager
    def a_place(self) -> Iterator[bool]:
        """Whether one more may come in. Who waits for a reference to be run holds a thread, too, outside the sandbox's line."""
        got = self.room.acquire(blocking=False)
        try:
            yield got
        finally:
            if got:
                self.room.release()

    def check(self, exercise: Exercise, files: tuple[File, ...]) -> Checked:
        """The verdict on an answer with what can be said about it, and what the answer did."""
        with self.a_place() as got:
            if not got:
                return Checked(not_graded(Outcome.BUSY), MISSING)
            judged = self.judge(exercise, files)
            return judged if judged.recognised or not judged.verdict.failed else self._explained(exercise, files, judged)

    def run(self, job_: Job) -> Observation:
        with self.a_place() as got:
            return self.sandbox.run(job_) if got else Observation(outcome=Outcome.BUSY)

    def _explained(self, exercise: Exercise, files: tuple[File, ...], judged: Checked) -> Checked:
        case = Case(exercise, files, self.reference(exercise), judged.trial, judged.verdict)
        return replace(judged, verdict=explained(self, case))

    def judge(self, exercise: Exercise, files: tuple[File, ...]) -> Checked:
        """The verdict on an answer with the author's words, where there are some that fit, and what the answer did."""
        try:
            reference = self.reference(exercise)
            seen = self.trial(exercise, files)
        except BrokenWorldError as problem:
            log.error("broken world", exercise=exercise.key, problem=str(problem))
            return Checked(broken(str(problem)), MISSING)
        except OSError:
            return Checked(not_graded(Outcome.UNAVAILABLE), MISSING)
        verdict = grade(exercise, expected=reference.trial, observed=seen, files=files, keys=reference.keys)
        if verdict.status in (Status.PASSED, Status.NOT_GRADED):
            return Checked(verdict, seen)
        if wrong := self.author_knows(exercise, reference, seen, verdict):
            return Checked(with_feedback(verdict, wrong), seen, wrong)
        return Checked(verdict, seen)

    def author_knows(self, exercise: Exercise, reference: Reference, seen: Trial, verdict: Verdict) -> Wrong | None:
        """The first of the author's wrong answers that behaves as this one does."""
        for wrong in exercise.wrongs:
            theirs = self.remembered(exercise, wrong.answer.files)
            judged = grade(exercise, expected=reference.trial, observed=theirs, files=wrong.answer.files, keys=reference.keys)
            if behaves_like(exercise, seen, theirs, verdict_a=verdict, verdict_b=judged):
                return wrong
        return None


_lock = threading.Lock()
_present: tuple[Hashable, Checker] | None = None


def checker() -> Checker:
    """The checker of the course that the site serves. A changed world or recipe brings a new one;
    the old one ends what it has begun.
    """
    with _lock:
        return _newest()


@contextmanager
def in_use() -> Iterator[Checker]:
    """:func:`checker`, whose sandbox is not stopped before this is left, whatever is edited meanwhile."""
    with _lock:
        found = _newest()
        found.users += 1
    try:
        yield found
    finally:
        with _lock:
            found.users -= 1
            if _present is None or _present[1] is not found:
                _stop_unless_used(found)


def _newest() -> Checker:
    """With the lock held, or a thread that saw the course as it was before an edit would bring that back."""
    global _present
    served = course.current()
    recipes = mark(served.root) if settings.WOODSHED_RELOAD_CONTENT else None
    state = served.root, tuple(served.worlds.items()), recipes
    if _present is None or _present[0] != state:
        if _present:
            _stop_unless_used(_present[1])
        _present = state, Checker(served.root / "worlds", **settings.WOODSHED_SANDBOX)
    return _present[1]


def _stop_unless_used(former: Checker) -> None:
    """Who leaves it last stops it."""
    if not former.users:
        former.sandbox.stop()


@atexit.register
def stop() -> None:
    """End the sandbox with the process; a command's would otherwise be ended by Python, with a complaint."""
    if _present:
        _present[1].sandbox.stop()


def check(exercise: Exercise, files: tuple[File, ...]) -> Checked:
    with in_use() as one:
        return one.check(exercise, files)


def run(job: Job) -> Observation:
    """Run code on the visible data; nothing is compared."""
    with in_use() as one:
        return one.run(job)


def sandbox_status() -> SandboxStatus:
    """The sandbox's level, proven by its canary, and its worlds. Starts the sandbox if it is not running."""
    with in_use() as one:
        return one.sandbox.status()
