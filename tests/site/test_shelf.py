import pytest

from tests.factories import DraftFactory, ProgressFactory, SubmissionFactory
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


DEAR, COUNT = ("Go on with Dear books, Asking for rows", "Go on with How many books, Asking for rows")


def test_whoever_has_passed_goes_on_with_the_next_exercise(signed_in, guest):
    ProgressFactory.create(learner=guest, passed=True)
    assert COUNT in page(signed_in)
    assert f'href="{LESSON}#bench-how-many"' in page(signed_in)


def test_whoever_typed_something_goes_on_there(signed_in, guest):
    DraftFactory.create(learner=guest, exercise="models/querysets#how-many")
    assert COUNT in page(signed_in)


def test_whoever_checked_something_goes_on_there_though_something_else_was_typed_before(signed_in, guest):
    DraftFactory.create(learner=guest, exercise="models/querysets#how-many")
    SubmissionFactory.create(learner=guest)
    assert DEAR in page(signed_in)


def test_after_the_last_exercise_it_goes_on_with_what_was_left_out(signed_in, guest):
    ProgressFactory.create(learner=guest, exercise="models/querysets#how-many", passed=True)
    assert DEAR in page(signed_in)


def test_work_in_what_the_course_no_longer_has_leads_nowhere(signed_in, guest):
    DraftFactory.create(learner=guest, exercise="preview/mine:models/querysets#how-many")
    SubmissionFactory.create(learner=guest, exercise="models/gone#away")
    assert "Start with Asking for rows" in page(signed_in)


def test_whoever_has_passed_everything_is_told(signed_in, guest):
    for name in ("dear-books", "how-many"):
        ProgressFactory.create(learner=guest, exercise=f"models/querysets#{name}", passed=True)
    assert "Every exercise there is, you have passed" in page(signed_in)


def test_the_shelf_takes_four_queries(signed_in, guest, django_assert_max_num_queries):
    ProgressFactory.create(learner=guest, passed=True)
    DraftFactory.create(learner=guest)
    SubmissionFactory.create_batch(3, learner=guest)
    with django_assert_max_num_queries(4):  # the session, the user, what is passed and comes back, what was worked on last
        page(signed_in)


def test_a_reader_gets_no_account_and_no_session(client, django_user_model):
    client.get("/")
    client.get(LESSON)
    assert not django_user_model.objects.exists()
    assert "sessionid" not in client.cookies
