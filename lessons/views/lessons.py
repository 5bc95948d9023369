"""The pages to read: the shelf, a lesson, and what they need besides."""

from collections.abc import Hashable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition

from lessons import checking, course, reviews, state
from lessons.catalogue.types import Course, Lesson
from lessons.marks import Marks
from lessons.state import LessonState
from lessons.views import cards, colours, find, kept, motifs, pads, pieces, sheets, shelves, worlds
from lessons.views.methods import page

PICTURES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".avif": "image/avif",
}
own_state = cache_control(private=True, no_store=True)
"""For pages that show what a learner did: Back asks for them again, and never brings an older text into an editor."""
PICTURE_POLICY = "default-src 'none'; sandbox"


@page
@own_state
def shelf(request: HttpRequest) -> HttpResponse:
    now = course.current()
    learner = find.learner(request)
    known = state.of_course(learner)
    sleeves = shelves.sleeves(now, known.passed)
    context = {
        "course": now,
        "sleeves": sleeves,
        "next": state.next_stop(state.touched(learner), known.passed, now),
        "review_due": reviews.left(now, due=known.due, done=known.reviewed),
        "begun": any(sleeve.passed for sleeve in sleeves),
        "findings": sheets.around(request, now),
        "line": pads.line(now),
    }
    return render(request, "lessons/shelf.html", context)


@page
def lesson(request: HttpRequest, module: str, lesson: str) -> HttpResponse | HttpResponsePermanentRedirect:
    found = find.lesson(module, lesson)
    if (found.module, found.name) != (module, lesson):
        return redirect("lessons:lesson", found.module, found.name, permanent=True)
    return lesson_page(request, found)


@own_state
def lesson_page(
    request: HttpRequest, lesson: Lesson, fresh: Mapping[str, cards.Fresh] = MappingProxyType({}), status: int = 200
) -> HttpResponse:
    """The whole page of a lesson; ``fresh`` is what the request itself adds, by the id of the item."""
    now = course.current()
    learner = find.learner(request)
    sheet = sheets.to_mend(request, now, lesson)
    if sheet:
        # It is read from disk, with the keys of the served course.
        known = state.of_lesson(None if now.preview else learner, sheet.lesson)
        marked = sheets.Marked(sheet, known, fresh)
        return _page(request, now, lesson, known, {"marked": marked, "blocks": marked.blocks}, status)
    if fresh:
        known = state.of_lesson(learner, lesson)
        return _page(request, now, lesson, known, {"blocks": cards.blocks(lesson, known, fresh)}, status)
    body, signs = kept.body(learner, now, lesson)
    return _page(request, now, lesson, signs, {"body": body}, status)


def _page(
    request: HttpRequest, now: Course, lesson: Lesson, known: LessonState | Marks, inside: Mapping[str, Any], status: int
) -> HttpResponse:
    module = next(module for module in now.modules if module.slug == lesson.module)
    shown = inside["marked"].lesson if "marked" in inside else lesson
    sleeves = shelves.sleeves(now, known.passed)
    place, rows, contents = module.lessons.index(lesson), checking.rows(lesson.world), cards.contents(shown, known.passed)
    due = reviews.left(now, due=known.due, done=known.reviewed)
    context = {
        **inside,
        "course": now,
        "frame_key": ("frame", now.preview, now.digest),
        "bar_key": _bar(request, now),
        "lesson_key": ("lesson", now.preview, now.digest, lesson.slug),
        "lesson": lesson,
        "module": module,
        "place": place + 1,
        "side": "A" if place < len(module.lessons) / 2 else "B",
        "motif": motifs.drawn(module.motif, module.colour, lesson.slug),
        "contents": contents,
        "sleeves": sleeves,
        "sleeves_key": ("sleeves", now.preview, lesson.slug, shelves.mark(sleeves)),
        "review_due": due,
        "tables": worlds.tables_of(now, lesson.world),
        "rows": rows,
        "aside_key": None if "marked" in inside else ("aside", now.preview, lesson.slug, now.digest, rows, tuple(contents)),
        **shelves.neighbours(now, lesson),
    }
    return pieces.page(request, "lessons/lesson.html", context, status=status)


def _bar(request: HttpRequest, taught: Course) -> Hashable:
    """A key of all that the top bar shows: who asks, and where it leads back to. None, for not keeping it, where the address has
    a query: anybody could make up so many that nothing else would be kept."""
    learner = find.learner(request)
    asker = learner and (learner.pk, learner.username, learner.is_guest)
    return None if request.GET else ("bar", taught.preview, taught.digest, request.path, asker)


def lesson_url(lesson: Lesson, anchor: str = "") -> str:
    address = reverse("lessons:lesson", args=[lesson.module, lesson.name])
    return f"{address}#{anchor}" if anchor else address


@page
def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture that lies beside the lessons. A course may come from anyone, so a drawing may run and load nothing."""
    root = course.current().root.resolve()
    kind = PICTURES.get(Path(path).suffix.lower())
    try:
        file = (root / path).resolve()
        found = kind is not None and file.is_relative_to(root) and file.is_file()
    except (OSError, ValueError):  # a name too long, or with a NUL
        found = False
    if not found:
        raise Http404(f"no picture {path}")
    facts = file.stat()
    etag = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"'
    response = get_conditional_response(request, etag=etag) or FileResponse(file.open("rb"), content_type=kind)
    response.headers["ETag"] = etag
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    patch_cache_control(response, max_age=3600)
    return response


def _digest(request: HttpRequest) -> str:
    return f'"{course.current().digest}"'


@page
@condition(etag_func=_digest)
def stylesheet(request: HttpRequest) -> HttpResponse:
    """The modules' colours. Pages ask for them with the course's digest, and then they may be kept for good."""
    now = course.current()
    response = HttpResponse(colours.stylesheet(now), content_type="text/css; charset=utf-8")
    if request.GET.get("v") == now.digest:
        patch_cache_control(response, public=True, max_age=365 * 24 * 3600)
    else:
        patch_cache_control(response, no_cache=True)
    return response
