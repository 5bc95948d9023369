"""What learners do here, one verb each. Views call these and never write a field themselves.

No verb holds a transaction open while code runs.
"""

import hashlib
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Protocol

import structlog
from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import BooleanField, ExpressionWrapper, F, Model, Q
from django.utils import timezone

from accounts.models import User
from lessons import checking, previews, reviews, trials
from lessons.catalogue.types import Exercise, Lesson, Quiz
from lessons.checking import Checked
from lessons.grading.behaviour import behaviour, sql_shape
from lessons.grading.types import Status, Verdict
from lessons.models import Draft, Progress, QuizAnswer, ReviewCard, Snippet, Submission, SubmissionQuerySet, files_to_json
from lessons.state import kept, keys_of, panels_of
from sandbox.protocol import File, Observation, Outcome

log = structlog.stdlib.get_logger("woodshed.lessons")

IN_FLIGHT = timedelta(seconds=60)
"""What is pending for longer counts as lost. A first Check may take half a minute: it waits for its turn, makes the hidden data,
and runs the reference and the authors' wrong answers too. Should one take longer still, its verdict counts all the same."""
OUR_FAULT = Verdict(
    status=Status.NOT_GRADED,
    headline="This could not be checked",
    detail="Something broke on our side. Your code is safe; try again. This does not count as an attempt.",
    outcome=Outcome.UNAVAILABLE,
)
CUT_SHORT = Verdict(
    status=Status.NOT_GRADED,
    headline="The check was interrupted",
    detail="The site stopped while it was under way. Your code is safe; try again. This does not count as an attempt.",
    outcome=Outcome.UNAVAILABLE,
)

CHAIN = "chain"
"""The observer that counts a chain's rows. It belongs to no exercise kind."""

MOST_SNIPPETS = 200
"""How many one learner may share."""

_running: set[int] = set()
_running_lock = threading.Lock()
_unfinished: dict[int, int] = {}
"""By learner: the submission whose verdict could not be stored, and so will never be."""


class RunInFlight(Exception):
    """Another run of the same learner has not ended yet."""


class DraftConflict(Exception):
    """Another tab has saved since this one was opened; ``draft`` is what it saved."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(str(draft))
        self.draft = draft


class TooManySnippets(Exception):
    """The learner has shared ``MOST_SNIPPETS`` already."""


class Keyed(Protocol):
    """What a text is kept for under a key of its own: an exercise, or a playground."""

    @property
    def key(self) -> str: ...


class NoSuchOption(ValueError):
    """An answer to a quiz that names no option, or one that it does not have."""


def submit(*, learner: User, exercise: Exercise, files: tuple[File, ...]) -> Submission:
    """Checks an answer. It is stored first, so that a crash on the way loses nothing. Raises RunInFlight."""
    with one_run(learner):
        submission = _pending(learner, exercise, files)
        try:
            checked = checking.check(exercise, files)
            verdict, panels = kept(checked.verdict), panels_of(checked.trial.visible)
            submission.behaviour, submission.shape = _marks(exercise, files, checked)
        except Exception:
            log.exception("check failed", exercise=exercise.key, submission=submission.pk)
            verdict, panels = OUR_FAULT, {}
        try:
            return _finish(submission, verdict, panels)
        except DatabaseError:
            _unfinished[learner.pk] = submission.pk
            raise


def run_answer(*, learner: User, exercise: Exercise, files: tuple[File, ...]) -> Observation:
    """Runs an answer on the visible data; nothing is graded or stored. Raises RunInFlight."""
    with one_run(learner):
        return checking.run(trials.job_of(exercise, files))


def count_chain(*, learner: User, exercise: Exercise, files: tuple[File, ...]) -> Observation:
    """How many rows there are after each call of an answer, on the visible data. Raises RunInFlight."""
    with one_run(learner):
        return checking.run(trials.job(CHAIN, exercise.world, files, exercise.setup))


def run_code(*, learner: User, world: str, observe: str, files: tuple[File, ...]) -> Observation:
    """Runs code that belongs to no exercise, on the visible data. Raises RunInFlight."""
    with one_run(learner):
        return checking.run(trials.job(observe, world, files, ()))


@contextmanager
def one_run(learner: User) -> Iterator[None]:
    """Lets one run of a learner through at a time; raises RunInFlight for a second one."""
    with _running_lock:
        if learner.pk in _running:
            raise RunInFlight
        _running.add(learner.pk)
    try:
        yield
    finally:
        with _running_lock:
            _running.discard(learner.pk)


def save_draft(*, learner: User, exercise: Keyed, files: tuple[File, ...], version: int, tab: str) -> Draft:
    """Saves the text of an editor that was opened at ``version`` (0: there was no draft) in the page ``tab``.

    The page that saved last may save again, whatever version it knows: its requests may overtake each other. Any other
    must know the newest version, else DraftConflict is raised and nothing is overwritten.
    """
    with transaction.atomic():
        fields = {"files": files_to_json(files), "tab": tab}
        draft, created = Draft.objects.select_for_update().get_or_create(learner=learner, exercise=exercise.key, defaults=fields)
        if created or draft.files == fields["files"]:
            return draft
        if tab != draft.tab and version != draft.version:
            raise DraftConflict(draft)
        draft.files, draft.tab, draft.version = fields["files"], tab, draft.version + 1
        draft.save()
        return draft


def overwrite_draft(*, learner: User, exercise: Keyed, files: tuple[File, ...], tab: str) -> tuple[File, ...]:
    """Saves the text over whatever was saved, because the learner says so; returns what that was.

    It is one save more, so an older tab knows that it is old.
    """
    fields = {"files": files_to_json(files), "tab": tab}
    with transaction.atomic():
        before = Draft.objects.select_for_update().filter(learner=learner, exercise=exercise.key).first()
        Draft.objects.update_or_create(
            learner=learner, exercise=exercise.key, defaults={**fields, "version": F("version") + 1}, create_defaults=fields
        )
    return before.sources if before else ()


def reset_draft(*, learner: User, exercise: Exercise, tab: str) -> None:
    """Puts the starter back. What was checked stays stored."""
    overwrite_draft(learner=learner, exercise=exercise, files=exercise.starter.files, tab=tab)


def share(*, maker: User, world: str, code: str) -> Snippet:
    """The snippet that anybody with its link may read. The same text gives the same one. Raises TooManySnippets."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=maker.pk)  # two clicks at once share once
        mine = Snippet.objects.by(maker)
        if same := mine.filter(world=world, code=code).first():
            return same
        if mine.count() >= MOST_SNIPPETS:
            raise TooManySnippets
        return Snippet.objects.create(maker=maker, world=world, code=code)


def unshare(*, maker: User, slug: str) -> None:
    """Deletes a snippet of the maker's. Raises Snippet.DoesNotExist, for somebody else's too."""
    Snippet.objects.by(maker).get(slug=slug).delete()


def drop_others(*, learner: User, exercise: Exercise) -> None:
    """Puts away the texts that were kept beside the draft when a guest's work was joined with an account's."""
    Draft.objects.filter(learner=learner, exercise=exercise.key).update(others=[])


def reveal_hint(*, learner: User, exercise: Exercise) -> Progress:
    """Shows one hint more, as long as there are any."""
    progress = _progress(learner, exercise)
    Progress.objects.filter(pk=progress.pk, hints__lt=len(exercise.hints)).update(hints=F("hints") + 1)
    progress.refresh_from_db()
    return progress


def show_solution(*, learner: User, exercise: Exercise) -> Progress:
    """Opens the solution. Before the first pass this is marked, and a later pass stays marked."""
    progress = _progress(learner, exercise)
    Progress.objects.filter(pk=progress.pk, passed_at=None, shown_at=None).update(shown_at=timezone.now())
    progress.refresh_from_db()
    reviews.note_shown(progress)
    return progress


def answer_quiz(*, learner: User, quiz: Quiz, chosen: frozenset[int]) -> QuizAnswer:
    """Records the options chosen (places from 0). Right once is right for good, as long as the options are the same.

    Raises NoSuchOption.
    """
    if not chosen or not chosen <= set(range(len(quiz.options))):
        raise NoSuchOption
    version, right = quiz_version(quiz), chosen == quiz.right
    fields = {"version": version, "chosen": sorted(chosen), "right": right}
    before = ExpressionWrapper(Q(version=version, right=True), BooleanField())
    changes = {**fields, "right": right or before, "attempts": F("attempts") + 1}
    answer, _ = QuizAnswer.objects.update_or_create(learner=learner, quiz=quiz.key, defaults=changes, create_defaults=fields)
    answer.refresh_from_db()
    return answer


def quiz_version(quiz: Quiz) -> str:
    """Changes when the options do."""
    return hashlib.sha256(repr(quiz.options).encode()).hexdigest()


def recover_interrupted() -> int:
    """Gives back every check that a crash left pending: not graded, not counted, its code kept. Returns how many.

    To be called before the site serves. A process that is alone on its database has nothing under way then; replicas may have.
    """
    stored = Submission.objects.all()
    return give_back(stored if settings.WOODSHED_ALONE else stored.older_than(IN_FLIGHT))


def give_back(submissions: SubmissionQuerySet) -> int:
    """Ends those that are pending, in one statement, so that a verdict that comes in at the same moment is not written over."""
    status = Submission.Status.NOT_GRADED
    return submissions.pending().update(status=status, verdict=CUT_SHORT.as_json(), finished=timezone.now())


def is_lost(submission: Submission) -> bool:
    """Whether the submission waits for a verdict that will not come."""
    return submission.status == Submission.Status.PENDING and abs(timezone.now() - submission.created) > IN_FLIGHT


def adopt_former_work(*, learner: User, lesson: Lesson) -> None:
    """Moves work stored under a former name of the lesson or its items to today's, so that new work joins it."""
    items: tuple[Exercise | Quiz, ...] = (*lesson.exercises, *lesson.quizzes)
    for item in items:
        key, *former = keys_of(item)
        if former:
            _adopt(learner, key, former, "quiz" if isinstance(item, Quiz) else "exercise")


def delete_preview_work(*, there: Collection[str]) -> int:
    """Deletes what anybody did in previews other than ``there``; returns how many rows that were."""
    stored = {Submission: "exercise", Progress: "exercise", Draft: "exercise", QuizAnswer: "quiz"}
    kept = tuple(map(previews.apart, there))
    return sum(_delete(model, field, kept) for model, field in stored.items())


def _delete(model: type[Model], field: str, kept: tuple[str, ...]) -> int:
    rows = model._default_manager.filter(**{f"{field}__startswith": previews.KEYS})
    for prefix in kept:
        rows = rows.exclude(**{f"{field}__startswith": prefix})
    deleted, _ = rows.delete()
    return deleted


def _adopt(learner: User, key: str, former: list[str], field: str) -> None:
    Submission.objects.by(learner).filter(exercise__in=former).update(exercise=key)
    for model in (QuizAnswer,) if field == "quiz" else (Progress, Draft, ReviewCard):
        mine = model._default_manager.filter(learner=learner)
        old = mine.filter(**{f"{field}__in": former}).order_by("-pk").first()
        if old and not mine.filter(**{field: key}).exists():
            mine.filter(pk=old.pk).update(**{field: key})


def _pending(learner: User, exercise: Exercise, files: tuple[File, ...]) -> Submission:
    """The stored submission. The database allows one pending per learner, whichever replica asks."""
    mine = Submission.objects.by(learner)
    give_back(mine.older_than(IN_FLIGHT) | mine.filter(pk=_unfinished.get(learner.pk, 0)))
    try:
        with transaction.atomic():
            submission = Submission.objects.create(
                learner=learner, exercise=exercise.key, version=exercise.digest, files=files_to_json(files)
            )
    except IntegrityError as error:
        raise RunInFlight from error
    _unfinished.pop(learner.pk, None)
    return submission


def _marks(exercise: Exercise, files: tuple[File, ...], checked: Checked) -> tuple[str, str]:
    """What authors find this answer by: the behaviour of a wrong one that nobody has words for, or the shape of a right one.

    A starter that nobody has touched is no answer.
    """
    status = checked.verdict.status
    if status is Status.PASSED:
        return "", sql_shape(checked.trial)
    if status is Status.NOT_GRADED or checked.recognised or files == exercise.starter.files:
        return "", ""
    return behaviour(exercise, checked.trial, checked.verdict), ""


def _finish(submission: Submission, verdict: Verdict, panels: dict[str, object]) -> Submission:
    """Stores the verdict and counts it, even when it comes so late that the submission had been given back."""
    submission.status, submission.verdict, submission.panels = verdict.status.value, verdict.as_json(), panels
    submission.finished = timezone.now()
    # Read back by the same statement: whoever was a guest when this began may have logged in, and it be an account's by now.
    submission.learner_id = F("learner_id")
    with transaction.atomic():
        submission.save(update_fields=["learner", "status", "verdict", "panels", "behaviour", "shape", "finished"])
        # Only the newest is shown; verdicts and code stay.
        Submission.objects.before(submission).exclude(panels={}).update(panels={})
        if verdict.status is not Status.NOT_GRADED:
            _count(submission)
    return submission


def _count(submission: Submission) -> None:
    progress, _ = Progress.objects.select_for_update().get_or_create(
        learner_id=submission.learner_id, exercise=submission.exercise
    )
    progress.attempts += 1
    if submission.status == Submission.Status.PASSED and not progress.passed:
        progress.record_pass(version=submission.version, at=submission.finished or timezone.now())
        reviews.note_pass(progress)
    progress.save()


def _progress(learner: User, exercise: Exercise) -> Progress:
    progress, _ = Progress.objects.get_or_create(learner=learner, exercise=exercise.key)
    return progress
