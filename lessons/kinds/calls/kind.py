"""The ``calls`` kind: the learner's functions are called by the exercise's probes."""

from lessons.catalogue.keys import list_of, name
from lessons.grading.leftovers import CHECKS
from lessons.grading.steps import Steps, same_value, shown_value
from lessons.kinds import Kind

STEPS = Steps(check="calls", noun="call", differ=same_value, shown=shown_value)

KIND = Kind(
    name="calls",
    checks=("calls", *CHECKS),
    compare=STEPS.compare,
    same=STEPS.same,
    essence=STEPS.essence,
    keys={"tables": list_of(name, "models' names")},
    probed=True,
)
