"""One run, in a process of its own: lock down, read the job, look, answer, end."""

import os
import socket
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from django.db import OperationalError

from sandbox import codec, lockdown
from sandbox.encode import MOST_ENCODED, TooMuch
from sandbox.explain import explain
from sandbox.limits import Limit
from sandbox.lockdown import database
from sandbox.names import NAMES
from sandbox.protocol import BEGUN, FRAME_BYTES, MEMORY_MB, ErrorReport, Job, Observation, Outcome, Result, in_seconds
from sandbox.record import recorder
from sandbox.source import Source, module
from sandbox.worlds import World, Worlds

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

    @property
    def options(self) -> Mapping[str, Any]:
        return self.job.options

    @property
    def paths(self) -> list[str]:
        return [file.path for file in self.job.files]

    def compile(self) -> None:
        """The setup file, if the job has one, then the learner's. Raises what Python raises for a file that does not parse."""
        setup = self.options.get("setup")
        self.sources = [Source("setup.py", setup, answers=False)] if setup else []
        self.sources += [Source(file.path, file.text) for file in self.job.files]

    def answer(self) -> Any:
        """Run the learner's file in a fresh module; the value of its last statement. Raises whatever the code does."""
        namespace = module({**self.world.models, **NAMES})
        for source in self.sources:
            source.run(namespace)
        return self.sources[-1].answer(namespace)

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
            database.load(world, image)
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
        if isinstance(problem, OperationalError) and str(problem) == "interrupted":
            return Observation(outcome=Outcome.TIMEOUT, limit=in_seconds(job.seconds), results=tuple(results))
        return Observation(outcome=Outcome.ERROR, error=report(problem, run), results=tuple(results))


def labelled(job: Job) -> list[tuple[str, bytes | None]]:
    return [(f"hidden {place}", image) for place, image in enumerate(job.databases, 1)] or [("visible", None)]


def look(run: Run, label: str) -> Result:
    seen = import_module(f"sandbox.observers.{run.job.observer}").observe(run)
    return Result(label=label, seen=seen, queries=recorder.queries, statements=recorder.statements())


def report(problem: BaseException, run: Run) -> ErrorReport:
    return explain(problem, run.paths, last_line=run.last_line)
