"""Nobody must sign up, and each known trap of that has its test here."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import guests
from accounts.models import User
from lessons.models import Submission
from tests.factories import GuestFactory, SubmissionFactory, UserFactory
from tests.site.conftest import HTMX, LESSON, bench, code

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser() -> Client:
    """A browser with cookies, to a site that does check the CSRF token."""
    browser = Client(enforce_csrf_checks=True)
    browser.get(LESSON)
    return browser


def token(browser: Client) -> str:
    return browser.cookies["csrftoken"].value


def test_the_first_action_makes_a_guest_without_a_password(browser):
    browser.post(bench("check"), code("x") | {"csrfmiddlewaretoken": token(browser)})
    guest = User.objects.get()
    assert guest.is_guest
    assert not guest.has_usable_password()
    assert Submission.objects.get().learner == guest


def test_an_unknown_address_makes_no_guest(client):
    assert client.post(bench("check", "nothing"), code("x")).status_code == 404
    assert not User.objects.exists()


def test_signing_in_changes_the_token_and_the_cookies_token_goes_on_working(browser):
    before = token(browser)
    for text in ("first", "second"):
        response = browser.post(bench("check"), code(text), headers={**HTMX, "X-CSRFToken": token(browser)})
        assert response.status_code == 200
    assert token(browser) != before
    assert User.objects.count() == 1
    assert Submission.objects.count() == 2


def test_a_stale_token_gives_the_typed_code_back_to_be_sent_again(browser):
    stale = token(browser)
    browser.post(bench("check"), code("first") | {"csrfmiddlewaretoken": stale})
    response = browser.post(bench("check"), code("my <second>", version=1) | {"csrfmiddlewaretoken": stale})
    html = response.content.decode()
    assert response.status_code == 403
    assert "my &lt;second&gt;</textarea>" in html
    assert f'action="{bench("check")}"' in html
    fresh = html.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    again = browser.post(bench("check"), code("my <second>", version=1) | {"csrfmiddlewaretoken": fresh})
    assert again.status_code == 302
    assert Submission.objects.latest("pk").files == [["answer.py", "my <second>"]]


def test_what_another_site_sent_is_not_offered_for_sending_again(browser):
    response = browser.post(bench("check"), code("theirs"), headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert "theirs" not in response.content.decode()


def test_a_quiz_answer_with_a_stale_token_can_be_sent_again(browser):
    response = browser.post(f"{LESSON}quizzes/lazy/", {"option": "1"})
    assert response.status_code == 403
    assert '<input type="hidden" name="option" value="1">' in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_first_actions_at_once_make_one_guest(browser):
    secret, together = token(browser), Barrier(2)

    def act(text: str) -> int:
        tab = Client(enforce_csrf_checks=True)
        tab.cookies["csrftoken"] = secret
        together.wait()
        try:
            return tab.post(bench("draft"), code(text), headers={**HTMX, "X-CSRFToken": secret}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        statuses = list(pool.map(act, ("same", "same")))
    assert statuses == [200, 200]
    assert User.objects.count() == 1


def test_an_old_secret_does_not_lead_to_somebodys_work():
    first = guests.guest_for("the secret")
    assert guests.guest_for("the secret") == first
    User.objects.filter(pk=first.pk).update(date_joined=timezone.now() - timedelta(seconds=61))
    assert guests.guest_for("the secret") != first


def test_a_secret_does_not_lead_to_someone_who_has_signed_up():
    first = guests.guest_for("the secret")
    User.objects.filter(pk=first.pk).update(is_guest=False)
    assert guests.guest_for("the secret") != first


def test_without_a_secret_everybody_is_somebody_else():
    assert guests.guest_for(None) != guests.guest_for(None)


def test_idle_guests_are_deleted_with_their_work(capsys):
    long_ago = timezone.now() - timedelta(days=91)
    idle, busy, member = GuestFactory.create(worked_at=long_ago), GuestFactory.create(), UserFactory.create(worked_at=long_ago)
    SubmissionFactory.create(learner=idle)
    call_command("delete_stale_guests")
    assert set(User.objects.all()) == {busy, member}
    assert not Submission.objects.exists()
    assert capsys.readouterr().out == "Guests deleted: 1\n"


def test_the_number_of_days_can_be_given():
    GuestFactory.create(worked_at=timezone.now() - timedelta(days=8))
    call_command("delete_stale_guests", days=7)
    assert not User.objects.exists()


def test_work_keeps_a_guest(client):
    guest = GuestFactory.create(worked_at=timezone.now() - timedelta(days=89))
    client.force_login(guest)
    client.post(bench("check"), code("x"))
    guest.refresh_from_db()
    assert timezone.now() - guest.worked_at < timedelta(minutes=1)
