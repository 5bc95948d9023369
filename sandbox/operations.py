"""Where in a learner's migration Django was when something went wrong: operations are data, and no line of theirs is run then."""

import ast
import linecache
import traceback
from collections.abc import Collection
from contextlib import suppress
from typing import Any

from django.db.migrations import Migration
from django.db.migrations.exceptions import BadMigrationError

from sandbox.protocol import Frame

RUNNING = frozenset(each.__code__ for each in (Migration.apply, Migration.unapply, Migration.mutate_state))


def in_migration(problem: BaseException, frames: list[Frame], paths: Collection[str]) -> list[Frame]:
    """The learner's frames, behind the line of the operation, or of the dependencies, that Django was at.

    An exception about how migrations follow on one another has an ``origin``, as Django's NodeNotFoundError.
    """
    with suppress(Exception):
        if isinstance(origin := getattr(problem, "origin", None), Migration):
            return [*in_file(type(origin).__module__, "dependencies", None, paths), *frames]
        for frame, _ in traceback.walk_tb(problem.__traceback__):
            names = frame.f_locals
            if frame.f_code in RUNNING:
                migration, operation = names["self"], names.get("operation")
                place = next((place for place, one in enumerate(migration.operations) if one is operation), None)
                return [*in_file(type(migration).__module__, "operations", place, paths), *frames]
            if isinstance(problem, BadMigrationError) and "migration_path" in names:
                return [*in_file(names["migration_path"], "<module>", None, paths), *frames]
    return frames


def in_file(module: str, name: str, place: int | None, paths: Collection[str]) -> list[Frame]:
    """The line of the attribute ``name``, or of one place in its list; nothing where the file is not the learner's."""
    path = f"{module.replace('.', '/')}.py"
    if path not in paths:
        return []
    lines = linecache.getlines(path)
    line = line_of(ast.parse("".join(lines)), name, place)
    return [Frame(path, line, name, lines[line - 1].rstrip() if lines else "")]


def line_of(tree: ast.Module, name: str, place: int | None) -> int:
    """1 where it is not to be seen in the text."""
    given: list[Any] = [node for node in ast.walk(tree) if isinstance(node, ast.Assign)]
    values = [node.value for node in given if any(isinstance(one, ast.Name) and one.id == name for one in node.targets)]
    if not values:
        return 1
    listed = values[-1].elts if isinstance(values[-1], ast.List) else []
    found: int = (listed[place] if place is not None and place < len(listed) else values[-1]).lineno
    return found
