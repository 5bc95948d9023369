"""Settings: what the learner's settings hold, and what ``check --deploy`` finds in a project that has them.

Runs from the bare zygote: nothing has set Django up before. A probe finds three names in place: ``environ(NAME="value", …)`` sets
the environment and has the settings read anew, ``settings`` is Django's own object, and ``check_deploy()`` gives the findings'
ids in order. The settings are the learner's first file, or what ``environ(DJANGO_SETTINGS_MODULE=…)`` names.

A step's ``seen``: ``{"value": encoded}``, and for ``check_deploy()`` also ``{"findings": [{"id", "text"}, …]}``. ``options``:
``{"probes": [text, …], "given": [[path, text], …]}``.
"""

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.apps import apps
from django.conf import ENVIRONMENT_VARIABLE, settings
from django.core import checks
from django.core.management import get_commands, load_command_class
from django.db import connections
from django.db.backends.dummy import base as _  # noqa: F401  a run may open no file
from django.urls import clear_url_caches
from django.utils import translation
from django.utils.functional import empty
from django.utils.log import configure_logging
from django.utils.translation import trans_null

from sandbox import probes, workspace
from sandbox.explain import short
from sandbox.limits import Limit
from sandbox.protocol import STEPS_KEPT, Encoded, Step
from sandbox.record import recorder
from sandbox.run import Run
from sandbox.tables import few
from sandbox.workspace import module_name

NO_DATABASE = "django.db.backends.dummy"

# A run opens no file: what Django's checks look at has to be in memory before.
for _name in ("makemigrations", "migrate"):
    load_command_class(get_commands()[_name], _name)
# And no finding is about a translation.
for _name in ("activate", "deactivate", "deactivate_all", "get_language", "gettext", "ngettext", "npgettext", "pgettext"):
    setattr(translation._trans, _name, getattr(trans_null, _name))  # type: ignore[attr-defined]


class Read:
    """What ``environ()`` gives: nothing to see."""


class Findings(list[str]):
    """The ids of findings, with what Django says of each."""

    def __init__(self, found: list[Any]) -> None:
        super().__init__(sorted(short(str(one.id)) for one in found))
        self.told = [{"id": short(str(one.id)), "text": short(str(one.msg))} for one in found]


def observe(run: Run) -> Mapping[str, Any]:
    recorder.start(run.paths, None)
    named = {module_name(source.path): source for source in run.sources}
    finder = workspace.Finder(named, frozenset(workspace.packages_of(run.files)))
    with workspace.imported_by(finder):
        project = Project(run, [*finder.sources, *finder.packages])
        for probe in run.options.get("probes", ()):
            project.environ()
            names = {"environ": project.environ, "settings": settings, "check_deploy": check_deploy}
            run.steps += probes.one_probe(run, probe, {"__name__": "probe", **names}, describe)
            run.steps.append(Step(asked="", seen={}))
            if len(run.steps) > STEPS_KEPT:
                raise Limit("output", f"{STEPS_KEPT} steps")
    return {}


class Project:
    """The learner's files, whose settings can be read more than once."""

    def __init__(self, run: Run, modules: list[str]) -> None:
        self.modules = modules
        self.default = module_name(run.paths[0])

    def environ(self, **variables: str) -> Read:
        os.environ.clear()
        os.environ.update({ENVIRONMENT_VARIABLE: self.default, **variables})
        for name in self.modules:
            sys.modules.pop(name, None)
        settings._wrapped = empty
        return Read()


def check_deploy() -> Findings:
    """As ``manage.py check --deploy``. Raises what Django raises when it is set up with these settings."""
    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
    forget_databases()
    clear_url_caches()
    apps.app_configs = {}
    apps.apps_ready = apps.models_ready = apps.loading = apps.ready = False
    apps.clear_cache()
    apps.populate(settings.INSTALLED_APPS)
    found = checks.run_checks(include_deployment_checks=True)
    return Findings(few(one for one in found if not one.is_silenced()))


def forget_databases() -> None:
    """No driver is there but SQLite's, and the checks ask no database. Raises what Django raises for ``DATABASES``."""
    configured = connections.configure_settings(settings.DATABASES)
    connections.settings = {alias: {**one, "ENGINE": NO_DATABASE} for alias, one in configured.items()}
    for alias in connections:
        with suppress(AttributeError):
            del connections[alias]


def describe(found: Any) -> Mapping[str, Any] | None:
    if type(found) is Read:
        return None
    if type(found) is Findings:
        return {"value": ["list", list[Encoded](found)], "findings": found.told}
    return probes.value(found)
