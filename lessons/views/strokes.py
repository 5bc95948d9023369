"""SVG paths for lines. Points are (x, y); ``out`` is the direction in which a line leaves one, 1 right or -1 left."""

type Point = tuple[int, int]

LOOP = 60
"""How far the curve of a line between two boxes of one column is pulled aside. It stays within ¾ of that."""
FORK, SPREAD = 10, 5
"""How long the sign at a line's end is, and how far it spreads to each side."""


def way(start: Point, end: Point, out: int, passages: list[tuple[int, int, int]]) -> str:
    """A path that leaves and arrives level, bends between columns and is straight within them."""
    (x, y), path = start, f"M{start[0]} {start[1]}"
    for before, after, height in [*passages, (*end[:1], *end)]:
        bend = out * abs(before - x) // 2
        path += f"C{x + bend} {y} {before - bend} {height} {before} {height}H{after}"
        x, y = after, height
    return path


def loop(start: Point, end: Point) -> str:
    aside = max(start[0], end[0]) + LOOP
    return f"M{start[0]} {start[1]}C{aside} {start[1]} {aside} {end[1]} {end[0]} {end[1]}"


def fork(at: Point, out: int) -> str:
    x, y = at
    return f"M{x} {y - SPREAD}L{x + out * FORK} {y}L{x} {y + SPREAD}"


def bar(at: Point, out: int) -> str:
    x, y = at
    return f"M{x + out * SPREAD} {y - SPREAD}V{y + SPREAD}"


def arrow(at: Point, out: int) -> str:
    x, y = at
    return f"M{x} {y}L{x + out * FORK} {y - SPREAD}V{y + SPREAD}Z"
