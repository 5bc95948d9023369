"""The drawings on the sleeves."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lessons.catalogue.keys import MOTIFS
from lessons.views import motifs
from lessons.views.motifs import drawn


class Shapes(HTMLParser):
    """What a drawing consists of."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.open = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.append(tag)
        self.open += 1

    def handle_endtag(self, tag: str) -> None:
        self.open -= 1


GROUNDS = some.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def test_every_motif_that_a_course_may_name_can_be_drawn():
    assert set(MOTIFS) == set(motifs.DRAWN)


@pytest.mark.parametrize("motif", MOTIFS)
@given(seed=some.text(), ground=GROUNDS)
def test_a_drawing_is_well_formed_for_any_seed_and_colour(motif, seed, ground):
    shapes = Shapes()
    shapes.feed(drawn(motif, ground, seed))
    assert len(shapes.seen) > 3
    assert set(shapes.seen) <= {"g", "circle", "line", "path", "rect"}
    assert shapes.open == 0


@pytest.mark.parametrize("motif", MOTIFS)
def test_a_seed_always_gives_the_same_drawing_and_another_seed_another(motif):
    draw = drawn.__wrapped__
    seeds = [f"models/lesson-{number}" for number in range(8)]
    assert [draw(motif, "#2446e8", seed) for seed in seeds] == [draw(motif, "#2446e8", seed) for seed in seeds]
    assert len({draw(motif, "#2446e8", seed) for seed in seeds}) > 4


@pytest.mark.parametrize("motif", MOTIFS)
@given(ground=GROUNDS)
def test_nothing_is_drawn_in_the_colour_of_the_sleeve(motif, ground):
    colours = set(re.findall(r"#[0-9a-f]{6}", drawn(motif, ground, "seed")))
    assert colours
    assert ground not in colours


def test_a_colour_that_is_none_breaks_no_page():
    assert "<circle" in drawn("discs", "none", "seed")
