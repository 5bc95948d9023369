"""Trying answers: an exercise's and a learner's code run on the same data, and what came of it remembered where it can be.

Hidden data is tried on twins of SQLite (see :mod:`sandbox.backend.twin`), the learner's answer and the reference alike: so an
answer that leans on what only SQLite does, or on the order in which equal rows happen to be stored, gives itself away.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from lessons import kinds
from lessons.catalogue.types import Answer, Exercise
from lessons.grading.types import Trial
from lessons.hidden import Databases
from sandbox.client import Sandbox
from sandbox.protocol import SECONDS, TWIN, File, Job, Outcome, Result

CACHED = 512

KINDS = kinds.find()


@dataclass(frozen=True, slots=True)
class Reference:
    """What the solution did, and what the keys fence gave: visible first, then each hidden database."""

    trial: Trial
    keys: tuple[Result, ...] | None = None


class Once:
    """Remembers the last ``CACHED`` results by key; asked twice at the same time, it works once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._busy: dict[Hashable, threading.Lock] = {}
        self._known: OrderedDict[Hashable, Any] = OrderedDict()

    def get[T](self, key: Hashable, work: Callable[[], T], keep: Callable[[T], bool]) -> T:
        """``work()`` or what it once gave for ``key``, if ``keep`` said that was worth remembering."""
        with self._lock:
            mine = self._busy.setdefault(key, threading.Lock())
        with mine:
            return self._got(key, work, keep)

    def get_now[T](self, key: Hashable, work: Callable[[], T], keep: Callable[[T], bool]) -> T | None:
        """As :meth:`get`, but None where somebody else is at that work: it is not waited for."""
        with self._lock:
            mine = self._busy.setdefault(key, threading.Lock())
        if not mine.acquire(blocking=False):
            return None
        try:
            return self._got(key, work, keep)
        finally:
            mine.release()

    def _got[T](self, key: Hashable, work: Callable[[], T], keep: Callable[[T], bool]) -> T:
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return cast("T", self._known[key])
        result = work()
        if keep(result):
            self._remember(key, result)
        return result

    def _remember(self, key: Hashable, result: Any) -> None:
        with self._lock:
            self._known[key] = result
            while len(self._known) > CACHED:
                oldest, _ = self._known.popitem(last=False)
                self._busy.pop(oldest, None)


class Trials:
    """Tries answers to the exercises of one content folder, as its worlds were when it was made."""

    def __init__(self, worlds: Path, **limits: Any) -> None:
        self.sandbox = Sandbox(worlds, **limits)
        self.databases = Databases(self.sandbox)
        self.known = Once()

    def reference(self, exercise: Exercise, twin: tuple[str, ...] = TWIN) -> Reference:
        key = (exercise.digest, "reference", twin)
        return self.known.get(key, lambda: self._reference(exercise, twin), lambda made: whole(made.trial))

    def _reference(self, exercise: Exercise, twin: tuple[str, ...]) -> Reference:
        options = KINDS[exercise.observe].reference_options(exercise)
        trial = self.trial(exercise, exercise.solution.files, twin, **options)
        return Reference(trial, self._keys(exercise, exercise.keys, twin) if exercise.keys else None)

    def _keys(self, exercise: Exercise, keys: Answer, twin: tuple[str, ...]) -> tuple[Result, ...]:
        trial = self.trial(replace(exercise, observe="rows"), keys.files, twin)
        return trial.visible.results + trial.hidden.results

    def differs(self, exercise: Exercise, way: str) -> bool:
        """Whether the solution gives something else on hidden data's twins, in this way of ``TWIN``. Raises as :meth:`trial`."""
        plain, twin = (self.reference(exercise, ways).trial.hidden for ways in ((), (way,)))
        same = KINDS[exercise.observe].same
        return len(plain.results) != len(twin.results) or not all(
            same(exercise, *pair) for pair in zip(plain.results, twin.results, strict=True)
        )

    def remembered(self, exercise: Exercise, files: tuple[File, ...]) -> Trial:
        """The trial of an answer that will be asked for again: an author's, or a mutant."""
        options = KINDS[exercise.observe].reference_options(exercise)
        return self.known.get(
            (exercise.digest, files), lambda: self.trial(exercise, files, **options), lambda trial: trial.ours is None
        )

    def trial(
        self,
        exercise: Exercise,
        files: tuple[File, ...],
        twin: tuple[str, ...] = TWIN,
        *,
        seconds: float = SECONDS,
        **options: Any,
    ) -> Trial:
        """Run an answer on the visible and on the hidden data, side by side. Raises what :meth:`Databases.of` raises.

        ``twin``: the ways in which hidden databases do as another than SQLite. ``seconds`` are for each database.
        """
        visible = replace(job_of(exercise, files, **options), seconds=seconds)
        hidden = replace(job_of(exercise, files, hidden=True, **options), seconds=seconds)
        return Trial(*self.sandbox.run_all([visible, replace(hidden, databases=self.databases.of(exercise), twin=twin)]))


def job(observe: str, world: str, files: tuple[File, ...], setup: tuple[File, ...], **options: Any) -> Job:
    if setup:
        options["setup"] = "\n".join(file.text for file in setup)
    return Job(observer=observe, world=world, files=files, options=options)


def job_of(exercise: Exercise, files: tuple[File, ...], *, hidden: bool = False, **options: Any) -> Job:
    """What the exercise asks of an answer; hidden probes are for hidden data."""
    kind = KINDS[exercise.observe]
    return job(exercise.observe, exercise.world, files, exercise.setup, **kind.options(exercise, hidden=hidden), **options)


def whole(trial: Trial) -> bool:
    """Whether a trial of the reference may be remembered: it ended as it will always end."""
    return trial.ours is None and all(seen.outcome in (Outcome.OK, Outcome.ERROR) for seen in (trial.visible, trial.hidden))
