"""Examples to run: nothing is graded or stored."""

from django.http import HttpResponse
from django.shortcuts import render

from lessons import services
from lessons.views import cards, find, posted
from lessons.views.cards import Fresh, Note
from lessons.views.lessons import lesson_page
from lessons.views.methods import action, in_lesson
from lessons.views.requests import HtmxRequest
from sandbox.protocol import FILE

OBSERVE = "rows"
"""An example shows rows where there are any, and else the value."""


@action(in_lesson("{example}"))
def run(request: HtmxRequest, module: str, lesson: str, example: str) -> HttpResponse:
    found = find.lesson(module, lesson)
    item = find.example(found, example)
    learner = find.acting(request, found)
    sent = posted.answer(request, (FILE,))
    fresh, status = Fresh(files=sent.files, note=Note("This code cannot be taken", sent.refusal)), 422
    if not sent.refusal:
        try:
            seen = services.run_code(learner=learner, world=item.world, observe=OBSERVE, files=sent.files)
            fresh, status = Fresh(files=sent.files, result=cards.ran(seen, OBSERVE, sent.files)), 200
        except services.RunInFlight:
            fresh, status = Fresh(files=sent.files, note=cards.BUSY), 409
    if request.htmx:
        card = cards.example(item, fresh)
        return render(request, "lessons/try.html#answer", {"card": card, "lesson": found, "oob": True}, status=status)
    return lesson_page(request, found, {item.id: fresh}, status=status)
