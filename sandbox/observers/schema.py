"""Schema: what the learner's models are once they are tables, and what rows do in them, for each probe.

``seen``: ``{"models": [model, …], "findings": [finding, …], "sql": [statement, …]}``. A model is ``{"model": "shop.Book",
"table", "proxy": bool, "parents": [label, …], "fields": [field, …], "indexes": [index, …], "uniques": [index, …], "checks":
[index, …], "options": {name: encoded}}``; a field ``{"name", "type", "sql", "options": {name: encoded}}`` with those options
that are not as Django leaves them; an index ``{"name", "on": [column, …], "where"}``, and a check names in ``on`` the fields
that it is about. A finding of Django's system checks is ``{"id", "on", "text", "serious": bool}``. Where one is serious, no
table is made and no probe is asked, as ``migrate`` would refuse.

A step's ``seen`` is as in :mod:`sandbox.observers.calls`. ``options``: ``{"probes": [text, …], "given": [[path, text], …]}``.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import apps
from django.core import checks
from django.db import connection
from django.db.models import Model

from sandbox import probes, workspace
from sandbox.encode import text
from sandbox.run import Run
from sandbox.tables import few, finding, told


def observe(run: Run) -> Mapping[str, Any]:
    with run.project(tables=False):
        packages = set(workspace.packages_of(run.files))
        configs = [config for config in apps.get_app_configs() if config.name in packages]
        models = [model for config in configs for model in config.get_models()]
        problems = few(checks.run_checks(configs, [checks.Tags.models], databases=["default"]))
        findings = [finding(problem) for problem in problems]
        if any(one["serious"] for one in findings):
            return {"models": [], "findings": findings, "sql": []}
        workspace.make_tables(configs)
        seen = {"models": told(models), "findings": findings, "sql": statements(models)}
        run.steps += probes.ask(run, run.names(), probes.value)
    return seen


def statements(models: Sequence[type[Model]]) -> list[str]:
    """The SQL that made the models' tables and indexes, as SQLite holds it."""
    between = [field.remote_field.through for model in models for field in model._meta.local_many_to_many]
    tables = [model._meta.db_table for model in (*models, *between) if model]
    found = connection.connection.execute(
        "SELECT tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
    ).fetchall()
    return [text(sql) for table in dict.fromkeys(tables) for name, sql in found if name == table]
