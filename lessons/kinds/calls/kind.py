"""The ``calls`` kind: the learner's functions are called by the exercise's probes."""

from lessons.grading.leftovers import CHECKS
from lessons.grading.steps import Steps, same_value, shown_value
from lessons.kinds import Kind
from lessons.kinds.keys import TABLES

STEPS = Steps(check="calls", noun="call", differ=same_value, shown=shown_value)

KIND = Kind(
    name="calls",
    checks=("calls", *CHECKS),
    compare=STEPS.compare,
    same=STEPS.same,
    essence=STEPS.essence,
    keys={"tables": TABLES},
    probed=True,
)
