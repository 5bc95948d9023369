"""Finds what an address names, or refuses with 404."""

from django.http import Http404, HttpRequest

from accounts.guests import ensure_learner
from accounts.models import User
from lessons import course, reviews, services
from lessons.catalogue.types import Exercise, Lesson, Quiz, Try, plain


def lesson(module: str, name: str) -> Lesson:
    """The lesson with this slug, or that formerly had it."""
    found = course.current().lesson(f"{module}/{name}")
    if found is None:
        raise Http404(f"no lesson {module}/{name}")
    return found


def exercise(lesson: Lesson, name: str) -> Exercise:
    return _named(lesson.exercises, lesson, name)


def back(lesson: Lesson, name: str) -> Lesson:
    """The lesson with nothing in it but the exercise that has come back under this name."""
    turn = reviews.turn_of(name)
    if turn is None or course.preview():
        raise Http404(f"no {name} comes back in {lesson.slug}")
    return reviews.set_apart(lesson, exercise(lesson, turn[0]), turn[1])


def quiz(lesson: Lesson, name: str) -> Quiz:
    return _named(lesson.quizzes, lesson, name)


def example(lesson: Lesson, name: str) -> Try:
    found = next((one for one in lesson.tries if one.id == name), None)
    if found is None:
        raise Http404(f"no example {name} in {lesson.slug}")
    return found


def learner(request: HttpRequest) -> User | None:
    """The user who reads; None for a visitor who has not acted yet."""
    return request.user if isinstance(request.user, User) else None


def acting(request: HttpRequest, *lessons: Lesson) -> User:
    """The user who acts, with what they did under the lessons' former names. To be called once everything is found."""
    user = ensure_learner(request)
    for one in lessons:
        services.adopt_former_work(learner=user, lesson=one)
    return user


def _named[T: (Exercise, Quiz)](items: tuple[T, ...], lesson: Lesson, name: str) -> T:
    for item in items:
        if item.id == name or f"{lesson.slug}#{name}" in map(plain, item.formerly):
            return item
    raise Http404(f"no {name} in {lesson.slug}")
