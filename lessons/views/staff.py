"""What staff see: the lessons from learners. Nothing on these pages says whose an answer is, or what comes back to the reader."""

from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from accounts.models import User
from lessons import course, services
from lessons.triage import triage, waiting
from lessons.views import cards, find
from lessons.views.lessons import own_state
from lessons.views.methods import View, page

SECONDS = 15.0
"""What is not checked again by then is left for another time: a page is no place to wait for twenty endless loops."""


def staff_page(view: View) -> View:
    """A page to read for staff, as the view's first argument after the request. Whoever has not signed in is asked to."""

    @page
    @own_state
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = find.learner(request)
        if user is None or user.is_guest:
            return redirect_to_login(request.get_full_path())
        if not user.is_staff:
            raise Http404("for staff only")
        return view(request, user, *args, **kwargs)

    return answer


@staff_page
def overview(request: HttpRequest, staff: User) -> HttpResponse:
    now = course.current()
    return render(request, "lessons/triage.html", {"course": now, "waiting": waiting(now), "review_due": 0})


@staff_page
def exercise(request: HttpRequest, staff: User, module: str, lesson: str, exercise: str) -> HttpResponse:
    """One exercise's groups, each checked again: at most twenty Checks, one by one, and not twice at once for one person."""
    now, found = course.current(), find.lesson(module, lesson)
    item = find.exercise(found, exercise)
    context = {"course": now, "lesson": found, "exercise": item, "review_due": 0}
    try:
        with services.one_run(staff):
            context["triage"] = triage(now, found, item, seconds=SECONDS)
    except services.RunInFlight:
        return render(request, "lessons/triage_exercise.html", {**context, "note": cards.BUSY}, status=409)
    return render(request, "lessons/triage_exercise.html", context)
