"""Rendering: the HTML that the learner's templates give for each context that the probes hand them, and the queries on the way.

A step's ``seen`` is ``{"value": encoded}``, or for what ``render()`` gives::

    {"html": {"template": "shop/list.html", "body": [piece, …], "bytes": 1234, "whole": true, "hash": "…",
              "templates": [name, …]}}

``body`` is in pieces, as a response's is: see :mod:`sandbox.observers.responses`. Where Django passed over something in silence,
there is ``"silence"`` beside: see :mod:`sandbox.silence`. The step that ends a probe has what was left behind: see
:func:`sandbox.probes.left_behind`.

``options``: ``{"probes": […], "given": […], "tables": […], "urlconf": "shop.urls", "settings": {…}}``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template import engines
from django.test.signals import template_rendered

from sandbox import probes
from sandbox.journey import short
from sandbox.observers.responses import TEMPLATES_KEPT, pieces, settings, templates_named
from sandbox.probes import value
from sandbox.run import Run
from sandbox.silence import noted, silence


@dataclass(slots=True)
class Rendered:
    """What :func:`render` gives. ``str()`` of it is the HTML, so that a probe can look for something in it."""

    template: str
    html: str
    templates: list[str]

    def __str__(self) -> str:
        return self.html

    def __contains__(self, text: str) -> bool:
        return text in self.html


def observe(run: Run) -> Mapping[str, Any]:
    with run.project(**settings(run)), templates_named(), noted(run.paths):
        run.steps += probes.ask(run, {**run.names(), "render": render}, describe, failed=silence.taken)
    return {}


def render(template: str, /, **context: Any) -> Rendered:
    """Render one of the files' templates with these names in it. ``request=`` makes it as in a view."""
    used: list[str] = []

    def note(sender: object, template: Any, **also: Any) -> None:
        if template.name and len(used) < TEMPLATES_KEPT:
            used.append(short(template.name))

    template_rendered.connect(note)
    try:
        html = engines["django"].get_template(template).render(context, context.get("request"))
    finally:
        template_rendered.disconnect(note)
    return Rendered(template, html, used)


def describe(found: Any) -> Mapping[str, Any]:
    if type(found) is not Rendered:
        return {**value(found), **silence.taken()}
    content = str.__str__(found.html).encode("utf-8", "replace")
    page = {"template": short(found.template), **pieces(content), "templates": found.templates}
    return {"html": page, **silence.taken()}
