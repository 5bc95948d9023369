"""One run, in a process of its own: lock down, read the job, look, answer, end."""

import os
import socket
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType
from typing import Any

from sandbox import codec, lockdown, workspace
from sandbox.encode import MOST_ENCODED, TooMuch
from sandbox.explain import explain
from sandbox.limits import Limit
from sandbox.lockdown import database
from sandbox.names import NAMES
from sandbox.protocol import (
    BEGUN,
    FILE,
    FRAME_BYTES,
    MEMORY_MB,
    ErrorReport,
    File,
    Job,
    Observation,
    Outcome,
    Result,
    Step,
    in_seconds,
)
from sandbox.record import recorder
from sandbox.source import Source, module
from sandbox.worlds import World, Worlds

SETUP = "setup.py"
SECONDS_TO_ANSWER = 0.3
"""A statement is interrupted this long before the client would kill the run."""
MANY_VALUES = f"{MOST_ENCODED:,} values"
LARGE_FRAME = f"{FRAME_BYTES >> 20} MB of results"


@dataclass(slots=True)
class Run:
    """What an observer works with: one job on one database."""

    job: Job
    world: World
    sources: list[Source] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    """What the probes gave, on the database that is being looked at."""

    @property
    def options(self) -> Mapping[str, Any]:
        return self.job.options

    @property
    def paths(self) -> list[str]:
        return [file.path for file in self.job.files]

    @property
    def files(self) -> list[File]:
        """The learner's, and those that the exercise gives beside them."""
        return [*self.job.files, *self.given]

    @property
    def given(self) -> list[File]:
        return [File(path, text) for path, text in self.options.get("given", ())]

    def compile(self) -> None:
        """The setup file, if the job has one, then the others. Raises what Python raises for a file that does not parse."""
        setup = self.options.get("setup")
        self.sources = [Source(SETUP, setup, answers=False)] if setup else []
        self.sources += [Source(file.path, file.text) for file in self.files if file.path.endswith(".py")]

    def answer(self) -> Any:
        """Run the learner's file in a fresh module; the value of its last statement. Raises whatever the code does."""
        namespace = module({**self.world.models, **NAMES})
        for source in self.sources:
            source.run(namespace)
        return self.sources[-1].answer(namespace)

    def project(self, **options: Any) -> AbstractContextManager[None]:
        """While this is entered, the files are a Django project; see :func:`workspace.opened`. Starts to record afresh."""
        recorder.start(self.paths, None)
        return workspace.opened(self.files, self.sources, **options)

    def names(self) -> dict[str, Any]:
        """What a probe finds without an import: the world's models, the usual names, and those of a one-file answer."""
        return self.load(self.prepared())

    def prepared(self) -> ModuleType:
        """A module with the world's models, the usual names and those of the setup file."""
        namespace = module({**self.world.models, **NAMES})
        self._run(SETUP, namespace)
        return namespace

    def load(self, namespace: ModuleType) -> dict[str, Any]:
        """Run a one-file answer in the module; its names."""
        self._run(FILE, namespace)
        return dict(vars(namespace))

    def _run(self, path: str, namespace: ModuleType) -> None:
        for source in self.sources:
            if source.path == path:
                source.run(namespace)

    def recording(self) -> AbstractContextManager[None]:
        """While this is entered, statements are recorded. What no line of the learner's sends is the last statement's."""
        recorder.start(self.paths, self.last_line)
        return recorder.recording()

    @property
    def last_line(self) -> int | None:
        return self.sources[-1].first_line_of_last if self.sources else None


def main(channel: int, output: int, parent: int, worlds: Worlds, plan: lockdown.Plan) -> None:
    """Never returns."""
    code = 1
    try:
        lockdown.before_job(plan, parent, keep=(channel, output))
        wire = socket.socket(fileno=lockdown.CHANNEL)
        job = codec.read_job(lambda size: exactly(wire, size))
        printed = open(lockdown.OUTPUT, "w", 1, "utf-8", "backslashreplace", closefd=False)  # noqa: SIM115
        sys.stdout = sys.stderr = printed
        lockdown.before_code(plan, job.seconds * job.rounds)
        wire.sendall(BEGUN)
        answer = written(observe(job, worlds.found[job.world]))
        printed.flush()
        wire.sendall(answer)
        code = 0
        hang_up()
    finally:
        # Not sys.exit: the zygote's own clean-up is not for its children to do.
        os._exit(code)


def hang_up() -> None:
    """Nothing more will come, whatever else in this process holds these descriptors: the client need not wait for its end."""
    for descriptor in (lockdown.CHANNEL, lockdown.OUTPUT):
        with socket.socket(fileno=descriptor) as one:
            one.shutdown(socket.SHUT_RDWR)


def written(observation: Observation) -> bytes:
    """The frame to send: the observation, or that it is too much."""
    if not codec.fits([step for result in observation.results for step in result.steps], MOST_ENCODED):
        return codec.write_observation(Observation(outcome=Outcome.OUTPUT, limit=MANY_VALUES))
    frame = codec.write_observation(observation)
    if len(frame) <= FRAME_BYTES:
        return frame
    return codec.write_observation(Observation(outcome=Outcome.OUTPUT, limit=LARGE_FRAME))


def exactly(wire: socket.socket, size: int) -> bytes:
    parts = []
    while size:
        part = wire.recv(min(size, 1 << 20))
        if not part:
            raise EOFError("the client went away")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def observe(job: Job, world: World) -> Observation:
    """Look at every database in turn, until one run does not end well."""
    results: list[Result] = []
    run = Run(job, world)
    try:
        run.compile()
        for label, image in labelled(job):
            if not world.none:
                database.load(world, image, job.twin)
                database.interrupt_after(job.seconds - SECONDS_TO_ANSWER)
            results.append(look(run, label))
        return Observation(outcome=Outcome.OK, results=tuple(results))
    except Limit as limit:
        return Observation(outcome=limit.outcome, limit=limit.limit, results=tuple(results))
    except TooMuch:
        return Observation(outcome=Outcome.OUTPUT, limit=MANY_VALUES, results=tuple(results))
    except MemoryError:
        return Observation(outcome=Outcome.MEMORY, limit=f"{MEMORY_MB} MB", results=tuple(results))
    except BaseException as problem:  # SystemExit and KeyboardInterrupt are a learner's errors like any other
        if database.interrupted(problem):
            return Observation(outcome=Outcome.TIMEOUT, limit=in_seconds(job.seconds), results=tuple(results))
        return Observation(outcome=Outcome.ERROR, error=report(problem, run), results=tuple(results))


def labelled(job: Job) -> list[tuple[str, bytes | None]]:
    return [(f"hidden {place}", image) for place, image in enumerate(job.databases, 1)] or [("visible", None)]


def look(run: Run, label: str) -> Result:
    run.steps = []
    seen = import_module(f"sandbox.observers.{run.job.observer}").observe(run)
    return Result(label=label, seen=seen, queries=recorder.queries, statements=recorder.statements(), steps=tuple(run.steps))


def report(problem: BaseException, run: Run) -> ErrorReport:
    return explain(problem, run.paths, last_line=run.last_line)
