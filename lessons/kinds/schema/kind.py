"""The ``schema`` kind: the learner's models as tables, and the exercise's rows put into them."""

from typing import Any

from lessons.catalogue.keys import Key, list_of, name, one_of, says
from lessons.kinds import Kind
from lessons.kinds.schema.compare import ALL, ASKED, behaved, compare, same

CLASSES = list_of(name, "field classes")


@says({"type": "object", "propertyNames": {"pattern": r"^[^.]*\.[^.]*$"}, "additionalProperties": CLASSES.schema})
def types(value: Any) -> dict[str, tuple[str, ...]]:
    """Which other classes a field may have, by ``Model.field``."""
    if not isinstance(value, dict) or not all(key.count(".") == 1 for key in value):
        raise ValueError("must give fields their other classes, like Book.pages: [IntegerField]")
    return {key: CLASSES(classes) for key, classes in value.items()}


KIND = Kind(
    name="schema",
    checks=ALL,
    compare=compare,
    same=same,
    essence=behaved,
    keys={
        "also": Key(
            list_of(one_of(*ASKED), "what else counts"), "What counts besides what the models mean, like the names of indexes."
        ),
        "types": Key(types, "Field classes that are as right as the solution's, like Book.pages: [IntegerField]."),
    },
    probed=True,
    hides_data=False,
)
