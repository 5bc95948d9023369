"""JSON schemas of the YAML that authors write, for editors: made from the tables that the strict reader goes by."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from lessons.catalogue.keys import COURSE, EXERCISE, LESSON, QUIZ, Table
from lessons.catalogue.types import Course
from lessons.kinds import Kind

DRAFT = "http://json-schema.org/draft-07/schema#"


def schemas(kinds: Mapping[str, Kind], course: Course | None = None) -> dict[str, dict[str, Any]]:
    """By name: ``lesson`` (the front matter), ``exercise``, ``quiz``, ``course`` (course.yaml).

    With a course, its worlds' and lessons' names are the ones that may be given.
    """
    found = {"lesson": _titled(LESSON), "exercise": _exercise(kinds), "quiz": _titled(QUIZ), "course": _titled(COURSE)}
    return _of(course, found) if course else found


def _of(course: Course, general: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    found = deepcopy(general)
    for name in ("lesson", "exercise"):
        found[name]["properties"]["world"]["enum"] = sorted(course.worlds)
    found["lesson"]["properties"]["requires"]["items"]["enum"] = [lesson.slug for lesson in course.lessons]
    return found


def _titled(table: Table) -> dict[str, Any]:
    return {"$schema": DRAFT, "title": table.name.removeprefix("the ").removeprefix("a ").removeprefix("an "), **table.schema}


def _exercise(kinds: Mapping[str, Kind]) -> dict[str, Any]:
    """A key that a kind adds is known everywhere, so that hovering explains it, and allowed where ``observe`` names that kind."""
    found = _titled(EXERCISE)
    found["properties"]["observe"]["enum"] = sorted(kinds)
    for kind in kinds.values():
        for name, key in kind.keys.items():
            found["properties"].setdefault(name, {"description": key.words})
    return {**found, "allOf": [_kind(kind) for kind in kinds.values()]}


def _kind(kind: Kind) -> dict[str, Any]:
    keys = {name: key.schema for name, key in kind.keys.items()}
    return {
        "if": {"properties": {"observe": {"const": kind.name}}, "required": ["observe"]},
        "then": {"properties": keys, "propertyNames": {"enum": [*EXERCISE.keys, *keys]}},
    }
