"""What learners are and have done, for tests."""

from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from factory.declarations import LazyFunction, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from accounts.models import LoginEvent, User
from lessons.grading.types import Check, Status, Verdict
from lessons.models import Draft, Progress, QuizAnswer, ReviewCard, Snippet, Submission

PASSWORD = "a swinging secret"
PASSED = Verdict(status=Status.PASSED, headline="Right", checks=(Check("rows", True, "The rows are right"),))
FAILED = Verdict(status=Status.FAILED, headline="2 rows missing", checks=(Check("rows", False, "The rows are right"),))


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    username = Sequence(lambda number: f"learner-{number}")


class MemberFactory(UserFactory):
    """Someone with an account, whose password is ``PASSWORD``."""

    email = Sequence(lambda number: f"learner-{number}@example.org")
    password = LazyFunction(lambda: make_password(PASSWORD))


class GuestFactory(UserFactory):
    username = Sequence(lambda number: f"guest-{number}")
    password = LazyFunction(lambda: make_password(None))
    is_guest = True


class LoginEventFactory(DjangoModelFactory[LoginEvent]):
    class Meta:
        model = LoginEvent

    user = SubFactory(MemberFactory)
    what = LoginEvent.What.LOGGED_IN
    address = "192.0.2.7"


class SubmissionFactory(DjangoModelFactory[Submission]):
    class Meta:
        model = Submission

    learner = SubFactory(GuestFactory)
    exercise = "models/querysets#dear-books"
    version = "1"
    files = [["answer.py", "Book.objects.all()"]]
    status = Submission.Status.FAILED
    verdict = FAILED.as_json()
    finished = LazyFunction(timezone.now)

    class Params:
        pending = Trait(status=Submission.Status.PENDING, verdict=None, finished=None)


class ProgressFactory(DjangoModelFactory[Progress]):
    class Meta:
        model = Progress

    learner = SubFactory(GuestFactory)
    exercise = "models/querysets#dear-books"

    class Params:
        passed = Trait(passed_at=LazyFunction(timezone.now), attempts=1)


class DraftFactory(DjangoModelFactory[Draft]):
    class Meta:
        model = Draft

    learner = SubFactory(GuestFactory)
    exercise = "models/querysets#dear-books"
    files = [["answer.py", "Book.objects.none()"]]
    version = 1
    tab = "first-tab"


class QuizAnswerFactory(DjangoModelFactory[QuizAnswer]):
    class Meta:
        model = QuizAnswer

    learner = SubFactory(GuestFactory)
    quiz = "models/querysets#lazy"
    version = "1"
    chosen = [0]
    right = False


class SnippetFactory(DjangoModelFactory[Snippet]):
    class Meta:
        model = Snippet

    maker = SubFactory(GuestFactory)
    world = "bookshop"
    code = Sequence(lambda number: f"Book.objects.all()[:{number}]")


class ReviewCardFactory(DjangoModelFactory[ReviewCard]):
    class Meta:
        model = ReviewCard

    learner = SubFactory(GuestFactory)
    exercise = "models/querysets#dear-books"
    state = ReviewCard.Stage.REVIEW
    stability = 2.3
    difficulty = 2.1
    due = LazyFunction(timezone.now)
    last_review = LazyFunction(lambda: timezone.now() - timedelta(days=2))
