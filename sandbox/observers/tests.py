"""Tests: how the learner's tests end on the code under test, and on versions of it in which something is wrong.

``seen``: ``{"versions": [{"name", "role": "real" | "right" | "mutant" | "again", "tests": [test, …]}, …]}``, each test as in
:class:`sandbox.testing.Told`. The code as it is given comes first and once more at the end, as tests may remember what they saw.
For every version the files are imported anew, and the tables are empty, as they are for Django's own test runner.

``options``: ``{"given": [[path, text], …], "probes": [text, …], "paths": [path, …]}``. A probe replaces the given file at its
path. Its first line may be a comment that names it; where that starts with ``Right:``, the version is not wrong.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.core.management import get_commands, load_command_class
from django.db import connection
from django.test.utils import setup_test_environment, teardown_test_environment

from sandbox import testing, workspace
from sandbox.explain import explain, short
from sandbox.lockdown import database
from sandbox.probes import start_afresh
from sandbox.protocol import File
from sandbox.record import recorder
from sandbox.run import Run
from sandbox.source import Source
from sandbox.workspace import module_name
from sandbox.worlds import World, use

RIGHT = "Right:"

# A run opens no file: what a TransactionTestCase calls when it is done has to be in memory before.
load_command_class(get_commands()["flush"], "flush")


@dataclass(frozen=True, slots=True)
class Version:
    """The code under test with one file in place of the given one; None: as it is given."""

    name: str
    role: str
    file: File | None = None


def observe(run: Run) -> Mapping[str, Any]:
    image = empty(run.world)
    recorder.start(run.paths, None)
    with as_in_tests():
        return {"versions": [tried(run, version, image) for version in versions(run.options)]}


def versions(options: Mapping[str, Any]) -> Iterator[Version]:
    yield Version("", "real")
    for number, (path, text) in enumerate(zip(options.get("paths", ()), options.get("probes", ()), strict=True), 1):
        name = named(text) or f"Version {number}"
        role = "right" if name.startswith(RIGHT) else "mutant"
        yield Version(name.removeprefix(RIGHT).strip(), role, File(path, text))
    yield Version("", "again")


def named(text: str) -> str:
    """The comment in the first line, without its sign."""
    first = text.partition("\n")[0]
    return short(first.removeprefix("#").strip()) if first.startswith("#") else ""


def empty(world: World) -> bytes:
    """A database with the world's tables and no rows."""
    use(None)
    connection.connection.executescript(world.tables)
    image: bytes = connection.connection.serialize()
    return image


@contextmanager
def as_in_tests() -> Iterator[None]:
    """What Django's runner does around all tests. What the project logs is not the learner's to read."""
    logger, quiet = logging.getLogger("django"), logging.NullHandler()
    logger.addHandler(quiet)
    setup_test_environment(debug=False)
    try:
        yield
    finally:
        teardown_test_environment()
        logger.removeHandler(quiet)


def tried(run: Run, version: Version, image: bytes) -> dict[str, Any]:
    database.load(run.world, image)
    start_afresh()
    files, sources = run.files, run.sources
    if replaced := version.file:
        files = [replaced if file.path == replaced.path else file for file in files]
        source = Source(replaced.path, replaced.text)
        sources = [source if one.path == replaced.path else one for one in sources]
    with workspace.opened(files, sources, ROOT_URLCONF=urls_of(files)):
        return {"name": version.name, "role": version.role, "tests": tests(run, version)}


def tests(run: Run, version: Version) -> list[dict[str, Any]]:
    """On a version that is wrong, tests that cannot even be imported have found something."""
    found = []
    for path in run.paths:
        try:
            found += testing.run(import_module(module_name(path)), run.paths)
        except Exception as problem:
            if version.role != "mutant":
                raise
            told = explain(problem, run.paths)
            found.append({"name": path, "outcome": testing.ERROR, "said": told.type, "line": told.line, "text": ""})
    return found


def urls_of(files: Sequence[File]) -> str:
    """The outermost ``urls.py``; empty where there is none."""
    found = [file.path for file in files if file.path.rpartition("/")[2] == "urls.py"]
    return module_name(min(found, key=lambda path: path.count("/"))) if found else ""
