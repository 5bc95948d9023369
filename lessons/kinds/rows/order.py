"""The order of rows: a partial one, since rows with equal keys may come in any order.

The reference's rows are cut into consecutive groups by their key. An answer is in order when its rows, one after the other, never
step back to an earlier group.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from lessons.catalogue.types import Exercise
from lessons.grading.broken import BrokenExercise
from lessons.grading.canonical import Form, Yardstick, items
from lessons.kinds.rows.table import Measure, Row, Sort, Table, read_rows
from sandbox.protocol import Encoded


@dataclass(frozen=True, slots=True)
class Order:
    """``moved`` are the places (from 0) of the answer's rows that are out of order: the fewest that can be blamed."""

    right: bool
    moved: frozenset[int] = frozenset()
    backwards: bool = False
    """The rows come in exactly the opposite order."""


def tie_groups(exercise: Exercise, reference: Table, measure: Measure, fence: Table | None) -> list[int]:
    """The number of the group that each of the reference's rows is in, never falling.

    Raises BrokenExercise when the keys cannot be told, or when the reference's own rows are not in their order.
    """
    if not reference.rows:
        return []
    if exercise.keys is not None:
        return fence_groups(reference, measure, fence)
    keys = row_keys(exercise, reference)
    yardstick = Yardstick(key for row in keys for key in row)
    groups = [tuple(yardstick.form(key) for key in row) for row in keys]
    runs = [(key, len(list(run))) for key, run in groupby(groups)]
    if len({key for key, _ in runs}) < len(runs):
        raise BrokenExercise("The solution's rows are not in the order that `order:` names.")
    return [number for number, (_, length) in enumerate(runs) for _ in range(length)]


def row_keys(exercise: Exercise, reference: Table) -> list[tuple[Encoded, ...]]:
    """What `order:` names, read from each of the reference's rows."""
    names = [name.removeprefix("-") for name in exercise.order]
    if reference.rows[0].sort is Sort.INSTANCES:
        if len(reference.keys) != len(reference.rows):
            raise BrokenExercise("The solution's rows came without the keys that `order:` names.")
        return [tuple(key) if isinstance(key, list) else (key,) for key in reference.keys]
    heads = reference.place_names(exercise.columns)
    return [tuple(cell(row, heads, name) for name in names) for row in reference.rows]


def cell(row: Row, heads: Sequence[str], name: str) -> Encoded:
    names = row.names or heads
    if name in names:
        return row.values[names.index(name)]
    if len(row.values) == 1 and not names:
        return row.values[0]
    raise BrokenExercise(f"`order:` names `{name}`, which is no place of the solution's rows: add it to `columns:`, or add keys.")


def fence_groups(reference: Table, measure: Measure, fence: Table | None) -> list[int]:
    """The groups as a keys fence gives them: pairs of a row and its key.

    A row may stand there several times with several keys. So the reference is read as the fence's groups laid end to end, and
    the groups that come first in the fence are tried first.
    """
    remaining = fence_bags(measure, fence)
    forms = measure.forms(reference.rows)
    groups: list[int] = []
    while len(groups) < len(forms):
        here = len(groups)
        found = next((key for key, bag in remaining.items() if begins(forms, here, bag)), None)
        if found is None:
            raise BrokenExercise("The keys fence does not give the solution's rows: each with its key, and ties side by side.")
        number = groups[-1] + 1 if groups else 0
        groups += [number] * remaining.pop(found).total()
    if remaining:
        raise BrokenExercise("The keys fence gives rows that the solution does not.")
    return groups


def begins(forms: Sequence[Form], here: int, bag: Counter[Form]) -> bool:
    return forms[here] in bag and bag == Counter(forms[here : here + bag.total()])


def fence_bags(measure: Measure, fence: Table | None) -> dict[Form, Counter[Form]]:
    entries = [items(row) for row in fence.encoded] if fence else []
    pairs = [entry for entry in entries if entry is not None and len(entry) == 2]
    if fence is None or not fence.is_rows or len(pairs) < len(entries):
        raise BrokenExercise("The keys fence must give pairs: a row and its key.")
    yardstick = Yardstick(key for _, key in pairs)
    bags: dict[Form, Counter[Form]] = defaultdict(Counter)
    for (_, key), form in zip(pairs, measure.forms(read_rows([row for row, _ in pairs])), strict=True):
        bags[yardstick.form(key)][form] += 1
    return dict(bags)


def judge(groups: Sequence[int], expected: Sequence[Form], observed: Sequence[Form]) -> Order:
    """Whether the rows that both have in common come in the expected order.

    They are called backwards only when all rows are there and no others: a few may stand the other way round by chance.
    """
    if in_order(groups, expected, observed):
        return Order(right=True)
    return Order(
        right=False,
        moved=out_of_order(assign(groups, expected, observed)),
        backwards=Counter(expected) == Counter(observed) and in_order(groups, expected, list(reversed(observed))),
    )


def in_order(groups: Sequence[int], expected: Sequence[Form], observed: Sequence[Form]) -> bool:
    """Where a row stands in several groups, the earliest that is still possible is taken, which is never a loss."""
    left = places(groups, expected)
    current = 0
    for form in observed:
        choices = left.get(form)
        if not choices:
            continue  # an extra row, which has no place in the order
        choice = bisect_left(choices, current)
        if choice == len(choices):
            return False
        current = choices.pop(choice)
    return True


def places(groups: Sequence[int], expected: Sequence[Form]) -> dict[Form, list[int]]:
    found: dict[Form, list[int]] = defaultdict(list)
    for group, form in zip(groups, expected, strict=True):
        found[form].append(group)
    return found


def assign(groups: Sequence[int], expected: Sequence[Form], observed: Sequence[Form]) -> list[tuple[int, int]]:
    """``(place, group)`` of each row in common: its first appearance goes to the first group it is in, and so on."""
    left = {form: iter(found) for form, found in places(groups, expected).items()}
    numbered = ((place, next(left.get(form, iter(())), None)) for place, form in enumerate(observed))
    return [(place, group) for place, group in numbered if group is not None]


def out_of_order(assigned: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The places outside the longest run of groups that never falls."""
    tails: list[int] = []  # the lowest group that a run of each length can end in …
    ends: list[int] = []  # … and which entry of `assigned` ends it
    before: list[int | None] = []
    for entry, (_, group) in enumerate(assigned):
        length = bisect_right(tails, group)
        before.append(ends[length - 1] if length else None)
        tails[length : length + 1] = [group]
        ends[length : length + 1] = [entry]
    kept = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(assigned[last][0])
        last = before[last]
    return frozenset(place for place, _ in assigned if place not in kept)
