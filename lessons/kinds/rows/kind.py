"""The ``rows`` kind: a QuerySet or a list is compared row by row with the reference's."""

from typing import Any

from lessons.catalogue.types import Exercise
from lessons.kinds import Kind
from lessons.kinds.rows.alike import behaved, same
from lessons.kinds.rows.compare import compare


def reference_options(exercise: Exercise) -> dict[str, Any]:
    """The lookup paths to read from each of the reference's instances, so that ties are seen; a keys fence gives them itself."""
    if exercise.keys is not None or not exercise.order:
        return {}
    return {"order": [name.removeprefix("-") for name in exercise.order]}


KIND = Kind(
    name="rows",
    checks=("rows", "columns", "order"),
    compare=compare,
    same=same,
    essence=behaved,
    reference_options=reference_options,
)
