"""What the tests of the doors share: their addresses, and what is read off a page."""

import re

from django.test import Client

from accounts.models import LoginEvent, User
from tests.factories import PASSWORD

HOME, LOGIN, SIGNUP, LOGOUT = "/accounts/", "/accounts/login/", "/accounts/signup/", "/accounts/logout/"
CHANGE, RESET = "/accounts/password/change/", "/accounts/password/reset/"
EXPORT, DELETE, LINK = "/accounts/export/", "/accounts/delete/", "/staff/reset-link/"
NEW = {"email": "ada@example.org", "password1": PASSWORD}
What = LoginEvent.What


def html(response) -> str:
    return response.content.decode()


def first(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found
    return found[0]


def events(user: User | None = None) -> list[str]:
    return list(LoginEvent.objects.filter(user=user).order_by("pk").values_list("what", flat=True))


def token(browser: Client) -> str:
    return browser.cookies["csrftoken"].value
