"""Addresses asked for in another way than a page of ours would."""

import pytest

from lessons.models import Draft, Progress, QuizAnswer
from tests.site.conftest import LESSON, bench, code

pytestmark = pytest.mark.django_db

ACTIONS = [
    *((bench(action), "bench-dear-books") for action in ("check", "run", "hint", "reset", "draft", "solution", "keep", "take")),
    (f"{LESSON}tries/try-1/run/", "try-1"),
    (f"{LESSON}quizzes/lazy/", "quiz-lazy"),
]
PAGES = ["/", LESSON, "/worlds/bookshop/", "/playground/", "/course.css", "/content/models/table.svg"]


@pytest.mark.parametrize(("address", "anchor"), ACTIONS)
def test_who_opens_the_address_of_an_action_is_taken_to_its_place_in_the_lesson(client, address, anchor):
    response = client.get(address)
    assert response.status_code == 303
    assert response["Location"] == f"{LESSON}#{anchor}"
    assert f'id="{anchor}"' in client.get(LESSON).content.decode()
    assert not any(model.objects.exists() for model in (Draft, Progress, QuizAnswer))


@pytest.mark.parametrize("address", [address for address, _ in ACTIONS])
def test_an_action_takes_nothing_but_post(client, address):
    response = client.put(address)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, POST"
    assert "This address is not for that" in response.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_only_read(client, address):
    head = client.head(address)
    head.close()
    assert head.status_code == 200
    response = client.post(address, code("x"))
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert "This address is not for that" in response.content.decode()
