"""The way into a preview and out of it. Who asks is looked at in each request: a key may have run out since the last."""

from datetime import timedelta
from enum import Enum, auto

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from lessons import course, previews
from lessons.views import errors, find
from lessons.views.methods import READ, not_allowed
from lessons.views.requests import HtmxRequest

KEY = "key"
COOKIE = "woodshed_preview"
"""Holds the key. Its path is the preview's, so that a browser can have several."""
ENDED = "woodshed_preview_ended"
"""Holds the name of a preview that was open when it ended, for the next page to say so."""
AFTERWARDS = timedelta(days=30)
"""The cookie is kept for so much longer than its key works: by it the site knows that a preview was open here, and has ended."""
SECONDS_TO_SAY_SO = 60
SECONDS_TO_READ = 5
OUT = "/"
"""Where the served course is, whatever the address of the request."""


class Access(Enum):
    OPEN = auto()
    ENDED = auto()
    NONE = auto()


def access(request: HttpRequest, name: str) -> Access:
    """Whether the request may see the preview, or might once."""
    try:
        previews.open_until(name, request.COOKIES.get(COOKIE, ""))
    except SignatureExpired:
        found = Access.ENDED
    except BadSignature:
        found = Access.NONE
    else:
        return Access.OPEN
    return Access.OPEN if _staff(request) else found


def enter(request: HttpRequest, name: str) -> HttpResponse:
    """Opens the preview with the key in the address, and leaves the key behind there."""
    response = _opened(request, name, request.GET[KEY])
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@csrf_exempt  # the token in an open page is old as soon as a guest is made, and whoever makes others leave gains nothing
def leave(request: HttpRequest) -> HttpResponse:
    shown = course.preview()
    if shown is None:
        raise Http404("no preview to leave")
    if request.method != "POST":
        return not_allowed(request, ("POST",))
    response = redirect(OUT)
    response.delete_cookie(COOKIE, path=previews.address(shown.preview), samesite="Lax")
    return response


def ended(request: HtmxRequest, name: str) -> HttpResponse:
    """Back to the served course, where the banner's place says why. What was sent is given back and goes nowhere."""
    response: HttpResponse
    if request.method in READ and not request.htmx:
        response = redirect(OUT)
        response.set_cookie(
            ENDED, name, max_age=SECONDS_TO_SAY_SO, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
    else:
        words = "It has ended, or was left in another window. What you sent was not looked at."
        response = _page(request, "This preview is not open any more", words, status=410)
    response.delete_cookie(COOKIE, path=previews.address(name), samesite="Lax")
    return response


def locked(request: HttpRequest) -> HttpResponse:
    """For whoever has only the address. It says the same whether there is such a preview or not."""
    words = "Whoever works on these lessons can give you one: it ends in a key, and this address does not."
    return _page(request, "A preview is opened by its link", words, status=403)


def busy(request: HttpRequest) -> HttpResponse:
    response = _page(request, "This preview is being read", "Try again in a moment.", status=503)
    response.headers["Retry-After"] = str(SECONDS_TO_READ)
    return response


def just_ended(request: HttpRequest) -> str:
    """The name of the preview that this browser was shown until now; empty when there is none."""
    name = request.COOKIES.get(ENDED, "")
    return name if previews.is_name(name) else ""


def _opened(request: HttpRequest, name: str, key: str) -> HttpResponse:
    try:
        until = previews.open_until(name, key)
    except BadSignature as problem:
        return redirect(previews.address(name)) if _staff(request) else _locked(request, problem)
    if previews.folder_of(name) is None:
        return _page(request, "This preview has ended", "There is nothing to show any more.", status=410)
    response = redirect(previews.address(name))
    response.set_cookie(
        COOKIE,
        key,
        max_age=until - timezone.now() + AFTERWARDS,
        path=previews.address(name),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _locked(request: HttpRequest, problem: BadSignature) -> HttpResponse:
    if isinstance(problem, SignatureExpired):
        words = "Its time is over. Ask whoever gave it to you for a new one."
        return _page(request, "This link has run out", words, status=403)
    words = "It is not whole, or it is for another preview. Ask whoever gave it to you for a new one."
    return _page(request, "This link opens no preview", words, status=403)


def _staff(request: HttpRequest) -> bool:
    user = find.learner(request)
    return user is not None and user.is_staff


def _page(request: HttpRequest, headline: str, words: str, *, status: int) -> HttpResponse:
    sent = {} if request.method in READ else errors.sent(request)
    return render(request, "preview.html", {"headline": headline, "words": words, **sent}, status=status)
