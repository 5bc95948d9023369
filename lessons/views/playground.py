"""The playground: code that no exercise asks for, run beside a world, kept as a draft, and shared by link."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.guests import ensure_learner
from accounts.models import User
from lessons import checking, course, services
from lessons.models import Snippet
from lessons.views import cards, drafts, find, pads, posted, worlds
from lessons.views.cards import Fresh, Note, Result, Saved
from lessons.views.lessons import own_state
from lessons.views.methods import action, page
from lessons.views.pads import Pad
from lessons.views.posted import Posted
from lessons.views.requests import HtmxRequest
from sandbox.protocol import FILE, File

FREE = "free"
"""The observer of what code gives, whatever that is."""
ONE_LINE = "line"
"""The field by which the first page's box asks for its answer in one line. It keeps no draft."""
NO_WORLD = Note("This world is not here any more", "Its code can still be read and copied, but not run.")
NOTHING = "There is nothing to share yet: type some code first."
IN_PREVIEW = "What is written in a preview cannot be shared: its world may be gone tomorrow."
TOO_MANY = f"You have shared {services.MOST_SNIPPETS} snippets, and there may be no more. Delete one below, then share this one."

at_pad = action(pads.address)
at_list = action(lambda slug: f"{reverse('lessons:playground')}#mine")


@page
@own_state
def playground(request: HttpRequest) -> HttpResponse:
    now = course.current()
    asked = request.GET.get("world") or pads.first(now)
    known = asked in now.worlds
    pad = pads.of_world(asked if known else pads.first(now)) if now.worlds else None
    unknown = "" if known else asked
    return _page(request, pad, status=404 if unknown else 200, unknown=unknown)


@page
@own_state
def snippet(request: HttpRequest, slug: str) -> HttpResponse:
    if slug in course.current().worlds:
        return redirect(pads.address(slug))
    return _page(request, pads.of_snippet(slug, find.learner(request)))


@at_pad
def run(request: HtmxRequest, place: str) -> HttpResponse:
    if ONE_LINE in request.POST:
        return _in_one_line(request, place)
    return _try_out(request, _desk(request, place), FREE)


@at_pad
def chain(request: HtmxRequest, place: str) -> HttpResponse:
    return _try_out(request, _desk(request, place), services.CHAIN)


@at_pad
def draft(request: HtmxRequest, place: str) -> HttpResponse:
    desk = _desk(request, place)
    saved = _save(desk)
    return _show(request, desk, "saved", saved, status=drafts.STATUS.get(saved, 200))


@at_pad
def keep_mine(request: HtmxRequest, place: str) -> HttpResponse:
    """Ends a conflict with the text of this tab."""
    desk = _desk(request, place)
    if desk.sent.refusal:
        return _refused(request, desk)
    other = services.overwrite_draft(learner=desk.learner, exercise=desk.pad, files=desk.sent.files, tab=desk.sent.tab)
    return _show(request, desk, "kept", Saved.YES, spare=other)


@at_pad
def take_other(request: HtmxRequest, place: str) -> HttpResponse:
    """Ends a conflict with the text of the other tab."""
    desk = _desk(request, place)
    return _show(request, desk, "taken", Saved.YES, keep=False, spare=desk.sent.files)


@at_pad
def reset(request: HtmxRequest, place: str) -> HttpResponse:
    """Puts back what stood there at first: the shared text, where it is a snippet's. What is replaced is shown once more."""
    desk = _desk(request, place)
    before = (File(FILE, desk.pad.text),)
    services.overwrite_draft(learner=desk.learner, exercise=desk.pad, files=before, tab=desk.sent.tab)
    return _show(request, desk, "files", Saved.YES, keep=False, spare=desk.sent.files)


@at_pad
def share(request: HtmxRequest, place: str) -> HttpResponse:
    desk = _desk(request, place)
    saved = _save(desk)
    if saved is Saved.REFUSED:
        return _refused(request, desk)
    code = desk.sent.files[0].text
    problem = IN_PREVIEW if course.preview() else NOTHING if not code.strip() else NO_WORLD.headline if not desk.pad.there else ""
    try:
        made = None if problem else services.share(maker=desk.learner, world=desk.pad.world, code=code)
    except services.TooManySnippets:
        made, problem = None, TOO_MANY
    if made and not request.htmx:
        return redirect("lessons:snippet", made.slug)
    return _show(request, desk, "shared", saved, shared=made, problem=problem, status=422 if problem else 200)


@at_list
def delete(request: HtmxRequest, slug: str) -> HttpResponse:
    learner = find.learner(request)
    if learner is None:
        raise Http404("a visitor who has shared nothing")
    try:
        services.unshare(maker=learner, slug=slug)
    except Snippet.DoesNotExist as problem:
        raise Http404(f"no snippet {slug} of this learner's") from problem
    if request.htmx:
        return render(request, "lessons/playground.html#mine", {"mine": _mine(learner), "gone": True})
    return redirect(f"{reverse('lessons:playground')}#mine")


@dataclass(frozen=True, slots=True)
class Desk:
    """Who does what on which pad, and with which code."""

    pad: Pad
    learner: User
    sent: Posted


def _desk(request: HttpRequest, place: str) -> Desk:
    pad = pads.at(place, find.learner(request))
    return Desk(pad, ensure_learner(request), posted.answer(request, (FILE,)))


def _save(desk: Desk) -> Saved:
    return drafts.save(desk.learner, desk.pad, desk.sent)


def _try_out(request: HtmxRequest, desk: Desk, observe: str) -> HttpResponse:
    saved = _save(desk)
    if saved is Saved.REFUSED:
        return _refused(request, desk)
    result, note = _ran(desk, observe)
    return _show(request, desk, "answer", saved, result=result, note=note, status=_status(note))


def _ran(desk: Desk, observe: str) -> tuple[Result | None, Note | None]:
    """What came of the code, or why it was not run."""
    if not desk.pad.there:
        return None, NO_WORLD
    files = desk.sent.files
    try:
        seen = services.run_code(learner=desk.learner, world=desk.pad.world, observe=observe, files=files)
    except services.RunInFlight:
        return None, cards.BUSY
    return (cards.counted if observe == services.CHAIN else cards.ran_freely)(seen, files), None


def _status(note: Note | None) -> int:
    return 409 if note is cards.BUSY else 422 if note else 200


def _refused(request: HtmxRequest, desk: Desk) -> HttpResponse:
    note = Note("This code cannot be taken", desk.sent.refusal)
    return _show(request, desk, "answer", Saved.REFUSED, note=note, status=422)


def _in_one_line(request: HtmxRequest, place: str) -> HttpResponse:
    """For the box on the first page: the answer in a line, or, without JavaScript, the playground with it."""
    desk = _desk(request, place)
    note = Note("This code cannot be taken", desk.sent.refusal) if desk.sent.refusal else None
    result = None
    if note is None:
        result, note = _ran(desk, FREE)
    if request.htmx:
        context = {"result": result, "note": note, "place": place}
        return render(request, "lessons/hero_try.html#answer", context, status=_status(note))
    fresh = Fresh(files=desk.sent.files, result=result, note=note, saved=Saved.UNTOUCHED, version=0)
    return _page(request, desk.pad, fresh, status=_status(note))


def _show(
    request: HtmxRequest,
    desk: Desk,
    part: str,
    saved: Saved,
    *,
    result: Result | None = None,
    note: Note | None = None,
    keep: bool = True,
    spare: tuple[File, ...] = (),
    shared: Snippet | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The pad's new state: one part of it for htmx, else the whole page, by way of a redirect where all of it is stored."""
    fresh = Fresh(
        files=desk.sent.files if keep else None,
        result=result,
        note=note,
        saved=saved,
        version=None if saved is Saved.YES else desk.sent.version,
        refusal=desk.sent.refusal,
        spare=spare,
    )
    if request.htmx:
        context = {
            "card": pads.card(desk.pad, desk.learner, fresh),
            "pad": desk.pad,
            "oob": part != "saved",
            "part": part,
            "shared": shared and request.build_absolute_uri(reverse("lessons:snippet", args=[shared.slug])),
            "problem": problem,
            "mine": _mine(desk.learner) if shared else None,
        }
        return render(request, f"lessons/pad.html#{part}", context, status=status)
    if saved is not Saved.YES or result or note or spare or problem:
        return _page(request, desk.pad, fresh, status=status, problem=problem)
    return redirect(pads.address(desk.pad.place))


def _page(
    request: HttpRequest,
    pad: Pad | None,
    fresh: Fresh = pads.AS_STORED,
    *,
    status: int = 200,
    unknown: str = "",
    problem: str = "",
) -> HttpResponse:
    now, learner = course.current(), find.learner(request)
    context = {
        "course": now,
        "worlds": list(now.worlds),
        "pad": pad,
        "card": pad and pads.card(pad, learner, fresh),
        "own": pad and pad.shared and learner and pad.shared.maker_id == learner.pk,
        "tables": worlds.tables(worlds.models_of(now.root, pad.world)) if pad and pad.there else (),
        "rows": checking.rows(pad.world) if pad else None,
        "mine": _mine(learner),
        "unknown": unknown,
        "problem": problem,
    }
    response = render(request, "lessons/playground.html", context, status=status)
    if pad and (pad.shared or pad.orphaned):
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _mine(learner: User | None) -> list[Snippet]:
    return list(Snippet.objects.by(learner).listed()) if learner and not course.preview() else []
