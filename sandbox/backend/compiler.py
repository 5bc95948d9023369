"""Django's compilers, which on a twin of SQLite (see :mod:`sandbox.backend.twin`) turn round what an order leaves open."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import OrderBy
from django.db.models.expressions import OrderByList, RawSQL
from django.db.models.sql import compiler
from django.db.models.sql.compiler import SQLAggregateCompiler, SQLDeleteCompiler, SQLInsertCompiler, SQLUpdateCompiler

__all__ = ["SQLAggregateCompiler", "SQLCompiler", "SQLDeleteCompiler", "SQLInsertCompiler", "SQLUpdateCompiler"]


class SQLCompiler(compiler.SQLCompiler):
    connection: Any
    as_asked = False
    """While SQL is made in which nothing may be added to an order: the parts of a UNION, and what is around a subquery."""

    def compile(self, node: Any) -> Any:
        return super().compile(said(node) if "nulls" in self.connection.twin else node)

    def get_order_by(self) -> list[Any]:
        asked = super().get_order_by()
        if "ties" not in self.connection.twin or self.query.combinator or SQLCompiler.as_asked:
            return asked
        return [*asked, *self.stored_last_first()]

    def stored_last_first(self) -> Iterator[Any]:
        """By the tables' row numbers, falling. As references, they are neither selected nor grouped by; SQLite permits that."""
        for alias in self.query.alias_map:
            if self.query.alias_refcount[alias]:
                sql = f"{self.quote_name_unless_alias(alias)}.rowid"
                yield OrderBy(RawSQL(sql, ()), descending=True), (f"{sql} DESC", (), True)  # noqa: S611

    def get_combinator_sql(self, combinator: str, every: bool) -> Any:
        with orders_as_asked():
            return super().get_combinator_sql(combinator, every)

    def get_qualify_sql(self) -> Any:
        with orders_as_asked():
            return super().get_qualify_sql()


def said(node: Any) -> Any:
    """An order that says where NULL stands, where it did not: after every value, and so before them when falling."""
    if isinstance(node, OrderBy) and not (node.nulls_first or node.nulls_last):
        where: dict[str, Any] = {"nulls_first" if node.descending else "nulls_last": True}
        return OrderBy(node.expression, descending=node.descending, **where)
    if isinstance(node, OrderByList):  # a window's, in which what is not falling stands as it is
        orders = [one if isinstance(one, OrderBy) else OrderBy(one) for one in node.get_source_expressions()]
        whole = node.copy()
        whole.set_source_expressions(orders)
        return whole
    return node


@contextmanager
def orders_as_asked() -> Iterator[None]:
    before, SQLCompiler.as_asked = SQLCompiler.as_asked, True
    try:
        yield
    finally:
        SQLCompiler.as_asked = before
