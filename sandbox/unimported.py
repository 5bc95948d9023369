"""Modules that can be imported only once Django is set up, held as code: a run that opens no file finds them all the same."""

import importlib.abc
import importlib.util
import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import CodeType, ModuleType
from typing import Any, Self

NEVER = ("migrations", "gis", "postgres", "commands")
"""Packages of which nothing is held: no settings and no check of Django's import them."""

type Held = tuple[ModuleSpec, CodeType]


class Unimported(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports what it holds, by dotted name."""

    def __init__(self, held: Mapping[str, Held]) -> None:
        self.held = held

    @classmethod
    def of(cls, package: str) -> Self:
        """Compile what is inside of a package, and import none of it."""
        return cls(dict(modules(import_module(package).__path__, f"{package}.")))

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name not in self.held:
            return None
        where = self.held[name][0].submodule_search_locations
        spec = importlib.util.spec_from_loader(name, self, is_package=where is not None)
        if spec and where is not None:
            spec.submodule_search_locations = list(where)
        return spec

    def exec_module(self, module: ModuleType) -> None:
        spec, code = self.held[module.__name__]
        module.__file__ = spec.origin
        exec(code, module.__dict__)


def modules(folders: Sequence[str], prefix: str) -> Iterator[tuple[str, Held]]:
    for found in pkgutil.iter_modules(folders, prefix):
        if found.name.rpartition(".")[2] in NEVER:
            continue
        finder: Any = found.module_finder
        spec = finder.find_spec(found.name)
        yield found.name, (spec, spec.loader.get_code(found.name))
        if found.ispkg:
            yield from modules(spec.submodule_search_locations, f"{found.name}.")
