"""A request's journey as a picture: layer within layer. What is drawn is a claim of the process that a learner's code ran in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django import template

register = template.Library()

DEEPEST = 12
MOST_POINTS = 100

type Point = tuple[str, str]
"""A kind, and the words."""


@dataclass(slots=True)
class Layer:
    """A request, or a middleware on its way; ``inside`` is what came between its two sides. ``kind``: ``request``, ``passed``,
    ``turned`` (it answered by itself) or ``stuck`` (nothing came out of it)."""

    name: str
    kind: str
    inside: "list[Layer | Point]" = field(default_factory=list)
    ends: str = ""


@register.filter
def journeys(journey: Any) -> list[Layer]:
    """One layer for each request of a step, with the others in it."""
    made: list[Layer] = []
    around: list[Layer] = []
    for at, name, status, event in points(journey):
        if at == "request":
            around = [Layer(name, "request")]
            made += around
        elif at == "in" and around and len(around) < DEEPEST:
            around.append(entered(around[-1], name))
        elif at in ("out", "turned back"):
            leave(around, name, "turned" if at == "turned back" else "passed", status)
        elif around:
            around[-1].inside += told(at, name, status, event)
    return made


def points(journey: Any) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    for event in journey[:MOST_POINTS] if isinstance(journey, list) else ():
        if isinstance(event, dict) and isinstance(event.get("at"), str) and isinstance(event.get("name"), str):
            yield event["at"], event["name"], spoken_status(event.get("status")), event


def entered(outside: Layer, name: str) -> Layer:
    layer = Layer(name, "stuck")
    outside.inside.append(layer)
    return layer


def leave(around: list[Layer], name: str, kind: str, status: str) -> None:
    """The innermost layer of that name has been left, and so have those in it."""
    place = next((place for place in reversed(range(1, len(around))) if around[place].name == name), None)
    if place is not None:
        around[place].kind, around[place].ends = kind, status
        del around[place:]


def told(at: str, name: str, status: str, event: dict[str, Any]) -> Iterable[Point]:
    match at:
        case "route":
            return [("route", f"Route {name}" if name else "Route with an empty path")]
        case "no route":
            return [("trouble", f"No route matches {name}")]
        case "view":
            return [("view", f"View {name}")]
        case "raised":
            return [("trouble", f"{name} is raised")]
        case "caught":
            return [("view", f"{name} answers the exception with {status}")]
        case "answer":
            return [("answer", f"Response {status}")]
    return []


@register.filter
def spoken_status(status: Any) -> str:
    """ "404 Not Found" """
    try:
        return f"{HTTPStatus(status).value} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status) if type(status) is int else ""


@register.filter
def is_layer(one: Any) -> bool:
    return isinstance(one, Layer)


@register.filter
def pairs(found: Any) -> list[list[str]]:
    """Headers: names with values."""
    every = found if isinstance(found, list) else []
    return [[str(part) for part in pair] for pair in every if isinstance(pair, list) and len(pair) == 2]


@register.filter
def beginning(pieces: Any) -> str:
    """The first piece of a body that was sent in pieces: the page keeps no more of it."""
    return pieces[0] if isinstance(pieces, list) and pieces and isinstance(pieces[0], str) else ""


@register.filter
def names(found: Any) -> str:
    """Texts of a list, with commas between."""
    return ", ".join(one for one in found if isinstance(one, str)) if isinstance(found, list) else ""


@register.filter
def tidy(html: str) -> str:
    """HTML to read: without the empty lines that tags leave behind."""
    return "\n".join(line.rstrip() for line in html.splitlines() if line.strip())
