"""SQLite: what SQL may do in a run, and which database it holds."""

import sqlite3
import time
from collections.abc import Sequence

from django.db import OperationalError, connection

from sandbox.backend import twin
from sandbox.worlds import World, use

LONGEST_VALUE = 10_000_000
STEPS_BETWEEN_LOOKS = 200_000

PRAGMAS = frozenset(
    [
        "table_info",
        "table_xinfo",
        "table_list",
        "index_list",
        "index_info",
        "index_xinfo",
        "foreign_key_list",
        "foreign_key_check",
        "foreign_keys",
        "defer_foreign_keys",
        "legacy_alter_table",
        "page_count",  # serialising asks for it
    ]
)
DENIED_ACTIONS = frozenset(
    {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH, sqlite3.SQLITE_CREATE_VTABLE, sqlite3.SQLITE_DROP_VTABLE}
)
DENIED_FUNCTIONS = frozenset({"load_extension", "fts3_tokenizer", "writefile", "readfile", "edit"})

SWITCHES = {
    sqlite3.SQLITE_DBCONFIG_DEFENSIVE: True,
    sqlite3.SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER: False,
    sqlite3.SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION: False,
    sqlite3.SQLITE_DBCONFIG_WRITABLE_SCHEMA: False,
}


def load(world: World, image: bytes | None, ways: Sequence[str] = ()) -> None:
    """Make Django's database the world's visible one, or this image of it, hardened; a twin of SQLite in these ways."""
    if image is None:
        use(world.visible)
    else:
        use(None)
        connection.connection.deserialize(image)
    connection.connection.set_authorizer(None)
    twin.become(ways)
    harden(connection.connection)
    watch(connection.connection)


def harden(database: sqlite3.Connection) -> None:
    database.set_authorizer(None)
    database.execute("PRAGMA temp_store = MEMORY")
    for switch, on in SWITCHES.items():
        database.setconfig(switch, on)
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    database.set_authorizer(authorize)


def authorize(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    if action in DENIED_ACTIONS:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and (first or "").lower() not in PRAGMAS:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in DENIED_FUNCTIONS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


class Deadline:
    """When statements are to stop, by the monotonic clock."""

    at = float("inf")


def interrupt_after(seconds: float) -> None:
    """Have the database's statements stop at that time from now, should the kill from outside be late."""
    Deadline.at = time.monotonic() + seconds
    watch(connection.connection)


def watch(database: sqlite3.Connection) -> None:
    database.set_progress_handler(lambda: time.monotonic() > Deadline.at, STEPS_BETWEEN_LOOKS)


def interrupted(problem: BaseException) -> bool:
    """Whether the deadline is why a statement failed."""
    return isinstance(problem, OperationalError) and str(problem) == "interrupted"
