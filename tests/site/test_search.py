"""Search, as a page and below the box at the top."""

import re

import pytest

from tests.site.conftest import HTMX, LESSON

pytestmark = pytest.mark.django_db

PANEL = {**HTMX, "HX-Target": "search-panel"}
RESULTS = {**HTMX, "HX-Target": "results"}


def search(client, query, headers=None):
    return client.get("/search/", {"q": query}, headers=headers or {})


def html(client, query, headers=None):
    return search(client, query, headers).content.decode()


def test_a_lesson_an_exercise_and_a_heading_are_found_and_linked_to(client):
    assert f'href="{LESSON}"' in html(client, "asking")
    assert f'href="{LESSON}#bench-dear-books"' in html(client, "dear")
    assert f'href="{LESSON}#on-try-it"' in html(client, "try")
    assert f'href="{LESSON}#quiz-lookups"' in html(client, "lookups")


def test_what_was_looked_for_is_marked(client):
    assert "<mark>Dear</mark> books" in html(client, "dear")


def test_a_query_comes_back_escaped(client):
    shown = html(client, '"><script>alert(1)</script>')
    assert "<script>alert" not in shown
    assert "&lt;script&gt;" in shown


def test_a_name_of_django_leads_to_its_page(client):
    assert re.search(r'href="/names/method-filter/"|href="/names/all/"', html(client, "Book.objects.all()"))


SECRETS = {
    "a solution": "solution",
    "another right answer": "alternative",
    "a hint": "first",
    "why it works": "leaves",
    "a wrong answer": "gte",
    "its feedback": "every",
    "what an option's explanation says": "plan",
}


@pytest.mark.parametrize("word", SECRETS.values(), ids=SECRETS)
def test_what_is_not_yet_to_be_seen_is_not_found(client, word):
    assert "Nothing in this course has" in html(client, word)


def test_nothing_found_is_said_with_what_to_do_next(client):
    shown = html(client, "xylophone")
    assert "Nothing in this course has “xylophone”." in shown
    assert 'href="/names/"' in shown


def test_a_slip_in_a_name_is_recognised(client):
    assert 'href="/search/?q=count"' in html(client, "coumt")


def test_places_with_some_of_the_words_are_said_to_be_that(client):
    assert "These have some of them" in html(client, "asking xylophone")


def test_an_empty_query_asks_for_one(client):
    assert "Type a word" in html(client, "  ")
    assert html(client, "", PANEL).strip() == ""


def test_htmx_gets_the_results_alone(client):
    shown = html(client, "dear", RESULTS)
    assert "<html" not in shown
    assert "bench-dear-books" in shown
    assert "2 places and 0 names found" in shown


def test_the_box_at_the_top_gets_a_few_links(client):
    shown = html(client, "dear", PANEL)
    assert "<html" not in shown
    assert f'href="{LESSON}#bench-dear-books"' in shown
    assert 'href="/search/?q=dear"' in shown


def test_a_cache_keeps_page_and_part_apart(client):
    assert {"HX-Request", "HX-Target"} <= set(re.split(", *", search(client, "dear")["Vary"]))


def test_every_page_has_the_box_and_the_search_page_one_form(client):
    for address in ("/", LESSON, "/nowhere"):
        assert client.get(address).content.decode().count('role="search"') == 1
    assert html(client, "dear").count('role="search"') == 1


@pytest.mark.parametrize(
    "query", ['"', "*", "AND", "a OR", "NEAR(", "title:", "__", "((", "-", "^", "\0", "x" * 10_000, "a b " * 2_500]
)
def test_no_query_is_an_error(client, query):
    assert search(client, query).status_code == 200


@pytest.mark.parametrize("headers", [{}, RESULTS, PANEL], ids=["page", "results", "panel"])
def test_search_asks_the_database_nothing_but_who_is_there_and_what_comes_back(signed_in, headers, django_assert_max_num_queries):
    with django_assert_max_num_queries(3 if headers == {} else 2):
        search(signed_in, "dear", headers)
