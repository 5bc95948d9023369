"""Logging in with GitHub, where the environment names an OAuth app. GitHub itself is played by the test."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.github.views import GitHubOAuth2Adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.test import Client

from accounts.models import LoginEvent, User
from lessons.models import Draft
from tests.factories import PASSWORD, DraftFactory, MemberFactory
from tests.site.conftest import LESSON, words
from tests.site.doors import LOGIN, SIGNUP, html
from tests.site.test_settings import KEY, manage, shell

pytestmark = pytest.mark.django_db

GITHUB, CONNECTED = "/accounts/github/login/", "/accounts/github/"
ADA = {"id": 7, "login": "ada", "name": "Ada Lovelace", "email": "ada@example.org"}


class GitHub:
    """``says`` is who GitHub takes its visitor for."""

    def __init__(self) -> None:
        self.says = {**ADA, "emails": [{"email": "ada@example.org", "primary": True, "verified": True}]}

    def answers(self, adapter):
        return adapter.get_provider().sociallogin_from_response(adapter.request, self.says)


@pytest.fixture(autouse=True)
def github(monkeypatch) -> GitHub:
    github = GitHub()
    monkeypatch.setattr(GitHubOAuth2Adapter, "get_access_token_data", lambda *_, **__: {"access_token": "secret token"})
    monkeypatch.setattr(GitHubOAuth2Adapter, "complete_login", lambda adapter, *_, **__: github.answers(adapter))
    return github


def sent_there(browser: Client, **fields) -> str:
    """The state that the site sends its visitor to GitHub with."""
    response = browser.post(GITHUB, fields)
    there = urlsplit(response["Location"])
    assert (there.scheme, there.netloc) == ("https", "github.com")
    return parse_qs(there.query)["state"][0]


def comes_back(browser: Client, **fields):
    return browser.get(f"{GITHUB}callback/", {"code": "a code", "state": sent_there(browser, **fields)})


def test_a_visitor_becomes_a_user_without_a_form(client):
    assert comes_back(client, next=LESSON)["Location"] == LESSON
    user = User.objects.get()
    assert (user.username, user.email, user.has_usable_password()) == ("ada", "ada@example.org", False)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert list(LoginEvent.objects.values_list("what", flat=True)) == ["signed up", "logged in"]


def test_a_guest_becomes_that_user_and_stays_the_same(signed_in, guest):
    DraftFactory.create(learner=guest)
    comes_back(signed_in)
    user = User.objects.get()
    assert (user.pk, user.is_guest, user.username, user.first_name) == (guest.pk, False, "ada", "Ada")
    assert Draft.objects.get().learner == user
    assert signed_in.session["_auth_user_id"] == str(guest.pk)


def test_whoever_comes_again_is_known_and_a_guests_work_is_taken_over(client, signed_in, guest):
    comes_back(Client())
    DraftFactory.create(learner=guest)
    comes_back(signed_in)
    user = User.objects.get()
    assert Draft.objects.get().learner == user
    assert signed_in.session["_auth_user_id"] == str(user.pk)


def test_a_guest_cannot_connect_but_signs_up(signed_in, guest):
    comes_back(signed_in, process="connect")
    user = User.objects.get()
    assert (user.pk, user.is_guest) == (guest.pk, False)


def test_a_taken_email_is_nobodys_way_into_an_account(signed_in, guest):
    account = MemberFactory.create(email="ada@example.org")
    response = comes_back(signed_in)
    assert response["Location"] == "/accounts/github/signup/"
    page = html(signed_in.get(response["Location"]))
    assert "connect GitHub to it" in page
    assert "An account already exists" in html(signed_in.post(response["Location"], {"email": account.email}))
    assert not SocialAccount.objects.exists()
    signed_in.post(response["Location"], {"email": "another@example.org"})
    assert User.objects.get(pk=guest.pk).email == "another@example.org"
    assert SocialAccount.objects.get().user == User.objects.get(pk=guest.pk)


def test_without_an_email_one_is_asked_for(client, github):
    github.says = {**ADA, "email": None, "emails": []}
    response = comes_back(client)
    assert "Give us one" in html(client.get(response["Location"]))
    client.post(response["Location"], {"email": "ada@example.org"})
    assert User.objects.get().email == "ada@example.org"


def test_an_account_is_connected_used_and_disconnected(client):
    account = MemberFactory.create()
    client.post(LOGIN, words(account))
    assert "Connect GitHub" in html(client.get(CONNECTED))
    comes_back(client, process="connect")
    assert SocialAccount.objects.get().user == account
    page = html(client.get(CONNECTED))
    assert "Disconnect ada" in page
    elsewhere = Client()
    comes_back(elsewhere)
    assert elsewhere.session["_auth_user_id"] == str(account.pk)
    client.post(CONNECTED, {"account": SocialAccount.objects.get().pk})
    assert not SocialAccount.objects.exists()


def test_the_only_way_in_is_not_taken_away(client):
    comes_back(client)
    page = html(client.post(CONNECTED, {"account": SocialAccount.objects.get().pk}))
    assert SocialAccount.objects.exists()
    assert "no password" in page
    client.post("/accounts/password/set/", {"password1": PASSWORD})
    client.post(CONNECTED, {"account": SocialAccount.objects.get().pk})
    assert not SocialAccount.objects.exists()


def test_staff_stay_logged_in_for_twelve_hours(client):
    comes_back(Client())
    User.objects.update(is_staff=True)
    comes_back(client)
    assert client.session.get_expiry_age() <= 12 * 3600


def test_a_link_to_log_in_asks_first(client):
    """Else any page could log its reader in."""
    response = client.get(GITHUB)
    assert response.status_code == 200
    assert f'action="{GITHUB}"' in html(response)
    assert Client(enforce_csrf_checks=True).post(GITHUB).status_code == 403


def test_an_answer_that_nobody_asked_for_logs_nobody_in(signed_in, guest):
    response = signed_in.get(f"{GITHUB}callback/", {"code": "theirs", "state": "invented"})
    assert response.status_code == 401
    assert "Nothing has changed here" in html(response)
    assert signed_in.session["_auth_user_id"] == str(guest.pk)


def test_who_turns_back_is_told_so(signed_in, guest):
    state = sent_there(signed_in)
    response = signed_in.get(f"{GITHUB}callback/", {"error": "access_denied", "state": state}, follow=True)
    assert "You turned back" in html(response)
    assert signed_in.session["_auth_user_id"] == str(guest.pk)


def test_trouble_at_github_is_said_and_changes_nothing(signed_in, guest, monkeypatch):
    def fail(*_, **__):
        raise OAuth2Error("<b>down</b>")

    monkeypatch.setattr(GitHubOAuth2Adapter, "get_access_token_data", fail)
    response = comes_back(signed_in)
    assert response.status_code == 401
    assert "<b>down" not in html(response)
    assert User.objects.get() == guest


def test_no_token_of_githubs_is_stored(client):
    comes_back(client)
    assert "secret token" not in str(SocialAccount.objects.values())


def test_the_doors_show_the_button_and_a_browser_may_follow_it(client):
    for address in (LOGIN, SIGNUP):
        response = client.get(address)
        assert f'action="{GITHUB}"' in html(response)
        assert "form-action 'self' https://github.com" in response["Content-Security-Policy"]


ASK = """
from django.core.management import call_command
from django.test import Client
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
call_command("migrate", verbosity=0)
page, door = Client().get("/accounts/login/"), Client().get("/accounts/github/login/")
print("GitHub" in page.text, "github.com" in page["Content-Security-Policy"], door.status_code)
"""


def test_without_the_environment_there_is_no_github_and_it_can_be_switched_on_later(tmp_path):
    environment = {"WOODSHED_DATA": str(tmp_path), "DEBUG": "0", "ALLOWED_HOSTS": "testserver", "LOG_LEVEL": "ERROR"}
    assert shell(ASK, "local", **environment) == "False False 404"
    on = {"GITHUB_CLIENT_ID": "the client", "GITHUB_CLIENT_SECRET": "its secret"}
    assert shell(ASK, "local", **environment, **on) == "True True 200"


@pytest.mark.parametrize("given", [{"GITHUB_CLIENT_ID": "x"}, {"GITHUB_CLIENT_SECRET": "x"}], ids=str)
def test_half_of_the_credentials_are_refused(given):
    answer = manage("check", SECRET_KEY=KEY, **given)
    assert answer.returncode != 0
    assert "are set both, or neither" in answer.stderr


def test_of_the_emails_there_only_the_first_is_kept_and_only_if_it_is_the_persons(client, github):
    github.says["emails"] = [
        {"email": "work@example.org", "primary": False, "verified": True},
        {"email": "first@example.org", "primary": True, "verified": True},
    ]
    comes_back(client)
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("first@example.org", True)]
    assert User.objects.get().email == "first@example.org"


def test_an_email_that_github_has_not_seen_proof_of_is_not_taken_for_the_persons(client, github):
    github.says["emails"] = [{"email": "ada@example.org", "primary": True, "verified": False}]
    assert comes_back(client)["Location"] == "/accounts/github/signup/"
    assert not User.objects.exists()
