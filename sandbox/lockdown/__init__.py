"""The lockdown: what a run can no longer do, one module a layer, in the order that works.

:func:`prepare` runs once in the zygote and gathers what can be made ready before the fork. :func:`before_job` runs in the fork
before a learner's text is in it, :func:`before_code` before that text is run. Each raises OSError where a layer does not hold:
the run then ends without an answer, and nothing is run without its lockdown.
"""

import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sandbox.lockdown import descriptors, identity, landlock, resources, seccomp
from sandbox.lockdown.descriptors import CHANNEL, OUTPUT

__all__ = ["CHANNEL", "OUTPUT", "Plan", "before_code", "before_job", "prepare"]


@dataclass(frozen=True, slots=True)
class Plan:
    """``level`` is "full" (all layers), "strict" (no Landlock; seccomp opens no file at all) or "unsafe" (no seccomp, no filter).

    ``uid`` None: the uid stays.
    """

    level: str
    note: str
    uid: int | None
    ruleset: int | None
    filter: seccomp.Program | None


def prepare(readable: Sequence[Path], *, unsafe: bool = False) -> Plan:
    """Raises :class:`seccomp.Unsupported` where the kernel or the processor has no filter of ours, unless that is ``unsafe``."""
    ruleset = landlock.ruleset(readable)
    level = "full" if ruleset is not None else "strict"
    try:
        program = seccomp.program(open_files=ruleset is not None)
    except seccomp.Unsupported:
        if not unsafe:
            raise
        level, program = "unsafe", None
    uid = identity.choose(readable)
    kept = os.geteuid() == 0 and uid is None
    return Plan(
        level=level,
        note="the uid stays: an unprivileged one could not reach this Python" if kept else "",
        uid=uid,
        ruleset=ruleset,
        filter=program,
    )


def confine(readable: Sequence[Path]) -> None:
    """For the zygote itself, before it imports the worlds: an author's code reads these, and writes and reaches nothing.

    Only where there is Landlock. What a run is refused goes further: see :func:`before_code`.
    """
    ruleset = landlock.ruleset(readable)
    if ruleset is not None:
        identity.gain_nothing()
        landlock.restrict(ruleset)
        os.close(ruleset)


def before_job(plan: Plan, parent: int, keep: tuple[int, int]) -> None:
    """``parent`` is the zygote's pid, noted before the fork: a run asking for it might be an orphan already."""
    ruleset = descriptors.arrange(*keep, plan.ruleset)
    os.setsid()
    identity.drop(plan.uid)
    identity.die_with(parent, signal.SIGKILL)
    identity.seal()
    if ruleset is not None:
        landlock.restrict(ruleset)
        os.close(ruleset)


def before_code(plan: Plan, seconds: float) -> None:
    resources.limit(seconds)
    if plan.filter is not None:
        seccomp.install(plan.filter)
