"""Quizzes: predict first, then see."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from lessons import services, state
from lessons.views import cards, find
from lessons.views.cards import Fresh, Note
from lessons.views.lessons import lesson_page, lesson_url
from lessons.views.methods import action, in_lesson
from lessons.views.requests import HtmxRequest

NOTHING_CHOSEN = Note("Nothing is chosen yet", "Pick an answer first.")


@action(in_lesson("quiz-{quiz}"))
def answer(request: HtmxRequest, module: str, lesson: str, quiz: str) -> HttpResponse:
    found = find.lesson(module, lesson)
    item = find.quiz(found, quiz)
    learner = find.acting(request, found)
    chosen = frozenset(int(place) if place.isdecimal() and len(place) < 4 else -1 for place in request.POST.getlist("option"))
    try:
        services.answer_quiz(learner=learner, quiz=item, chosen=chosen)
        note = None
    except services.NoSuchOption:
        note = NOTHING_CHOSEN
    status = 422 if note else 200
    if request.htmx:
        context = {
            "card": cards.quiz(item, state.of_lesson(learner, found).answers.get(item.key), note),
            "lesson": found,
            "oob": True,
        }
        return render(request, "lessons/quiz.html#quiz", context, status=status)
    if note:
        return lesson_page(request, found, {item.id: Fresh(note=note)}, status=status)
    return redirect(lesson_url(found, f"quiz-{item.id}"))
