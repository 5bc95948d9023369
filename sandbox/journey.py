"""A request's journey: which layers it went through, in which order, and where it turned back.

A spy stands before every middleware. One that is reached shows that the layer outside it let the request pass, and one that gets
a response back without the next having been reached shows that the layer between them turned it back.
"""

import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponseBase
from django.test import Client
from django.test.client import ClientHandler
from django.test.utils import override_settings
from django.urls import Resolver404, ResolverMatch

from sandbox.encode import shown
from sandbox.protocol import LONGEST_NAME
from sandbox.record import recorder

EVENTS_KEPT = 200
TRIED_KEPT = 40

type Event = dict[str, Any]


class Journey:
    """What happened on the way, since it was last taken. Each event: ``{"at", "name", "status", "queries"}``.

    ===============  ==========================================================================
    at               name
    ===============  ==========================================================================
    ``request``      ``"GET /books/?page=2"``
    ``in``           the middleware that the request comes to
    ``route``        the route's pattern; also ``view`` and ``route`` (the view's, the route's name)
    ``no route``     the path that no pattern matches; also ``tried``, the patterns
    ``view``         the view that is called
    ``raised``       the type of an exception that the view, or nobody, caught
    ``caught``       the middleware that made a response of the exception
    ``answer``       empty; the response that the innermost middleware gets back
    ``out``          the middleware that hands the response on
    ``turned back``  the middleware that answered without asking further in
    ===============  ==========================================================================

    ``status`` is the response's, None where there is none yet; ``queries`` how many had been sent so far.
    """

    def __init__(self) -> None:
        self.events: list[Event] = []

    def __call__(self, at: str, name: Any = "", status: Any = None, **also: Any) -> None:
        if len(self.events) < EVENTS_KEPT:
            code = status if type(status) is int else None
            self.events.append({"at": at, "name": short(name), "status": code, "queries": recorder.queries, **also})

    def taken(self) -> list[Event]:
        """The events; the next ones begin a new journey."""
        events, self.events = self.events, []
        return events


journey = Journey()


class Handler(ClientHandler):
    """The test client's, with a spy before every middleware."""

    def load_middleware(self, is_async: bool = False) -> None:
        self.listed = list(settings.MIDDLEWARE)
        spied = [path for place, name in enumerate(self.listed) for path in (f"{__name__}.spy_{place}", name)]
        Spy.listed = self.listed
        with override_settings(MIDDLEWARE=spied):
            super().load_middleware(is_async)

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        journey("request", f"{request.method} {request.get_full_path()}")
        got_request_exception.connect(nobody_caught)
        try:
            return super().get_response(request)
        finally:
            got_request_exception.disconnect(nobody_caught)

    def _get_response(self, request: HttpRequest) -> HttpResponseBase:
        Spy.reached = len(self.listed)
        try:
            response: HttpResponseBase = super()._get_response(request)  # type: ignore[misc]
        except Exception as problem:
            raised(problem)
            raise
        journey("answer", "", status_of(response))
        return response

    def resolve_request(self, request: HttpRequest) -> ResolverMatch:
        try:
            found: ResolverMatch = super().resolve_request(request)
        except Resolver404 as problem:
            journey("no route", request.path_info.lstrip("/"), tried=tried(problem))
            raise
        journey("route", found.route, view=short(found._func_path), route=short(found.view_name or ""))
        return found

    def make_view_atomic(self, view: Callable[..., Any]) -> Callable[..., Any]:
        journey("view", journey.events[-1].get("view", "") if journey.events else "")
        return super().make_view_atomic(view)

    def process_exception_by_middleware(self, exception: Exception, request: HttpRequest) -> Any:
        """As Django's own, which does not say who it was."""
        raised(exception)
        for method in self._exception_middleware:  # type: ignore[attr-defined]
            response = method(request, exception)
            if response:
                journey("caught", owner(method), status_of(response))
                return response
        return None


def raised(problem: BaseException | None) -> None:
    if not journey.events or journey.events[-1]["at"] not in ("raised", "no route"):
        journey("raised", type(problem).__name__)


def nobody_caught(sender: object, **also: Any) -> None:
    raised(sys.exc_info()[1])


def owner(method: Any) -> str:
    """The dotted path of the middleware that a method belongs to, be it a class or a function with others in it."""
    made_by = getattr(method, "__self__", None)
    if made_by is None:
        return f"{method.__module__}.{method.__qualname__.partition('.<locals>')[0]}"
    return f"{type(made_by).__module__}.{type(made_by).__qualname__}"


def tried(problem: Resolver404) -> list[str]:
    """The patterns that were tried, each as it would have to be written in a path."""
    paths = problem.args[0].get("tried", []) if problem.args and isinstance(problem.args[0], dict) else []
    return [short("".join(shown(part.pattern, str) for part in path)) for path in paths[:TRIED_KEPT]]


class Spy:
    """Stands outside the middleware of its place in the list."""

    listed: Sequence[str] = ()
    reached = 0
    """The innermost place that the request has come to; behind the last is the view's."""

    def __init__(self, place: int, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response, self.place, self.name = get_response, place, self.listed[place]
        # Django leaves out a middleware that says it is not used: what follows is the next spy, or the view's handler.
        inner = getattr(get_response, "__wrapped__", None)
        self.idle = isinstance(inner, Spy) or isinstance(getattr(inner, "__self__", None), Handler)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        Spy.reached = self.place
        if self.idle:
            return self.get_response(request)
        journey("in", self.name)
        response = self.get_response(request)
        if response is None:
            raise ValueError(f"The middleware {self.name} didn't return an HttpResponse object. It returned None instead.")
        journey("out" if Spy.reached > self.place else "turned back", self.name, status_of(response))
        return response


def status_of(response: Any) -> Any:
    return getattr(response, "status_code", None)


def short(name: Any) -> str:
    return shown(name, str)[:LONGEST_NAME]


def client(**defaults: Any) -> Client:
    """One whose requests leave their journey in :data:`journey`."""
    made = Client(**defaults)
    made.handler = Handler(enforce_csrf_checks=defaults.get("enforce_csrf_checks", False))
    return made


def __getattr__(name: str) -> Callable[..., Spy]:
    """Django finds middleware by dotted names."""
    if name.startswith("spy_"):
        return partial(Spy, int(name.removeprefix("spy_")))
    raise AttributeError(name)
