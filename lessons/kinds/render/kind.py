"""The ``render`` kind: the learner's templates, and the tags in them, are rendered by the exercise's probes."""

from collections.abc import Mapping
from typing import Any

from lessons.catalogue.types import Exercise
from lessons.grading import bodies
from lessons.grading.essence import told
from lessons.grading.leftovers import CHECKS
from lessons.grading.steps import Steps, same_value, shown_value
from lessons.grading.types import Diff, Remark
from lessons.grading.words import code, count
from lessons.kinds import Kind
from lessons.kinds.claim import mapping, text, whole
from lessons.kinds.keys import SETTINGS, TABLES, URLCONF
from lessons.kinds.render import silence
from sandbox.protocol import Step


def page(step: Step) -> Mapping[str, Any]:
    """What was rendered; empty where something else came back."""
    return mapping(step.seen.get("html"))


def differ(exercise: Exercise, expected: Step, observed: Step) -> str:
    right, given = page(expected), page(observed)
    if bool(right) != bool(given):
        return f"gives {code(shown(observed))}, expected {code(shown(expected))}"
    if not right:
        return same_value(exercise, expected, observed)
    words = bodies.off("html", right, given)
    return f"the HTML {words}" if words else ""


def shown(step: Step) -> str:
    rendered = page(step)
    return f"{count(whole(rendered.get('bytes')) or 0, 'byte')} of HTML" if rendered else shown_value(step)


def closer(exercise: Exercise, expected: Step, observed: Step) -> Diff | None:
    """The two documents, a line for each tag."""
    right, given = page(expected), page(observed)
    return bodies.diff("html", f"HTML of {text(right.get('template'))}", right, given) if right and given else None


def behaved(exercise: Exercise, step: Step) -> object:
    return bodies.essence("html", page(step)) if page(step) else told(step)


def why(exercise: Exercise, expected: Step, observed: Step) -> Remark | None:
    return silence.why(expected, observed, bodies.joined(page(expected)), bodies.joined(page(observed)))


STEPS = Steps(check="render", noun="page", differ=differ, shown=shown, closer=closer, behaved=behaved, why=why)

KIND = Kind(
    name="render",
    checks=("render", *CHECKS),
    compare=STEPS.compare,
    same=STEPS.same,
    essence=STEPS.essence,
    keys={"tables": TABLES, "urlconf": URLCONF, "settings": SETTINGS},
    probed=True,
)
