"""What was passed comes back, through HTTP; the clock is put forward, and nobody waits."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError
from django.utils import timezone

from lessons import reviews, services
from lessons.catalogue.load import load
from lessons.grading.types import Status
from lessons.models import Draft, Progress, ReviewCard, Submission
from lessons.templatetags.reviews import on_day
from sandbox.protocol import File
from tests.factories import (
    FAILED,
    PASSED,
    DraftFactory,
    GuestFactory,
    ProgressFactory,
    ReviewCardFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.site.conftest import HTMX, LESSON, bench, code

pytestmark = pytest.mark.django_db

KEY = "models/querysets#dear-books"
OTHER = "models/querysets#how-many"
MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)


class Clock:
    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def forward(self, days: float) -> None:
        self.now += days * DAY


@pytest.fixture
def clock(monkeypatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock


@pytest.fixture
def card(guest, clock) -> ReviewCard:
    """One that is due on this Monday, of an exercise that was passed on Saturday."""
    ProgressFactory.create(learner=guest, exercise=KEY, passed=True)
    return ReviewCardFactory.create(learner=guest, due=MONDAY, last_review=MONDAY - 2 * DAY)


def back(action: str = "", exercise: str = "dear-books--1") -> str:
    return f"/review/models/querysets/{exercise}/{action and f'{action}/'}"


def review(client) -> str:
    return client.get("/review/").content.decode()


def editor(html: str) -> str:
    return html.partition("<textarea")[2].partition(">\n")[2].partition("</textarea>")[0]


def due_in(card: ReviewCard, clock: Clock) -> timedelta:
    card.refresh_from_db()
    return card.due - clock.now


# How it begins


def test_a_first_pass_in_a_lesson_brings_the_exercise_back_days_later(signed_in, guest, judge, clock):
    judge.verdict = PASSED
    signed_in.post(bench("check"), code("right"))
    assert "Nothing today. Next on Wednesday." in review(signed_in)
    clock.forward(2)
    assert "Exercise 1 of 1" in review(signed_in)
    assert 'id="bench-dear-books--1"' in review(signed_in)


@pytest.mark.parametrize(
    ("before", "days"),
    [({}, 2), ({"attempts": 1}, 1), ({"hints": 1}, 1), ({"shown_at": MONDAY}, 1)],
    ids=["at once", "at the second try", "with a hint", "shown"],
)
def test_what_did_not_go_well_comes_back_sooner(guest, exercise, judge, clock, before, days):
    ProgressFactory.create(learner=guest, **before)
    judge.verdict = PASSED
    services.submit(learner=guest, exercise=exercise, files=(File("answer.py", "right"),))
    assert due_in(ReviewCard.objects.get(), clock) == days * DAY


def test_what_was_shown_is_remembered_worse_than_what_was_hard(guest, judge, exercise, clock):
    judge.verdict = PASSED
    one, other = GuestFactory.create(), GuestFactory.create()
    ProgressFactory.create(learner=one, hints=2)
    ProgressFactory.create(learner=other, shown_at=MONDAY)
    for learner in (one, other):
        services.submit(learner=learner, exercise=exercise, files=(File("answer.py", "right"),))
    assert ReviewCard.objects.order_by("stability")[0] == ReviewCard.objects.get(learner=other)
    assert ReviewCard.objects.order_by("-difficulty")[0] == ReviewCard.objects.get(learner=other)


def test_nothing_that_was_not_passed_comes_back(signed_in, judge, clock):
    signed_in.post(bench("check"), code("wrong"))
    signed_in.post(bench("solution"), code("wrong"))
    clock.forward(30)
    assert not ReviewCard.objects.exists()
    assert "Every exercise that you pass comes back here" in review(signed_in)


def test_passing_again_in_the_lesson_changes_nothing(signed_in, judge, card, clock):
    judge.verdict = PASSED
    signed_in.post(bench("check"), code("right"))
    assert due_in(card, clock) == timedelta()


def test_a_visitor_is_told_how_it_works_and_no_guest_is_made(client, django_user_model):
    html = review(client)
    assert "Every exercise that you pass comes back here" in html
    assert not django_user_model.objects.exists()
    assert "sessionid" not in client.cookies


def test_what_was_passed_before_there_was_any_review_comes_back_too(clock):
    migration = import_module("lessons.migrations.0005_review_cards")
    rows = {
        KEY: ProgressFactory.create(passed_at=MONDAY, attempts=1),
        "m/l#hard": ProgressFactory.create(exercise="m/l#hard", passed_at=MONDAY, attempts=3),
        "m/l#shown": ProgressFactory.create(exercise="m/l#shown", passed_at=MONDAY, attempts=1, shown_at=MONDAY),
    }
    ProgressFactory.create(exercise="m/l#not-passed", attempts=3)
    ProgressFactory.create(exercise=f"preview/joins:{KEY}", passed_at=MONDAY)
    migration.make_cards(apps, None)
    assert {one.exercise for one in ReviewCard.objects.all()} == set(rows)
    for card in ReviewCard.objects.all():
        made = (card.memory, card.learner_id)
        card.delete()
        reviews.note_pass(rows[card.exercise])
        kept = ReviewCard.objects.get(exercise=card.exercise)
        assert made == (kept.memory, kept.learner_id)


# The bench


def test_the_editor_is_empty_whatever_was_written_in_the_lesson(signed_in, guest, card):
    DraftFactory.create(learner=guest)
    SubmissionFactory.create(learner=guest, status="passed", verdict=PASSED.as_json())
    html = review(signed_in)
    assert editor(html) == ""
    assert "The books above ten" in html
    assert "Book.objects.none()" not in html
    assert "the-solution" not in html


def test_what_the_lesson_starts_with_can_be_looked_at(signed_in, card):
    starter = review(signed_in).partition("What the lesson starts with")[2].partition("</details>")[0]
    assert re.sub("<[^>]+>", "", starter).split() == ["Book.objects.all()"]


def test_a_file_of_a_project_starts_with_the_lessons_frame():
    course = load(Path(__file__).parents[2] / "content")
    for lesson in course.lessons:
        for exercise in lesson.exercises:
            (back,) = reviews.set_apart(lesson, exercise, 1).exercises
            alone = exercise.paths == ("answer.py",)
            assert back.starter.files == ((File("answer.py", ""),) if alone else exercise.starter.files)


def test_passing_leads_to_the_next_one_and_the_last_to_the_end(signed_in, guest, judge, card, clock):
    ReviewCardFactory.create(learner=guest, exercise=OTHER, due=MONDAY - DAY, last_review=MONDAY - 3 * DAY)
    assert "Exercise 1 of 2" in review(signed_in)
    judge.verdict = PASSED
    html = signed_in.post(back("check", "how-many--1"), code("right"), headers=HTMX).content.decode()
    assert re.search(r'<a class="btn" href="/review/">Next</a>\s+1 more today', html)
    html = review(signed_in)
    assert "Exercise 2 of 2" in html
    assert 'id="bench-dear-books--1"' in html
    html = signed_in.post(back("check"), code("right"), headers=HTMX).content.decode()
    next_day = f"Nothing more today. Next {on_day(min(ReviewCard.objects.values_list('due', flat=True)).date())}."
    assert next_day in " ".join(html.split())
    assert next_day in review(signed_in)
    assert "2 done today" in review(signed_in)


def test_without_javascript_the_passed_bench_is_shown_and_then_the_next(signed_in, judge, card):
    judge.verdict = PASSED
    response = signed_in.post(back("check"), code("right"))
    assert response["Location"] == f"{back()}#bench-dear-books--1"
    html = signed_in.get(response["Location"]).content.decode()
    assert "Why-it-works" in html
    assert editor(html) == "right"
    assert "Nothing more today" in html


def test_a_failed_check_takes_nothing_away_and_keeps_the_exercise_in_the_set(signed_in, guest, card, clock):
    html = signed_in.post(back("check"), code("wrong"), headers=HTMX).content.decode()
    assert "2 rows missing" in html
    assert "more today" not in html
    assert "2 rows missing" in review(signed_in)
    assert Progress.objects.get(learner=guest, exercise=KEY).passed
    assert due_in(card, clock) == timedelta()


def test_the_check_is_stored_as_any_other_with_the_exercises_version(signed_in, exercise, judge, card):
    signed_in.post(back("check"), code("an answer"))
    one = Submission.objects.get()
    assert (one.exercise, one.version, one.files) == (f"review/1:{KEY}", exercise.digest, [["answer.py", "an answer"]])


def test_the_lessons_draft_and_page_stay_as_they_are(signed_in, guest, card):
    DraftFactory.create(learner=guest)
    signed_in.post(back("draft"), code("half an ans"), headers=HTMX)
    signed_in.post(back("check"), code("half an answer"), headers=HTMX)
    assert Draft.objects.get(exercise=KEY).files == [["answer.py", "Book.objects.none()"]]
    html = signed_in.get(LESSON).content.decode()
    assert "half an ans" not in html
    assert "2 rows missing" not in html


def test_a_half_typed_answer_is_there_after_a_reload(signed_in, card):
    signed_in.post(back("draft"), code("half an ans"), headers=HTMX)
    assert editor(review(signed_in)) == "half an ans"


def test_the_next_time_starts_from_nothing_again(signed_in, guest, judge, card, clock):
    signed_in.post(back("hint"), code("half an ans"), headers=HTMX)
    judge.verdict = PASSED
    signed_in.post(back("check"), code("right"), headers=HTMX)
    clock.forward(30)
    html = review(signed_in)
    assert 'id="bench-dear-books--2"' in html
    assert editor(html) == ""
    assert "The first hint" not in html
    assert "the-solution" not in html


def test_what_a_turn_left_behind_goes_when_the_next_is_over(signed_in, guest, judge, card, clock):
    judge.verdict = PASSED
    for turn in (1, 2, 3):
        signed_in.post(back("check", f"dear-books--{turn}"), code("right"), headers=HTMX)
        clock.forward(100)
    left = {f"review/3:{KEY}"}
    assert set(Draft.objects.values_list("exercise", flat=True)) == left
    assert set(Progress.objects.values_list("exercise", flat=True)) == {KEY, *left}
    assert Submission.objects.count() == 3


@pytest.mark.parametrize(
    ("asked", "least", "most"), [((), 3, 30), (("hint",), 2, 10), (("check",), 2, 10), (("check", "solution"), 1, 1)]
)
def test_help_counts(signed_in, judge, card, clock, asked, least, most):
    for action in asked:
        signed_in.post(back(action), code("wrong"), headers=HTMX)
    judge.verdict = PASSED
    signed_in.post(back("check"), code("right"), headers=HTMX)
    assert least * DAY <= due_in(card, clock) <= most * DAY


def test_giving_up_leads_on_and_the_exercise_comes_back_the_next_day(signed_in, card, clock):
    signed_in.post(back("check"), code("wrong"), headers=HTMX)
    html = signed_in.post(back("solution"), code("wrong"), headers=HTMX).content.decode()
    assert "the-solution" in html
    assert "Nothing more today. Next on Tuesday." in " ".join(html.split())
    assert due_in(card, clock) == DAY
    assert "Nothing more today. Next on Tuesday." in review(signed_in)


def test_a_turn_is_rated_once_whatever_an_older_tab_sends(signed_in, judge, card, clock):
    signed_in.post(back("check"), code("wrong"), headers=HTMX)
    signed_in.post(back("solution"), code("wrong"), headers=HTMX)
    judge.verdict = PASSED
    clock.forward(5)
    html = signed_in.post(back("check"), code("right"), headers=HTMX).content.decode()
    assert "Right" in html
    card.refresh_from_db()
    assert (card.reviews, card.last_review) == (1, MONDAY)


def test_an_answer_that_could_not_be_checked_counts_as_nothing(signed_in, judge, card, monkeypatch, clock):
    monkeypatch.setattr("lessons.checking.check", lambda *_: 1 / 0)
    signed_in.post(back("check"), code("right"), headers=HTMX)
    monkeypatch.setattr("lessons.checking.check", judge.check)
    judge.verdict = PASSED
    signed_in.post(back("check"), code("right"), headers=HTMX)
    assert due_in(card, clock) > 2 * DAY


def test_running_and_counting_rows_work_as_in_a_lesson(signed_in, card):
    assert "Dune" in signed_in.post(back("run"), code("x"), headers=HTMX).content.decode()
    assert "Dune" in signed_in.post(back("run"), code("x")).content.decode()
    assert "chain of calls" in signed_in.post(back("chain"), code("x"), headers=HTMX).content.decode()


def test_another_tab_s_text_is_not_overwritten(signed_in, card):
    signed_in.post(back("draft"), code("one", tab="one"), headers=HTMX)
    assert signed_in.post(back("draft"), code("two", tab="two"), headers=HTMX).status_code == 409
    assert editor(review(signed_in)) == "one"


def test_code_that_cannot_be_taken_is_given_back(signed_in, card):
    response = signed_in.post(back("check"), code("x" * 20_001))
    assert response.status_code == 422
    assert "This code cannot be taken" in response.content.decode()
    assert "x" * 20_001 in response.content.decode()


def test_what_could_not_be_stored_is_given_back(signed_in, card, monkeypatch):
    def full(**_):
        raise DatabaseError("disk full")

    monkeypatch.setattr(services, "save_draft", full)
    response = signed_in.post(back("check"), code("typed"))
    assert response.status_code == 503
    assert "typed" in response.content.decode()


def test_whoever_opens_an_action_s_address_is_taken_to_the_bench(signed_in, card):
    response = signed_in.get(back("check"))
    assert (response.status_code, response["Location"]) == (303, f"{back()}#bench-dear-books--1")


def test_a_lost_session_s_text_is_kept_for_the_guest_that_comes_of_it(client, django_user_model):
    client.post(back("draft"), code("half an ans"), headers=HTMX)
    assert editor(client.get(back()).content.decode()) == "half an ans"
    assert django_user_model.objects.get().is_guest


@pytest.mark.parametrize(
    "address",
    [
        "/review/models/querysets/dear-books/",
        "/review/models/querysets/dear-books--0/",
        "/review/models/querysets/dear-books--12345/",
        "/review/models/querysets/nothing--1/",
        "/review/models/nothing/dear-books--1/",
        "/lessons/models/querysets/exercises/dear-books--1/check/",
    ],
)
def test_what_never_comes_back_is_not_found(client, address):
    assert client.get(address).status_code == 404


# The course changes


def test_a_renamed_exercise_keeps_its_card(signed_in, guest, judge, clock):
    card = ReviewCardFactory.create(learner=guest, exercise="models/asking#pricey-books", due=MONDAY)
    assert 'id="bench-dear-books--1"' in review(signed_in)
    judge.verdict = PASSED
    signed_in.post(back("check"), code("right"), headers=HTMX)
    card.refresh_from_db()
    assert (card.exercise, card.reviews) == (KEY, 1)


def test_a_half_typed_answer_survives_a_new_name(signed_in, guest, clock):
    ReviewCardFactory.create(learner=guest, exercise="models/asking#pricey-books", due=MONDAY)
    DraftFactory.create(learner=guest, exercise="review/1:models/asking#pricey-books")
    assert editor(review(signed_in)) == "Book.objects.none()"
    assert 'id="bench-dear-books--1"' in signed_in.get(back(exercise="pricey-books--1")).content.decode()
    signed_in.post(back("hint"), code("Book.objects.none()"), headers=HTMX)
    assert Draft.objects.get().exercise == f"review/1:{KEY}"


def test_what_is_gone_from_the_course_is_passed_over_and_not_counted(signed_in, guest, card):
    ReviewCardFactory.create(learner=guest, exercise="models/querysets#gone", due=MONDAY - 9 * DAY)
    ReviewCardFactory.create(learner=guest, exercise="gone/gone#gone", due=MONDAY, last_review=MONDAY, reviews=3)
    html = review(signed_in)
    assert "Exercise 1 of 1" in html
    assert due_count(html) == 1


# How many


def due_count(html: str) -> int:
    found = re.search(r'Review\s*<span class="count">(\d+)<', html)
    return int(found[1]) if found else 0


@pytest.mark.parametrize("address", ["/", LESSON, "/worlds/bookshop/", "/review/", back()])
def test_the_top_bar_says_how_many_are_left_today(signed_in, guest, judge, card, address):
    ReviewCardFactory.create(learner=guest, exercise=OTHER, due=MONDAY + DAY / 2)
    ProgressFactory.create(learner=guest, exercise=OTHER, passed=True)
    ReviewCardFactory.create(exercise=KEY, due=MONDAY)
    assert due_count(signed_in.get(address).content.decode()) == 2
    judge.verdict = PASSED
    signed_in.post(back("check"), code("right"), headers=HTMX)
    assert due_count(signed_in.get(address).content.decode()) == 1


def test_a_visitor_s_top_bar_asks_the_database_for_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        html = client.get("/worlds/bookshop/").content.decode()
    assert 'href="/review/">Review</a>' in html


def test_a_set_has_ten_and_the_rest_is_for_tomorrow(guest, clock, monkeypatch):
    course = load(Path(__file__).parents[2] / "content")
    keys = [exercise.key for lesson in course.lessons for exercise in lesson.exercises][:14]
    for place, key in enumerate(keys):
        ReviewCardFactory.create(learner=guest, exercise=key, due=MONDAY - place * DAY)
    plan = reviews.today(guest, course)
    assert {one.exercise.key for one in plan.left} == set(keys[4:])
    assert reviews.count(guest, course) == 10
    ReviewCard.objects.filter(exercise__in=keys[4:]).update(due=MONDAY + 9 * DAY, last_review=MONDAY, reviews=1)
    plan = reviews.today(guest, course)
    assert (plan.left, plan.done, plan.next) == ((), 10, (MONDAY + DAY).date())
    assert reviews.count(guest, course) == 0
    clock.forward(1)
    assert len(reviews.today(guest, course).left) == reviews.count(guest, course) == 4


def test_what_comes_back_in_weeks_is_told_by_its_date(signed_in, guest, clock):
    ReviewCardFactory.create(learner=guest, due=MONDAY + 7 * DAY)
    assert "Next on 9 March." in review(signed_in)


@pytest.mark.parametrize("address", ["/review/", back()])
def test_the_page_takes_six_queries(signed_in, guest, card, django_assert_max_num_queries, address):
    DraftFactory.create(learner=guest, exercise=f"review/1:{KEY}")
    ReviewCardFactory.create(learner=guest, exercise=OTHER, due=MONDAY)
    with django_assert_max_num_queries(6):
        signed_in.get(address)


def test_an_index_serves_what_the_top_bar_asks(guest, clock):
    assert "review_due" in ReviewCard.objects.by(guest).due(MONDAY).explain()


# Whose it is


def test_what_comes_back_to_others_does_not_show(client, card):
    client.force_login(UserFactory.create())
    assert "Every exercise that you pass comes back here" in review(client)


def test_the_page_is_kept_nowhere(signed_in, card):
    assert signed_in.get("/review/")["Cache-Control"] == "private, no-store"
    assert signed_in.get(back())["Cache-Control"] == "private, no-store"
    assert signed_in.post(back("run"), code("x"))["Cache-Control"] == "private, no-store"


def test_deleting_a_learner_deletes_the_cards(card):
    card.learner.delete()
    assert not ReviewCard.objects.exists()


def test_an_answer_that_did_not_end_is_an_attempt(signed_in, judge, card, clock):
    judge.verdict = replace(FAILED, status=Status.ERROR)
    signed_in.post(back("check"), code("while True: pass"), headers=HTMX)
    assert Progress.objects.get(exercise=f"review/1:{KEY}").attempts == 1
