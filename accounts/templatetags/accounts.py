"""What templates ask about whoever looks at them."""

from typing import Any

from django import template
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User

register = template.Library()


@register.simple_tag(takes_context=True)
def account_name(context: dict[str, Any]) -> str:
    """What a full user is called; empty for guests and visitors.

    Pages for when things go wrong ask too, so a database that is what went wrong makes a visitor of everybody. A visitor without
    a session is not looked up: an answer varies by cookie as soon as one is.
    """
    request: HttpRequest | None = context.get("request")
    if request is None or not _has_session(request):
        return ""
    try:
        user = getattr(request, "user", None)  # none is there yet when what went wrong came before it
        return user.username if isinstance(user, User) and not user.is_guest else ""
    except DatabaseError:
        return ""


@register.simple_tag(takes_context=True)
def door(context: dict[str, Any], name: str) -> str:
    """The address of a page at the doors (``account_login``), that leads back to this one, or where this one was to lead."""
    request: HttpRequest | None = context.get("request")
    address = reverse(name)
    back = _back(request) if request else ""
    return f"{address}?{urlencode({'next': back})}" if back else address


@register.simple_tag
def github() -> bool:
    """Whether one can log in with GitHub here."""
    return "github" in settings.SOCIALACCOUNT_PROVIDERS


def _has_session(request: HttpRequest) -> bool:
    session = getattr(request, "session", None)
    return settings.SESSION_COOKIE_NAME in request.COOKIES or (session is not None and session.accessed)


def _back(request: HttpRequest) -> str:
    if request.path.startswith(reverse("accounts:home")):
        return request.POST.get("next") or request.GET.get("next", "")
    return request.path if request.resolver_match else ""
