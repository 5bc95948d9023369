"""The page of a world: its models as a drawing, as a table, and as they are written."""

from itertools import pairwise

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from lessons import checking, course
from lessons.views import diagrams, relations, worlds
from lessons.views.methods import page

ZOOMS = ("1", "1.5", "2", "3", "4")
"""How large the drawing may be. At 1 it is no wider than the page."""


@page
def world(request: HttpRequest, world: str) -> HttpResponse:
    now = course.current()
    if world not in now.worlds:
        raise Http404(f"no world {world}")
    source = worlds.models_of(now.root, world)
    tables = worlds.tables(source)
    context = {
        "course": now,
        "world": world,
        "tables": tables,
        "rows": checking.rows(world),
        "facts": relations.facts(tables),
        "diagram": diagrams.diagram(tables),
        "zoom": _zoom(request.GET.get("zoom", "")),
        "source": source,
    }
    return render(request, "lessons/world.html", context)


def _zoom(asked: str) -> dict[str, str | float]:
    now = asked if asked in ZOOMS else ZOOMS[0]
    larger, smaller = dict(pairwise(ZOOMS)), dict(pairwise(ZOOMS[::-1]))
    return {"now": now, "factor": float(now), "larger": larger.get(now, ""), "smaller": smaller.get(now, "")}
