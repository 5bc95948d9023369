"""Image: no learner's code. Fills a world's empty tables from ``options`` ``{"seed": 101, "size": 0.1}``.

``seen``: ``{"image": base64 of the SQLite database}``. Runs under the same lockdown as everything else.
"""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from django.db import connection

from sandbox.run import Run
from sandbox.worlds import use


def observe(run: Run) -> Mapping[str, Any]:
    use(None)
    connection.connection.executescript(run.world.tables)
    run.world.fill(run.options["seed"], run.options["size"])
    return {"image": b64encode(connection.connection.serialize()).decode()}
