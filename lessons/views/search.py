"""Search: a page with a form, and what htmx asks for while somebody types, on that page or below the box at the top of any."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.vary import vary_on_headers

from lessons import course, guide
from lessons.views.methods import page
from lessons.views.requests import HtmxRequest

LONGEST = 500
"""Characters of a query."""
MOST = 40
MOST_IN_PANEL = 7
PANEL = "search-panel"


@page
@vary_on_headers("HX-Request", "HX-Target")
def search(request: HtmxRequest) -> HttpResponse:
    now = course.current()
    query = request.GET.get("q", "")[:LONGEST].strip()
    in_panel = request.htmx.target == PANEL
    known = guide.of(now)
    found, names = known.index.find(query, MOST_IN_PANEL if in_panel else MOST), known.names(query)
    context = {
        "course": now,
        "searching": True,
        "query": query,
        "in_panel": in_panel,
        "found": found,
        "names": names,
        "meant": [] if found.hits or names else known.meant(query),
    }
    part = "#panel" if in_panel else "#results" if request.htmx.target else ""
    return render(request, f"lessons/search.html{part}", context)
