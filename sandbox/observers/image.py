"""Image: no learner's code. Makes a hidden database, or says what the world's names are.

``options``, one of these::

    {"seed": 101, "size": 0.1}                     fills the world's empty tables by its own seed
    {"build": 3, "rows": 6, "around": {…}}         fills them from its models' field types (see :mod:`sandbox.fill`)
    {"tables": ["bookshop_book", …]}               tells what is in these tables of the database that the job brings
    {"names": true}                                tells the models' names

``seen``, accordingly: ``{"image": base64 of the SQLite database}`` for the first two, ``{"tables": [{"model": "Book", "columns":
[attribute, …], "rows": [[encoded, …], …], "total": 12}, …]}``, ``{"names": …}`` as :func:`sandbox.fill.names` gives it. Runs
under the same lockdown as everything else.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import connection

from sandbox.encode import Encoder
from sandbox.fill import fill, names
from sandbox.run import Run
from sandbox.worlds import use

ROWS_TOLD = 20
PAGE = 512
"""Bytes. Every table and every index takes a page at least, and an image goes to each run that is tried on it."""


def observe(run: Run) -> Mapping[str, Any]:
    if run.options.get("names"):
        return {"names": names(run.world.models)}
    if "tables" in run.options:
        return {"tables": list(told(run))}
    use(None)
    connection.connection.executescript(f"PRAGMA page_size = {PAGE}; {run.world.tables}")
    if "build" in run.options:
        fill(run.world.models, run.options, getattr(run.world.seeding, "valid", lambda: True))
    else:
        run.world.fill(run.options["seed"], run.options["size"])
    return {"image": b64encode(connection.connection.serialize()).decode()}


def told(run: Run) -> Iterator[Mapping[str, Any]]:
    for model in run.world.models.values():
        between: list[Any] = [field.remote_field.through for field in model._meta.local_many_to_many]
        for one in (model, *between):
            if one._meta.db_table in run.options["tables"]:
                columns = [field.attname for field in one._meta.concrete_fields]
                rows = one._base_manager.order_by("pk").values_list(*columns)
                some = [[Encoder().encode(value) for value in row] for row in rows[:ROWS_TOLD]]
                yield {"model": one.__name__, "columns": columns, "rows": some, "total": rows.count()}
