"""Whether two answers behave the same on one database: the same rows in the same order, right or wrong."""

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from lessons.catalogue.types import Exercise
from lessons.grading import essence
from lessons.grading.broken import BrokenExercise
from lessons.grading.canonical import Form, Yardstick
from lessons.grading.words import NOT_CALLED
from lessons.kinds.rows.order import row_keys
from lessons.kinds.rows.shape import fit
from lessons.kinds.rows.table import Measure, Row, Shape, Sort, Table
from sandbox.protocol import Result


def same(exercise: Exercise, one: Result, other: Result) -> bool:
    """Instances are compared by the annotations that both carry; ties may come in any order where their keys are known."""
    left, right = Table.read(one.seen), Table.read(other.seen)
    if not (left.is_rows and right.is_rows):
        return left.is_rows == right.is_rows and same_value(left, right)
    if left.too_many or right.too_many:
        return False
    left, right = shared(left, right), shared(right, left)
    measure = Measure(left)
    fits = fit(measure.shape, Shape.of(right.rows), exercise.columns)
    if fits.trouble:
        return False
    forms = measure.forms(left.rows), measure.forms(right.rows)
    if Counter(forms[0]) != Counter(forms[1]):
        return False
    return not exercise.ordered or (left.sequence == right.sequence and same_order(exercise, (left, right), forms))


def same_value(left: Table, right: Table) -> bool:
    yardstick = Yardstick([left.value])
    not_called = left.type in NOT_CALLED and right.type in NOT_CALLED
    return not_called or yardstick.form(left.value) == yardstick.form(right.value)


def shared(table: Table, other: Table) -> Table:
    """The table with only the annotations that the other's instances carry too."""
    shape = Shape.of(other.rows)
    if shape is None or shape.sort is not Sort.INSTANCES:
        return table
    names = frozenset(shape.names)
    return replace(table, rows=tuple(only(row, names) for row in table.rows))


def only(row: Row, names: AbstractSet[str]) -> Row:
    if row.sort is not Sort.INSTANCES:
        return row
    kept = tuple((name, value) for name, value in zip(row.names, row.values, strict=True) if name in names)
    return Row(row.sort, row.model, tuple(name for name, _ in kept), tuple(value for _, value in kept))


def same_order(exercise: Exercise, tables: tuple[Table, Table], forms: tuple[list[Form], list[Form]]) -> bool:
    if forms[0] == forms[1]:
        return True
    for table, own in zip(tables, forms, strict=True):
        key_of = keys_by_form(exercise, table, own)
        if key_of:
            return [key_of[form] for form in forms[0]] == [key_of[form] for form in forms[1]]
    return False


def keys_by_form(exercise: Exercise, table: Table, forms: Sequence[Form]) -> dict[Form, Form]:
    """The order's key of each row; empty when the rows do not tell it."""
    if exercise.keys is not None:
        return {}
    try:
        keys = row_keys(exercise, table)
    except BrokenExercise:
        return {}
    yardstick = Yardstick(part for key in keys for part in key)
    return {form: tuple(yardstick.form(part) for part in key) for form, key in zip(forms, keys, strict=True)}


def behaved(exercise: Exercise, result: Result) -> object:
    """The rows, in their order where one is asked for. A tie that was broken in another way is another order here."""
    table = Table.read(result.seen)
    if not table.is_rows or table.too_many:
        return essence.TOO_MUCH if table.too_many else essence.value(table.type, table.value)
    yardstick = Yardstick(table.encoded)
    rows = [of_row(row, yardstick) for row in table.rows]
    return (table.sequence, tuple(rows)) if exercise.ordered else essence.bag(rows)


def of_row(row: Row, yardstick: Yardstick) -> object:
    values = tuple(map(yardstick.form, row.values))
    return row.sort, row.model, frozenset(zip(row.names, values, strict=True)) if row.names else values
