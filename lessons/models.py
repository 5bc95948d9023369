"""What learners did. What there is to do is content, on disk: rows name it by key (``models/first-querysets#cheap-books``)."""

import secrets
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Left
from django.utils import timezone
from fsrs import State

from lessons.grading.behaviour import LENGTH
from lessons.grading.types import Verdict
from lessons.memory import Memory, day_of
from sandbox.protocol import File

if TYPE_CHECKING:
    from accounts.models import User

KEY_LENGTH = 200


def files_to_json(files: tuple[File, ...]) -> list[list[str]]:
    return [[file.path, file.text] for file in files]


def files_from_json(data: list[list[str]]) -> tuple[File, ...]:
    return tuple(File(path, text) for path, text in data)


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def by(self, learner: "User") -> "SubmissionQuerySet":
        return self.filter(learner=learner)

    def passed(self) -> "SubmissionQuerySet":
        return self.filter(status=Submission.Status.PASSED)

    def pending(self) -> "SubmissionQuerySet":
        return self.filter(status=Submission.Status.PENDING)

    def older_than(self, age: timedelta) -> "SubmissionQuerySet":
        """Those that are to come so much later are old, too: the clock was put back."""
        now = timezone.now()
        return self.filter(Q(created__lt=now - age) | Q(created__gt=now + age))

    def before(self, submission: "Submission") -> "SubmissionQuerySet":
        """Older ones of the same learner and exercise."""
        return self.filter(learner=submission.learner_id, exercise=submission.exercise, pk__lt=submission.pk)

    def latest_of(self, keys: set[str]) -> "SubmissionQuerySet":
        """The newest of each exercise, in one query; to be narrowed with :meth:`by` first."""
        newest = Submission.objects.filter(learner=OuterRef("learner"), exercise=OuterRef("exercise")).order_by("-pk")
        return self.filter(exercise__in=keys, pk=Subquery(newest.values("pk")[:1]))

    def alike(self, mark: str, *, least: int = 1) -> "models.QuerySet[Submission, Any]":
        """Those that have a mark (``behaviour`` or ``shape``), as groups that have the same and are of at least so many learners:
        ``{mark, "answers", "learners", "since", "newest"}``, what most learners gave first."""
        groups: models.QuerySet[Submission, Any] = (
            self.filter(**{f"{mark}__gt": ""})
            .values(mark)
            .annotate(answers=Count("pk"), learners=Count("learner", distinct=True), since=Min("created"), newest=Max("pk"))
            .filter(learners__gte=least)
            .order_by("-learners", "-answers", "-newest")
        )
        return groups

    def marked(self) -> "models.QuerySet[Submission, Any]":
        """By exercise: ``{"exercise", "wrongs", "wrong", "shapes", "passed"}``, how many groups there are and answers in them."""
        wrong, passed = Q(behaviour__gt=""), Q(shape__gt="")
        return (
            self.filter(wrong | passed)
            .values("exercise")
            .annotate(
                wrongs=Count("behaviour", distinct=True, filter=wrong),
                wrong=Count("pk", filter=wrong),
                shapes=Count("shape", distinct=True, filter=passed),
                passed=Count("pk", filter=passed),
            )
            .order_by("exercise")
        )


class Submission(models.Model):
    """One Check. It is stored as pending before it runs, so that no crash loses the code."""

    class Status(models.TextChoices):
        PENDING = "pending"
        PASSED = "passed"
        FAILED = "failed"
        ERROR = "error"
        NOT_GRADED = "not_graded"

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="submissions")
    exercise = models.CharField(max_length=KEY_LENGTH)
    version = models.CharField(max_length=64)
    """The exercise's digest: what the verdict is about."""
    files = models.JSONField()
    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING)
    verdict = models.JSONField(null=True, blank=True)
    panels = models.JSONField(default=dict, blank=True)
    """What was seen on the visible data, cut down to what a page shows: see ``lessons.state.panels_of``. Empty in all but the
    newest of a learner's submissions to an exercise, the only one that is shown."""
    behaviour = models.CharField(max_length=LENGTH, blank=True, default="")
    """What a wrong answer did that nobody had words for: see ``lessons.grading.behaviour``. Empty for all others."""
    shape = models.CharField(max_length=LENGTH, blank=True, default="")
    """Which SQL a right answer sent. Empty for all others."""
    created = models.DateTimeField(default=timezone.now)
    finished = models.DateTimeField(null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["learner", "exercise", "-id"], name="submission_latest"),
            models.Index(fields=["status", "created"], name="submission_pending"),
            models.Index(fields=["exercise", "behaviour", "shape"], name="submission_triage"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["learner"], condition=Q(status="pending"), name="one_run_in_flight_per_learner"),
        ]

    def __str__(self) -> str:
        return f"{self.exercise} by {self.learner_id}: {self.status}"

    @property
    def sources(self) -> tuple[File, ...]:
        return files_from_json(self.files)

    @property
    def outcome(self) -> Verdict | None:
        """The verdict, or None while there is none."""
        return Verdict.from_json(self.verdict) if self.verdict else None


class ProgressQuerySet(models.QuerySet["Progress"]):
    def by(self, learner: "User") -> "ProgressQuerySet":
        return self.filter(learner=learner)

    def passed(self) -> "ProgressQuerySet":
        return self.filter(passed_at__isnull=False)

    def with_reviews(self, now: datetime) -> "ProgressQuerySet":
        """Each with whether its exercise is ``review_due`` on that day, and whether it was ``reviewed`` then."""
        card = ReviewCard.objects.filter(learner=OuterRef("learner"), exercise=OuterRef("exercise"))
        return self.annotate(review_due=Exists(card.due(now)), reviewed=Exists(card.reviewed(now)))


class Progress(models.Model):
    """How far one learner is with one exercise."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="progress")
    exercise = models.CharField(max_length=KEY_LENGTH)
    attempts = models.PositiveIntegerField(default=0)
    """Checks that were graded; what was our fault does not count."""
    hints = models.PositiveSmallIntegerField(default=0)
    passed_at = models.DateTimeField(null=True, blank=True)
    passed_version = models.CharField(max_length=64, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)
    """When the learner asked to see the solution before passing. A later pass stays marked."""

    objects = ProgressQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "progress"
        constraints = [models.UniqueConstraint(fields=["learner", "exercise"], name="one_progress_per_exercise")]

    def __str__(self) -> str:
        return f"{self.exercise} by {self.learner_id}: {self.attempts} attempts"

    @property
    def passed(self) -> bool:
        return self.passed_at is not None

    @property
    def shown(self) -> bool:
        return self.shown_at is not None

    def record_pass(self, *, version: str, at: datetime) -> None:
        """The first pass counts; later ones change nothing."""
        if self.passed_at is None:
            self.passed_at, self.passed_version = at, version


class Draft(models.Model):
    """The text as it stands in the editor. ``version`` counts its saves, ``tab`` names the page that saved last."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    exercise = models.CharField(max_length=KEY_LENGTH)
    files = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    tab = models.CharField(max_length=32, blank=True)
    saved = models.DateTimeField(auto_now=True)
    others = models.JSONField(default=list, blank=True)
    """Texts, each as ``files``, that stood here for an account and for the guest who logged in to it, until they are put away."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["learner", "exercise"], name="one_draft_per_exercise")]

    def __str__(self) -> str:
        return f"{self.exercise} by {self.learner_id}, version {self.version}"

    @property
    def sources(self) -> tuple[File, ...]:
        return files_from_json(self.files)

    @property
    def other_sources(self) -> tuple[tuple[File, ...], ...]:
        return tuple(map(files_from_json, self.others))


class QuizAnswer(models.Model):
    """A learner's last answer to one quiz."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="quiz_answers")
    quiz = models.CharField(max_length=KEY_LENGTH)
    version = models.CharField(max_length=64)
    """A hash of the quiz's options: the places in ``chosen`` mean nothing for other ones."""
    chosen = models.JSONField()
    """The places (from 0) of the options that were ticked."""
    right = models.BooleanField()
    """Whether it was ever answered right, with the options of this version; a later answer takes nothing away."""
    attempts = models.PositiveIntegerField(default=1)
    answered = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["learner", "quiz"], name="one_answer_per_quiz")]

    def __str__(self) -> str:
        return f"{self.quiz} by {self.learner_id}: {'right' if self.right else 'wrong'}"


HEAD_LENGTH = 200


def unguessable() -> str:
    """128 random bits, as 22 characters for an address."""
    return secrets.token_urlsafe(16)


class SnippetQuerySet(models.QuerySet["Snippet"]):
    def by(self, maker: "User") -> "SnippetQuerySet":
        return self.filter(maker=maker)

    def listed(self) -> "SnippetQuerySet":
        """The newest first, each with the beginning of its code as ``head`` and without the rest."""
        return self.annotate(head=Left("code", HEAD_LENGTH)).defer("code").order_by("-pk")


class Snippet(models.Model):
    """Code from a playground that its maker has shared: whoever has the link may read it."""

    maker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="snippets")
    world = models.CharField(max_length=KEY_LENGTH)
    code = models.TextField()
    slug = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    created = models.DateTimeField(default=timezone.now)

    objects = SnippetQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.slug} by {self.maker_id}, in {self.world}"


class ReviewCardQuerySet(models.QuerySet["ReviewCard"]):
    def by(self, learner: "User") -> "ReviewCardQuerySet":
        return self.filter(learner=learner)

    def due(self, now: datetime) -> "ReviewCardQuerySet":
        """Those that are to come back on that day or were before."""
        _, ends = day_of(now)
        return self.filter(due__lt=ends)

    def reviewed(self, now: datetime) -> "ReviewCardQuerySet":
        """Those that came back, and were answered, on that day."""
        begins, _ = day_of(now)
        return self.filter(reviews__gt=0, last_review__gte=begins)


class ReviewCard(models.Model):
    """When an exercise that a learner has passed is to come back, and what FSRS knows of it: see ``lessons.memory``."""

    class Stage(models.IntegerChoices):
        LEARNING = State.Learning.value
        REVIEW = State.Review.value
        RELEARNING = State.Relearning.value

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="review_cards")
    exercise = models.CharField(max_length=KEY_LENGTH)
    state = models.PositiveSmallIntegerField(choices=Stage)
    step = models.PositiveSmallIntegerField(null=True, blank=True)
    stability = models.FloatField(null=True, blank=True)
    difficulty = models.FloatField(null=True, blank=True)
    due = models.DateTimeField()
    last_review = models.DateTimeField()
    """When it was last rated: the first pass, then each time that it came back."""
    reviews = models.PositiveIntegerField(default=0)
    """How often it has come back and was answered, or given up."""

    objects = ReviewCardQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["learner", "due"], name="review_due")]
        constraints = [models.UniqueConstraint(fields=["learner", "exercise"], name="one_review_card_per_exercise")]

    def __str__(self) -> str:
        return f"{self.exercise} by {self.learner_id}, due on {self.due:%Y-%m-%d}"

    @property
    def memory(self) -> Memory:
        return Memory(
            state=State(self.state),
            step=self.step,
            stability=self.stability,
            difficulty=self.difficulty,
            due=self.due,
            last_review=self.last_review,
        )

    @memory.setter
    def memory(self, memory: Memory) -> None:
        for name, value in asdict(memory).items():
            setattr(self, name, value)

    def reviewed_on(self, now: datetime) -> bool:
        begins, _ = day_of(now)
        return self.reviews > 0 and self.last_review >= begins
