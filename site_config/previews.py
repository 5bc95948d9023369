"""Requests below ``/preview/<name>/``: the same site with another course, under addresses of its own."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import get_script_prefix, set_script_prefix

from lessons import checking, course, previews
from lessons.catalogue.types import Course, Finding
from lessons.catalogue.worlds import WORLDS
from lessons.proving import placed
from lessons.views import previews as doors
from lessons.views.methods import READ
from lessons.views.requests import HtmxRequest

ADDRESS = re.compile(r"/preview/(?P<name>[^/]+)(?P<rest>/.*)?", re.DOTALL)
MOST_SHOWN = 20
DOORS = ("/accounts/", "/staff/login/", "/staff/reset-link/")
"""There is one set of accounts. Their pages are outside, and so are the links that they make; ``next`` leads back."""


class Previews:
    """Shows who may see it the preview that the address names, as if the site served it there.

    Everything behind sees an address without ``/preview/<name>``, and makes addresses with it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HtmxRequest) -> HttpResponse:
        asked = ADDRESS.fullmatch(request.path_info)
        if settings.WOODSHED_PREVIEWS is None or asked is None or not previews.is_name(asked["name"]):
            return self._outside(request)
        rest = asked["rest"]
        if rest and rest.startswith(DOORS):
            return redirect(f"{rest}{_query(request)}")
        response = self._inside(request, asked["name"], rest) if rest else _with_slash(request)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers.pop("ETag", None)
        return response

    def _outside(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if doors.ENDED in request.COOKIES:
            response.delete_cookie(doors.ENDED, samesite="Lax")
        return response

    def _inside(self, request: HtmxRequest, name: str, rest: str) -> HttpResponse:
        reads = request.method in READ
        if reads and rest == "/" and doors.KEY in request.GET:
            return doors.enter(request, name)
        access = doors.access(request, name)
        if access is doors.Access.NONE and reads:
            return doors.locked(request)
        try:
            shown = previews.course(name) if access is doors.Access.OPEN else None
        except previews.Busy:
            return doors.busy(request)
        return self._shown(request, shown, rest) if shown else doors.ended(request, name)

    def _shown(self, request: HttpRequest, taught: Course, rest: str) -> HttpResponse:
        request.path_info = rest
        with course.shown(taught), _addresses(previews.address(taught.preview)):
            return self.get_response(request)


def banner(request: HttpRequest) -> dict[str, Any]:
    """For the templates: the ``preview`` that the request is shown, what is wrong in it, and the one that has just ended."""
    shown = course.preview()
    if shown is None:
        return {"preview_ended": doors.just_ended(request)}
    wrong = [*shown.findings, *_in_worlds(shown)]
    return {"preview": shown, "preview_wrong": wrong[:MOST_SHOWN], "preview_wrong_count": len(wrong)}


def _in_worlds(shown: Course) -> Iterator[Finding]:
    for world, problem in checking.problems(shown).items():
        yield placed(Path(shown.root.name, WORLDS, world), problem)


def _with_slash(request: HttpRequest) -> HttpResponse:
    """The cookie that opens a preview is sent to addresses below it only."""
    return redirect(f"{request.path}/{_query(request)}")


def _query(request: HttpRequest) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"?{query}" if query else ""


@contextmanager
def _addresses(prefix: str) -> Iterator[None]:
    """What ``reverse`` and ``{% url %}`` give begins with this."""
    before = get_script_prefix()
    set_script_prefix(prefix)
    try:
        yield
    finally:
        set_script_prefix(before)
