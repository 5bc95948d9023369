"""A twin of SQLite: it holds the same rows, and settles as another database may what SQLite settles in its own way.

Whoever learns on SQLite meets these on the day of the move to another database. Where they are in force:

========  =================================================  ======================================================
way       SQLite                                             the twin, which does here as PostgreSQL does
========  =================================================  ======================================================
"case"    ``LIKE`` takes A and a for the same letter, so     ``LIKE`` minds capital letters; ``icontains`` and the
          ``contains`` finds what ``icontains`` does         like compare by ``UPPER()``
"nulls"   NULL is sorted below every value                   NULL is sorted above every value
"ties"    rows that the order leaves equal come as they      they come in the opposite order: nobody promised any
          are stored
========  =================================================  ======================================================
"""

from collections.abc import Iterable, Mapping

from django.db import connection

from sandbox.backend.base import DatabaseWrapper

PRAGMAS = {"case": "case_sensitive_like", "ties": "reverse_unordered_selects"}
"""The second is for what is not sent through Django's compiler, such as ``raw()``."""


def become(ways: Iterable[str]) -> None:
    """Have Django's present database do as others in these ways. To be called before the database is hardened."""
    DatabaseWrapper.twin = frozenset(ways)
    connection.operators = operators()  # type: ignore[attr-defined]
    for way in DatabaseWrapper.twin & PRAGMAS.keys():
        connection.connection.execute(f"PRAGMA {PRAGMAS[way]} = ON")


def operators() -> Mapping[str, str]:
    own = DatabaseWrapper.operators
    if "case" not in DatabaseWrapper.twin:
        return own
    return own | {lookup: own[lookup].replace("%s", "UPPER(%s)") for lookup in DatabaseWrapper.ignoring_case}
