"""A lesson's blocks as a piece of its page. Each block is made once for all who see the same in it, whoever they are."""

from collections.abc import Hashable
from dataclasses import replace

from django.template.loader import render_to_string

from accounts.models import User
from lessons import marks, state
from lessons.catalogue.types import Block as Part
from lessons.catalogue.types import Course, Exercise, Lesson, Quiz
from lessons.marks import Marks
from lessons.models import Submission
from lessons.state import LessonState
from lessons.views import cards
from lessons.views.cards import BenchCard
from lessons.views.pieces import CSRF, TAB, Piece, piece, shelf


def body(learner: User | None, taught: Course, lesson: Lesson) -> tuple[Piece, Marks]:
    """The lesson's blocks, and the signs of what the learner did. What was done is read when there is something to make."""
    known = marks.of_lesson(learner, lesson)
    found = shelf.get(_key(taught, lesson, known))
    if found is None:
        read = state.of_items(learner, lesson, known.standing) if learner else LessonState()
        # Of what has been read, as it may be newer: nothing is ever kept under a sign of what it does not show.
        known = replace(known, items=marks.of_state(read))
        found = piece("\n".join(_html(taught, lesson, place, read, known) for place in range(len(lesson.blocks))))
        if all(_lasts(part, read) for part in lesson.blocks):
            shelf.put(_key(taught, lesson, known), found)
    return found, known


def _html(taught: Course, lesson: Lesson, place: int, read: LessonState, known: Marks) -> str:
    part = lesson.blocks[place]
    key = _key(taught, lesson, known, place)
    found: str | None = shelf.get(key)
    if found is None:
        found = _rendered(lesson, part, read)
        if _lasts(part, read):
            shelf.put(key, found)
    return found


def _rendered(lesson: Lesson, part: Part, read: LessonState) -> str:
    """Without the request: nothing of who asks gets into it but what the key stands for."""
    block = cards.block(lesson, part, read, {})
    card = replace(block.card, tab=TAB) if isinstance(block.card, BenchCard) else block.card
    return render_to_string(block.template, {"card": card, "lesson": lesson, "csrf_token": CSRF})


def _lasts(part: Part, read: LessonState) -> bool:
    """Whether it shows the same as long as its sign is the same. A check that is under way is lost after a while, and what was
    written elsewhere can be put away."""
    if not isinstance(part, Exercise):
        return True
    work = read.of(part)
    pending = work.submission is not None and work.submission.status == Submission.Status.PENDING
    return not pending and not (work.draft and work.draft.others)


def _key(taught: Course, lesson: Lesson, known: Marks, place: int | None = None) -> Hashable:
    """Of one block, or of all of them."""
    parts = lesson.blocks if place is None else lesson.blocks[place : place + 1]
    signs = tuple(known.items.get(part.key) for part in parts if isinstance(part, Exercise | Quiz))
    return "blocks", taught.preview, lesson.slug, taught.digest, place, signs
