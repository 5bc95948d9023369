"""Which columns of a wide table come first: those that say which row it is, then those that decide whether it belongs.

Only tables of instances are arranged: of tuples and dicts, the order of the places is part of the answer.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from lessons.grading.types import Diff, Mark, Verdict
from sandbox.protocol import File

IDENTIFYING = 2
"""The first columns of a model: its key, and most often its name or title."""


def arranged(panels: Mapping[str, Any], files: tuple[File, ...]) -> Mapping[str, Any]:
    """The panels with the columns that the code names first among their rows'."""
    seen = panels.get("seen")
    if not seen or not _of_instances(panels):
        return panels
    heads, cells = seen.get("columns", []), seen.get("cells", [])
    order = _order(heads, _said(files))
    rows = [_picked(row, order) if len(row) == len(order) else row for row in cells]
    return {**panels, "seen": {**seen, "columns": _picked(heads, order), "cells": rows}}


def arranged_verdict(verdict: Verdict, panels: Mapping[str, Any], files: tuple[File, ...]) -> Verdict:
    """The verdict with the columns that differ, or that the code names, first in its diff."""
    diff = verdict.diff
    if diff is None or not _of_instances(panels):
        return verdict
    order = _order(diff.columns, _said(files), differing(diff))
    rows = tuple(replace(row, cells=tuple(_picked(row.cells, order))) for row in diff.rows)
    return replace(verdict, diff=replace(diff, columns=tuple(_picked(diff.columns, order)), rows=rows))


def differing(diff: Diff) -> frozenset[int]:
    """The places in which a missing row and one too many with the same key are not the same."""
    missing = {row.cells[:1]: row.cells for row in diff.rows if row.mark is Mark.MISSING}
    pairs = [(missing[row.cells[:1]], row.cells) for row in diff.rows if row.mark is Mark.EXTRA and row.cells[:1] in missing]
    return frozenset(place for wanted, given in pairs for place, cell in enumerate(wanted[: len(given)]) if cell != given[place])


def _of_instances(panels: Mapping[str, Any]) -> bool:
    seen = panels.get("seen") or {}
    return seen.get("kind") == "instances"


def _said(files: tuple[File, ...]) -> frozenset[str]:
    """Every name in the code and each part of a lookup: ``author__name__in`` says ``author`` and ``name`` too."""
    names = {name for file in files for name in re.findall(r"\w+", file.text)}
    return frozenset(names.union(*(name.split("__") for name in names)))


def _order(columns: Sequence[Any], said: Collection[str], decisive: Collection[int] = ()) -> list[int]:
    def rank(place: int) -> int:
        name = str(columns[place])
        deciding = place in decisive or name in said or name.removesuffix("_id") in said
        return 0 if place < IDENTIFYING else 1 if deciding else 2

    return sorted(range(len(columns)), key=rank)


def _picked(values: Sequence[Any], order: Sequence[int]) -> list[Any]:
    return [values[place] for place in order if place < len(values)]
