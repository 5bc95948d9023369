"""What happens at the doors is stored for staff and logged: who, what, from which address; no password, and no session."""

from datetime import timedelta
from typing import Any

import structlog
from allauth.account import signals
from allauth.account.adapter import get_adapter
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.db.models import Q
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import AGENT_LENGTH, LoginEvent, User

KEPT = timedelta(days=90)

log = structlog.stdlib.get_logger("woodshed.accounts")


def note(what: LoginEvent.What, user: User | None, request: HttpRequest | None, *, by: User | None = None) -> None:
    """Stores and logs an event; without a request, one from the command line."""
    address = get_adapter().get_client_ip(request) if request else None
    agent = request.headers.get("User-Agent", "")[:AGENT_LENGTH].replace("\0", "") if request else ""
    LoginEvent.objects.create(user=user, what=what, by=by, address=address, agent=agent)
    log.info("account", what=what.value, account=user and user.pk, by=by and by.pk, address=address)


def delete_old(*, kept: timedelta = KEPT) -> int:
    """Deletes events that are older; returns how many."""
    deleted, _ = LoginEvent.objects.older_than(kept).delete()
    return deleted


@receiver(signals.user_signed_up)
def signed_up(request: HttpRequest, user: User, **_: Any) -> None:
    note(LoginEvent.What.SIGNED_UP, user, request)


@receiver(signals.user_logged_in)
def logged_in(request: HttpRequest, user: User, **_: Any) -> None:
    note(LoginEvent.What.LOGGED_IN, user, request)


@receiver(user_login_failed)
def failed(credentials: dict[str, str], request: HttpRequest | None = None, **_: Any) -> None:
    tried = credentials.get("email") or credentials.get("username") or ""
    known = User.objects.filter(Q(email__iexact=tried) | Q(username__iexact=tried), is_guest=False).first() if tried else None
    note(LoginEvent.What.FAILED, known, request)


@receiver(user_logged_out)
def logged_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is not None:
        note(LoginEvent.What.LOGGED_OUT, user, request)


@receiver([signals.password_changed, signals.password_set, signals.password_reset])
def password_changed(request: HttpRequest, user: User, **_: Any) -> None:
    note(LoginEvent.What.PASSWORD_CHANGED, user, request)
