"""Django's names: which of them the course has, and where it teaches and practises each."""

import re
from dataclasses import dataclass

from django import VERSION
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from lessons import course, guide, state
from lessons.catalogue.types import Course
from lessons.guide import Practice, Use
from lessons.names import Group, Name, alike, groups, known
from lessons.views import find
from lessons.views.lessons import own_state
from lessons.views.methods import page

RELEASE = f"{VERSION[0]}.{VERSION[1]}"
"""Django's: a later correction of it brings no names."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A group of names: those that the course has, and what the others are called."""

    group: Group
    names: tuple[tuple[Name, Use], ...]
    others: tuple[str, ...]


@page
def names(request: HttpRequest) -> HttpResponse:
    now = course.current()
    return render(request, "lessons/names.html", {"course": now, "chapters": chapters(now), "version": RELEASE})


@page
@own_state
def name(request: HttpRequest, name: str) -> HttpResponseBase:
    found = known().get(name)
    if found is None:
        return elsewhere(name)
    now = course.current()
    use = guide.of(now).uses.get(found, Use())
    context = {
        "course": now,
        "name": found,
        "version": RELEASE,
        "said": said(found, use),
        "places": [(place, place.sentences.get(found, "")) for place in use.taught],
        "practised": marked(use, state.of_course(find.learner(request)).passed),
    }
    return render(request, "lessons/name.html", context)


def elsewhere(called: str) -> HttpResponse:
    """Sends on who left out what tells names apart, put it where it is not needed, or wrote it in other capitals."""
    short, _, rest = called.partition("-")
    meant = [one for one in alike().get((rest or called).casefold(), ()) if not rest or one.group.short == short]
    match meant:
        case []:
            raise Http404(f"Django has no public name {called}")
        case [one]:
            return redirect("lessons:name", one.address, permanent=True)
        case _:
            return redirect(f"{reverse('lessons:search')}?{urlencode({'q': called})}")


def chapters(now: Course) -> list[Chapter]:
    uses = guide.of(now).uses
    every = [(group, [one for one in known().values() if one.group is group]) for group in groups()]
    return [
        Chapter(
            group,
            tuple((one, uses[one]) for one in names if one in uses),
            tuple(one.written for one in names if one not in uses),
        )
        for group, names in every
    ]


def said(name: Name, use: Use) -> str:
    """The first sentence in the course that begins with the name: what its lessons say about it. Empty when there is none."""
    opening = re.compile(rf"(?:(?:An?|Each|The) )?\W{{0,2}}{re.escape(name.text)}(?!\w)")
    sentences = (place.sentences.get(name, "") for place in use.taught)
    return next((sentence for sentence in sentences if opening.match(sentence)), "")


def marked(use: Use, passed: frozenset[str]) -> list[tuple[Practice, bool]]:
    """The exercises, and whether the learner has passed each."""
    return [(one, not passed.isdisjoint(state.keys_of(one.exercise))) for one in use.practised]
