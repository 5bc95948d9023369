"""The bench: what its form can do. Each view finds, acts, and answers with the bench's new state."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.models import User
from lessons import services, state
from lessons.catalogue.types import Exercise, Lesson
from lessons.models import Submission
from lessons.views import cards, find, posted
from lessons.views.cards import Fresh, Note, Result
from lessons.views.lessons import lesson_page, lesson_url
from lessons.views.posted import Posted
from lessons.views.requests import HtmxRequest


@require_POST
def check(request: HtmxRequest, module: str, lesson: str, exercise: str) -> HttpResponse:
    bench = _bench(request, module, lesson, exercise)
    if bench.sent.refusal:
        return _refused(request, bench)
    conflict = not _saved(bench)
    try:
        submission = services.submit(learner=bench.learner, exercise=bench.exercise, files=bench.sent.files)
    except services.RunInFlight:
        return _show(request, bench, "answer", note=cards.BUSY, conflict=conflict, status=409)
    return _show(request, bench, "answer", checked=submission, conflict=conflict)


@require_POST
def run(request: HtmxRequest, module: str, lesson: str, exercise: str) -> HttpResponse:
    bench = _bench(request, module, lesson, exercise)
    if bench.sent.refusal:
        return _refused(request, bench)
    conflict, one = not _saved(bench), bench.exercise
    try:
        seen = services.run_code(
            learner=bench.learner, world=one.world, observe=one.observe, files=bench.sent.files, setup=one.setup
        )
    except services.RunInFlight:
        return _show(request, bench, "answer", note=cards.BUSY, conflict=conflict, status=409)
    return _show(request, bench, "answer", result=cards.ran(seen, one.observe, bench.sent.files), conflict=conflict)


@require_POST
def hint(request: HtmxRequest, module: str, lesson: str, exercise: str) -> HttpResponse:
    bench = _bench(request, module, lesson, exercise)
    services.reveal_hint(learner=bench.learner, exercise=bench.exercise)
    return _show(request, bench, "hints", conflict=not _saved(bench))


@require_POST
def solution(request: HtmxRequest, module: str, lesson: str, exercise: str) -> HttpResponse:
    bench = _bench(request, module, lesson, exercise)
    services.show_solution(learner=bench.learner, exercise=bench.exercise)
    return _show(request, bench, "solution", conflict=not _saved(bench))


@require_POST
def reset(request: HtmxRequest, module: str, lesson: str, exercise: str) -> HttpResponse:
    bench = _bench(request, module, lesson, exercise)
    services.reset_draft(learner=bench.learner, exercise=bench.exercise, tab=bench.sent.tab)
    return _show(request, bench, "files", keep=False)


@require_POST
def draft(request: HtmxRequest, module: str, lesson: str, exercise: str) -> HttpResponse:
    bench = _bench(request, module, lesson, exercise)
    if bench.sent.refusal:
        return _refused(request, bench)
    conflict = not _saved(bench)
    return _show(request, bench, "saved", conflict=conflict, status=409 if conflict else 200)


@dataclass(frozen=True, slots=True)
class Bench:
    """Who does what where, and with which code."""

    lesson: Lesson
    exercise: Exercise
    learner: User
    sent: Posted


def _bench(request: HtmxRequest, module: str, lesson: str, exercise: str) -> Bench:
    found = find.lesson(module, lesson)
    item = find.exercise(found, exercise)
    return Bench(found, item, find.acting(request, found), posted.answer(request, item.paths))


def _saved(bench: Bench) -> bool:
    """Keeps the code as the draft; False when another tab has saved a different one. Refused code is not kept."""
    if bench.sent.refusal:
        return True
    sent = bench.sent
    try:
        services.save_draft(learner=bench.learner, exercise=bench.exercise, files=sent.files, version=sent.version, tab=sent.tab)
    except services.DraftConflict:
        return False
    return True


def _refused(request: HtmxRequest, bench: Bench) -> HttpResponse:
    note = Note("This code cannot be taken", bench.sent.refusal)
    return _show(request, bench, "answer", note=note, status=422)


def _show(
    request: HtmxRequest,
    bench: Bench,
    part: str,
    *,
    checked: Submission | None = None,
    result: Result | None = None,
    note: Note | None = None,
    conflict: bool = False,
    keep: bool = True,
    status: int = 200,
) -> HttpResponse:
    """The bench's new state: one part of it for htmx, else the whole page, by way of a redirect where all of it is stored.

    ``keep`` says that the page goes on with the code that was sent.
    """
    if checked:
        result = cards.checked(checked, bench.exercise)
    fresh = Fresh(files=bench.sent.files if keep else None, result=result, note=note, conflict=conflict, tab=bench.sent.tab)
    if request.htmx:
        known = state.of_lesson(bench.learner, bench.lesson)
        card = cards.bench(bench.lesson, bench.exercise, known, fresh)
        context = {"card": card, "lesson": bench.lesson, "oob": part != "saved", "solution_asked": part == "solution"}
        return render(request, f"lessons/bench.html#{part}", context, status=status)
    if conflict or note or (result and not checked):
        return lesson_page(request, bench.lesson, {bench.exercise.id: fresh}, status=status)
    return redirect(lesson_url(bench.lesson, f"bench-{bench.exercise.id}"))
