"""The list of what can be done by keyboard."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.vary import vary_on_headers

from lessons import course
from lessons.views.methods import page
from lessons.views.requests import HtmxRequest


@page
@vary_on_headers("HX-Request")
def keys(request: HtmxRequest) -> HttpResponse:
    """A page, or the list alone for a dialog on another page."""
    template = "lessons/keys.html#list" if request.htmx else "lessons/keys.html"
    return render(request, template, {"course": course.current()})
