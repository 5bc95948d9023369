"""What every request goes through besides Django's own middleware."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

log = structlog.stdlib.get_logger("woodshed.request")

REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


class RequestLog:
    """Gives each request an id, puts it and the user's into every log line, and logs the request itself.

    An id that a proxy has already given (``X-Request-ID``) is kept. It comes after the session middleware, whose session
    says who the user is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request_id = _request_id(request)
        with structlog.contextvars.bound_contextvars(request_id=request_id, user_id=_user_id(request)):
            response = self.get_response(request)
            ms = round((time.perf_counter() - started) * 1000, 1)
            # The first action of a visitor signs a guest in, so the user is asked for once more.
            log.info(
                "request",
                method=request.method,
                path=request.path,
                status=response.status_code,
                ms=ms,
                user_id=_user_id(request),
            )
        response.headers["X-Request-ID"] = request_id
        return response


def _request_id(request: HttpRequest) -> str:
    given = request.headers.get("X-Request-ID", "")
    return given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex


def _user_id(request: HttpRequest) -> str | None:
    """None for a visitor who has no session. It is not asked for then: an answer varies by cookie as soon as it is."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES and not request.session.accessed:
        return None
    user_id: str | None = request.session.get(SESSION_KEY)
    return user_id
