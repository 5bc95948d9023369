"""An answer's way to its verdict: run it and the reference on the same data, compare, and look for the author's words.

Answers run here, but nothing is stored: the services do that, and commands check without a database. A :class:`Checker` belongs
to one state of one content folder; the module's functions use the one of the course that the present request is shown.
"""

import atexit
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings

from lessons import course
from lessons.catalogue.types import Course, Exercise, Wrong
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
        """More words, where some can be found. Looking for them takes no verdict down."""
        try:
            case = Case(exercise, files, self.reference(exercise), judged.trial, judged.verdict)
            return replace(judged, verdict=explained(self, case))
        except Exception:
            log.exception("diagnosis failed", exercise=exercise.key)
            return judged

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


PREVIEWS = 2
"""How many previews keep a sandbox at once."""
FOR_PREVIEWS = {"slots": 1, "line": 1, "niceness": 10}
"""What there is for each of them, so that learners keep their cores and their threads."""


class Kept:
    """The checkers of those courses that were asked for last, at most ``most``, each with the settings' limits or its own."""

    def __init__(self, read: Callable[[], Course], *, most: int, **limits: int) -> None:
        self.read, self.most, self.limits = read, most, limits
        self._lock = threading.Lock()
        self._present: OrderedDict[Path, tuple[Hashable, Checker]] = OrderedDict()

    def newest(self) -> Checker:
        """The checker of the course as it is now. A changed world or recipe brings a new one;
        the old one ends what it has begun.
        """
        with self._lock:
            return self._newest()

    @contextmanager
    def in_use(self) -> Iterator[Checker]:
        """:meth:`newest`, whose sandbox is not stopped before this is left, whatever is edited meanwhile."""
        with self._lock:
            found = self._newest()
            found.users += 1
        try:
            yield found
        finally:
            with self._lock:
                found.users -= 1
                if all(found is not one for _, one in self._present.values()):
                    _stop_unless_used(found)

    def problems(self, root: Path) -> Mapping[str, str]:
        """Why worlds of this course did not load, as far as anybody has asked for one."""
        _, known = self._present.get(root, (None, None))
        return known.sandbox.problems if known else {}

    def rows(self, root: Path) -> Mapping[str, Mapping[str, int]]:
        """How many rows each model of this course's worlds has, as far as anybody has asked for one."""
        _, known = self._present.get(root, (None, None))
        return known.sandbox.rows if known else {}

    def stop(self) -> None:
        for _, one in self._present.values():
            one.sandbox.stop()

    def _newest(self) -> Checker:
        """With the lock held, or a thread that saw the course as it was before an edit would bring that back."""
        taught = self.read()
        recipes = mark(taught.root) if taught.preview or settings.WOODSHED_RELOAD_CONTENT else None
        state = tuple(taught.worlds.items()), recipes
        known, found = self._present.get(taught.root, (None, None))
        if found is None or known != state:
            if found:
                _stop_unless_used(found)
            found = Checker(taught.root / "worlds", **{**settings.WOODSHED_SANDBOX, **self.limits})
        self._present[taught.root] = state, found
        self._present.move_to_end(taught.root)
        while len(self._present) > self.most:
            _, (_, former) = self._present.popitem(last=False)
            _stop_unless_used(former)
        return found


def _stop_unless_used(former: Checker) -> None:
    """Who leaves it last stops it."""
    if not former.users:
        former.sandbox.stop()


_served = Kept(course.served, most=1)
_previews = Kept(course.current, most=PREVIEWS, **FOR_PREVIEWS)
"""Apart, so that nothing that happens to a preview's sandbox is waited for by learners."""


def _kept() -> Kept:
    return _previews if course.preview() else _served


def checker() -> Checker:
    """The present course's."""
    return _kept().newest()


def in_use() -> AbstractContextManager[Checker]:
    """:func:`checker`, whose sandbox is not stopped before this is left."""
    return _kept().in_use()


@atexit.register
def stop() -> None:
    """End the sandboxes with the process; a command's would otherwise be ended by Python, with a complaint."""
    _served.stop()
    _previews.stop()


def check(exercise: Exercise, files: tuple[File, ...]) -> Checked:
    with in_use() as one:
        return one.check(exercise, files)


def run(job: Job) -> Observation:
    """Run code on the visible data; nothing is compared."""
    with in_use() as one:
        return one.run(job)


def sandbox_status() -> SandboxStatus:
    """The sandbox's level, proven by its canary, and the worlds of the course that the site serves.
    Starts the sandbox if it is not running.
    """
    with _served.in_use() as one:
        return one.sandbox.status()


def rows(world: str) -> int | None:
    """How many rows the world of the present course has; None while no sandbox has said. Starts nothing."""
    tables = _kept().rows(course.current().root).get(world)
    return None if tables is None else sum(tables.values())


def problems(preview: Course) -> Mapping[str, str]:
    """Why worlds of the preview did not load, as far as anybody has run code in it. Starts nothing."""
    return _previews.problems(preview.root)
