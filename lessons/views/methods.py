"""Which methods an address takes, and what others are told."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from lessons.views import errors

type View = Callable[..., HttpResponseBase]

log = structlog.stdlib.get_logger("woodshed.lessons")

READ = ("GET", "HEAD")


def page(view: View) -> View:
    """A page to read."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs) if request.method in READ else not_allowed(request, READ)

    return answer


def action(place: Callable[..., str]) -> Callable[[View], View]:
    """An action of what is at ``place(**names)``, where ``names`` are those in its own address.

    Without JavaScript a browser may be left at the action's address. Whoever opens that again is taken to the place.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **names: str) -> HttpResponseBase:
            if request.method == "POST":
                return _stored(view, request, **names)
            if request.method not in READ:
                return not_allowed(request, (*READ, "POST"))
            return HttpResponse(status=303, headers={"Location": place(**names)})

        return answer

    return decorate


def in_lesson(anchor: str) -> Callable[..., str]:
    """The address of an item, whose place in the lesson's page is ``anchor`` (``"quiz-{quiz}"``)."""

    def place(*, module: str, lesson: str, **item: str) -> str:
        return f"{reverse('lessons:lesson', args=[module, lesson])}#{anchor.format(**item)}"

    return place


def _stored(view: View, request: HttpRequest, **names: str) -> HttpResponseBase:
    """The view's answer, or, when the database cannot store what it did (a full disk, most likely), what was typed."""
    try:
        return view(request, **names)
    except DatabaseError:
        log.exception("not stored", path=request.path)
        return errors.unstored(request)


def not_allowed(request: HttpRequest, methods: tuple[str, ...]) -> HttpResponse:
    response = render(request, "405.html", status=405)
    response.headers["Allow"] = ", ".join(methods)
    return response
