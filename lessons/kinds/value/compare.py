"""Compares the learner's value with the reference's."""

from lessons.catalogue.types import Exercise
from lessons.grading.types import Check
from lessons.kinds import Comparison
from sandbox.protocol import Result


def compare(exercise: Exercise, expected: Result, observed: Result, keys: Result | None) -> Comparison:
    """The encoded values, as they are."""
    right = expected.seen.get("value") == observed.seen.get("value")
    return Comparison(checks=(Check("value", right, "The value is right." if right else "The value differs."),))


def same(exercise: Exercise, one: Result, other: Result) -> bool:
    return one.seen.get("value") == other.seen.get("value")
