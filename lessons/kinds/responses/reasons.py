"""Why a request may have got another status than the one that was wanted, read from its journey."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from lessons.grading.words import code, listing
from lessons.kinds.responses.journey import events

ROUTES_LISTED = 5
LONGEST_COMPARED = 100


def because(response: Mapping[str, Any], seen: Mapping[str, Any]) -> str:
    """To follow the two statuses; empty where nothing certain can be said."""
    for event in events(seen):
        match event["at"]:
            case "no route":
                return f": {no_route(event)}"
            case "turned back":
                return f": {code(event['name'])} answers, and the request comes no further"
            case "caught":
                return f": {code(event['name'])} answers the exception"
            case "raised":
                return f": {code(event['name'])} is raised"
    if response.get("status") == 405:
        return ": the view does not take this method"
    return ""


def no_route(event: Mapping[str, Any]) -> str:
    """ "no route matches `boks/`. The nearest is `books/`" """
    tried = event.get("tried")
    routes = [route for route in tried if isinstance(route, str)] if isinstance(tried, list) else []
    path = event["name"]
    if not routes:
        return f"no route matches {code(path)}, and there are none"
    if path and not path.endswith("/") and f"{path}/" in routes:
        return f"no route matches {code(path)}: {code(f'{path}/')} does, with a slash"
    compared = [route[:LONGEST_COMPARED] for route in routes]
    nearest = get_close_matches(path[:LONGEST_COMPARED], compared, n=1)
    if nearest:
        return f"no route matches {code(path)}. The nearest is {code(nearest[0])}"
    return f"no route matches {code(path)}. There are {listing(routes, ROUTES_LISTED)}"
