"""A password: changed, forgotten, and set by a link that staff hand out."""

import re

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import LoginEvent, User
from lessons.models import Draft
from tests.factories import (
    PASSWORD,
    DraftFactory,
    MemberFactory,
)
from tests.site.conftest import words
from tests.site.doors import CHANGE, LINK, LOGIN, RESET, What, events, first, html

pytestmark = pytest.mark.django_db


# The password


def test_a_password_is_changed_and_ends_the_other_sessions(member, account):
    elsewhere = Client()
    elsewhere.post(LOGIN, words(account))
    response = member.post(CHANGE, {"oldpassword": PASSWORD, "password1": "another swinging one"}, follow=True)
    assert "Your password is changed" in html(response)
    assert member.get(CHANGE).status_code == 200
    assert elsewhere.get(CHANGE).status_code == 302
    assert Client().post(LOGIN, words(account, password="another swinging one")).status_code == 302
    assert events(account)[-2:] == [What.PASSWORD_CHANGED, What.LOGGED_IN]


def test_a_password_is_not_changed_without_the_one_now(member, account):
    page = html(member.post(CHANGE, {"oldpassword": "guessed", "password1": "another swinging one"}))
    assert "This is not your password now" in page
    assert "guessed" not in page
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


@pytest.mark.parametrize("address", [CHANGE, "/accounts/password/set/", "/accounts/github/"])
def test_guests_and_visitors_are_asked_to_log_in_first(client, guest, address):
    assert client.get(address)["Location"] == f"{LOGIN}?next={address}"
    client.force_login(guest)
    assert client.post(address, {"password1": PASSWORD})["Location"] == f"{LOGIN}?next={address}"
    guest.refresh_from_db()
    assert not guest.has_usable_password()


def mailed_link() -> str:
    (one,) = mail.outbox
    return first(r"(?<=http://testserver)\S+", str(one.body))


def opened(browser: Client, link: str) -> str:
    """Where the form of a link is; the link itself is left at once, for nothing on the page to pass it on."""
    response = browser.get(link)
    assert response.status_code == 302
    assert "set-password" in response["Location"]
    return response["Location"]


def test_a_forgotten_password_is_mended_by_mail(client, account):
    assert client.post(RESET, {"email": account.email})["Location"] == f"{RESET}done/"
    form = opened(client, mailed_link())
    assert client.post(form, {"password1": "another swinging one"})["Location"] == "/"
    assert client.session["_auth_user_id"] == str(account.pk)
    assert events(account) == [What.PASSWORD_CHANGED, What.LOGGED_IN]
    assert "opens nothing" in html(Client().get(mailed_link()))


def test_nobody_learns_from_it_who_has_an_account(client, account):
    known = client.post(RESET, {"email": account.email})
    unknown = client.post(RESET, {"email": "nobody@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert ["There is no account" in str(one.body) for one in mail.outbox] == [False, True]


def test_a_guest_who_opens_a_link_takes_the_work_along(signed_in, guest, account):
    DraftFactory.create(learner=guest)
    signed_in.post(RESET, {"email": account.email})
    signed_in.post(opened(signed_in, mailed_link()), {"password1": "another swinging one"})
    assert Draft.objects.get().learner == account
    assert not User.objects.filter(pk=guest.pk).exists()


def test_a_link_opens_nothing_after_a_day(client, account, settings):
    client.post(RESET, {"email": account.email})
    assert settings.PASSWORD_RESET_TIMEOUT == 24 * 3600
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "opens nothing" in html(client.get(mailed_link()))


def test_a_site_without_mail_says_so_and_sends_none(client, account, settings):
    settings.WOODSHED_MAIL = False
    for response in (client.get(RESET), client.post(RESET, {"email": account.email})):
        assert "This site sends no mail" in html(response)
        assert 'name="email"' not in html(response)
    assert mail.outbox == []


def test_mail_that_cannot_be_sent_is_said_to_be(client, account, monkeypatch):
    def refuse(*_) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    response = client.post(RESET, {"email": account.email})
    assert response.status_code == 503
    assert "could not be sent just now" in html(response)
    assert f'value="{account.email}"' in html(response)


# Links that staff hand out


@pytest.fixture
def staff(db) -> User:
    return MemberFactory.create(is_staff=True)


def made(browser: Client, name: str) -> str:
    page = html(browser.post(LINK, {"name": name}))
    found = re.search(r'value="http://testserver(/accounts/password/reset/key/[^"]+)"', page)
    return found[1] if found else ""


@pytest.mark.parametrize("named_by", ["email", "username"])
def test_staff_make_a_link_that_works_once(client, staff, account, named_by):
    client.force_login(staff)
    link = made(client, f" {getattr(account, named_by)} ")
    learner = Client()
    learner.post(opened(learner, link), {"password1": "another swinging one"})
    assert learner.session["_auth_user_id"] == str(account.pk)
    assert "opens nothing" in html(Client().get(link))
    event = LoginEvent.objects.get(what=What.LINK_MADE)
    assert (event.user, event.by, event.address) == (account, staff, "127.0.0.1")
    assert link not in html(client.get(LINK))


@pytest.mark.parametrize("of", [{"is_staff": True}, {"is_staff": True, "is_superuser": True}], ids=["staff", "a superuser"])
def test_only_a_superuser_makes_a_link_for_staff(client, staff, of):
    other = MemberFactory.create(**of)
    client.force_login(staff)
    assert made(client, other.email) == ""
    client.force_login(MemberFactory.create(is_staff=True, is_superuser=True))
    assert made(client, other.email)


def test_a_link_is_for_an_account_that_is_there_and_open(client, staff, guest):
    client.force_login(staff)
    MemberFactory.create(email="off@example.org", is_active=False)
    for name in ("nobody@example.org", guest.username, "off@example.org", ""):
        assert made(client, name) == ""
    assert not LoginEvent.objects.filter(what=What.LINK_MADE).exists()


def test_the_page_for_links_is_for_staff(client, guest, account):
    for _ in range(2):
        assert client.post(LINK, {"name": account.email})["Location"] == f"{LOGIN}?next={LINK}"
        client.force_login(guest)
    client.force_login(account)
    assert client.post(LINK, {"name": account.email}).status_code == 404


def test_a_link_is_made_on_the_command_line(capsys, account):
    call_command("reset_link", account.email, site="https://learn.example/")
    address = capsys.readouterr().out.strip()
    assert address.startswith("https://learn.example/accounts/password/reset/key/")
    opened(Client(), address.removeprefix("https://learn.example"))
    assert events(account) == [What.LINK_MADE]
    with pytest.raises(CommandError, match="There is no account"):
        call_command("reset_link", "nobody")
