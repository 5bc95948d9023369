"""Full-text search over places."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons import index
from lessons.catalogue.types import Lesson
from lessons.index import Index
from lessons.names import named
from lessons.places import Kind, Place

LESSON = Lesson(
    slug="models/rows", module="models", name="rows", number=1, title="Asking", summary="", world="shop", path=Path("01-rows.md")
)


def place(title: str, text: str = "", code: str = "", lesson: Lesson = LESSON) -> Place:
    return Place(kind=Kind.SECTION, lesson=lesson, anchor="on-it", title=title, text=text, names=named(code))


def titles(places: list[Place], query: str) -> list[str]:
    return [hit.place.title for hit in Index(places).find(query, 10).hits]


PLACES = [
    place("Letters", "Capitals count in contains, and in icontains they do not.", "icontains"),
    place("Réservé", "Books that somebody waits for."),
    place("Joins", "One query for books with their authors: select_related, not select and related."),
    place("Apart", "You may select rows that are related."),
]


def test_the_beginning_of_a_word_is_enough():
    assert titles(PLACES, "lett") == ["Letters"]


def test_accents_and_capitals_do_not_matter():
    assert titles(PLACES, "reserve") == titles(PLACES, "RÉSERVÉ") == titles(PLACES, "re\u0301serve") == ["Réservé"]


def test_words_joined_by_an_underscore_stand_in_a_row():
    assert titles(PLACES, "select_rel") == ["Joins"]


def test_code_finds_the_lesson_that_teaches_its_lookup():
    assert titles(PLACES, 'filter(name__icontains="x")') == ["Letters"]


def test_places_with_every_word_are_all_there_is_where_there_are_any():
    found = Index(PLACES).find("books authors", 10)
    assert [hit.place.title for hit in found.hits] == ["Joins"]
    assert found.every
    assert not Index(PLACES).find("books xylophone", 10).every


def test_a_title_counts_more_than_a_heading_that_more_than_a_name_and_that_more_than_text():
    others = [place(f"Other {number}", "nothing of the sort, and some more words") for number in range(20)]
    below = place("Below", lesson=replace(LESSON, title="annotate"))
    ranked = [place("Text", "annotate"), place("Named", "", ".annotate()"), below, place("annotate")]
    assert titles([*others, *ranked], "annotate") == ["annotate", "Below", "Named", "Text"]


def test_a_lesson_of_that_title_comes_before_all_that_is_in_it():
    whole = replace(place("First rows"), kind=Kind.LESSON, text="Many words. " * 500)
    inside = [place(f"Rows {number}", "The first rows.", lesson=replace(LESSON, title="First rows")) for number in range(9)]
    assert titles([*inside, whole, place("The first of many rows")], "first ro")[:2] == ["First rows", "The first of many rows"]


def test_what_matched_is_marked_and_nothing_else_can_be():
    forged = place("A \ue000forged\ue001 mark", "<b>forged</b>")
    (hit,) = Index([forged]).find("mark", 10).hits
    assert hit.title == (("A forged ", False), ("mark", True))
    assert hit.snippet == (("<b>forged</b>", False),)


def test_no_more_come_than_were_asked_for():
    assert len(Index([place("Same")] * 9).find("same", 4).hits) == 4


INDEX = Index(PLACES)


@given(st.text() | st.text(alphabet='"*^-+:(){}[]_ .,AND OR NOT NEAR~\\\0\ue000é\u0301', max_size=200))
def test_no_query_ever_fails(query):
    assert len(INDEX.find(query, 5).hits) <= 5


@given(st.sampled_from(PLACES), st.data())
def test_a_place_is_found_by_the_words_of_its_title(one, data):
    words = index.words_of(one.title)
    some = data.draw(st.lists(st.sampled_from(words), min_size=1))
    assert one in [hit.place for hit in INDEX.find(" ".join(some), 10).hits]


def test_a_very_long_query_is_cut_to_its_first_words():
    assert len(index.words_of("word " + " ".join(map(str, range(10_000))))) == index.MOST_WORDS
    assert titles(PLACES, "letters " * 2_000) == ["Letters"]


def test_many_threads_may_ask_at_once():
    found: list[tuple[str, ...]] = []
    start = threading.Barrier(8)

    def ask() -> None:
        start.wait()
        found.extend(tuple(hit.place.title for hit in INDEX.find("books", 5).hits) for _ in range(20))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 160
    assert len(set(found)) == 1


@pytest.fixture
def plain(monkeypatch):
    """An index where SQLite has no full-text search."""
    warnings = []
    monkeypatch.setattr(index, "CREATE", "CREATE VIRTUAL TABLE place USING fts_of_another_day(title)")
    monkeypatch.setattr(index.log, "warning", lambda event, **fields: warnings.append(event))
    return Index(PLACES), warnings


def test_without_full_text_search_titles_are_found_and_the_log_says_so(plain):
    found, warnings = plain
    assert [hit.place.title for hit in found.find("ette", 10).hits] == ["Letters"]
    assert not found.find("books", 10).hits
    assert ["full-text search" in warning for warning in warnings] == [True]
