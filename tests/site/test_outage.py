"""The database's disk is full, or the clock was put back: what was typed stays, lessons load, and afterwards all is well."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from html import unescape

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone

from lessons import services
from lessons.models import Draft, Progress, Submission
from sandbox.protocol import File
from tests.factories import SubmissionFactory
from tests.site.conftest import HTMX, LESSON, bench, code
from tests.site.test_services import wide

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "# é <b>\n" + "Book.objects.all()  # and so on\n" * 500
"""It needs pages of its own."""
MOST_PAGES = 1_073_741_823


def fill() -> None:
    """Let the database grow no further, as on a full disk."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA max_page_count = 1")


@contextmanager
def room_again() -> Iterator[None]:
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA max_page_count = {MOST_PAGES}")


def test_the_database_is_full_when_these_tests_say_so():
    with room_again():
        fill()
        with pytest.raises(OperationalError, match="full"):
            SubmissionFactory.create(files=[["answer.py", LONG]])


@pytest.mark.parametrize("action", ["check", "run", "draft"])
def test_code_that_cannot_be_stored_is_given_back_and_can_be_sent_again(client, action):
    with room_again():
        fill()
        response = client.post(bench(action), code(LONG))
        html = unescape(response.content.decode())
        assert response.status_code == 503
        assert "could not be stored" in html
        assert f">\n{LONG}</textarea>" in html
        assert not Draft.objects.exists()
        assert client.get(LESSON).status_code == client.get("/").status_code == 200
    client.post(bench("check"), code(LONG))
    assert Submission.objects.get().sources == (File("answer.py", LONG),)


def test_a_page_with_javascript_is_told_that_it_broke_and_keeps_its_text(client):
    with room_again():
        fill()
        assert client.post(bench("check"), code(LONG), headers=HTMX).status_code == 503


def test_a_verdict_that_cannot_be_stored_does_not_count_and_does_not_block(signed_in, judge):
    signed_in.post(bench("draft"), code(LONG))
    judge.observation, judge.meanwhile = wide(100, 200), fill
    with room_again():
        response = signed_in.post(bench("check"), code(LONG))
        assert response.status_code == 503
        assert LONG in unescape(response.content.decode())
    assert Submission.objects.get().status == "pending"
    judge.meanwhile = lambda: None
    assert signed_in.post(bench("check"), code(LONG)).status_code == 302
    assert [one.status for one in Submission.objects.order_by("pk")] == ["not_graded", "failed"]
    assert Progress.objects.get().attempts == 1


def to_come() -> Submission:
    """A check left pending before the clock was put back by a day."""
    return SubmissionFactory.create(pending=True, created=timezone.now() + timedelta(days=1))


@pytest.mark.parametrize("alone", [True, False])
def test_a_start_after_the_clock_was_put_back_gives_back_what_was_under_way(settings, alone):
    settings.WOODSHED_ALONE = alone
    lost = to_come()
    call_command("recover_submissions", verbosity=0)
    lost.refresh_from_db()
    assert lost.status == "not_graded"


def test_a_check_of_a_day_to_come_blocks_nobody(exercise):
    lost = to_come()
    assert services.is_lost(lost)
    assert services.submit(learner=lost.learner, exercise=exercise, files=lost.sources).status == "failed"
