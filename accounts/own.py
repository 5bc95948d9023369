"""Everything of somebody's: a copy of it, and the end of it."""

from typing import Any, cast

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction

from accounts.models import LoginEvent, User
from accounts.signals import collecting_data, describing_work

ACCOUNT = ("username", "email", "first_name", "last_name", "is_guest", "is_staff", "date_joined", "last_login", "worked_at")
SESSIONS_AT_ONCE = 1000


def copy_of(user: User) -> dict[str, Any]:
    """All that is stored of the user, by name. One query for each model."""
    data: dict[str, Any] = {
        "account": {name: getattr(user, name) for name in ACCOUNT},
        "emails": list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
        "connected": list(SocialAccount.objects.filter(user=user).values("provider", "uid", "date_joined", "extra_data")),
        "login_events": list(LoginEvent.objects.filter(user=user).order_by("pk").values("what", "time", "address", "agent")),
    }
    for _, more in collecting_data.send(sender=User, user=user):
        data |= cast("dict[str, Any]", more)
    return data


def described(user: User) -> list[str]:
    """What is kept of the user's, as phrases."""
    told = describing_work.send(sender=User, user=user)
    return [phrase for _, phrases in told for phrase in cast("list[str]", phrases)]


def delete(user: User) -> None:
    """Deletes the user with everything of theirs; every browser that they are logged in with is so no longer."""
    theirs = _sessions_of(user)
    with transaction.atomic():
        Session.objects.filter(pk__in=theirs).delete()
        user.delete()


def _sessions_of(user: User) -> list[str]:
    """Their keys. A session says only inside whose it is, so each is looked at; 20,000 take a second, and keep nobody waiting."""
    owner = str(user.pk)
    sessions = Session.objects.iterator(SESSIONS_AT_ONCE)
    return [session.pk for session in sessions if session.get_decoded().get(SESSION_KEY) == owner]
