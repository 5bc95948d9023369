"""Schema: what the learner's models are once they are tables, and what rows do in them, for each probe.

``seen``: ``{"models": [model, …], "findings": [finding, …], "sql": [statement, …]}``. A model is ``{"model": "shop.Book",
"table", "proxy": bool, "parents": [label, …], "fields": [field, …], "indexes": [index, …], "uniques": [index, …], "checks":
[index, …], "options": {name: encoded}}``; a field ``{"name", "type", "sql", "options": {name: encoded}}`` with those options
that are not as Django leaves them; an index ``{"name", "on": [column, …], "where"}``, and a check names in ``on`` the fields
that it is about. A finding of Django's system checks is ``{"id", "on", "text", "serious": bool}``. Where one is serious, no
table is made and no probe is asked, as ``migrate`` would refuse.

Where the files have migrations, these make the tables. ``models`` are then the models as the last migration leaves them, and two
keys more are seen: ``"stored"``, what the database itself says of each table, ``{"shop_book": [fact, …]}``, and ``"pending"``,
what ``makemigrations`` would still write, ``["Add field isbn to book", …]``. A probe finds the tables as the *given* migrations
left them, and takes them further by ``migrate``: see :mod:`sandbox.migrating`.

A step's ``seen`` is as in :mod:`sandbox.observers.calls`; of a ``migrate`` the value is which migrations are applied.
``options``: ``{"probes": [text, …], "given": [[path, text], …]}``.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core import checks
from django.db import connection
from django.db.migrations.state import StateApps
from django.db.models import Model

from sandbox import migrating, probes, workspace
from sandbox.encode import Encoder, text
from sandbox.lockdown import database
from sandbox.run import Run
from sandbox.tables import few, finding, told


def observe(run: Run) -> Mapping[str, Any]:
    with run.project(tables=False):
        packages = set(workspace.packages_of(run.files))
        configs = [config for config in apps.get_app_configs() if config.name in packages]
        problems = few(checks.run_checks(configs, [checks.Tags.models], databases=["default"]))
        findings = [finding(problem) for problem in problems]
        if any(one["serious"] for one in findings):
            return {"models": [], "findings": findings, "sql": []}
        has_migrations = migrating.has_any(run.files)
        seen = migrated(run, configs) if has_migrations else made(configs)
        names = {"migrate": migrating.migrate} if has_migrations else {}
        run.steps += probes.ask(run, run.names() | names, value)
    return {**seen, "findings": findings}


def made(configs: Sequence[AppConfig]) -> dict[str, Any]:
    """Makes the tables."""
    workspace.make_tables(configs)
    models = [model for config in configs for model in config.get_models()]
    return {"models": told(models), "sql": statements(models)}


def migrated(run: Run, configs: Sequence[AppConfig]) -> dict[str, Any]:
    """Makes the tables of the given migrations, once it has looked at those that all of them make."""
    migrating.migrate_given(file.path for file in run.given)
    before = connection.connection.serialize()
    labels = [config.label for config in configs]
    loader, state = migrating.migrate_all()
    models = [model for model in state.apps.get_models() if model._meta.app_label in labels]
    seen = {
        "models": told(models),
        "sql": statements(models),
        "stored": migrating.stored(tables(models)),
        "pending": migrating.pending(loader, labels),
    }
    database.load(run.world, before)
    return seen


def value(found: Any) -> Mapping[str, Any]:
    if isinstance(found, StateApps):
        return {"value": Encoder().encode(migrating.applied())}
    return probes.value(found)


def tables(models: Sequence[type[Model]]) -> list[str]:
    """Those of the models, and of the many-to-many fields between them."""
    between = [field.remote_field.through for model in models for field in model._meta.local_many_to_many]
    return list(dict.fromkeys(model._meta.db_table for model in (*models, *between) if model))


def statements(models: Sequence[type[Model]]) -> list[str]:
    """The SQL that made the models' tables and indexes, as SQLite holds it."""
    found = connection.connection.execute(
        "SELECT tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
    ).fetchall()
    return [text(sql) for table in tables(models) for name, sql in found if name == table]
