import pytest

from tests.factories import ProgressFactory
from tests.site.conftest import LESSON

pytestmark = pytest.mark.django_db


def page(client):
    return client.get("/").content.decode()


def test_every_module_is_a_sleeve(client):
    assert 'data-module="models"' in page(client)
    assert 'data-module="services"' in page(client)


def test_a_module_without_lessons_is_still_to_come(client):
    assert "Coming" in page(client)


def test_a_new_visitor_starts_with_the_first_lesson(client):
    assert "Start with Asking for rows" in page(client)
    assert "not started" in page(client)


def test_progress_shows(signed_in, guest):
    ProgressFactory.create(learner=guest, passed=True)
    assert "1 of 2 passed" in page(signed_in)
    assert '<progress max="2" value="1"' in page(signed_in)


def test_work_under_a_former_name_counts(signed_in, guest):
    ProgressFactory.create(learner=guest, exercise="models/asking#pricey-books", passed=True)
    assert "1 of 2 passed" in page(signed_in)


def test_what_somebody_else_passed_does_not_show(signed_in):
    ProgressFactory.create(passed=True)
    assert "not started" in page(signed_in)


def test_whoever_has_begun_goes_on_where_something_is_left(signed_in, guest):
    ProgressFactory.create(learner=guest, passed=True)
    assert "Go on with Asking for rows" in page(signed_in)


def test_whoever_has_passed_everything_is_told(signed_in, guest):
    for name in ("dear-books", "how-many"):
        ProgressFactory.create(learner=guest, exercise=f"models/querysets#{name}", passed=True)
    assert "Every exercise there is, you have passed" in page(signed_in)


def test_the_shelf_takes_three_queries(signed_in, guest, django_assert_max_num_queries):
    ProgressFactory.create(learner=guest, passed=True)
    with django_assert_max_num_queries(3):
        page(signed_in)


def test_a_reader_gets_no_account_and_no_session(client, django_user_model):
    client.get("/")
    client.get(LESSON)
    assert not django_user_model.objects.exists()
    assert "sessionid" not in client.cookies
