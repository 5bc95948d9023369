"""Whose work it is: a guest's becomes an account's, and everybody can have a copy of theirs.

``OWNED`` names every model that holds something of a learner's; a new one needs a line there, and nothing else.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.dispatch import receiver
from django.template.defaultfilters import pluralize

from accounts import signals
from accounts.models import User
from lessons import course, services
from lessons.models import Draft, Progress, QuizAnswer, ReviewCard, Snippet, Submission

type Join = Callable[[Any, Any], Mapping[str, Any]]
"""From the account's row and the guest's to what of the account's has to change. Nothing of either may be lost."""


@dataclass(frozen=True, slots=True)
class Owned:
    """How rows of a model change hands, and what they are called in a copy."""

    model: type[Model]
    name: str
    key: str = ""
    """The field of which each learner has every value once; empty: rows are never in each other's way."""
    join: Join | None = None
    """Makes one of two rows with the same key."""
    owner: str = "learner"

    def of(self, user: User) -> "QuerySet[Any]":
        return self.model._default_manager.filter(**{self.owner: user})


def join_progress(mine: Progress, theirs: Progress) -> dict[str, Any]:
    """As one person would have got there: all attempts, all hints, the first pass, and a solution that was shown before it."""
    passes = [(one.passed_at, one.passed_version) for one in (mine, theirs) if one.passed_at]
    passed_at, version = min(passes, default=(None, ""))
    shown = min(filter(None, (mine.shown_at, theirs.shown_at)), default=None)
    return {
        "attempts": mine.attempts + theirs.attempts,
        "hints": max(mine.hints, theirs.hints),
        "passed_at": passed_at,
        "passed_version": version,
        "shown_at": None if shown and passed_at and passed_at < shown else shown,
    }


def join_drafts(mine: Draft, theirs: Draft) -> dict[str, Any]:
    """The newer text goes on, in the page that it is typed in; the other is kept beside it. Any other page has to ask first."""
    newer, older = (theirs, mine) if theirs.saved > mine.saved else (mine, theirs)
    spare = [] if older.files == newer.files else [older.files]
    return {
        "files": newer.files,
        "tab": newer.tab,
        "saved": newer.saved,
        "version": max(mine.version, theirs.version) + 1,
        "others": [*mine.others, *theirs.others, *spare],
    }


def join_answers(mine: QuizAnswer, theirs: QuizAnswer) -> dict[str, Any]:
    """The last answer, right if one to the same options ever was."""
    last, first = (theirs, mine) if theirs.answered > mine.answered else (mine, theirs)
    return {
        "version": last.version,
        "chosen": last.chosen,
        "right": last.right or (first.right and first.version == last.version),
        "answered": last.answered,
        "attempts": mine.attempts + theirs.attempts,
    }


def join_cards(mine: ReviewCard, theirs: ReviewCard) -> dict[str, Any]:
    """What was last reviewed is known best. The next time is one that neither had."""
    last = theirs if theirs.last_review > mine.last_review else mine
    return {**asdict(last.memory), "reviews": max(mine.reviews, theirs.reviews)}


# Submissions first: a verdict that comes in meanwhile goes where its submission is.
OWNED = (
    Owned(Submission, "submissions"),
    Owned(Progress, "progress", key="exercise", join=join_progress),
    Owned(Draft, "drafts", key="exercise", join=join_drafts),
    Owned(QuizAnswer, "quiz_answers", key="quiz", join=join_answers),
    Owned(Snippet, "snippets", owner="maker"),
    Owned(ReviewCard, "review_cards", key="exercise", join=join_cards),
)


@receiver(signals.guest_merged)
def take_over(guest: User, account: User, **_: Any) -> None:
    """Gives the account what is the guest's, whatever former names of lessons and exercises it is stored under."""
    for lesson in course.current().lessons:
        for learner in (guest, account):
            services.adopt_former_work(learner=learner, lesson=lesson)
    # The account may have an answer under way as well, and only one can be. The verdict still comes.
    services.give_back(Submission.objects.by(guest))
    for owned in OWNED:
        if owned.join:
            _join(owned, owned.join, guest, account)
        owned.of(guest).update(**{owned.owner: account})


def _join(owned: Owned, join: Join, guest: User, account: User) -> None:
    """Makes one row of two where both have one. Three queries, however many there are."""
    theirs = {getattr(row, owned.key): row for row in owned.of(guest).select_for_update()}
    both = list(owned.of(account).select_for_update().filter(**{f"{owned.key}__in": theirs}))
    changed: set[str] = set()
    for mine in both:
        changes = join(mine, theirs[getattr(mine, owned.key)])
        changed |= changes.keys()
        for name, value in changes.items():
            setattr(mine, name, value)
    if both:
        owned.model._default_manager.bulk_update(both, sorted(changed))
        owned.of(guest).filter(**{f"{owned.key}__in": [getattr(mine, owned.key) for mine in both]}).delete()


@receiver(signals.collecting_data)
def copy_of(user: User, **_: Any) -> dict[str, list[dict[str, Any]]]:
    """Every row of the user's, without its number and whose it is."""
    return {owned.name: list(owned.of(user).order_by("pk").values(*_told(owned))) for owned in OWNED}


def _told(owned: Owned) -> list[str]:
    return [field.name for field in owned.model._meta.concrete_fields if not field.primary_key and field.name != owned.owner]


@receiver(signals.describing_work)
def described(user: User, **_: Any) -> list[str]:
    counts = (
        (Progress.objects.by(user).passed().count(), "exercise", "passed"),
        (Submission.objects.by(user).count(), "Check", ""),
        (Draft.objects.filter(learner=user).count(), "draft", ""),
        (QuizAnswer.objects.filter(learner=user).count(), "quiz", "answered"),
    )
    return [f"{count} {_plural(word, count)} {done}".strip() for count, word, done in counts if count]


def _plural(word: str, count: int) -> str:
    return word + pluralize(count, "zes" if word == "quiz" else "s")
