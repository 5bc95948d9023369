"""Pads: free editors beside a world. Each world has one, the playground; each snippet that somebody has shared has one, too."""

import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from accounts.models import User
from lessons import course, previews, state
from lessons.catalogue.types import Course
from lessons.models import Draft, Snippet
from lessons.views import worlds
from lessons.views.cards import Fresh, Note, Result, Saved
from lessons.views.worlds import Table
from sandbox.protocol import FILE, File

KEY = "playground"
AS_STORED = Fresh()
NUMBERS = ("Decimal", "Integer", "Float")
DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that are not seen, and change the order in which others are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pad:
    """``place`` is its name in addresses: the world's, or the snippet's slug. ``key`` is what its draft is kept under.

    ``text`` is what stands in it before anybody has changed it. ``there``: whether the course has the world.
    """

    place: str
    key: str
    world: str
    text: str
    there: bool = True
    shared: Snippet | None = None
    orphaned: bool = False
    """Whether it was a snippet's, and that is gone: what its reader made of it is not."""

    @property
    def deceives(self) -> bool:
        """Whether what is seen of a shared text may not be in the order in which it is run."""
        return self.shared is not None and not DIRECTIONS.isdisjoint(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class PadCard:
    """What the template is given, as :class:`lessons.views.cards.BenchCard` is for an exercise."""

    id: str = "pad"
    place: str
    world: str
    files: tuple[File, ...]
    version: int
    tab: str
    saved: Saved
    refusal: str
    spare: tuple[File, ...]
    result: Result | None
    note: Note | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of code to be tried on the first page, with what it is run beside."""

    world: str
    code: str


# Which there are


def of_world(world: str) -> Pad:
    now = course.current()
    if world not in now.worlds:
        raise Http404(f"no world {world}")
    return Pad(place=world, key=_key(KEY, world), world=world, text=opening(_tables(now, world)))


def of_snippet(slug: str, learner: User | None) -> Pad:
    """The shared snippet's, or what the learner made of one that is gone since. A preview has none."""
    now = course.current()
    if now.preview:
        raise Http404("nothing is shared in a preview")
    shared = Snippet.objects.filter(slug=slug).first()
    if shared is None:
        return _orphaned(slug, learner)
    key = _key(f"{KEY}/{slug}", shared.world)
    return Pad(place=slug, key=key, world=shared.world, text=shared.code, there=shared.world in now.worlds, shared=shared)


def at(place: str, learner: User | None) -> Pad:
    """The one that an action's address names."""
    return of_world(place) if place in course.current().worlds else of_snippet(place, learner)


def first(now: Course) -> str:
    """The world that is open when none is asked for; empty when there is none."""
    return next(iter(now.worlds), "")


def address(place: str) -> str:
    """The page of a pad."""
    if place in course.current().worlds:
        return f"{reverse('lessons:playground')}?{urlencode({'world': place})}"
    return reverse("lessons:snippet", args=[place])


def _key(name: str, world: str) -> str:
    preview = course.current().preview
    return f"{previews.apart(preview) if preview else ''}{name}#{world}"


def _orphaned(slug: str, learner: User | None) -> Pad:
    mine = Draft.objects.filter(learner=learner, exercise__startswith=f"{KEY}/{slug}#").first() if learner else None
    if mine is None:
        raise Http404(f"no snippet {slug}")
    world = mine.exercise.partition("#")[2]
    there = world in course.current().worlds
    return Pad(place=slug, key=mine.exercise, world=world, text="", there=there, orphaned=True)


# What stands in them


def card(pad: Pad, learner: User | None, fresh: Fresh = AS_STORED) -> PadCard:
    """One query, and none for a visitor who has not acted yet."""
    draft = state.draft_of(learner, pad.key)
    return PadCard(
        place=pad.place,
        world=pad.world,
        files=fresh.files or (draft.sources if draft else (File(FILE, pad.text),)),
        version=fresh.version if fresh.version is not None else draft.version if draft else 0,
        tab=secrets.token_urlsafe(8),
        saved=fresh.saved or (Saved.YES if draft else Saved.UNTOUCHED),
        refusal=fresh.refusal,
        spare=fresh.spare,
        result=fresh.result,
        note=fresh.note,
    )


def opening(tables: tuple[Table, ...]) -> str:
    """A first query on the model that has most to ask for."""
    main = _main(tables)
    return f"{main.name}.objects.all()[:10]\n" if main else ""


def line(now: Course) -> Line | None:
    """A question with a number for its answer, about the first world; None when there is nothing to ask."""
    world = first(now)
    main = _main(_tables(now, world)) if world else None
    if main is None:
        return None
    number = next((column.name for column in main.columns if column.kind in NUMBERS), "")
    return Line(world, f"{main.name}.objects.{f'filter({number}__lt=12).' if number else ''}count()")


def _main(tables: tuple[Table, ...]) -> Table | None:
    return max(tables, key=lambda table: len(table.columns), default=None)


def _tables(now: Course, world: str) -> tuple[Table, ...]:
    return worlds.tables(worlds.models_of(now.root, world))
