"""Which rows differ, as a table to show and as words: "2 authors missing, 1 listed twice"."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lessons.grading.canonical import Form, fold
from lessons.grading.types import Diff, DiffRow, Mark
from lessons.grading.words import code, count, show
from lessons.kinds.rows.table import Sort, Table, values_of
from sandbox.protocol import Encoded

ROWS = 100
COLUMNS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The two bags of rows held side by side, as forms and as places (from 0) in the one or the other table."""

    expected: Sequence[Form]
    observed: Sequence[Form]
    missing: tuple[int, ...]
    """Places among the expected rows."""
    extra: tuple[int, ...]
    """Places among the observed rows, as are the next two."""
    repeated: tuple[int, ...]
    """Right rows, once too often."""
    common: tuple[int, ...]

    @property
    def right(self) -> bool:
        return not (self.missing or self.extra or self.repeated)

    @property
    def missing_forms(self) -> list[Form]:
        return [self.expected[place] for place in self.missing]

    @property
    def extra_forms(self) -> list[Form]:
        return [self.observed[place] for place in self.extra]


def match(expected: Sequence[Form], observed: Sequence[Form]) -> Match:
    wanted = Counter(expected)
    found = shares(observed, wanted)
    return Match(
        expected=expected,
        observed=observed,
        missing=shares(expected, Counter(observed))[False],
        extra=tuple(place for place in found[False] if observed[place] not in wanted),
        repeated=tuple(place for place in found[False] if observed[place] in wanted),
        common=found[True],
    )


def shares(forms: Sequence[Form], bag: Counter[Form]) -> dict[bool, tuple[int, ...]]:
    """The places of the forms that the bag has too (True), each as often as the bag has it, and of the rest (False)."""
    seen: Counter[Form] = Counter()
    found: dict[bool, list[int]] = {True: [], False: []}
    for place, form in enumerate(forms):
        seen[form] += 1
        found[seen[form] <= bag[form]].append(place)
    return {has: tuple(places) for has, places in found.items()}


def headline(match: Match, noun: str, heads: Sequence[str]) -> str:
    """What is off in a few words, without any row's content; empty when nothing is."""
    if match.right:
        return ""
    if not match.observed:
        return f"Nothing came back, expected {count(len(match.expected), noun)}"
    off = place_off(match)
    if off is not None and off < len(heads):
        return f"{code(heads[off])} is off in {count(len(match.missing), noun)}"
    parts = [(len(match.missing), "missing"), (len(match.extra), "extra"), *repetitions(match)]
    named = [(number, word) for number, word in parts if number]
    first = f"{count(named[0][0], noun)} {named[0][1]}"
    return ", ".join([first, *(f"{number:,} {word}" for number, word in named[1:])])


def repetitions(match: Match) -> list[tuple[int, str]]:
    """``[(1, "listed twice")]``"""
    times = Counter(match.observed)
    rows = {match.observed[place] for place in match.repeated}
    if len(rows) == 1:
        often = times[next(iter(rows))]
        return [(1, "listed twice" if often == 2 else f"listed {often} times")]
    return [(len(rows), "listed more than once")]


def place_off(match: Match) -> int | None:
    """The one place in which the missing and the extra rows differ, when they are the same rows without it."""
    if not match.missing or match.repeated or len(match.missing) != len(match.extra):
        return None
    first = values_of(match.missing_forms[0])
    # An instance's first place is its primary key: another key is another row, not the same one with a mistake.
    instances = isinstance(match.missing_forms[0], tuple) and match.missing_forms[0][0] is Sort.INSTANCES
    candidates = range(1 if instances else 0, len(first)) if len(first) > 1 else range(0)
    return next((place for place in candidates if without(match.missing_forms, place) == without(match.extra_forms, place)), None)


def without(forms: Sequence[Form], place: int) -> Counter[Form]:
    every = [values_of(form) for form in forms]
    return Counter(values[:place] + values[place + 1 :] for values in every)


def look_alikes(match: Match) -> str:
    """A sentence when rows differ only by capitals or by spaces around a string; else empty."""
    for change, words in FOLDS:
        alike = folded(match.missing_forms, change) & folded(match.extra_forms, change)
        if alike:
            return f"{count(alike.total(), 'row')} {'differs' if alike.total() == 1 else 'differ'} only in {words}."
    return ""


FOLDS: tuple[tuple[Callable[[str], str], str], ...] = (
    (str.casefold, "capital letters"),
    (str.strip, "the spaces around a text"),
    (lambda text: text.strip().casefold(), "capital letters and spaces"),
)


def folded(forms: Sequence[Form], change: Callable[[str], str]) -> Counter[Form]:
    return Counter(fold(values_of(form), change) for form in forms)


def table(match: Match, expected: Table, observed: Table, moved: frozenset[int], columns: Sequence[str]) -> Diff:
    """The rows that differ first, then those that do not: at most ``ROWS`` of them, and ``COLUMNS`` of their cells."""
    heads = tuple(columns[:COLUMNS])
    marked = [
        *((Mark.MISSING, expected, place) for place in match.missing),
        *((Mark.EXTRA, observed, place) for place in match.extra),
        *((Mark.REPEATED, observed, place) for place in match.repeated),
        *((Mark.MOVED, observed, place) for place in match.common if place in moved),
        *((Mark.SAME, observed, place) for place in match.common if place not in moved),
    ]
    shown = tuple(DiffRow(mark, cells(source, place, heads)) for mark, source, place in marked[:ROWS])
    return Diff(columns=heads, rows=shown, left_out=max(len(marked) - ROWS, 0))


def cells(source: Table, place: int, columns: Sequence[str]) -> tuple[str, ...]:
    """One row as text, one cell a column: by name if the row has names for its places, else in their order."""
    row = source.rows[place]
    named = named_cells(source, place, columns)
    if row.sort is Sort.INSTANCES or (named and named.keys() >= set(columns)):
        return tuple(show(named[name]) if name in named else "" for name in columns)
    values = [show(value) for value in row.values[: len(columns)]]
    return (*values, *[""] * (len(columns) - len(values)))


def named_cells(source: Table, place: int, columns: Sequence[str]) -> dict[str, Encoded]:
    row = source.rows[place]
    if row.sort is not Sort.INSTANCES:
        return dict(zip(row.names, row.values, strict=False))
    seen = source.cells[place] if place < len(source.cells) else ()
    if len(seen) == len(source.columns):
        return dict(zip(row.names, row.values, strict=True)) | dict(zip(source.columns, seen, strict=True))
    return dict(zip((*columns[:1], *row.names[1:]), row.values, strict=False))
