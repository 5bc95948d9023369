"""Light or dark, as it was chosen."""

import pytest

from tests.site.conftest import LESSON

pytestmark = pytest.mark.django_db


def chooses(client, theme, **more):
    return client.post("/theme/", {"theme": theme, **more})


def test_whoever_has_not_chosen_sees_what_the_system_has(client):
    html = client.get("/").content.decode()
    assert "data-theme" not in html
    assert 'content="light dark"' in html


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_choice_is_in_the_page_before_anything_is_drawn(client, theme):
    chooses(client, theme)
    assert f'<html lang="en-GB" data-theme="{theme}">' in client.get("/").content.decode()


@pytest.mark.parametrize("address", ["/", LESSON, "/nowhere/"])
def test_every_page_has_it(client, address):
    chooses(client, "dark")
    assert 'data-theme="dark"' in client.get(address).content.decode()


def test_the_choice_leads_back_to_where_it_was_made(client):
    assert chooses(client, "dark", next=f"{LESSON}?a=b")["Location"] == f"{LESSON}?a=b"


@pytest.mark.parametrize(
    "place", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "", "/\\elsewhere.example"]
)
def test_and_never_to_another_site(client, place):
    assert chooses(client, "dark", next=place)["Location"] == "/"


def test_it_can_be_left_to_the_system_again(client):
    chooses(client, "dark")
    chooses(client, "")
    assert "data-theme" not in client.get("/").content.decode()


def test_a_cookie_that_is_no_theme_is_not_shown(client):
    client.cookies["theme"] = '"><script>'
    html = client.get("/").content.decode()
    assert "data-theme" not in html
    assert "<script>" not in html


def test_choosing_makes_no_guest_and_is_no_page_to_open(client, django_user_model):
    chooses(client, "dark")
    assert client.get("/theme/").status_code == 405
    assert not django_user_model.objects.exists()
