"""Responses: what the learner's project answers to each request that the probes send, and the way each request took.

A step's ``seen`` is ``{"value": encoded, "journey": […]}``, or where a response came back::

    {"response": {"request": "GET /books/", "status": 200, "type": "HttpResponse", "headers": [[name, value], …],
                  "cookies": [[name, value], …], "body": [text, …], "bytes": 1234, "whole": true, "hash": "…",
                  "templates": [name, …]},
     "journey": […]}

``body`` is the text in pieces of at most ``PIECE`` characters; where there is more than ``MOST_BODY`` bytes of it, ``whole`` is
false and ``hash`` tells two apart. For the journey see :class:`sandbox.journey.Journey`. Where a template passed over something
in silence, there is ``"silence"`` beside: see :mod:`sandbox.silence`. A statement that raised has these two only. The step that
ends a probe has what was left behind: see :func:`sandbox.probes.left_behind`.

``options``: ``{"probes": […], "given": […], "tables": […], "urlconf": "shop.urls", "middleware": [path, …], "settings": {…}}``.
A ``settings.py`` among the files may hold ``MIDDLEWARE`` and others of ``OWN_SETTINGS``.
"""

import hashlib
import logging
import mimetypes
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.http import HttpResponseBase
from django.http.response import HttpResponse
from django.template import Template
from django.test.utils import instrumented_test_render, override_settings  # type: ignore[attr-defined]
from django.utils.functional import LazyObject

from sandbox import probes
from sandbox.journey import client, journey, short
from sandbox.probes import value
from sandbox.protocol import FILE
from sandbox.run import Run
from sandbox.silence import noted, silence
from sandbox.workspace import module_name

PIECE = 8_000
MOST_BODY = 60_000
HEADERS_KEPT = 60
LONGEST_HEADER = 2_000
TEMPLATES_KEPT = 40
OWN_SETTINGS = ("MIDDLEWARE", "APPEND_SLASH")

# A run opens no file: what a project of views and middleware may need has to be in memory before.
for _name in """
    django.conf.urls django.core.files.uploadhandler django.core.handlers.wsgi django.http.multipartparser django.middleware.cache
    django.middleware.clickjacking django.middleware.common django.middleware.csp django.middleware.csrf django.middleware.gzip
    django.middleware.http django.middleware.locale django.middleware.security django.template.defaultfilters
    django.urls.converters django.utils.decorators django.utils.log django.views.decorators.cache
    django.views.decorators.clickjacking django.views.decorators.common django.views.decorators.csrf
    django.views.decorators.debug django.views.decorators.gzip django.views.decorators.http django.views.decorators.vary
    django.views.defaults django.views.generic
""".split():  # noqa: SIM905
    import_module(_name)
mimetypes.init()


def observe(run: Run) -> Mapping[str, Any]:
    journey.taken()
    with run.project(**settings(run)), of_the_files(run), templates_named(), noted(run.paths), quiet():
        run.steps += probes.ask(run, run.names(), describe, fresh=lambda: {"client": client()}, failed=way)
    return {}


def settings(run: Run) -> dict[str, Any]:
    return {
        "ROOT_URLCONF": run.options.get("urlconf") or urlconf(run),
        "MIDDLEWARE": list(run.options.get("middleware", ())),
        "ALLOWED_HOSTS": ["testserver"],
        **run.options.get("settings", {}),
    }


def urlconf(run: Run) -> str:
    """The outermost ``urls.py`` there is; without one, the answer's only file."""
    found = [file.path for file in run.files if file.path.rpartition("/")[2] == "urls.py"]
    return module_name(min(found, key=lambda path: path.count("/"), default=FILE))


@contextmanager
def of_the_files(run: Run) -> Iterator[None]:
    """What a ``settings.py`` among the files says stands before the exercise's own settings."""
    if not any(file.path == "settings.py" for file in run.files):
        yield
        return
    module = import_module("settings")
    with override_settings(**{name: getattr(module, name) for name in OWN_SETTINGS if hasattr(module, name)}):
        yield


@contextmanager
def templates_named() -> Iterator[None]:
    """Meanwhile Django tells the test client which templates are rendered."""
    rendering = Template._render  # type: ignore[attr-defined]
    Template._render = instrumented_test_render  # type: ignore[attr-defined]
    try:
        yield
    finally:
        Template._render = rendering  # type: ignore[attr-defined]


@contextmanager
def quiet() -> Iterator[None]:
    """Django logs each 404 and each traceback; the journey tells them better."""
    logger = logging.getLogger("django")
    handler, logger.propagate = logging.NullHandler(), False
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = True


def describe(found: Any) -> Mapping[str, Any]:
    if issubclass(type(found), HttpResponseBase):
        return {"response": response(found), **way()}
    return {**value(plain(found)), **way()}


def way() -> dict[str, Any]:
    return {"journey": journey.taken(), **silence.taken()}


def plain(found: Any) -> Any:
    """A lazy ``resolver_match`` is what it stands for."""
    return getattr(found, "_wrapped", found) if issubclass(type(found), LazyObject) else found


def response(found: HttpResponseBase) -> dict[str, Any]:
    content, whole = body(found)
    request = getattr(found, "wsgi_request", None)
    return {
        "request": short(f"{request.method} {request.get_full_path()}") if request else "",
        "status": number(found.status_code),
        "type": short(type(found).__name__),
        "headers": [[short(name), cut(content)] for name, content in first(found.headers.items(), HEADERS_KEPT)],
        "cookies": [[short(name), cut(morsel.OutputString())] for name, morsel in first(found.cookies.items(), HEADERS_KEPT)],
        **pieces(content, whole=whole),
        "templates": [short(one.name) for one in first(getattr(found, "templates", ()), TEMPLATES_KEPT) if one.name],
    }


def body(found: HttpResponseBase) -> tuple[bytes, bool]:
    """The content, and whether that is all of it: a stream need not end."""
    if isinstance(found, HttpResponse):
        return bytes(found.content), True
    content = bytearray()
    for part in found:
        content += part
        if len(content) > MOST_BODY:
            return bytes(content), False
    return bytes(content), True


def pieces(content: bytes, *, whole: bool = True) -> dict[str, Any]:
    """The content as text that fits in an observation. ``whole``: whether it is all there is."""
    decoded = content[:MOST_BODY].decode("utf-8", "replace")
    return {
        "body": [decoded[start : start + PIECE] for start in range(0, len(decoded), PIECE)],
        "bytes": len(content),
        "whole": whole and len(content) <= MOST_BODY,
        "hash": hashlib.sha256(content).hexdigest(),
    }


def number(code: Any) -> int:
    return int.__add__(code, 0) if issubclass(type(code), int) else 0


def cut(content: Any) -> str:
    return short(content) if len(str(content)) < LONGEST_HEADER else f"{short(content)}… ({len(str(content))} characters)"


def first(values: Iterable[Any], most: int) -> Iterator[Any]:
    for place, one in enumerate(values):
        if place == most:
            return
        yield one
