"""What templates are given. A card holds only what its learner may see now: no answer is in it before it is earned."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import partial
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from lessons import course, services, trials
from lessons.catalogue.types import Answer, Exercise, Heading, Lesson, Prose, Quiz, Try
from lessons.grading.grade import failed_run, not_graded
from lessons.grading.types import Verdict
from lessons.models import QuizAnswer, Submission
from lessons.state import LessonState, Work, kept, keys_of, panels_of
from lessons.views import columns
from sandbox.protocol import FILE, File, Observation, Outcome


@dataclass(frozen=True, slots=True)
class Note:
    """Words in place of a verdict, about something that is not the learner's fault or not yet done."""

    headline: str
    detail: str


BUSY = Note("Another run of yours is still going", "Your code is safe. Wait a moment and try again; this does not count.")
UNDER_WAY = Note("This answer is being checked", "Reload the page in a moment to see the verdict. Your code is safe.")
INTERRUPTED = Note(services.CUT_SHORT.headline, services.CUT_SHORT.detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a Check or a Run. ``stale``: the exercise has changed since."""

    verdict: Verdict | None
    panels: Mapping[str, Any]
    template: str
    """The exercise kind's fragment that shows what was seen."""
    files: tuple[File, ...]
    """The code that this came of; what is in the editor may be newer."""
    stale: bool = False
    group: str = field(default_factory=partial(secrets.token_hex, 4))
    """Names the panels' tabs, of which one is open. Each answer has its own: a browser would close the new panel in favour of
    the old answer's, which is in the page for a moment longer."""


class Saved(StrEnum):
    """Whether the code in the editor is the stored draft."""

    UNTOUCHED = "untouched"
    YES = "saved"
    CONFLICT = "conflict"
    """Another tab has saved a different text. Neither is written over until the learner chooses."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """What one request adds to what is stored: the code just typed, and what came of it."""

    files: tuple[File, ...] | None = None
    result: Result | None = None
    note: Note | None = None
    saved: Saved | None = None
    version: int | None = None
    """The draft that the code goes back to, when it is not the one that is stored."""
    refusal: str = ""
    spare: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What goes on beside the bench of an exercise that has come back."""

    over: bool
    """Whether it has been answered, or given up."""
    left: int
    """How many are left for today."""
    next: date | None
    """When anything comes back after that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchCard:
    id: str
    title: str
    prompt_html: str
    observe: str
    world: str
    number: int
    total: int
    files: tuple[File, ...]
    given: tuple[File, ...]
    version: int
    tab: str
    """A new one for every page, so that an old page that comes back is not taken for the one that saved last."""
    saved: Saved
    refusal: str
    spare: tuple[File, ...]
    """The text that has just been replaced by the other tab's, or the other way round; shown once."""
    others: tuple[tuple[File, ...], ...]
    """Texts from before the learner logged in, or from before that, shown until they are put away."""
    hints: tuple[str, ...]
    """Those revealed so far."""
    hint_count: int
    passed: bool
    shown: bool
    attempts: int
    solutions: tuple[Answer, ...]
    """The solution, then its alternatives; empty before it is earned or shown."""
    why_html: str
    following: Heading | None
    """The lesson's next exercise."""
    next_lesson: Lesson | None
    """The course's next lesson, after the last exercise of this one."""
    result: Result | None
    note: Note | None
    review: Review | None = None
    """None in a lesson."""

    @property
    def named_files(self) -> bool:
        """Whether paths say something: there are several files, or the one is a module or a template with a place."""
        return len(self.files) > 1 or any(file.path != FILE for file in self.files)

    @property
    def chained(self) -> bool:
        """Whether the answer is one that can be looked at call by call."""
        return self.observe in ("rows", "value")


@dataclass(frozen=True, slots=True, kw_only=True)
class TryCard:
    id: str
    world: str
    files: tuple[File, ...]
    result: Result | None
    note: Note | None


@dataclass(frozen=True, slots=True)
class OptionCard:
    place: int
    html: str
    chosen: bool
    explanation_html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizCard:
    id: str
    title: str
    prompt_html: str
    multiple: bool
    options: tuple[OptionCard, ...]
    answered: bool
    right: bool
    """Whether the last answer is; ``done`` says whether any was."""
    done: bool
    more: int
    """How many right options are still to be found, where no wrong one was chosen."""
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A line of the table of contents. ``exercise`` is the id of the exercise that it leads to, if it is one."""

    heading: Heading
    exercise: str = ""
    passed: bool = False


type Numbered = tuple[tuple[int, str], ...]
"""Lines of a lesson's file with their numbers."""


@dataclass(frozen=True, slots=True)
class SourceCard:
    """Lines that are not understood, for whoever writes them."""

    lines: Numbered


@dataclass(frozen=True, slots=True)
class FindingCard:
    """What was found, with the line that it is about, for whoever writes the lesson. ``where`` reads ``content/….md:49``."""

    id: str
    where: str
    message: str
    lines: Numbered


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a lesson and the template that renders it."""

    template: str
    card: BenchCard | TryCard | QuizCard | Prose | SourceCard | FindingCard


def blocks(lesson: Lesson, state: LessonState, fresh: Mapping[str, Fresh] = MappingProxyType({})) -> list[Block]:
    """The lesson's parts in order. ``fresh`` is keyed by the id of the exercise, example or quiz."""
    return [block(lesson, part, state, fresh) for part in lesson.blocks]


def contents(lesson: Lesson, passed: frozenset[str]) -> list[Part]:
    """The table of contents: headings and exercises. ``passed`` are keys, as they were at the time."""
    parts: list[Part] = []
    for block in lesson.blocks:
        if isinstance(block, Prose):
            parts += map(Part, block.headings)
        elif isinstance(block, Exercise):
            parts.append(Part(_heading(block), block.id, not passed.isdisjoint(keys_of(block))))
    return parts


def bench(lesson: Lesson, exercise: Exercise, state: LessonState, fresh: Fresh = Fresh()) -> BenchCard:
    work = state.of(exercise)
    earned = work.passed or work.shown
    hints = work.progress.hints if work.progress else 0
    following = _following(lesson, exercise)
    return BenchCard(
        id=exercise.id,
        title=exercise.title,
        prompt_html=exercise.prompt_html,
        observe=exercise.observe,
        world=exercise.world,
        number=lesson.exercises.index(exercise) + 1,
        total=len(lesson.exercises),
        files=fresh.files or (_aligned(work.draft.sources, exercise) if work.draft else exercise.starter.files),
        given=exercise.given,
        version=fresh.version if fresh.version is not None else work.draft.version if work.draft else 0,
        tab=secrets.token_urlsafe(8),
        saved=fresh.saved or (Saved.YES if work.draft else Saved.UNTOUCHED),
        refusal=fresh.refusal,
        spare=fresh.spare,
        others=work.draft.other_sources if work.draft else (),
        hints=exercise.hints[:hints],
        hint_count=len(exercise.hints),
        passed=work.passed,
        shown=work.shown,
        attempts=work.progress.attempts if work.progress else 0,
        solutions=(exercise.solution, *exercise.accepts) if earned else (),
        why_html=exercise.why_html if earned else "",
        following=following,
        next_lesson=None if following else _next_lesson(lesson),
        result=fresh.result or (None if fresh.note else _stored(work, exercise)),
        note=fresh.note or (None if fresh.result else _under_way(work)),
    )


def example(one: Try, fresh: Fresh = Fresh()) -> TryCard:
    files = fresh.files or (File(FILE, one.code),)
    return TryCard(id=one.id, world=one.world, files=files, result=fresh.result, note=fresh.note)


def quiz(one: Quiz, answer: QuizAnswer | None, note: Note | None = None) -> QuizCard:
    """Explanations of the options chosen, and of all of them once the answer is right."""
    valid = answer if answer and answer.version == services.quiz_version(one) else None
    chosen = frozenset(valid.chosen if valid else ())
    right = chosen == one.right
    options = tuple(
        OptionCard(place, option.html, place in chosen, option.explanation_html if right or place in chosen else "")
        for place, option in enumerate(one.options)
    )
    return QuizCard(
        id=one.id,
        title=one.title,
        prompt_html=one.prompt_html,
        multiple=one.multiple,
        options=options,
        answered=valid is not None,
        right=right,
        done=valid is not None and valid.right,
        more=len(one.right - chosen) if chosen and chosen <= one.right else 0,
        note=note,
    )


def panels_template(observe: str) -> str:
    return trials.KINDS[observe].template


def checked(submission: Submission, exercise: Exercise) -> Result:
    verdict = submission.outcome
    return Result(
        verdict=verdict and columns.arranged_verdict(verdict, submission.panels, submission.sources),
        panels=columns.arranged(submission.panels, submission.sources),
        template=panels_template(exercise.observe),
        files=submission.sources,
        stale=submission.version != exercise.digest,
    )


def ran(seen: Observation, observe: str, files: tuple[File, ...]) -> Result:
    """What Run shows: what was seen, under the words for what went wrong, if anything did."""
    return _seen(seen, files, panels_template(observe))


def ran_freely(seen: Observation, files: tuple[File, ...]) -> Result:
    """As :func:`ran`, of code that no exercise asks for."""
    return _seen(seen, files, "lessons/free.html")


def counted(seen: Observation, files: tuple[File, ...]) -> Result:
    """What the rows after each call are shown as."""
    return Result(verdict=_trouble(seen, files), panels=panels_of(seen), template="lessons/chain.html", files=files)


def _seen(seen: Observation, files: tuple[File, ...], template: str) -> Result:
    panels = columns.arranged(panels_of(seen), files)
    return Result(verdict=_trouble(seen, files), panels=panels, template=template, files=files)


def _trouble(seen: Observation, files: tuple[File, ...]) -> Verdict | None:
    """None for a run that reached its end."""
    if seen.outcome is Outcome.OK:
        return None
    if seen.ours:
        return not_graded(seen.outcome)
    return kept(failed_run(seen, files))


def block(lesson: Lesson, part: Any, state: LessonState, fresh: Mapping[str, Fresh]) -> Block:
    """One of the lesson's parts."""
    match part:
        case Exercise():
            return Block("lessons/bench.html", bench(lesson, part, state, fresh.get(part.id, Fresh())))
        case Try():
            return Block("lessons/try.html", example(part, fresh.get(part.id, Fresh())))
        case Quiz():
            note = fresh[part.id].note if part.id in fresh else None
            return Block("lessons/quiz.html", quiz(part, state.answers.get(part.key), note))
        case _:
            return Block("lessons/prose.html", part)


def _following(lesson: Lesson, exercise: Exercise) -> Heading | None:
    after = lesson.exercises[lesson.exercises.index(exercise) + 1 :]
    return _heading(after[0]) if after else None


def _heading(exercise: Exercise) -> Heading:
    return Heading(f"bench-{exercise.id}", exercise.title)


def _next_lesson(lesson: Lesson) -> Lesson | None:
    """By its slug: one that is being mended is not the one in the course."""
    return next((after for one, after in pairwise(course.current().lessons) if one.slug == lesson.slug), None)


def _aligned(saved: tuple[File, ...], exercise: Exercise) -> tuple[File, ...]:
    """A draft's files, with the starter's for a path that the exercise did not have when it was saved."""
    texts = {file.path: file for file in saved}
    return tuple(texts.get(file.path, file) for file in exercise.starter.files)


def _stored(work: Work, exercise: Exercise) -> Result | None:
    return checked(work.submission, exercise) if work.submission and work.submission.verdict else None


def _under_way(work: Work) -> Note | None:
    if work.submission is None or work.submission.verdict:
        return None
    return INTERRUPTED if services.is_lost(work.submission) else UNDER_WAY
