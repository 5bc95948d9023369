"""A world's models as a drawing: boxes in columns, and lines between the rows of their fields.

Pure, and the same for the same models. A model stands to the right of those that it points to. A line starts at its field's row
and ends at the row of the name that leads back; where it passes a column on its way, room is kept for it between the boxes.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from math import ceil
from statistics import fmean

from lessons.views import strokes
from lessons.views.relations import Link, links_of, words
from lessons.views.strokes import Point
from lessons.views.worlds import Column, Table

MOST_BOXES = 80
"""More models than that are not drawn: nobody would find their way among so many lines."""
LONGEST = 26
"""Characters of a name that are shown; the table beside the drawing has the whole."""

CHARACTER = 7.3
"""Width of one of the fixed-width letters of 12 pixels, in the widest of the fonts that may be used."""
HEAD, ROW, PADDING, DIVIDER = 32, 20, 12, 8
NARROWEST = 150
BETWEEN_COLUMNS, BETWEEN_BOXES, LANE = 96, 28, 12
MARGIN = 16
SWEEPS = 8


@dataclass(frozen=True, slots=True)
class Row:
    """A field, or (``back``) the name under which a relation leads back. ``y`` is its middle."""

    name: str
    kind: str
    y: int
    back: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    name: str
    x: int
    y: int
    width: int
    height: int
    rows: tuple[Row, ...]

    @property
    def head(self) -> int:
        """The middle of the model's name."""
        return self.y + HEAD // 2

    @property
    def underline(self) -> int:
        return self.y + HEAD

    @property
    def inner(self) -> tuple[int, int]:
        """Where its texts begin and end."""
        return self.x + PADDING, self.x + self.width - PADDING

    @property
    def divider(self) -> int | None:
        """The line between its fields and the names that lead back; None where there are none."""
        first = next((row.y for row in self.rows if row.back), None)
        return None if first is None else first - ROW // 2 - DIVIDER // 2


@dataclass(frozen=True, slots=True)
class Line:
    """``start`` and ``end`` are the points (x, y) at which it meets its boxes; the rest are SVG paths.

    ``signs`` are the strokes at its ends: a fork for many, a bar for one. ``arrow`` is filled, and empty where both are many.
    """

    words: str
    start: Point
    end: Point
    path: str
    signs: str
    arrow: str
    through: bool


@dataclass(frozen=True, slots=True)
class Diagram:
    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


@dataclass(slots=True)
class Node:
    """A box in a column, or a lane that is kept for a line on its way."""

    height: int
    y: int = 0
    near: "list[Node]" = field(default_factory=list)
    """Those in other columns that lines lead to from here."""
    lane: bool = False

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


# Where it stands


@lru_cache(maxsize=32)
def diagram(tables: tuple[Table, ...]) -> Diagram | None:
    """The drawing; None where there is nothing to draw, or too much."""
    if not 0 < len(tables) <= MOST_BOXES:
        return None
    links = links_of(tables)
    rows = [_rows(table, [link for link in links if link.target == at and link.back], tables) for at, table in enumerate(tables)]
    columns = _columns(len(tables), links)
    nodes = [Node(_height(one)) for one in rows]
    lanes = _lanes(nodes, columns, links)
    height = _arrange(nodes, columns, lanes)
    boxes = _boxes(tables, rows, nodes, columns)
    lines = tuple(_line(link, tables, boxes, columns, [lane for _, lane in lanes[at]]) for at, link in enumerate(links))
    loops = any(columns[link.source] == columns[link.target] for link in links)
    right = max(box.x + box.width for box in boxes) + (strokes.LOOP if loops else MARGIN)
    return Diagram(right, height, tuple(boxes), lines)


def _rows(table: Table, back: list[Link], tables: tuple[Table, ...]) -> tuple[Row, ...]:
    """With the middles counted from the box's top."""
    first = HEAD + DIVIDER // 2 + ROW // 2
    fields = [Row(_short(one.name), _short(_kind(one)), first + at * ROW) for at, one in enumerate(table.columns)]
    after = first + len(fields) * ROW + DIVIDER
    names = [
        Row(_short(link.back), _short(tables[link.source].name), after + at * ROW, back=True) for at, link in enumerate(back)
    ]
    return (*fields, *names)


def _kind(column: Column) -> str:
    return f"{'⇉' if column.field == 'ManyToManyField' else '→'} {column.to}" if column.to else column.kind


def _height(rows: tuple[Row, ...]) -> int:
    return (rows[-1].y + ROW // 2 if rows else HEAD) + DIVIDER // 2


def _columns(count: int, links: list[Link]) -> list[int]:
    """Each model's column, from 0: one further than those that it points to. Where they point in a circle, one of them begins.

    Those that no line leads to or from fill the columns up.
    """
    targets: list[set[int]] = [set() for _ in range(count)]
    for link in links:
        if not link.column.through and link.source != link.target:
            targets[link.source].add(link.target)
    found: dict[int, int] = {}
    waiting = list(dict.fromkeys(at for link in links for at in (link.source, link.target)))
    while waiting:
        one = min(waiting, key=lambda at: len(targets[at] - found.keys()))
        waiting.remove(one)
        found[one] = 1 + max((found[to] for to in targets[one] & found.keys()), default=-1)
    return _filled_up(count, found)


def _filled_up(count: int, found: dict[int, int]) -> list[int]:
    alone = [at for at in range(count) if at not in found]
    wide = max(max(found.values(), default=0) + 1, min(3, len(alone)))
    held = [sum(column == one for column in found.values()) for one in range(wide)]
    for at in alone:
        found[at] = min(range(wide), key=lambda one: held[one])
        held[found[at]] += 1
    return [found[at] for at in range(count)]


def _lanes(nodes: list[Node], columns: list[int], links: list[Link]) -> list[list[tuple[int, Node]]]:
    """For each link the columns that it passes, from its source on, with the lane that is kept for it in each."""
    found = []
    for link in links:
        start, end = columns[link.source], columns[link.target]
        step = 1 if end > start else -1
        passed = [(column, Node(0, lane=True)) for column in range(start + step, end, step)] if end != start else []
        chain = [nodes[link.source], *(lane for _, lane in passed), nodes[link.target]]
        for one, other in pairwise(chain) if end != start else ():
            one.near.append(other)
            other.near.append(one)
        found.append(passed)
    return found


def _arrange(nodes: list[Node], columns: list[int], lanes: list[list[tuple[int, Node]]]) -> int:
    """Sets each node's ``y``: every column is sorted, several times, by where its nodes' neighbours are. Returns the height."""
    stacks: list[list[Node]] = [[] for _ in range(max(columns) + 1)]
    for node, column in zip(nodes, columns, strict=True):
        stacks[column].append(node)
    for column, lane in (pair for passed in lanes for pair in passed):
        stacks[column].append(lane)
    _stack(stacks)
    for sweep in range(SWEEPS):
        for stack in stacks if sweep % 2 else stacks[::-1]:
            stack.sort(key=lambda node: fmean(one.middle for one in node.near) if node.near else node.middle)
            _stack(stacks)
    return _stack(stacks)


def _stack(stacks: list[list[Node]]) -> int:
    """Puts each column's nodes below each other, in their order, and the columns' middles on one height. Returns the height."""
    heights = [_piled(stack) for stack in stacks]
    for stack, height in zip(stacks, heights, strict=True):
        for node in stack:
            node.y += MARGIN + (max(heights) - height) // 2
    return max(heights) + 2 * MARGIN


def _piled(stack: list[Node]) -> int:
    y = 0
    for node, following in zip(stack, [*stack[1:], None], strict=True):
        node.y = y
        y += node.height
        if following:
            y += LANE if node.lane and following.lane else BETWEEN_BOXES
    return y


def _boxes(tables: tuple[Table, ...], rows: list[tuple[Row, ...]], nodes: list[Node], columns: list[int]) -> list[Box]:
    """All of a column are as wide as its widest, so that lines meet its sides at one place."""
    widths = [0] * (max(columns) + 1)
    for table, own, column in zip(tables, rows, columns, strict=True):
        widths[column] = max(widths[column], _width(_short(table.name), own))
    lefts = [MARGIN + sum(widths[:column]) + column * BETWEEN_COLUMNS for column in range(len(widths))]
    return [
        Box(
            name=_short(table.name),
            x=lefts[column],
            y=node.y,
            width=widths[column],
            height=node.height,
            rows=tuple(Row(row.name, row.kind, node.y + row.y, row.back) for row in own),
        )
        for table, own, node, column in zip(tables, rows, nodes, columns, strict=True)
    ]


def _width(name: str, rows: tuple[Row, ...]) -> int:
    longest = max([_cells(name), *(_cells(row.name) + 3 + _cells(row.kind) for row in rows)])
    return max(NARROWEST, 2 * PADDING + ceil(longest * CHARACTER))


# What is drawn


def _line(link: Link, tables: tuple[Table, ...], boxes: list[Box], columns: list[int], lanes: list[Node]) -> Line:
    source, target = boxes[link.source], boxes[link.target]
    there = columns[link.target] - columns[link.source]
    out, home = (1 if there >= 0 else -1), (-1 if there > 0 else 1)
    start = (_side(source, out), source.rows[link.place].y)
    end = (_side(target, home), target.head if link.arrival is None else target.rows[link.arrival].y)
    passages = list(_passages(link, boxes, columns, lanes, out))
    path = strokes.way(start, end, out, passages) if there else strokes.loop(start, end)
    many = link.column.field == "ManyToManyField"
    first = strokes.bar(start, out) if link.column.field == "OneToOneField" else strokes.fork(start, out)
    return Line(
        words=words(link, tables),
        start=start,
        end=end,
        path=path,
        signs=first + (strokes.fork(end, home) if many else ""),
        arrow="" if many else strokes.arrow(end, home),
        through=bool(link.column.through),
    )


def _side(box: Box, direction: int) -> int:
    return box.x + box.width if direction > 0 else box.x


def _passages(link: Link, boxes: list[Box], columns: list[int], lanes: list[Node], out: int) -> Iterator[tuple[int, int, int]]:
    """Where the line goes into a column that it passes and comes out of it, and how high."""
    for lane, column in zip(lanes, range(columns[link.source] + out, columns[link.target], out), strict=True):
        box = next(box for box, own in zip(boxes, columns, strict=True) if own == column)
        yield _side(box, -out), _side(box, out), lane.y


def _short(text: str) -> str:
    """The text, or as much of its beginning as there is room for."""
    if _cells(text) <= LONGEST:
        return text
    kept = ""
    for character in text:
        if _cells(kept + character) >= LONGEST:
            break
        kept += character
    return f"{kept}…"


def _cells(text: str) -> int:
    """How many letters' room it takes: some scripts' take two each."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
