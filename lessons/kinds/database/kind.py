"""The ``database`` kind: what statements leave in the database is compared with what the reference's leave."""

from lessons.grading.leftovers import CHECKS
from lessons.grading.steps import Steps, same_value, shown_value
from lessons.kinds import Kind
from lessons.kinds.keys import TABLES

STEPS = Steps(check="probes", noun="statement", differ=same_value, shown=shown_value, asks=False, always=("database",))

KIND = Kind(
    name="database",
    checks=(*CHECKS, "probes"),
    compare=STEPS.compare,
    same=STEPS.same,
    essence=STEPS.essence,
    keys={"tables": TABLES},
    probed=True,
    needs_probes=False,
)
