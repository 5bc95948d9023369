"""Image: no learner's code. Makes a hidden database, or says what the world's names are.

``options``: ``{"seed": 101, "size": 0.1}`` fills the world's empty tables by its own seed, ``{"build": 3, "rows": 6, "around":
{…}}`` from its models' field types (see :mod:`sandbox.fill`); ``seen`` is ``{"image": base64 of the SQLite database}``.
``{"names": true}`` gives ``{"names": …}`` as :func:`sandbox.fill.names` does. Runs under the same lockdown as everything else.
"""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from django.db import connection

from sandbox.fill import fill, names
from sandbox.run import Run
from sandbox.worlds import use

PAGE = 512
"""Bytes. Every table and every index takes a page at least, and an image goes to each run that is tried on it."""


def observe(run: Run) -> Mapping[str, Any]:
    if run.options.get("names"):
        return {"names": names(run.world.models)}
    use(None)
    connection.connection.executescript(f"PRAGMA page_size = {PAGE}; {run.world.tables}")
    if "build" in run.options:
        fill(run.world.models, run.options, getattr(run.world.seeding, "valid", lambda: True))
    else:
        run.world.fill(run.options["seed"], run.options["size"])
    return {"image": b64encode(connection.connection.serialize()).decode()}
