"""Light or dark: as the system has it, or as the visitor chose. The choice is a cookie that the server reads, so that no page is
ever seen in the other one first.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

COOKIE = "theme"
THEMES = ("light", "dark")
YEAR = 365 * 24 * 60 * 60


def theme(request: HttpRequest) -> dict[str, str]:
    """For every page: ``theme`` is ``light`` or ``dark``, or empty where the system decides."""
    chosen = request.COOKIES.get(COOKIE, "")
    return {"theme": chosen if chosen in THEMES else ""}


@csrf_exempt  # a token would be a cookie on every page, and whoever changes somebody else's colours gains nothing
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keeps the choice and goes back to where it was made. Anything that is no theme leaves it to the system again."""
    chosen = request.POST.get("theme", "")
    response = redirect(_back(request))
    if chosen in THEMES:
        response.set_cookie(COOKIE, chosen, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


def _back(request: HttpRequest) -> str:
    place = request.POST.get("next", "")
    return place if url_has_allowed_host_and_scheme(place, allowed_hosts=None) else "/"
