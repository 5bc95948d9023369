"""Database: what the learner's statements leave in the database, and what is found there afterwards.

The answer is run once. Then every probe is asked in turn, on the database as the answer left it; what a probe writes, the next
one finds. Each expression in one is a step, ``seen``: ``{"value": encoded}``. One last step (``asked`` is empty) has what all of
them left behind, as in :func:`sandbox.probes.left_behind`, and the number of queries that the answer itself sent. What was not
committed when the answer ended is not there.

``options``: ``{"probes": [text, …], "given": [[path, text], …], "tables": [name, …]}``.
"""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from sandbox import probes
from sandbox.protocol import Step
from sandbox.record import recorder
from sandbox.run import Run
from sandbox.worlds import use


def observe(run: Run) -> Mapping[str, Any]:
    with run.project():
        namespace, before = run.prepared(), connection.connection.serialize()
        probes.start_afresh()
        with recorder.recording():
            names = run.load(namespace)
        connection.connection.rollback()
        use(connection.connection)
        sent = recorder.queries
        for probe in run.options.get("probes", ()):
            run.steps += probes.one_probe(run, probe, names, probes.value)
        run.steps.append(Step(asked="", seen=probes.left_behind(run, before), queries=sent))
    return {}
