"""Django's SQLite backend on the one database a run holds.

Every thread shares that one connection: the asynchronous ORM works in another thread, and would otherwise open a second, empty
``:memory:``. One thread at a time uses it. SQLite has a lock of its own, but Python's interpreter lock is taken inside that one
(for the authorizer and for Django's functions) and outside of it: two threads that meet there wait for each other for ever.
"""

import sqlite3
import threading
from collections.abc import Callable
from time import perf_counter
from types import TracebackType
from typing import Any, ClassVar

from django.db import IntegrityError
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.sqlite3 import base, schema
from django.db.backends.sqlite3.operations import DatabaseOperations

from sandbox.backend import compiler
from sandbox.record import recorder

ONE_AT_A_TIME = threading.RLock()


def alone[**P, R](work: Callable[P, R]) -> Callable[P, R]:
    def locked(*args: P.args, **kwargs: P.kwargs) -> R:
        with ONE_AT_A_TIME:
            return work(*args, **kwargs)

    return locked


class Cursor(base.SQLiteCursorWrapper):
    execute = alone(base.SQLiteCursorWrapper.execute)
    executemany = alone(base.SQLiteCursorWrapper.executemany)
    fetchone = alone(base.SQLiteCursorWrapper.fetchone)
    fetchmany = alone(base.SQLiteCursorWrapper.fetchmany)
    fetchall = alone(base.SQLiteCursorWrapper.fetchall)
    close = alone(base.SQLiteCursorWrapper.close)
    __next__ = alone(base.SQLiteCursorWrapper.__next__)  # type: ignore[arg-type]


class Operations(DatabaseOperations):
    compiler_module = compiler.__name__  # imported above, since a zygote that is locked down opens none of our files

    def lookup_cast(self, lookup_type: str, internal_type: str | None = None) -> str:
        own = super().lookup_cast(lookup_type, internal_type)
        turned = "case" in DatabaseWrapper.twin and lookup_type in DatabaseWrapper.ignoring_case
        return f"UPPER({own})" if turned else own


class SchemaEditor(schema.DatabaseSchemaEditor):
    """Leaves no transaction open, and says what failed.

    Django's own asks for broken foreign keys even where a statement has failed already, and is then told only that it may not
    ask; where it finds broken ones, it does not roll back. There the process ends, and here a probe goes on.
    """

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if kind is None:
                self.connection.check_constraints()
        except IntegrityError as broken:
            self.leave(IntegrityError, broken, broken.__traceback__)
            raise
        self.leave(kind, problem, trace)

    def leave(self, *problem: Any) -> None:
        try:
            BaseDatabaseSchemaEditor.__exit__(self, *problem)
        finally:
            self.connection.enable_constraint_checking()


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = Operations
    SchemaEditorClass = SchemaEditor
    shared: ClassVar[sqlite3.Connection | None] = None
    twin: ClassVar[frozenset[str]] = frozenset()
    """The ways in which it does not do as SQLite does: see :mod:`sandbox.backend.twin`."""
    ignoring_case: ClassVar[tuple[str, ...]] = ("iexact", "icontains", "istartswith", "iendswith")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(recorder)

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        return DatabaseWrapper.shared or super().get_new_connection(conn_params)

    def create_cursor(self, name: str | None = None) -> Cursor:
        return self.connection.cursor(factory=Cursor)  # type: ignore[no-any-return]

    @alone
    def _commit(self) -> None:
        self.end("COMMIT", super()._commit)  # type: ignore[misc]

    @alone
    def _rollback(self) -> None:
        self.end("ROLLBACK", super()._rollback)  # type: ignore[misc]

    def end(self, sql: str, work: Callable[[], None]) -> None:
        """SQLite's driver ends a transaction by itself: the recorder would not hear of it."""
        under_way, started = self.connection is not None and self.connection.in_transaction, perf_counter()
        try:
            work()
        finally:
            if under_way:
                recorder.keep(sql, None, started)
