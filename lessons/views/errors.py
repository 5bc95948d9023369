"""Pages for when things go wrong. They need no course, no database and no session: those may be what went wrong."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.views import kept
from lessons.views.posted import PREFIX

FORMS = ("account_login", "account_signup", "account_reset_password")
TOKEN = "csrfmiddlewaretoken"  # noqa: S105


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Gives what was typed back, in a form with a fresh token that can be sent again with one click.

    Only what our own benches send, and not when another site sent it: one click must not do what somebody else wrote. A form at
    the doors is shown again instead, without the password.
    """
    match = request.resolver_match
    ours = match is not None and request.headers.get("Sec-Fetch-Site") in (None, "same-origin")
    context: dict[str, object] = {}
    if match and ours and match.namespace == "lessons":
        context = {**sent(request)}
    elif match and ours and match.url_name in FORMS:
        context = {"door": True, "kept": kept(request)}
    return render(request, "csrf.html", context, status=403)


def unstored(request: HttpRequest) -> HttpResponse:
    """The database could not store what an action did. What was typed comes back, in a form that can be sent again."""
    return render(request, "unstored.html", sent(request), status=503)


def sent(request: HttpRequest) -> dict[str, list[tuple[str, ...]]]:
    """What a form sent, for the form that sends it again."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name != TOKEN]
    return {
        "files": [(name, name.removeprefix(PREFIX), value) for name, value in fields if name.startswith(PREFIX)],
        "fields": [(name, value) for name, value in fields if not name.startswith(PREFIX)],
    }
