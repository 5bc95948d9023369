"""What happens at the doors, for staff to read."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import LoginEvent, User
from tests.factories import (
    PASSWORD,
    LoginEventFactory,
)
from tests.site.conftest import bench, code
from tests.site.doors import LOGIN, LOGOUT, NEW, SIGNUP, What, events

pytestmark = pytest.mark.django_db


def test_what_happens_at_the_doors_is_stored_with_address_and_browser(client):
    client.post(SIGNUP, NEW, headers={"User-Agent": "A browser " + "x" * 500})
    client.post(LOGOUT)
    client.post(LOGIN, {"login": "ADA", "password": "wrong"})
    client.post(LOGIN, {"login": "ada", "password": PASSWORD})
    user = User.objects.get()
    assert events(user) == [What.SIGNED_UP, What.LOGGED_IN, What.LOGGED_OUT, What.FAILED, What.LOGGED_IN]
    first = LoginEvent.objects.earliest("pk")
    assert (first.address, len(first.agent), first.agent[:9]) == ("127.0.0.1", 200, "A browser")


def test_nothing_that_was_typed_is_stored_of_a_login_that_belongs_to_nobody(client):
    client.post(LOGIN, {"login": "my secret, in the wrong field", "password": "another"})
    event = LoginEvent.objects.get()
    assert (event.what, event.user) == (What.FAILED, None)
    assert "secret" not in json.dumps(LoginEvent.objects.values().get(), default=str)


def test_the_log_names_neither_password_nor_session(client, monkeypatch):
    lines = []
    monkeypatch.setattr(
        "accounts.events.log", type("Log", (), {"info": staticmethod(lambda event, **fields: lines.append(fields))})
    )
    client.post(SIGNUP, NEW)
    user = User.objects.get()
    assert [line["what"] for line in lines] == ["signed up", "logged in"]
    assert all(line["account"] == user.pk and line["address"] == "127.0.0.1" for line in lines)
    assert PASSWORD not in str(lines)
    assert str(client.session.session_key) not in str(lines)


def test_making_a_guest_is_no_event(client):
    client.post(bench("draft"), code("x"))
    assert not LoginEvent.objects.exists()


def test_events_are_deleted_after_ninety_days(capsys):
    kept = LoginEventFactory.create(time=timezone.now() - timedelta(days=89))
    LoginEventFactory.create(time=timezone.now() - timedelta(days=91))
    call_command("delete_login_events")
    assert list(LoginEvent.objects.all()) == [kept]
    assert capsys.readouterr().out == "Login events deleted: 1\n"
    call_command("delete_login_events", days=7)
    assert not LoginEvent.objects.exists()
