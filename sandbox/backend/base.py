"""Django's SQLite backend on the one database a run holds.

Every thread shares that one connection: the asynchronous ORM works in another thread, and would otherwise open a second, empty
``:memory:``. SQLite is built thread-safe and serialises what the threads send.
"""

import sqlite3
from typing import Any, ClassVar

from django.db.backends.sqlite3 import base

from sandbox.record import recorder


class DatabaseWrapper(base.DatabaseWrapper):
    shared: ClassVar[sqlite3.Connection | None] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(recorder)

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        return DatabaseWrapper.shared or super().get_new_connection(conn_params)
