"""A class is behind one address: its limits are wide, those of one account are narrow, and both say what to do."""

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from tests.factories import PASSWORD, MemberFactory
from tests.site.conftest import bench, code, words
from tests.site.doors import LOGIN, RESET, SIGNUP, html

pytestmark = pytest.mark.django_db

CLASS = 200


@pytest.fixture
def account(db) -> User:
    return MemberFactory.create()


def test_two_hundred_people_join_from_one_address_within_a_minute():
    for number in range(CLASS):
        learner = Client()
        assert learner.post(bench("draft"), code("x")).status_code == 302
        assert learner.post(SIGNUP, {"email": f"{number}@example.org", "password1": PASSWORD}).status_code == 302
        assert Client().post(LOGIN, {"login": f"{number}@example.org", "password": PASSWORD}).status_code == 302
    assert User.objects.filter(is_guest=False).count() == CLASS


def test_a_class_that_mistypes_its_passwords_keeps_nobody_else_out(account):
    others = MemberFactory.create_batch(30)
    for other in others:
        for _ in range(3):
            Client().post(LOGIN, words(other, password="mistyped"))
    assert Client().post(LOGIN, words(account)).status_code == 302


def guesses(account: User, **headers) -> list[int]:
    return [Client(headers=headers).post(LOGIN, words(account, password=f"guess {number}")).status_code for number in range(12)]


def test_who_guesses_at_one_account_is_stopped_after_ten_tries_and_told_for_how_long(account):
    assert guesses(account) == [200] * 10 + [429] * 2
    response = Client().post(LOGIN, words(account))
    assert (response.status_code, response["Retry-After"]) == (429, "300")
    assert "Too many tries for this account" in html(response)
    assert f'value="{account.email}"' in html(response)
    assert PASSWORD not in html(response)


def test_capitals_do_not_begin_a_new_count(account):
    guesses(account)
    assert Client().post(LOGIN, words(account, login=account.email.upper())).status_code == 429


def test_right_passwords_are_not_counted_as_guesses(account):
    assert {Client().post(LOGIN, words(account)).status_code for _ in range(12)} == {302}


@pytest.mark.parametrize(("trusted", "stopped"), [(1, [200] * 10), (0, [200] * 4 + [429] * 6)])
def test_behind_a_proxy_the_address_is_the_one_that_it_adds(settings, trusted, stopped):
    """``ALLAUTH_TRUSTED_PROXY_COUNT`` is 1 where ``WOODSHED_PROXY`` is set; what a client says of itself stands before that."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = trusted
    settings.ACCOUNT_RATE_LIMITS = {"login": "4/m/ip", "login_failed": None}
    statuses = [
        Client(headers={"X-Forwarded-For": f"198.51.100.1, 192.0.2.{number}"})
        .post(LOGIN, {"login": "x", "password": "y"})
        .status_code
        for number in range(10)
    ]
    assert statuses == stopped


def test_an_invented_address_does_not_get_around_the_limit(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"login": "4/m/ip", "login_failed": None}
    statuses = [
        Client(headers={"X-Forwarded-For": f"192.0.2.{number}, 198.51.100.1"})
        .post(LOGIN, {"login": "x", "password": "y"})
        .status_code
        for number in range(6)
    ]
    assert statuses == [200] * 4 + [429] * 2


@pytest.mark.parametrize(
    ("address", "field", "limit"), [(LOGIN, "login", "login"), (SIGNUP, "email", "signup"), (RESET, "email", "reset_password")]
)
def test_an_address_that_asks_too_often_hears_so_and_keeps_the_email(client, settings, address, field, limit):
    settings.ACCOUNT_RATE_LIMITS = {limit: "1/m/ip"}
    sent = {field: "ada@example.org", "password": PASSWORD, "password1": "1", "next": "/lessons/"}
    client.post(address, sent)
    response = client.post(address, sent)
    assert response.status_code == 429
    assert int(response["Retry-After"]) >= 60
    page = html(response)
    assert "Too much at once" in page
    assert f'<input type="hidden" name="{field}" value="ada@example.org">' in page
    assert PASSWORD not in page
    again = html(client.get(address, {field: "ada@example.org"}))
    assert 'value="ada@example.org"' in again


def test_nobody_is_sent_links_without_end(client, account, mailoutbox):
    statuses = [client.post(RESET, {"email": account.email}).status_code for _ in range(5)]
    assert statuses == [302] * 3 + [429] * 2
    assert len(mailoutbox) == 3
    assert client.post(RESET, {"email": account.email})["Retry-After"] == "600"


def test_a_guesser_does_not_push_the_count_of_an_account_out(account, settings):
    guesses(account)
    for number in range(400):
        cache.set(f"another-{number}", [1.0], 300)
    assert Client().post(LOGIN, words(account)).status_code == 429


def test_a_new_password_ends_the_count(client, account):
    guesses(account)
    staff = MemberFactory.create(is_staff=True)
    client.force_login(staff)
    link = client.post("/staff/reset-link/", {"name": account.email}).context["link"].removeprefix("http://testserver")
    learner = Client()
    learner.post(learner.get(link)["Location"], {"password1": "another swinging one"})
    assert Client().post(LOGIN, words(account, password="another swinging one")).status_code == 302


def test_deleting_is_no_place_to_guess_a_password(client, account):
    client.force_login(account)
    statuses = [client.post("/accounts/delete/", {"password": f"guess {number}"}).status_code for number in range(11)]
    assert statuses == [200] * 10 + [429]
