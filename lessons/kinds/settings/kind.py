"""The ``settings`` kind: what the learner's settings hold in each environment, and what ``check --deploy`` finds."""

from collections.abc import Iterator

from lessons.catalogue.types import Exercise
from lessons.grading.steps import Pairs, Steps, same_value, shown_value
from lessons.grading.types import Check
from lessons.grading.words import code, listing
from lessons.kinds import Kind
from lessons.kinds.claim import dicts, text
from sandbox.protocol import Step

DEPLOY = "deploy"


def found(step: Step) -> list[str] | None:
    """The ids of what Django's checks found; None for a step that did not ask them."""
    if "findings" not in step.seen:
        return None
    return sorted(text(one.get("id")) for one in dicts(step.seen["findings"]))


def differ(exercise: Exercise, expected: Step, observed: Step) -> str:
    wanted, given = found(expected), found(observed)
    if wanted is None or given is None:
        return same_value(exercise, expected, observed)
    new = [one for one in given if one not in wanted]
    if new:
        return f"finds {listing(new)}"
    gone = [one for one in wanted if one not in given]
    return f"does not find {listing(gone)}, as it should here" if gone else ""


def deploy(exercise: Exercise, pairs: Pairs) -> Iterator[Check]:
    """One check more, where Django's own were asked."""
    asked = [(found(expected), found(observed)) for expected, observed in pairs if found(expected) is not None]
    if asked:
        right = all(wanted == given for wanted, given in asked)
        words = "finds what it should, and nothing else" if right else "does not find what it should"
        yield Check(DEPLOY, right, f"{code('check --deploy')} {words}")


STEPS = Steps(check="settings", noun="probe", differ=differ, shown=shown_value, finer=deploy)

KIND = Kind(
    name="settings",
    checks=("settings", DEPLOY),
    compare=STEPS.compare,
    same=STEPS.same,
    essence=STEPS.essence,
    probed=True,
    hides_data=False,
)
