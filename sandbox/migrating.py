"""Migrations of a workspace: Django's own loader and executor at work on the run's database.

They find the files in memory, as :class:`sandbox.workspace.Finder` lists them. The worlds' apps have no migrations: their tables
and rows are there, and a migration may depend on ``("bookshop", "__first__")`` and ask for their models.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.apps import apps
from django.core.management import CommandError
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MIGRATIONS_MODULE_NAME, MigrationLoader
from django.db.migrations.questioner import MigrationQuestioner
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState, StateApps

from sandbox.explain import short
from sandbox.protocol import File
from sandbox.tables import few
from sandbox.workspace import module_name, packages_of


class Conflict(CommandError):
    """Two migrations come last. ``origin`` is one of them."""

    def __init__(self, migrations: Sequence[Migration]) -> None:
        names = ", ".join(migration.name for migration in migrations)
        super().__init__(f"Conflicting migrations: multiple leaf nodes in {migrations[0].app_label}: {names}")
        self.origin = migrations[-1]


def has_any(files: Iterable[File]) -> bool:
    return any(package.endswith(f".{MIGRATIONS_MODULE_NAME}") for package in packages_of(list(files)))


def migrate(app: str, name: str = "") -> StateApps:
    """Take an app to the migration whose name begins so, forwards or backwards; without a name to the last one.

    As ``manage.py migrate``: ``"zero"`` is before the first. Gives the models as they are then, the ``apps`` that a ``RunPython``
    gets. Raises what Django raises, and Conflict.
    """
    executor = ready()
    return executor.migrate(targets(executor.loader, app, name)).apps


def targets(loader: MigrationLoader, app: str, name: str) -> list[tuple[str, str | None]]:
    if name == "zero":
        return [(app, None)]
    if not name:
        return list(loader.graph.leaf_nodes(app))
    found = loader.get_migration_by_prefix(app, name)
    return [(found.app_label, found.name)]


def ready() -> MigrationExecutor:
    """What has read every migration anew, and knows which of them the database has seen."""
    executor = MigrationExecutor(connection)
    for app, names in executor.loader.detect_conflicts().items():
        raise Conflict([executor.loader.graph.nodes[app, name] for name in sorted(names)])
    return executor


def migrate_given(paths: Iterable[str]) -> None:
    """Apply the migrations in these files, except those that depend on others."""
    executor, modules = ready(), {module_name(path) for path in paths}
    graph = executor.loader.graph
    given = {key for key, migration in graph.nodes.items() if type(migration).__module__ in modules}
    executor.migrate([key for key in graph.nodes if given.issuperset(graph.forwards_plan(key))])


def migrate_all() -> tuple[MigrationLoader, ProjectState]:
    executor = ready()
    return executor.loader, executor.migrate(executor.loader.graph.leaf_nodes())


def applied() -> list[str]:
    """``["shop.0001_initial", …]``, as the database has noted them."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def pending(loader: MigrationLoader, labels: Collection[str]) -> list[str]:
    """What ``makemigrations`` would still write for these apps, in Django's words: ``"Add field level to card"``."""
    # As for apps named on the command line: for others Django looks into their folder.
    questioner = MigrationQuestioner(specified_apps=set(labels))
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps), questioner)
    found: dict[str, list[Migration]] = detector.changes(loader.graph, trim_to_apps=set(labels))
    every = [operation for migrations in found.values() for one in migrations for operation in one.operations]
    return [short(operation.describe()) for operation in few(every)]


def stored(tables: Iterable[str]) -> dict[str, list[str]]:
    """What the database says of each table, whatever Django believes: ``["level varchar(10) NOT NULL", "index on level", …]``."""
    with connection.cursor() as cursor:
        return {short(table): [short(fact) for fact in few([*columns(cursor, table), *keys(cursor, table)])] for table in tables}


def columns(cursor: Any, table: str) -> Iterable[str]:
    for column in connection.introspection.get_table_description(cursor, table):
        null = "NULL" if column.null_ok else "NOT NULL"
        default = f" DEFAULT {column.default}" if column.default is not None else ""
        yield f"{column.name} {str(column.type_code).lower()} {null}{default}"


def keys(cursor: Any, table: str) -> Iterable[str]:
    for one in connection.introspection.get_constraints(cursor, table).values():
        on = ", ".join(map(str, one["columns"]))
        if one["foreign_key"]:
            yield f"{on} REFERENCES {'.'.join(one['foreign_key'])}"
        elif one["index"] or (one["unique"] and not one["primary_key"]):
            yield f"{'unique ' if one['unique'] else ''}index on {on}"
