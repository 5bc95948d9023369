"""A workspace: the files of one answer as a small Django project in memory.

A file's path gives its module: ``shop/services.py`` is ``shop.services``, and the folder ``shop`` a package, with or without an
``__init__.py``. One with a ``models.py`` or an ``apps.py`` is an installed app, whose tables are made from its models, or by its
migrations: see :mod:`sandbox.migrating`. Other files than Python's are templates, by the part of their path behind
``templates/``. Tracebacks show the files' own lines.
"""

import importlib.abc
import importlib.util
import pkgutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from pathlib import PurePosixPath
from types import ModuleType
from typing import Any

import django.core.signals
import django.db.backends.signals
import django.db.models.signals
import django.tasks.signals
from django import templatetags
from django.apps import AppConfig, apps
from django.db import connection
from django.db.models import Model
from django.dispatch import Signal
from django.test.utils import override_settings
from django.urls.converters import REGISTERED_CONVERTERS

from sandbox.protocol import File
from sandbox.source import Source
from sandbox.worlds import forget, install

ROOT = "/workspace"
"""Where the packages say they are. There is no such folder."""
LIBRARIES = {one.name: f"{templatetags.__name__}.{one.name}" for one in pkgutil.iter_modules(templatetags.__path__)}
"""Django's tags by the name that loads them. It would look for them in its folder, which a run cannot always open."""
SIGNALS = [
    one
    for module in (django.core.signals, django.db.backends.signals, django.db.models.signals, django.tasks.signals)
    for one in vars(module).values()
    if isinstance(one, Signal)
]


class Listed(importlib.abc.PathEntryFinder):
    """What is in one package, by name, for those who list it: Django looks for migrations so. It imports nothing."""

    def __init__(self, modules: Mapping[str, bool]) -> None:
        self.modules = modules

    def find_spec(self, name: str, target: ModuleType | None = None) -> None:
        return None

    def iter_modules(self, prefix: str = "") -> list[tuple[str, bool]]:
        """As :mod:`pkgutil` asks: each name, and whether it is a package."""
        return [(f"{prefix}{name}", is_package) for name, is_package in self.modules.items()]


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the files' modules, by dotted name."""

    def __init__(self, sources: Mapping[str, Source], packages: frozenset[str]) -> None:
        self.sources, self.packages = sources, packages

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name not in self.sources and name not in self.packages:
            return None
        spec = importlib.util.spec_from_loader(name, self, is_package=name in self.packages)
        if spec and name in self.packages:
            spec.submodule_search_locations = [folder(name)]
        return spec

    def exec_module(self, module: ModuleType) -> None:
        if source := self.sources.get(module.__name__):
            module.__file__ = source.path
            source.run(module)

    def listed(self) -> dict[str, Listed]:
        """By each package's folder, what is in it."""
        inside: dict[str, dict[str, bool]] = {name: {} for name in self.packages}
        for name in sorted({*self.sources, *self.packages}):
            package, _, last = name.rpartition(".")
            if package in inside:
                inside[package][last] = name in self.packages
        return {folder(package): Listed(modules) for package, modules in inside.items()}


def folder(package: str) -> str:
    return f"{ROOT}/{package.replace('.', '/')}"


@contextmanager
def opened(files: Sequence[File], sources: Sequence[Source], *, tables: bool = True, **settings: Any) -> Iterator[None]:
    """While this is entered, the files can be imported, their apps are installed and their templates are found.

    ``sources`` are the compiled Python files among ``files``, ``settings`` Django's own for the same time; ``tables`` says
    whether the apps' tables are made. Raises whatever an app's models raise when they are imported.
    """
    named = {module_name(source.path): source for source in sources}
    packages = frozenset(packages_of(files))
    installed = [name for name in sorted(packages) if f"{name}.models" in named or f"{name}.apps" in named]
    finder = Finder(named, packages)
    settings["TEMPLATES"] = templates(files)
    with (
        imported_by(finder),
        receivers_kept(),
        converters_kept(),
        override_settings(**settings),
        installed_apps(installed, tables=tables),
    ):
        yield


@contextmanager
def imported_by(finder: Finder) -> Iterator[None]:
    """A world may have a package's name: its module is there again afterwards, without what was found inside of it."""
    names = {*finder.sources, *finder.packages}
    before = {name: sys.modules[name] for name in names if name in sys.modules}
    listed = finder.listed()
    sys.meta_path.insert(0, finder)
    sys.path_importer_cache.update(listed)  # what lists a package asks here first, and then the disk
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for path in listed:
            sys.path_importer_cache.pop(path, None)
        for name in names - before.keys():
            sys.modules.pop(name, None)
            parent, _, last = name.rpartition(".")
            if parent in before:
                vars(before[parent]).pop(last, None)
        sys.modules.update(before)


@contextmanager
def receivers_kept() -> Iterator[None]:
    """What was connected to Django's signals meanwhile is not connected afterwards."""
    before = [(signal, list(signal.receivers)) for signal in SIGNALS]
    try:
        yield
    finally:
        for signal, receivers in before:
            signal.receivers = receivers
            signal.sender_receivers_cache.clear()


@contextmanager
def converters_kept() -> Iterator[None]:
    """A path converter that was registered meanwhile is not there afterwards: its name can be registered once only."""
    before = dict(REGISTERED_CONVERTERS)
    try:
        yield
    finally:
        REGISTERED_CONVERTERS.clear()
        REGISTERED_CONVERTERS.update(before)


@contextmanager
def installed_apps(names: Sequence[str], *, tables: bool) -> Iterator[None]:
    before = set(apps.app_configs)
    try:
        configs = [install(name) for name in names]
        if configs and tables:
            make_tables(configs)
        for config in configs:
            config.ready()
        yield
    finally:
        for label in apps.app_configs.keys() - before:
            forget(label)


def module_name(path: str) -> str:
    parts = PurePosixPath(path).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def packages_of(files: Sequence[File]) -> Iterator[str]:
    """The folders of the Python files, from the outermost to the innermost."""
    for file in files:
        if file.path.endswith(".py"):
            parents = list(PurePosixPath(file.path).parents)[:-1]
            yield from (str(parent).replace("/", ".") for parent in reversed(parents))


def make_tables(configs: Iterable[AppConfig]) -> None:
    with connection.schema_editor() as editor:
        for config in configs:
            for model in config.get_models():
                if model._meta.managed and not model._meta.proxy:
                    editor.create_model(model)


def templates(files: Sequence[File]) -> list[dict[str, Any]]:
    """``TEMPLATES``: Django looks for templates among the files, and for tags in their ``templatetags`` modules."""
    texts = {template_name(file.path): file.text for file in files if not file.path.endswith(".py")}
    tags = {
        PurePosixPath(file.path).stem: module_name(file.path)
        for file in files
        if "templatetags" in PurePosixPath(file.path).parts[:-1] and not file.path.endswith("__init__.py")
    }
    options = {
        "context_processors": ["django.template.context_processors.request"],
        "loaders": [("django.template.loaders.locmem.Loader", texts)],
        "libraries": LIBRARIES | tags,
        "debug": True,  # an exception then knows the template and the line
    }
    return [{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": options}]


def template_name(path: str) -> str:
    parts = PurePosixPath(path).parts
    return "/".join(parts[parts.index("templates") + 1 :]) if "templates" in parts else path


def models() -> list[type[Model]]:
    """Those of every installed app, with the tables that Django makes for many-to-many fields."""
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy]
