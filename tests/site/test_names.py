"""A page for each of Django's names."""

import pytest

from lessons.names import known
from tests.factories import ProgressFactory
from tests.site.conftest import LESSON

pytestmark = pytest.mark.django_db


def page(client, name):
    return client.get(f"/names/{name}/").content.decode()


def test_the_list_leads_to_every_name_the_course_has(client):
    shown = client.get("/names/").content.decode()
    assert 'href="/names/method-filter/"' in shown
    assert "<code>filter()</code>" in shown
    assert "1 exercise<" in shown
    assert 'href="/names/select_related/"' not in shown
    assert "<code>select_related()</code>" in shown


def test_a_name_says_what_it_is_and_where_it_is_taught(client):
    shown = page(client, "all")
    assert "A QuerySet method of Django 6.1" in shown
    assert f'href="{LESSON}#on-try-it"' in shown
    assert "No exercise asks for it yet" in shown


def test_a_name_says_where_it_is_practised_and_never_how(client):
    shown = page(client, "gt")
    assert f'href="{LESSON}#bench-dear-books"' in shown
    assert "the-solution" not in shown
    assert "Passed" not in shown


def test_what_a_learner_has_passed_is_marked(signed_in, guest):
    ProgressFactory.create(learner=guest, exercise="models/asking#pricey-books", passed=True)
    assert "✓ Passed" in page(signed_in, "gt")


def test_a_name_that_the_course_does_not_have_says_so(client):
    shown = page(client, "select_related")
    assert "No lesson uses it in its text yet" in shown
    assert "No exercise asks for it yet" in shown


def test_what_is_no_name_of_django_is_not_found(client):
    assert client.get("/names/seleect_related/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("method-all", "/names/all/"),
        ("charfield", "/names/CharField/"),
        ("tag-for", "/names/for/"),
        ("filter", "/search/?q=filter"),
    ],
)
def test_a_name_in_other_words_is_recognised(client, asked, address):
    assert client.get(f"/names/{asked}/")["Location"] == address


def test_every_name_has_an_address_of_its_own():
    assert all(name.address == address for address, name in known().items())
    assert {"method-first", "filter-first", "CharField", "Exists", "for", "select_related"} <= set(known())


def test_a_name_s_page_takes_four_queries(signed_in, guest, django_assert_max_num_queries):
    ProgressFactory.create(learner=guest, passed=True)
    with django_assert_max_num_queries(4):  # the session, the user, their progress, how much comes back today
        page(signed_in, "gt")
    with django_assert_max_num_queries(3):
        signed_in.get("/names/")


def test_the_shortcuts_are_listed_on_a_page_and_as_a_part(client):
    whole = client.get("/keys/").content.decode()
    part = client.get("/keys/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" in whole
    assert "<html" not in part
    assert "Single keys work" in whole
    assert part.strip() in whole
