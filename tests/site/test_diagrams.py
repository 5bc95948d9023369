"""The drawing of a world's models: where its boxes stand, where its lines go, and what its table says."""

import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lessons.views.diagrams import MOST_BOXES, Box, Diagram, Line, diagram
from lessons.views.relations import facts, links_of
from lessons.views.strokes import LOOP
from lessons.views.worlds import Column, Table, tables

WORLDS = sorted(Path(__file__).parents[2].glob("content/worlds/*/models.py"))
STEP = re.compile(r"([MCHLVZ])([^MCHLVZ]*)")

UNHURRIED = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
PLAIN = "n = models.IntegerField()"


def model(name: str, *fields: str) -> str:
    return f"class {name}(models.Model):\n" + "".join(f"    {field}\n" for field in fields)


def world(*models: str) -> str:
    return "from django.db import models\n\n" + "\n".join(models)


TO_ITSELF = world(model("A", "up = models.ForeignKey('self', models.CASCADE)", "friends = models.ManyToManyField('self')"))
ALONE = world(*(model(f"A{at}", PLAIN) for at in range(7)))
THROUGH = world(
    model("A", "bs = models.ManyToManyField('B', through='AB')"),
    model("B", PLAIN),
    model("AB", "a = models.ForeignKey(A)", "b = models.ForeignKey(B)"),
)
LONG = world(model("A" * 300, f"{'b' * 500} = models.ForeignKey('self', related_name='{'c' * 400}')"))
ODD = {
    "a model that points to itself": TO_ITSELF,
    "one model": world(model("A", PLAIN)),
    "models without relations": ALONE,
    "many to many through a model": THROUGH,
    "very long names": LONG,
    "wide letters": world(model("書店", "題名題名題名題名題名題名題名題名 = models.CharField()")),
    "a model that is elsewhere": world(model("A", "user = models.ForeignKey('auth.User')")),
    "one name for two models": world(model("A", PLAIN), model("A", "a = models.ForeignKey('A')")),
    "a circle": world(
        model("A", "b = models.ForeignKey('B')"),
        model("B", "c = models.OneToOneField('C')"),
        model("C", "a = models.ForeignKey(A)"),
    ),
    "a chain of thirty": world(
        model("A0", PLAIN),
        *(model(f"A{at}", f"up = models.ForeignKey(A{at - 1})", "top = models.ForeignKey(A0)") for at in range(1, 30)),
    ),
    "a star of thirty": world(model("A", PLAIN), *(model(f"B{at}", "a = models.ForeignKey(A)") for at in range(29))),
}


def drawn(source: str) -> Diagram:
    found = diagram(tables(source))
    assert found
    return found


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def touches(point: tuple[int, int], box: Box) -> bool:
    """Whether the point is on one of the box's sides, between its top and its bottom."""
    x, y = point
    return x in (box.x, box.x + box.width) and box.y < y < box.y + box.height


def points(line: Line):
    """Points along the line's path."""
    found = []
    for command, said in STEP.findall(line.path):
        numbers = [float(one) for one in said.split()]
        match command:
            case "M":
                found.append((numbers[0], numbers[1]))
            case "H":
                found.append((numbers[0], found[-1][1]))
            case "C":
                found += bezier(found[-1], numbers)
    return [*found, *((x, y) for (a, y), (b, other) in pairwise(found) if y == other for x in (a + (b - a) / 3, a + (b - a) / 2))]


def bezier(start, numbers):
    corners = [start, *zip(numbers[::2], numbers[1::2], strict=True)]
    weights = [((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3) for t in (at / 16 for at in range(1, 17))]
    return [
        tuple(sum(w * corner[axis] for w, corner in zip(weight, corners, strict=True)) for axis in (0, 1)) for weight in weights
    ]


def inside(point, box: Box) -> bool:
    return box.x + 0.5 < point[0] < box.x + box.width - 0.5 and box.y < point[1] < box.y + box.height


def is_sound(models: tuple[Table, ...], found: Diagram) -> None:
    assert not [pair for pair in combinations(found.boxes, 2) if overlap(*pair)]
    assert all(box.x >= 0 and box.y >= 0 for box in found.boxes)
    assert all(box.x + box.width <= found.width and box.y + box.height <= found.height for box in found.boxes)
    for link, line in zip(links_of(models), found.lines, strict=True):
        assert touches(line.start, found.boxes[link.source])
        assert touches(line.end, found.boxes[link.target])
        assert points(line)[0] == line.start
        assert line.start[1] == found.boxes[link.source].rows[link.place].y
        along = points(line)
        assert not [(point, box.name) for point in along for box in found.boxes if inside(point, box)]
        assert all(0 <= x <= found.width and 0 <= y <= found.height for x, y in along)


names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)


@st.composite
def worlds(draw):
    """Models with relations of every sort between any of them, to themselves, and to models that are elsewhere."""
    count = draw(st.integers(1, 12))
    called = draw(st.lists(names, min_size=count, max_size=count, unique=True))
    relations = st.builds(
        Column,
        name=names,
        kind=st.sampled_from(["one", "many"]),
        to=st.sampled_from([*called, "self", "auth.User"]),
        field=st.sampled_from(["ForeignKey", "OneToOneField", "ManyToManyField"]),
        related_name=st.sampled_from(["", "+", "backs", "x" * 50]),
        through=st.sampled_from(["", "Between"]),
    )
    plain = st.builds(Column, name=names, kind=st.sampled_from(["Char", "Integer"]), field=st.just("CharField"))
    return tuple(Table(name, tuple(draw(st.lists(plain | relations, min_size=1, max_size=6)))) for name in called)


@UNHURRIED
@given(worlds())
def test_boxes_stand_apart_and_lines_meet_them_and_cross_none(models):
    found = diagram(models)
    assert found
    is_sound(models, found)


@UNHURRIED
@given(worlds())
def test_the_same_models_are_drawn_the_same(models):
    assert diagram(models) == diagram.__wrapped__(models)


@pytest.mark.parametrize("path", WORLDS, ids=lambda path: path.parent.name)
def test_the_worlds_of_the_course_are_drawn(path):
    models = tables(path.read_text())
    found = drawn(path.read_text())
    is_sound(models, found)
    assert len(found.lines) == sum(bool(column.to) for table in models for column in table.columns)
    assert found.width < 1130  # as much as a page has


@pytest.mark.parametrize("source", ODD.values(), ids=ODD)
def test_odd_worlds_are_drawn(source):
    is_sound(tables(source), drawn(source))


def test_a_model_stands_right_of_those_that_it_points_to():
    found = {box.name: box for box in drawn(THROUGH).boxes}
    assert found["A"].x == found["B"].x < found["AB"].x


def test_models_without_relations_share_the_width():
    assert len({box.x for box in drawn(ALONE).boxes}) == 3


def test_a_line_that_passes_a_column_has_room_there():
    """From the last of three to the first, past the second."""
    source = world(
        model("A", PLAIN),
        model("B", "a = models.ForeignKey(A)"),
        model("C", "b = models.ForeignKey(B)", "a = models.ForeignKey(A)"),
    )
    found = drawn(source)
    far = next(line for line in found.lines if line.words.startswith("C.a"))
    second = found.boxes[1]
    crossing = [y for x, y in points(far) if second.x <= x <= second.x + second.width]
    assert crossing
    assert all(y < second.y or y > second.y + second.height for y in crossing)


def test_the_ends_of_a_line_say_how_many_without_colour():
    fields = ("one = models.ForeignKey(A)", "only = models.OneToOneField(A)", "many = models.ManyToManyField(A)")
    source = world(model("A", PLAIN), model("B", *fields))
    one, only, many = drawn(source).lines
    assert (one.signs.count("M"), bool(one.arrow)) == (1, True)
    assert (only.signs.count("M"), bool(only.arrow)) == (1, True)
    assert "V" in only.signs
    assert "V" not in one.signs
    assert (many.signs.count("M"), many.arrow) == (2, "")


def test_a_name_too_long_is_cut_in_the_drawing_and_whole_in_the_table():
    models = tables(LONG)
    box = drawn(LONG).boxes[0]
    assert box.name == "A" * 25 + "…"
    assert box.width < 500
    (_, (fact,)) = facts(models)[0]
    assert (fact.field, fact.back) == ("b" * 500, f"{'a' * 300}.{'c' * 400}")


def test_too_many_models_are_not_drawn():
    source = world(*(model(f"A{at}", PLAIN) for at in range(MOST_BOXES + 1)))
    assert diagram(tables(source)) is None
    assert len(facts(tables(source))) == MOST_BOXES + 1


@pytest.mark.parametrize(
    ("field", "back"),
    [
        ("ForeignKey(A)", "a.b_set"),
        ("ForeignKey('A', related_name='bees')", "a.bees"),
        ("ForeignKey(to='shop.A')", "a.b_set"),
        ("ForeignKey(A, related_name='+')", ""),
        ("OneToOneField(A)", "a.b"),
        ("ManyToManyField(A)", "a.b_set"),
        ("ManyToManyField('self')", ""),
        ("ForeignKey('self')", "b.b_set"),
        ("ForeignKey('auth.User')", ""),
    ],
)
def test_the_name_that_leads_back_is_djangos(field, back):
    models = tables(world(model("A", PLAIN), model("B", f"a = models.{field}")))
    assert [fact.back for fact in facts(models)[1][1]] == [back]


def test_the_table_says_the_types_and_what_a_relation_goes_through():
    (_, fields), _, _ = facts(tables(THROUGH))
    assert [(one.field, one.kind, one.to, one.back) for one in fields] == [
        ("bs", "ManyToManyField", "B, through AB", "b.a_set"),
    ]


def test_there_is_room_for_a_loop_beside_the_last_column():
    found = drawn(TO_ITSELF)
    assert found.width >= found.boxes[0].x + found.boxes[0].width + LOOP
