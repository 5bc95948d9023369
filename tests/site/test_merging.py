"""A guest who logs in: what they did becomes the account's, and nothing of either is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import guests, signals
from accounts.models import User
from lessons import ownership, services
from lessons.models import Draft, Progress, QuizAnswer, ReviewCard, Submission
from sandbox.protocol import File
from tests.factories import (
    PASSED,
    DraftFactory,
    GuestFactory,
    MemberFactory,
    ProgressFactory,
    QuizAnswerFactory,
    ReviewCardFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.site.conftest import HTMX, LESSON, bench, code, words

pytestmark = pytest.mark.django_db

KEY = "models/querysets#dear-books"
LOGIN = "/accounts/login/"
NOON = timezone.make_aware(datetime(2026, 1, 1, 12))  # noqa: DTZ001
BEFORE, AFTER = NOON - timedelta(hours=1), NOON + timedelta(hours=1)


@pytest.fixture
def account(db) -> User:
    return MemberFactory.create()


@pytest.fixture
def log_in(signed_in, guest, account):
    """The guest's browser logs in to the account."""

    def submit() -> None:
        response = signed_in.post(LOGIN, words(account))
        assert response.status_code == 302
        assert not User.objects.filter(pk=guest.pk).exists()

    return submit


def draft(learner: User, text: str, saved: datetime, **fields) -> Draft:
    made = DraftFactory.create(learner=learner, files=[["answer.py", text]], **fields)
    Draft.objects.filter(pk=made.pk).update(saved=saved)
    return made


def answer(learner: User, answered: datetime, **fields) -> None:
    made = QuizAnswerFactory.create(learner=learner, **fields)
    QuizAnswer.objects.filter(pk=made.pk).update(answered=answered)


def test_everything_of_the_guests_is_the_accounts(log_in, guest, account, signed_in):
    SubmissionFactory.create(learner=guest)
    ProgressFactory.create(learner=guest, passed=True)
    DraftFactory.create(learner=guest)
    QuizAnswerFactory.create(learner=guest)
    log_in()
    for model in (Submission, Progress, Draft, QuizAnswer):
        assert model.objects.get().learner == account
    assert signed_in.session["_auth_user_id"] == str(account.pk)


def test_every_model_that_is_a_learners_changes_hands():
    """A new one that ``ownership.OWNED`` does not name would be deleted with the guest."""
    of_lessons = apps.get_app_config("lessons").get_models()
    held = {model for model in of_lessons for field in model._meta.fields if field.related_model is User}
    assert held == {owned.model for owned in ownership.OWNED}


@pytest.mark.parametrize("owned", ownership.OWNED, ids=lambda owned: owned.name)
def test_rows_that_can_be_in_each_others_way_say_how_they_join(owned):
    unique = [constraint.fields for constraint in owned.model._meta.constraints if getattr(constraint, "condition", None) is None]
    assert unique == ([(owned.owner, owned.key)] if owned.key else [])
    assert bool(owned.join) == bool(owned.key)


def test_progress_is_joined_as_if_one_person_had_got_there(log_in, guest, account):
    ProgressFactory.create(learner=account, attempts=2, hints=3, passed_at=AFTER, passed_version="new")
    ProgressFactory.create(learner=guest, attempts=5, hints=1, passed_at=NOON, passed_version="old", shown_at=BEFORE)
    log_in()
    one = Progress.objects.get()
    assert (one.learner, one.attempts, one.hints) == (account, 7, 3)
    assert (one.passed_at, one.passed_version, one.shown_at) == (NOON, "old", BEFORE)


@pytest.mark.parametrize(
    ("mine", "theirs", "passed", "shown"),
    [
        ({"passed_at": NOON}, {}, NOON, None),
        ({}, {"passed_at": NOON}, NOON, None),
        ({}, {}, None, None),
        ({}, {"shown_at": NOON}, None, NOON),
        ({"passed_at": NOON}, {"shown_at": BEFORE}, NOON, BEFORE),
        ({"passed_at": NOON}, {"shown_at": AFTER}, NOON, None),
        ({"passed_at": BEFORE}, {"shown_at": NOON, "passed_at": AFTER}, BEFORE, None),
        ({"shown_at": NOON}, {"shown_at": BEFORE}, None, BEFORE),
    ],
    ids=str,
)
def test_a_solution_shown_counts_when_it_came_before_the_first_pass(log_in, guest, account, mine, theirs, passed, shown):
    ProgressFactory.create(learner=account, **mine)
    ProgressFactory.create(learner=guest, **theirs)
    log_in()
    one = Progress.objects.get()
    assert (one.passed_at, one.shown_at) == (passed, shown)


@pytest.mark.parametrize("newer", ["guest", "account"])
def test_of_two_drafts_the_newer_goes_on_and_the_other_can_be_read(log_in, guest, account, signed_in, newer):
    late, early = (guest, account) if newer == "guest" else (account, guest)
    draft(late, "the <newer> text", AFTER, version=2, tab="late")
    draft(early, "the <older> text", BEFORE, version=9, tab="early")
    log_in()
    one = Draft.objects.get()
    assert (one.learner, one.files, one.others) == (
        account,
        [["answer.py", "the <newer> text"]],
        [[["answer.py", "the <older> text"]]],
    )
    assert (one.saved, one.tab, one.version) == (AFTER, "late", 10)
    page = signed_in.get(LESSON).content.decode()
    assert "the &lt;newer&gt; text</textarea>" in page
    assert "What else you wrote here" in page
    assert page.count(">older<") == 1


def test_the_same_text_twice_is_one(log_in, guest, account, signed_in):
    draft(guest, "the same", AFTER)
    draft(account, "the same", BEFORE)
    log_in()
    assert Draft.objects.get().others == []
    assert "What else you wrote here" not in signed_in.get(LESSON).content.decode()


def test_texts_that_were_kept_before_are_kept_on(log_in, guest, account):
    earlier = [[["answer.py", "from an earlier login"]]]
    draft(guest, "the newer", AFTER)
    draft(account, "the older", BEFORE, others=earlier)
    log_in()
    assert Draft.objects.get().others == [*earlier, [["answer.py", "the older"]]]


def test_an_open_page_of_the_guests_goes_on_with_the_newer_text_and_any_other_has_to_ask(log_in, guest, account, signed_in):
    draft(guest, "newer", AFTER, version=3, tab="guests")
    draft(account, "older", BEFORE, version=3, tab="accounts")
    log_in()
    asked = signed_in.post(bench("draft"), code("typed on", version=3, tab="accounts"), headers=HTMX)
    assert asked.status_code == 409
    assert signed_in.post(bench("draft"), code("typed on", version=3, tab="guests"), headers=HTMX).status_code == 200
    assert Draft.objects.get().files == [["answer.py", "typed on"]]


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["htmx", "a form"])
def test_the_other_text_is_there_until_it_is_put_away(client, account, headers):
    draft(account, "mine", NOON, others=[[["answer.py", "overwritten"]]], tab="this-tab")
    client.force_login(account)
    client.post(bench("draft"), code("typed on"))
    client.post(bench("reset"), code("typed on"))
    assert "overwritten" in client.get(LESSON).content.decode()
    response = client.post(bench("others"), code("typed on", tab="this-tab"), headers=headers, follow=not headers)
    assert response.status_code == 200
    assert "What else you wrote here" not in response.content.decode()
    assert (Draft.objects.get().others, Draft.objects.get().files) == ([], [["answer.py", "typed on"]])


@pytest.mark.parametrize(
    ("guests_version", "right"), [("1", True), ("2", False)], ids=["the same options", "options that have changed since"]
)
def test_the_last_answer_to_a_quiz_stands_and_right_once_is_right_for_good(log_in, guest, account, guests_version, right):
    answer(account, BEFORE, version="1", chosen=[1], right=True, attempts=2)
    answer(guest, AFTER, version=guests_version, chosen=[0], right=False, attempts=3)
    log_in()
    one = QuizAnswer.objects.get()
    assert (one.learner, one.chosen, one.version, one.right, one.attempts) == (account, [0], guests_version, right, 5)
    assert one.answered == AFTER


def test_work_under_a_former_name_is_joined_with_todays(log_in, guest, account, lesson, exercise):
    former = exercise.formerly[0]
    ProgressFactory.create(learner=account, exercise=former, passed_at=BEFORE, attempts=1)
    ProgressFactory.create(learner=guest, exercise=exercise.key, attempts=2)
    log_in()
    one = Progress.objects.get()
    assert (one.exercise, one.attempts, one.passed_at) == (exercise.key, 3, BEFORE)


def test_a_verdict_that_comes_after_the_login_is_the_accounts(exercise, judge, guest, account):
    judge.verdict = PASSED
    ProgressFactory.create(learner=account, attempts=1)
    judge.meanwhile = lambda: guests.merge(guest, account)
    services.submit(learner=guest, exercise=exercise, files=(File("answer.py", "x"),))
    one, progress = Submission.objects.get(), Progress.objects.get()
    assert (one.learner, one.status) == (account, "passed")
    assert (progress.learner, progress.attempts, progress.passed) == (account, 2, True)


def test_answers_of_both_that_are_under_way_are_both_kept(log_in, guest, account):
    for learner in (guest, account):
        SubmissionFactory.create(learner=learner, pending=True)
    log_in()
    assert sorted(Submission.objects.filter(learner=account).values_list("status", flat=True)) == ["not_graded", "pending"]


@pytest.mark.django_db(transaction=True)
def test_what_arrives_for_a_guest_who_has_just_logged_in_is_given_back(client, account, monkeypatch):
    """The request was let in as the guest's; by the time it stores something there is no such guest."""
    client.post(bench("draft"), code("first"))
    guest = User.objects.get(is_guest=True)
    adopt = services.adopt_former_work

    def merged_meanwhile(**kwargs) -> None:
        monkeypatch.setattr(services, "adopt_former_work", adopt)
        guests.merge(guest, account)

    monkeypatch.setattr(services, "adopt_former_work", merged_meanwhile)
    response = client.post(bench("draft"), code("second"))
    assert response.status_code == 503
    assert "second</textarea>" in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_logins_at_once_merge_once():
    guest, account = GuestFactory.create(), MemberFactory.create()
    ProgressFactory.create(learner=account, attempts=1)
    ProgressFactory.create(learner=guest, attempts=2)
    first = Client()
    first.force_login(guest)
    cookie, together = first.cookies["sessionid"].value, Barrier(2)

    def log_in(_: int) -> int:
        tab = Client()
        tab.cookies["sessionid"] = cookie
        together.wait()
        try:
            return tab.post(LOGIN, words(account)).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(log_in, range(2))) == [302, 302]
    assert Progress.objects.get().attempts == 3
    assert list(User.objects.all()) == [account]


def test_merging_again_changes_nothing(guest, account):
    ProgressFactory.create(learner=guest, attempts=2)
    guests.merge(guest, account)
    guests.merge(guest, account)
    assert Progress.objects.get().attempts == 2


def test_a_full_user_is_never_merged(account):
    other = MemberFactory.create()
    ProgressFactory.create(learner=other)
    guests.merge(other, account)
    assert Progress.objects.get().learner == other


def test_logging_in_to_another_account_takes_nothing_along(client, account):
    other = MemberFactory.create()
    ProgressFactory.create(learner=other)
    client.force_login(other)
    client.post(LOGIN, words(account))
    assert client.session["_auth_user_id"] == str(account.pk)
    assert Progress.objects.get().learner == other


def test_a_merge_that_fails_leaves_the_guest_signed_in_with_everything(signed_in, guest, account):
    DraftFactory.create(learner=guest)

    def fail(**_) -> None:
        raise RuntimeError("no")

    signals.guest_merged.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            signed_in.post(LOGIN, words(account))
    finally:
        signals.guest_merged.disconnect(fail)
    assert Draft.objects.get().learner == guest
    assert signed_in.get("/").status_code == 200
    assert signed_in.session["_auth_user_id"] == str(guest.pk)


def test_a_wrong_password_merges_nothing(signed_in, guest, account):
    DraftFactory.create(learner=guest)
    signed_in.post(LOGIN, {**words(account), "password": "another"})
    assert Draft.objects.get().learner == guest


@pytest.mark.parametrize("last", ["guest", "account"])
def test_of_two_memories_of_an_exercise_the_last_goes_on_and_no_turn_comes_twice(log_in, guest, account, last):
    late, early = (guest, account) if last == "guest" else (account, guest)
    ReviewCardFactory.create(learner=late, exercise=KEY, last_review=AFTER, stability=9.5, reviews=1)
    ReviewCardFactory.create(learner=early, exercise=KEY, last_review=BEFORE, stability=2.5, reviews=4)
    log_in()
    card = ReviewCard.objects.get()
    assert (card.learner, card.stability, card.last_review, card.reviews) == (account, 9.5, AFTER, 4)


def test_a_merge_takes_as_many_queries_for_much_work_as_for_little(account):
    def queries(number: int) -> int:
        guest = GuestFactory.create()
        for place in range(number):
            for learner in (guest, account):
                ProgressFactory.create(learner=learner, exercise=f"models/x{number}#{place}")
                DraftFactory.create(learner=learner, exercise=f"models/x{number}#{place}", files=[["answer.py", str(learner)]])
                QuizAnswerFactory.create(learner=learner, quiz=f"models/x{number}#{place}")
                ReviewCardFactory.create(learner=learner, exercise=f"models/x{number}#{place}")
                SubmissionFactory.create(learner=learner, exercise=f"models/x{number}#{place}")
        with CaptureQueriesContext(connection) as sent:
            guests.merge(guest, account)
        return len(sent)

    assert queries(1) == queries(40) <= 66


def test_an_account_that_was_idle_is_as_busy_as_its_guest(guest):
    account = UserFactory.create(worked_at=timezone.now() - timedelta(days=200))
    guests.merge(guest, account)
    account.refresh_from_db()
    assert timezone.now() - account.worked_at < timedelta(minutes=1)
