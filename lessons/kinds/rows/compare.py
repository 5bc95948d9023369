"""Compares the learner's rows with the reference's, on one database: what they are, then which they are, then their order.

What is said about hidden data names no row and no value of it.
"""

from dataclasses import dataclass

from lessons.catalogue.types import Exercise
from lessons.grading.broken import BrokenExercise
from lessons.grading.types import Check, Diff
from lessons.grading.words import code, is_hidden, listing, noun, plural
from lessons.kinds import Comparison
from lessons.kinds.rows import diff
from lessons.kinds.rows.order import Order, judge, tie_groups
from lessons.kinds.rows.shape import Fit, fit, not_rows
from lessons.kinds.rows.table import Measure, Shape, Sort, Table
from sandbox.protocol import ROWS_COMPARED, Result


def compare(exercise: Exercise, expected: Result, observed: Result, keys: Result | None) -> Comparison:
    """Raises BrokenExercise when the reference's result is nothing to compare with."""
    reference, answer = Table.read(expected.seen), Table.read(observed.seen)
    if not reference.is_rows or reference.too_many:
        raise BrokenExercise("The solution gives no rows that can be compared.")
    if not answer.is_rows:
        return wrong("These are not rows", not_rows(answer, hidden=is_hidden(expected)), "No rows to compare")
    if answer.too_many:
        detail = f"At most {ROWS_COMPARED:,} rows are compared."
        return wrong(f"More than {ROWS_COMPARED:,} rows", detail, "Too many rows to compare")
    measure = Measure(reference)
    fits = fit(measure.shape, Shape.of(answer.rows), exercise.columns)
    if fits.trouble and is_hidden(expected):
        fits = fits.without_names()
    if not fits.comparable:
        return misfit(fits)
    fence = Table.read(keys.seen) if keys else None
    return Sides(exercise, reference, answer, measure, fits, fence, joined=joins(observed)).compare()


def joins(observed: Result) -> bool:
    return any(" JOIN " in statement.sql.upper() for statement in observed.statements)


def wrong(headline: str, detail: str, check: str) -> Comparison:
    """A check says what is lacking, the headline and the detail say why: no sentence is said twice."""
    return Comparison(checks=(Check("rows", False, check),), headline=headline, detail=detail)


def misfit(fits: Fit) -> Comparison:
    if fits.other_model:
        return wrong(fits.headline, fits.trouble, "Not the objects asked for")
    checks = Check("rows", False, "No row can match"), Check("columns", False, NOT_THE_COLUMNS)
    return Comparison(checks=checks, headline=fits.headline, detail=fits.trouble)


NOT_THE_COLUMNS = "Not the columns asked for"


@dataclass(frozen=True, slots=True)
class Sides:
    """The expected rows and the learner's, of one shape."""

    exercise: Exercise
    expected: Table
    observed: Table
    measure: Measure
    fits: Fit
    fence: Table | None
    joined: bool = False
    """Whether a query of the learner's joins tables."""

    def compare(self) -> Comparison:
        match = diff.match(self.measure.forms(self.expected.rows), self.measure.forms(self.observed.rows))
        order = self.judge(match)
        rows = diff.headline(match, self.noun, self.place_names)
        misordered = self.order_headline(order)
        checks = [
            Check("rows", match.right, f"{'Not the' if rows else 'The'} right {plural(self.noun)}"),
            *self.columns_checks(),
            *([Check("order", not misordered, "Another order" if misordered else "In the order asked for")] if order else []),
        ]
        return Comparison(
            checks=tuple(checks),
            headline=rows or misordered or ("The columns have other names" if self.fits.trouble else ""),
            detail=self.rows_detail(match) or self.order_detail(order) or self.fits.trouble,
            notes=("Your dicts have other key names, which is fine here.",) if self.fits.renamed else (),
            diff=self.table(match, order),
        )

    @property
    def noun(self) -> str:
        return noun(self.measure.shape.model if self.measure.shape else "")

    @property
    def place_names(self) -> tuple[str, ...]:
        return self.expected.place_names(self.exercise.columns)

    def columns_checks(self) -> list[Check]:
        shape = self.measure.shape
        if self.fits.trouble:
            return [Check("columns", False, NOT_THE_COLUMNS)]
        if not self.exercise.columns or (shape and shape.sort is Sort.INSTANCES):
            return []
        return [Check("columns", True, f"The columns asked for: {listing(self.exercise.columns)}")]

    def judge(self, match: diff.Match) -> Order | None:
        """None when no order is asked for, or when no row is there to have one."""
        if not self.exercise.ordered or not (match.common or match.right):
            return None
        if not self.expected.sequence:
            raise BrokenExercise("The solution gives a set, which has no order.")
        groups = tie_groups(self.exercise, self.expected, self.measure, self.fence)
        return judge(groups, match.expected, match.observed) if self.observed.sequence else Order(right=False)

    def order_headline(self, order: Order | None) -> str:
        if order is None or order.right:
            return ""
        return "Not in the order asked for" if self.observed.sequence else "A set has no order"

    def order_detail(self, order: Order | None) -> str:
        if order is None or order.right:
            return ""
        if not self.observed.sequence:
            return "Give a list or a QuerySet, whose order is yours."
        asked = [code(name.removeprefix("-")) + (", falling" if name.startswith("-") else "") for name in self.exercise.order]
        wanted = f" The order asked for is by {', then by '.join(asked)}." if asked else ""
        if order.backwards:
            return f"The rows come in the opposite order.{wanted}"
        return f"The first row out of place is row {min(order.moved, default=0) + 1}.{wanted}"

    def rows_detail(self, match: diff.Match) -> str:
        if self.joined and match.repeated and not match.missing and not match.extra:
            return "A join to many rows, as in a filter across a reverse relation, gives one row for each of them."
        return diff.look_alikes(match)

    def table(self, match: diff.Match, order: Order | None) -> Diff | None:
        source = self.expected if self.expected.rows else self.observed
        moved = order.moved if order else frozenset()
        if match.right and not moved:
            return None
        return diff.table(match, self.expected, self.observed, moved, source.heads(self.exercise.columns))
