"""The ``schema`` kind: the learner's models as tables, and the exercise's rows put into them."""

from typing import Any

from lessons.catalogue.keys import list_of, name, one_of
from lessons.kinds import Kind
from lessons.kinds.schema.compare import ALL, ASKED, behaved, compare, same


def types(value: Any) -> dict[str, tuple[str, ...]]:
    """Which other classes a field may have, by ``Model.field``."""
    if not isinstance(value, dict) or not all(key.count(".") == 1 for key in value):
        raise ValueError("must give fields their other classes, like Book.pages: [IntegerField]")
    return {key: list_of(name, "field classes")(classes) for key, classes in value.items()}


KIND = Kind(
    name="schema",
    checks=ALL,
    compare=compare,
    same=same,
    essence=behaved,
    keys={"also": list_of(one_of(*ASKED), "what else counts"), "types": types},
    probed=True,
    hides_data=False,
)
