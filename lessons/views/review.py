"""Today's set: exercises that come back before they are forgotten, one bench after the other."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.models import User
from lessons import course, reviews, state
from lessons.catalogue.types import Lesson
from lessons.reviews import Today
from lessons.views import cards, find
from lessons.views.cards import BenchCard, Fresh, Review
from lessons.views.lessons import own_state
from lessons.views.methods import page


@page
@own_state
def today(request: HttpRequest) -> HttpResponse:
    now = course.current()
    plan = reviews.today(None if now.preview else find.learner(request), now)
    if plan.left:
        first = plan.left[0]
        return _render(request, plan, reviews.set_apart(first.lesson, first.exercise, first.turn))
    return render(request, "lessons/review.html", {"course": now, "today": plan, "review_due": 0})


@page
def bench(request: HttpRequest, module: str, lesson: str, exercise: str) -> HttpResponse:
    """One exercise that has come back, also after it was answered."""
    return bench_page(request, find.back(find.lesson(module, lesson), exercise))


@own_state
def bench_page(request: HttpRequest, lesson: Lesson, fresh: Fresh | None = None, status: int = 200) -> HttpResponse:
    """The whole page of an exercise that has come back, and is alone in the lesson."""
    return _render(request, reviews.today(find.learner(request), course.current()), lesson, fresh, status)


def card(learner: User, lesson: Lesson, fresh: Fresh) -> BenchCard:
    """What the bench shows after an action."""
    return _card(learner, reviews.today(learner, course.current()), lesson, fresh)


def due(request: HttpRequest) -> dict[str, Callable[[], int]]:
    """For the templates: ``review_due``, how many are left of the reader's set for today. It is asked for where it is shown."""
    return {"review_due": partial(_due, request)}


def _due(request: HttpRequest) -> int:
    learner, now = find.learner(request), course.current()
    return reviews.count(learner, now) if learner and not now.preview else 0


def bench_url(*, module: str, lesson: str, exercise: str) -> str:
    return f"{reverse('lessons:review-exercise', args=[module, lesson, exercise])}#bench-{exercise}"


def _render(request: HttpRequest, plan: Today, lesson: Lesson, fresh: Fresh | None = None, status: int = 200) -> HttpResponse:
    now = course.current()
    context = {
        "course": now,
        "today": plan,
        "review_due": len(plan.left),
        "lesson": lesson,
        "card": _card(find.learner(request), plan, lesson, fresh),
        "starter": reviews.left_out(now, lesson.exercises[0]),
    }
    return render(request, "lessons/review.html", context, status=status)


def _card(learner: User | None, plan: Today, lesson: Lesson, fresh: Fresh | None) -> BenchCard:
    """The bench, counted by its place in today's set."""
    one = cards.bench(lesson, lesson.exercises[0], state.of_lesson(learner, lesson), fresh or Fresh())
    over = one.passed or one.shown
    number = max(plan.done + (0 if over else 1), 1)
    return replace(
        one,
        number=number,
        total=max(plan.done + len(plan.left), number),
        review=Review(over=over, left=len(plan.left), next=plan.next),
    )
