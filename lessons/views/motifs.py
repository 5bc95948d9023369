"""The drawings on the sleeves. Each module has a motif, which is its subject as a shape; a seed makes one variation of it.

The shelf draws a module with the module's own slug as the seed, a lesson's header with the lesson's. What a motif draws lies
between y = 84 and 228 of a square of 240, under the title of a sleeve on the shelf.
"""

import itertools
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from django.utils.safestring import SafeString, mark_safe

from lessons.views.colours import parse

WHITE, INK, YELLOW, VERMILION = "#ffffff", "#12171a", "#ffd23f", "#ff5a36"
PERIWINKLE, PINK, BLUE = "#8ea2ff", "#ffa3b1", "#2446e8"
COLOURS = (WHITE, YELLOW, VERMILION, INK, PERIWINKLE, PINK, BLUE)
APART = 130
"""How far apart, of at most 441 in RGB, a colour and its ground must be for a shape to be seen on it."""


@dataclass(frozen=True, slots=True)
class Pens:
    """The colours that can be seen on a sleeve, in the order of preference."""

    colours: tuple[str, ...]

    def first(self, *wanted: str) -> str:
        """The first of these that can be seen."""
        return next((colour for colour in wanted if colour in self.colours), self.colours[0])


type Draw = Callable[[Random, Pens], Iterable[str]]


@lru_cache(maxsize=512)
def drawn(motif: str, ground: str, seed: str) -> SafeString:
    """The shapes of an SVG whose sleeve has the colour ``ground`` ("#2446e8")."""
    shapes = DRAWN[motif](Random(seed), pens(ground))  # noqa: S311  a drawing, not a secret
    return mark_safe("".join(shapes))  # noqa: S308  numbers and colours of ours


def pens(ground: str) -> Pens:
    seen = tuple(colour for colour in COLOURS if math.dist(parse(colour), parse(ground)) >= APART)
    return Pens(seen or (WHITE, INK))


def arc(random: Random, pens: Pens) -> Iterator[str]:
    """A dot that travels an arc: a request's way there."""
    left, right, height, ground = 34, 206, random.randint(92, 116), 210
    at = random.uniform(0.5, 0.82)

    def place(share: float) -> tuple[float, float]:
        angle = math.pi * (1 - share)
        return 120 + (right - left) / 2 * math.cos(angle), ground - height * math.sin(angle)

    yield line((14, ground), (226, ground), pens.first(INK, WHITE), 4)
    yield path(f"M{left} {ground}A{(right - left) / 2:g} {height} 0 0 1 {right} {ground}", pens.first(WHITE), 3)
    steps = random.randint(3, 5)
    for step in range(1, steps + 1):
        yield disc(place(at * step / (steps + 1)), 3 + step * 2, pens.first(WHITE))
    yield disc(place(at), 25, pens.first(YELLOW, VERMILION))
    yield disc((left, ground), 10, pens.first(INK, WHITE))
    yield ring((right, ground), 11, pens.first(VERMILION, PINK, WHITE), 7)


def discs(random: Random, pens: Pens) -> Iterator[str]:
    """Discs that are linked: models and their relations."""
    cells = walk(random, 5)
    aside, down = (1 - (min(axis) + max(axis)) / 2 for axis in zip(*cells, strict=True))
    places = [(120 + 70 * (column + aside - 1), 152 + 54 * (row + down - 1)) for column, row in cells]
    links = list(itertools.pairwise(places))
    near = [(one, other) for one in places for other in places if one < other and math.dist(one, other) < 71]
    links += [link for link in near if link not in links and link[::-1] not in links][:1]
    for one, other in links:
        yield line(one, other, pens.first(WHITE), 2)
    small = pens.first(WHITE)
    colours = [pens.first(YELLOW), small, pens.first(VERMILION, PINK), small, pens.first(INK, PERIWINKLE)]
    for at, radius, colour in zip(places, (25, 14, 33, 14, random.choice((9, 18))), colours, strict=True):
        yield disc(at, radius, colour)


def lines(random: Random, pens: Pens) -> Iterator[str]:
    """Lines that branch from one point: paths and their views."""
    count = random.choice((3, 3, 4))
    ends = [100 + 110 * place / (count - 1) for place in range(count)]
    start = (30.0, random.choice(ends))
    colours = [pens.first(WHITE), pens.first(YELLOW), pens.first(INK), pens.first(PINK, PERIWINKLE)]
    random.shuffle(colours)
    bend = random.randint(70, 110)
    for end, colour in zip(ends, colours, strict=False):
        yield path(f"M{start[0]:g} {start[1]:g}C{start[0] + bend:g} {start[1]:g} {214 - bend:g} {end:g} 212 {end:g}", colour, 9)
    yield disc(start, 14, pens.first(WHITE))


def rings(random: Random, pens: Pens) -> Iterator[str]:
    """Rings around a middle: what wraps a request, and the request that comes in."""
    at = (random.randint(112, 166), random.randint(146, 170))
    colours = [pens.first(YELLOW), pens.first(PINK, VERMILION), pens.first(PERIWINKLE, WHITE)]
    random.shuffle(colours)
    yield ring(at, 114, pens.first(WHITE), 11, opacity=0.2)
    for radius, colour in zip((45, 67, 90), colours, strict=True):
        yield ring(at, radius, colour, 11)
    yield disc(at, 26, pens.first(WHITE))
    way = random.choice((math.pi, math.pi * 0.88, math.pi * 1.12))
    reach = random.choice((34, 56))
    far, near = (point(at, 260, way), point(at, reach, way))
    yield line(far, near, pens.first(INK), 5)


def rectangles(random: Random, pens: Pens) -> Iterator[str]:
    """Rectangles in a rectangle: a page, its blocks and what they include."""
    yield box(40, 84, 160, 138, pens.first(WHITE))
    colours = [colour for colour in (YELLOW, VERMILION, INK, PERIWINKLE) if colour in pens.colours] or [INK]
    random.shuffle(colours)
    blocks = random.choice((_headed, _sided))(random)
    for place, block in enumerate(blocks):
        yield box(*block, colours[place % len(colours)])


type Block = tuple[float, float, float, float]


def _headed(random: Random) -> list[Block]:
    cut, split = random.choice((28, 36, 46)), random.choice((0.34, 0.5, 0.66))
    top, height = 98 + cut + 12, 110 - cut - 12
    left = 132 * split - 6
    return [(54, 98, 132, cut), (54, top, left, height), (54 + left + 12, top, 120 - left, height)]


def _sided(random: Random) -> list[Block]:
    cut, split = random.choice((34, 46)), random.choice((0.3, 0.5, 0.7))
    side, main = (54, 54 + cut + 12) if random.random() < 0.5 else (186 - cut, 54)
    upper = 110 * split - 6
    return [(side, 98, cut, 110), (main, 98, 120 - cut, upper), (main, 98 + upper + 12, 120 - cut, 98 - upper)]


def bars(random: Random, pens: Pens) -> Iterator[str]:
    """Bars on top of each other: layers that lean on the next one down."""
    count = random.choice((4, 4, 5))
    height, gap = (25, 11) if count == 4 else (19, 9)
    colours = [colour for colour in (BLUE, VERMILION, WHITE, INK, PINK, PERIWINKLE) if colour in pens.colours]
    random.shuffle(colours)
    width, right = 44.0 + random.randint(0, 24), random.random() < 0.35
    for place in range(count):
        yield box(204 - width if right else 36, 84 + place * (height + gap), width, height, colours[place % len(colours)])
        width += (168 - width) / (count - 1 - place) if place < count - 1 else 0


def keyhole(random: Random, pens: Pens) -> Iterator[str]:
    """A keyhole in arcs: who may come in."""
    at = (120, 146)
    colours = [pens.first(YELLOW), pens.first(WHITE), pens.first(PINK, PERIWINKLE)]
    random.shuffle(colours)
    for radius, colour in zip((42, 58, 74), colours, strict=True):
        gap, turn = random.uniform(0.5, 0.9), random.uniform(-0.35, 0.35)
        start, end = point(at, radius, math.pi / 2 + gap + turn), point(at, radius, math.pi / 2 - gap + turn)
        yield path(f"M{start[0]:.1f} {start[1]:.1f}A{radius} {radius} 0 1 1 {end[0]:.1f} {end[1]:.1f}", colour, 9)
    hole = pens.first(INK, WHITE)
    yield disc(at, 22, hole)
    yield f'<path d="M112 156h16l12 62h-40z" fill="{hole}"/>'


def halves(random: Random, pens: Pens) -> Iterator[str]:
    """Two half-discs that meet: a client, a server and what they have agreed upon."""
    shift, radius = random.choice((-22, -14, 14, 22)), 62
    turn = random.choice((0, 0, 45, -45, 90))
    one, other = random.sample([pens.first(WHITE), pens.first(YELLOW), pens.first(VERMILION, PINK)], 2)
    yield f'<g transform="rotate({turn} 120 154)">'
    yield f'<path d="M117 {154 - radius - shift / 2:g}a{radius} {radius} 0 0 0 0 {2 * radius}z" fill="{one}"/>'
    yield f'<path d="M123 {154 - radius + shift / 2:g}a{radius} {radius} 0 0 1 0 {2 * radius}z" fill="{other}"/>'
    for place in (-1, 0, 1):
        yield line((98, 154 + 20 * place), (142, 154 + 20 * place), pens.first(INK, WHITE), 4)
    yield "</g>"


def squares(random: Random, pens: Pens) -> Iterator[str]:
    """Squares in a grid with one off: the test that fails."""
    count = random.choice((4, 5))
    step = 138 / count
    side = step - 9
    off = (random.randrange(count), random.randrange(count))
    for row in range(count):
        for column in range(count):
            x, y = 51 + column * step + 4.5, 84 + row * step + 4.5
            if (row, column) != off:
                yield box(x, y, side, side, pens.first(INK, WHITE))
    x, y = 51 + off[1] * step + 4.5, 84 + off[0] * step + 4.5
    turn = random.choice((-24, -16, 16, 24))
    slipped = box(x + random.choice((-7, 7)), y - 5, side, side, pens.first(VERMILION, PINK, WHITE))
    yield f'<g transform="rotate({turn} {x + side / 2:.1f} {y + side / 2:.1f})">{slipped}</g>'


def dots(random: Random, pens: Pens) -> Iterator[str]:
    """A field of dots that grow: from ten users to ten million."""
    columns, rows = random.choice(((8, 6), (7, 6), (8, 5)))
    flipped, skew = random.random() < 0.4, random.choice((1, 2, 3))
    colours = [colour for colour in (WHITE, PERIWINKLE, VERMILION, YELLOW) if colour in pens.colours] or [WHITE]
    for row in range(rows):
        for column in range(columns):
            growth = (column / (columns - 1) + (1 - row / (rows - 1))) / 2
            across = columns - 1 - column if flipped else column
            at = (36 + 168 * across / (columns - 1), 92 + 124 * row / (rows - 1))
            yield disc(at, round(1.5 + 11 * growth**1.4, 1), colours[(column + skew * row) % len(colours)])


DRAWN: dict[str, Draw] = {
    "arc": arc,
    "discs": discs,
    "lines": lines,
    "rings": rings,
    "rectangles": rectangles,
    "bars": bars,
    "keyhole": keyhole,
    "halves": halves,
    "squares": squares,
    "dots": dots,
}

type Point = tuple[float, float]


def walk(random: Random, steps: int) -> list[tuple[int, int]]:
    """So many neighbouring cells of a grid of three by three, none of them twice."""
    cells = [(random.randrange(3), random.randrange(3))]
    while len(cells) < steps:
        column, row = cells[-1]
        ways = [(column + dx, row + dy) for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))]
        free = [cell for cell in ways if cell not in cells and 0 <= cell[0] < 3 and 0 <= cell[1] < 3]
        if not free:
            return walk(random, steps)
        cells.append(random.choice(free))
    return cells


def point(centre: Point, radius: float, angle: float) -> Point:
    return centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)


def disc(at: Point, radius: float, colour: str) -> str:
    return f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius:g}" fill="{colour}"/>'


def ring(at: Point, radius: float, colour: str, width: float, opacity: float = 1) -> str:
    faint = f' opacity="{opacity}"' if opacity < 1 else ""
    return (
        f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius:g}" fill="none" stroke="{colour}" stroke-width="{width}"{faint}/>'
    )


def line(one: Point, other: Point, colour: str, width: float) -> str:
    ends = f'x1="{one[0]:.1f}" y1="{one[1]:.1f}" x2="{other[0]:.1f}" y2="{other[1]:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width}"/>'


def path(d: str, colour: str, width: float) -> str:
    return f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="round"/>'


def box(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"/>'
