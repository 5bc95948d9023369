"""Calls: what the learner's functions return or raise, and what they leave behind, for each probe.

A step's ``seen``: ``{"value": encoded}``. The step that ends a probe (``asked`` is empty) has what was left behind: see
:func:`sandbox.probes.left_behind`. ``options``: ``{"probes": [text, …], "given": [[path, text], …], "tables": [name, …]}``.
"""

from collections.abc import Mapping
from typing import Any

from sandbox import probes
from sandbox.run import Run


def observe(run: Run) -> Mapping[str, Any]:
    with run.project():
        run.steps += probes.ask(run, run.names(), probes.value)
    return {}
