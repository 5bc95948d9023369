"""The ``responses`` kind: the learner's routes, views and middleware are asked by requests."""

from lessons.catalogue.keys import Key, list_of, matching, one_of
from lessons.grading.leftovers import CHECKS
from lessons.grading.steps import Steps
from lessons.kinds import Kind
from lessons.kinds.keys import SETTINGS, TABLES, URLCONF, dotted
from lessons.kinds.responses.compare import PARTS, behaved, closer, differ, finer, named, shown, why

header = matching(r"[A-Za-z][A-Za-z0-9-]*", "headers' names, like [X-Duration]")

STEPS = Steps(
    check="responses",
    noun="request",
    differ=differ,
    shown=shown,
    named=named,
    finer=finer,
    closer=closer,
    behaved=behaved,
    why=why,
)

KIND = Kind(
    name="responses",
    checks=("responses", *PARTS, *CHECKS),
    compare=STEPS.compare,
    same=STEPS.same,
    essence=STEPS.essence,
    keys={
        "tables": TABLES,
        "urlconf": URLCONF,
        "middleware": Key(list_of(dotted, "dotted paths"), "Middleware around the views, outermost first."),
        "settings": SETTINGS,
        "varying": Key(list_of(header, "headers' names"), "Headers that need be there, whatever they hold."),
        "compare": Key(list_of(one_of(*PARTS), "parts"), "What of the responses is compared; all parts if left out."),
    },
    probed=True,
)
