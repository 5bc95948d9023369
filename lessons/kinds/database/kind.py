"""The ``database`` kind: what statements leave in the database is compared with what the reference's leave."""

from lessons.catalogue.keys import list_of, name
from lessons.grading.leftovers import CHECKS
from lessons.grading.steps import Steps, same_value, shown_value
from lessons.kinds import Kind

STEPS = Steps(check="probes", noun="statement", differ=same_value, shown=shown_value, asks=False, always=("database",))

KIND = Kind(
    name="database",
    checks=(*CHECKS, "probes"),
    compare=STEPS.compare,
    same=STEPS.same,
    essence=STEPS.essence,
    keys={"tables": list_of(name, "models' names")},
    probed=True,
    needs_probes=False,
)
