"""The way a request took, as the observer claims it: compared by the layers it came to, and told."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lessons.grading.words import code

type Point = tuple[str, str]

MOST_EVENTS = 200
LAYERS = {
    "in": "the request comes to {}",
    "view": "the view is called",
    "caught": "{} answers the exception",
    "turned back": "{} turns the request back",
    "out": "the response leaves {}",
}
"""By what can be compared: how it is told. Views are not named: two right answers may call theirs as they like."""


def events(seen: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    found = seen.get("journey")
    for event in found[:MOST_EVENTS] if isinstance(found, list) else ():
        if isinstance(event, dict) and isinstance(event.get("at"), str) and isinstance(event.get("name"), str):
            yield event


def path_of(seen: Mapping[str, Any]) -> list[Point]:
    """The layers in the order in which the request came to them; empty where there is no middleware."""
    found = [(event["at"], "" if event["at"] == "view" else event["name"]) for event in events(seen) if event["at"] in LAYERS]
    return found if any(at != "view" for at, _ in found) else []


def way_off(expected: Sequence[Point], given: Sequence[Point]) -> str:
    if list(expected) == list(given) or not expected:
        return ""
    place = next((place for place, pair in enumerate(zip(expected, given, strict=False)) if pair[0] != pair[1]), None)
    at = min(len(expected), len(given)) if place is None else place
    wanted, found = told(expected, at), told(given, at)
    return f"on the way, {found}, expected: {wanted}"


def words_of(points: Sequence[Point]) -> list[str]:
    """One line for each point, without marks for code."""
    return [told(points, place).replace("`", "") for place in range(len(points))]


def told(points: Sequence[Point], place: int) -> str:
    if place >= len(points):
        return "nothing more comes"
    at, name = points[place]
    return LAYERS[at].format(code(name.rpartition(".")[2]))
