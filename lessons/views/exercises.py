"""The bench: what its form can do. Each view finds, acts, and answers with the bench's new state."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from lessons import reviews, services, state
from lessons.catalogue.types import Exercise, Lesson
from lessons.models import Submission
from lessons.views import cards, drafts, find, posted, review
from lessons.views.cards import Fresh, Note, Result, Saved
from lessons.views.lessons import lesson_page
from lessons.views.methods import action, in_lesson
from lessons.views.posted import Posted
from lessons.views.requests import HtmxRequest
from sandbox.protocol import File, Observation

type Shown = Callable[[Observation, tuple[File, ...]], Result]


def place(*, module: str, lesson: str, exercise: str) -> str:
    """The address of an exercise's bench, in its lesson or where it has come back."""
    where = review.bench_url if reviews.turn_of(exercise) else in_lesson("bench-{exercise}")
    return where(module=module, lesson=lesson, exercise=exercise)


at_bench = action(place)


@at_bench
def check(request: HtmxRequest, module: str, lesson: str, exercise: str) -> HttpResponse:
    bench = _bench(request, module, lesson, exercise)
    saved = _save(bench)
    if saved is Saved.REFUSED:
        return _refused(request, bench)
    try:
        submission = services.submit(learner=bench.learner, exercise=bench.exercise, files=bench.sent.files)
    except services.RunInFlight:
        return _show(request, bench, "answer", saved, note=cards.BUSY, status=409)
    return _show(request, bench, "answer", saved, checked=submission)


@at_bench
def run(request: HtmxRequest, module: str, lesson: str, exercise: str) -> HttpResponse:
    bench = _bench(request, module, lesson, exercise)
    return _try_out(request, bench, services.run_answer, lambda seen, files: cards.ran(seen, bench.exercise.observe, files))


@at_bench
def chain(request: HtmxRequest, module: str, lesson: str, exercise: str) -> HttpResponse:
    """As :func:`run`, to see how many rows each call of the answer leaves."""
    return _try_out(request, _bench(request, module, lesson, exercise), services.count_chain, cards.counted)


@at_bench
def hint(request: HtmxRequest, module: str, lesson: str, exercise: str) -> HttpResponse:
    bench = _bench(request, module, lesson, exercise)
    services.reveal_hint(learner=bench.learner, exercise=bench.exercise)
    return _show(request, bench, "hints", _save(bench))


@at_bench
def solution(request: HtmxRequest, module: str, lesson: str, exercise: str) -> HttpResponse:
    bench = _bench(request, module, lesson, exercise)
    services.show_solution(learner=bench.learner, exercise=bench.exercise)
    return _show(request, bench, "solution", _save(bench))


@at_bench
def reset(request: HtmxRequest, module: str, lesson: str, exercise: str) -> HttpResponse:
    bench = _bench(request, module, lesson, exercise)
    services.reset_draft(learner=bench.learner, exercise=bench.exercise, tab=bench.sent.tab)
    return _show(request, bench, "files", Saved.YES, keep=False)


@at_bench
def draft(request: HtmxRequest, module: str, lesson: str, exercise: str) -> HttpResponse:
    bench = _bench(request, module, lesson, exercise)
    saved = _save(bench)
    return _show(request, bench, "saved", saved, status=drafts.STATUS.get(saved, 200))


@at_bench
def keep_mine(request: HtmxRequest, module: str, lesson: str, exercise: str) -> HttpResponse:
    """Ends a conflict with the text of this tab."""
    bench = _bench(request, module, lesson, exercise)
    if bench.sent.refusal:
        return _refused(request, bench)
    other = services.overwrite_draft(learner=bench.learner, exercise=bench.exercise, files=bench.sent.files, tab=bench.sent.tab)
    return _show(request, bench, "kept", Saved.YES, spare=other)


@at_bench
def take_other(request: HtmxRequest, module: str, lesson: str, exercise: str) -> HttpResponse:
    """Ends a conflict with the text of the other tab."""
    bench = _bench(request, module, lesson, exercise)
    return _show(request, bench, "taken", Saved.YES, keep=False, spare=bench.sent.files)


@at_bench
def drop_others(request: HtmxRequest, module: str, lesson: str, exercise: str) -> HttpResponse:
    """Puts away the texts that logging in has left beside the draft."""
    bench = _bench(request, module, lesson, exercise)
    services.drop_others(learner=bench.learner, exercise=bench.exercise)
    return _show(request, bench, "others", _save(bench))


@dataclass(frozen=True, slots=True)
class Bench:
    """Who does what where, and with which code. An exercise that has come ``back`` is alone in its lesson."""

    lesson: Lesson
    exercise: Exercise
    learner: User
    sent: Posted
    back: bool = False


def _bench(request: HtmxRequest, module: str, lesson: str, exercise: str) -> Bench:
    found = find.lesson(module, lesson)
    if reviews.turn_of(exercise):
        back = find.back(found, exercise)
        (item,) = back.exercises
        return Bench(back, item, find.acting(request, found, back), posted.answer(request, item.paths), back=True)
    item = find.exercise(found, exercise)
    return Bench(found, item, find.acting(request, found), posted.answer(request, item.paths))


def _try_out(request: HtmxRequest, bench: Bench, work: Callable[..., Observation], shown: Shown) -> HttpResponse:
    """Runs the answer, and shows what was seen; nothing is graded."""
    saved = _save(bench)
    if saved is Saved.REFUSED:
        return _refused(request, bench)
    try:
        seen = work(learner=bench.learner, exercise=bench.exercise, files=bench.sent.files)
    except services.RunInFlight:
        return _show(request, bench, "answer", saved, note=cards.BUSY, status=409)
    return _show(request, bench, "answer", saved, result=shown(seen, bench.sent.files))


def _save(bench: Bench) -> Saved:
    return drafts.save(bench.learner, bench.exercise, bench.sent)


def _refused(request: HtmxRequest, bench: Bench) -> HttpResponse:
    note = Note("This code cannot be taken", bench.sent.refusal)
    return _show(request, bench, "answer", Saved.REFUSED, note=note, status=422)


def _show(
    request: HtmxRequest,
    bench: Bench,
    part: str,
    saved: Saved,
    *,
    checked: Submission | None = None,
    result: Result | None = None,
    note: Note | None = None,
    keep: bool = True,
    spare: tuple[File, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """The bench's new state: one part of it for htmx, else the whole page, by way of a redirect where all of it is stored.

    ``keep`` says that the page goes on with the code that was sent. Code that was not saved keeps the version it came with:
    with the newest, the page's next save would win over a text that nobody has seen there.
    """
    if checked:
        result = cards.checked(checked, bench.exercise)
    fresh = Fresh(
        files=bench.sent.files if keep else None,
        result=result,
        note=note,
        saved=saved,
        version=None if saved is Saved.YES else bench.sent.version,
        refusal=bench.sent.refusal,
        spare=spare,
    )
    if request.htmx:
        card = _card(bench, fresh)
        context = {"card": card, "lesson": bench.lesson, "oob": part != "saved", "part": part}
        return render(request, f"lessons/bench.html#{part}", context, status=status)
    if saved is not Saved.YES or note or spare or (result and not checked):
        return _page(request, bench, fresh, status)
    return redirect(place(module=bench.lesson.module, lesson=bench.lesson.name, exercise=bench.exercise.id))


def _card(bench: Bench, fresh: Fresh) -> cards.BenchCard:
    if bench.back:
        return review.card(bench.learner, bench.lesson, fresh)
    return cards.bench(bench.lesson, bench.exercise, state.of_lesson(bench.learner, bench.lesson), fresh)


def _page(request: HtmxRequest, bench: Bench, fresh: Fresh, status: int) -> HttpResponse:
    if bench.back:
        return review.bench_page(request, bench.lesson, fresh, status=status)
    return lesson_page(request, bench.lesson, {bench.exercise.id: fresh}, status=status)
