"""The worlds: each one's models, its tables, and its visible database in memory.

A world is an app of its own, found in a folder that is put on the import path. One that cannot be imported or filled is reported
and left out; the others work.
"""

import random
import signal
import sqlite3
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import ModuleType

from django.apps import AppConfig, apps
from django.db import connection
from django.db.models import Model

from sandbox.backend.base import DatabaseWrapper
from sandbox.protocol import in_seconds

VISIBLE_SEED = 1
SECONDS_TO_LOAD = 10.0


@dataclass(frozen=True, slots=True)
class World:
    name: str
    models: Mapping[str, type[Model]]
    tables: str
    """The SQL that makes the world's empty tables."""
    seeding: ModuleType
    visible: sqlite3.Connection | None

    @property
    def none(self) -> bool:
        """Whether there is no database at all, as Django has not been set up."""
        return not self.name

    def fill(self, seed: int, size: float) -> None:
        """Fill the empty tables of the connection in use. The same seed and size give the same rows everywhere."""
        self.seeding.seed(random.Random(seed), size)  # noqa: S311
        valid = getattr(self.seeding, "valid", None)
        if valid and not valid():
            raise ValueError(f"{self.name}: valid() is false for seed {seed}, size {size}")


NONE = World("", {}, "", ModuleType("nothing"), None)
"""In place of a world where Django has not been set up."""


@dataclass(slots=True)
class Worlds:
    found: dict[str, World] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


def load(folder: Path) -> Worlds:
    """Every world under ``folder``. Call after ``django.setup()``; imports the authors' code."""
    worlds = Worlds()
    sys.path.insert(0, str(folder))
    for path in sorted(folder.glob("*/models.py")):
        name = path.parent.name
        try:
            with at_most(SECONDS_TO_LOAD):
                worlds.found[name] = _load(name)
        except BaseException as problem:  # a seed may call exit()
            forget(name)
            worlds.problems[name] = place(problem, path.parent)
    sys.path.remove(str(folder))
    return worlds


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in the midst of what takes longer. Main thread only."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"this takes longer than {in_seconds(seconds)}")

    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def _load(name: str) -> World:
    install(name)
    models = {model.__name__: model for model in apps.get_app_config(name).get_models()}
    seeding = import_module(f"{name}.seed")
    use(None)
    with connection.schema_editor() as editor:
        for model in models.values():
            editor.create_model(model)
    world = World(name, models, made_by(connection.connection), seeding, connection.connection)
    world.fill(VISIBLE_SEED, 1)
    connection.connection.execute("ANALYZE")
    return world


def made_by(database: sqlite3.Connection) -> str:
    """The SQL that makes the same tables and indexes elsewhere."""
    named = database.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
    return "".join(f"{sql};\n" for (sql,) in named)


def install(name: str) -> AppConfig:
    """What ``INSTALLED_APPS`` does, one app at a time, so that one broken world does not stop the others."""
    config = AppConfig.create(name)
    config.apps = apps
    apps.app_configs[config.label] = config
    config.import_models()
    apps.clear_cache()
    return config


def forget(label: str) -> None:
    apps.app_configs.pop(label, None)
    apps.all_models.pop(label, None)
    apps.clear_cache()


def place(problem: BaseException, folder: Path) -> str:
    """``models.py:12: NameError: …``: the last line of the world's own files on the way to the problem."""
    frames = [frame for frame in traceback.extract_tb(problem.__traceback__) if Path(frame.filename).parent == folder]
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}: " if frames else ""
    return f"{where}{type(problem).__name__}: {problem}"


def use(database: sqlite3.Connection | None) -> None:
    """Make Django's connection this one, in every thread; None: a new, empty one."""
    DatabaseWrapper.shared = database
    connection.connection = None
    connection.connect()
    DatabaseWrapper.shared = connection.connection
