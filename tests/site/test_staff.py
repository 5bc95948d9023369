"""What staff see of learners' answers, and how they get there."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from lessons import checking, services, triage
from lessons.catalogue.types import Wrong
from lessons.checking import Checked
from lessons.grading.grade import not_graded
from lessons.grading.types import Check, Status, Trial, Verdict
from lessons.models import Submission
from sandbox.protocol import File, Outcome
from tests.factories import FAILED, PASSED, GuestFactory, SubmissionFactory, UserFactory
from tests.site.conftest import CONTENT, LESSON, bench, code, seen

pytestmark = pytest.mark.django_db

OVERVIEW = "/staff/triage/"
EXERCISE = "/staff/triage/models/querysets/dear-books/"
LOGIN = "/accounts/login/"
KEY = "models/querysets#dear-books"
FILES = (File("answer.py", "Book.objects.none()"),)


@pytest.fixture(autouse=True)
def own_shapes(monkeypatch) -> None:
    """The course's own answers are not run here."""
    monkeypatch.setattr(triage, "own_shapes", lambda exercise: frozenset({"the course's"}))


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(UserFactory.create(is_staff=True))
    return client


def html(response) -> str:
    return response.content.decode()


# What is stored


def test_a_wrong_answer_without_words_is_stored_with_what_it_did(exercise):
    one, same = (services.submit(learner=GuestFactory.create(), exercise=exercise, files=FILES) for _ in range(2))
    assert len(one.behaviour) == 16
    assert one.behaviour == same.behaviour
    assert one.shape == ""
    one.refresh_from_db()
    assert one.behaviour == same.behaviour


def test_a_right_answer_is_stored_with_the_shape_of_its_sql(exercise, judge):
    judge.verdict = PASSED
    one = services.submit(learner=GuestFactory.create(), exercise=exercise, files=FILES)
    assert (one.behaviour, len(one.shape)) == ("", 16)


def test_nothing_is_stored_of_what_there_are_words_for(exercise, monkeypatch):
    wrong = exercise.wrongs[0]
    monkeypatch.setattr(checking, "check", lambda *_: Checked(FAILED, Trial(seen(), seen()), wrong))
    one = services.submit(learner=GuestFactory.create(), exercise=exercise, files=FILES)
    assert (one.status, one.behaviour, one.shape) == ("failed", "", "")


@pytest.mark.parametrize("outcome", [Outcome.BUSY, Outcome.UNAVAILABLE])
def test_nothing_is_stored_of_what_was_our_fault(exercise, judge, outcome):
    judge.verdict = not_graded(outcome)
    one = services.submit(learner=GuestFactory.create(), exercise=exercise, files=FILES)
    assert (one.behaviour, one.shape) == ("", "")


def test_a_starter_that_nobody_touched_is_no_answer(exercise):
    one = services.submit(learner=GuestFactory.create(), exercise=exercise, files=exercise.starter.files)
    assert (one.status, one.behaviour) == ("failed", "")


def test_a_check_sends_no_more_queries_for_it(exercise, judge, django_assert_num_queries):
    judge.verdict = PASSED
    learner = GuestFactory.create()
    services.submit(learner=learner, exercise=exercise, files=FILES)
    with CaptureQueriesContext(connection) as queries:
        services.submit(learner=learner, exercise=exercise, files=FILES)
    about = [query["sql"] for query in queries if "behaviour" in query["sql"] or "shape" in query["sql"]]
    assert [sql.partition(" ")[0] for sql in about] == ["INSERT", "UPDATE"]
    assert len([query for query in queries if not query["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]) == 6


def test_deleting_a_learner_deletes_what_could_be_learnt_from():
    one = SubmissionFactory.create(behaviour="1")
    one.learner.delete()
    assert not Submission.objects.exists()


@pytest.mark.parametrize("mark", triage.MARKS)
def test_an_index_serves_what_triage_asks(mark):
    plan = Submission.objects.filter(exercise__in=[KEY]).alike(mark).explain()
    assert "USING INDEX submission_triage (exercise=?" in plan
    assert "USING COVERING INDEX submission_triage" in Submission.objects.marked().explain()


# Who may come in


@pytest.mark.parametrize("address", [OVERVIEW, EXERCISE])
def test_who_has_not_signed_in_is_asked_to(client, guest, address):
    assert client.get(address)["Location"] == f"{LOGIN}?next={address}"
    client.force_login(guest)
    assert client.get(address)["Location"] == f"{LOGIN}?next={address}"


@pytest.mark.parametrize("address", [OVERVIEW, EXERCISE])
def test_for_others_there_is_no_such_page(client, address):
    client.force_login(UserFactory.create())
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [OVERVIEW, EXERCISE])
def test_a_staff_page_is_only_read_and_never_kept(staff, address):
    assert staff.post(address).status_code == 405
    assert staff.get(address)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("exercise", ["models/querysets/nothing", "models/nothing/dear-books"])
def test_an_exercise_that_is_not_there_is_not_found(staff, exercise):
    assert staff.get(f"/staff/triage/{exercise}/").status_code == 404


@pytest.fixture
def author() -> User:
    """As ``createsuperuser`` makes one."""
    call_command("createsuperuser", interactive=False, username="author", email="author@example.org")
    author = User.objects.get(username="author")
    author.set_password("the password of an author")
    author.save()
    return author


WORDS = {"login": "author", "password": "the password of an author"}


def token(browser: Client) -> str:
    return browser.cookies["csrftoken"].value


def test_a_superuser_signs_in_and_out(author):
    browser = Client(enforce_csrf_checks=True)
    browser.get(f"{LOGIN}?next={EXERCISE}")
    signed_in = browser.post(LOGIN, {**WORDS, "next": EXERCISE, "csrfmiddlewaretoken": token(browser)})
    assert (signed_in.status_code, signed_in["Location"]) == (302, EXERCISE)
    assert browser.get(OVERVIEW).status_code == 200
    assert browser.session.get_expiry_age() <= 12 * 3600
    assert "_auth_user_id" in browser.session
    assert browser.get("/accounts/logout/").status_code == 200
    assert browser.get(OVERVIEW).status_code == 200
    assert browser.post("/accounts/logout/", {"csrfmiddlewaretoken": token(browser)})["Location"] == "/"
    assert browser.get(OVERVIEW).status_code == 302


def test_staff_also_sign_in_with_their_email(client, author):
    client.post(LOGIN, {**WORDS, "login": "Author@Example.org"})
    assert client.get(OVERVIEW).status_code == 200


def test_the_old_address_leads_to_the_one_login_page(client):
    assert client.get("/staff/login/")["Location"] == f"{LOGIN}?next=%2Fstaff%2Ftriage%2F"
    assert client.get("/staff/login/?next=/staff/x/")["Location"] == f"{LOGIN}?next=%2Fstaff%2Fx%2F"


def test_without_a_next_page_who_signs_in_comes_to_the_course(client, author):
    assert client.post(LOGIN, WORDS)["Location"] == "/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_leads_to_no_other_site(client, author, elsewhere):
    assert client.post(LOGIN, {**WORDS, "next": elsewhere})["Location"] == "/"


def test_signing_in_needs_a_token_and_gives_no_password_back(author):
    browser = Client(enforce_csrf_checks=True)
    refused = browser.post(LOGIN, WORDS)
    assert refused.status_code == 403
    assert WORDS["password"] not in html(refused)


@pytest.mark.parametrize("changes", [{"password": "!"}, {"username": "another"}], ids=["another password", "another name"])
def test_whoever_may_not_come_in_hears_the_same(client, author, changes):
    User.objects.update(**changes)
    response = client.post(LOGIN, WORDS)
    assert response.status_code == 200
    assert "do not belong together" in html(response)
    assert WORDS["password"] not in html(response)
    assert "_auth_user_id" not in client.session


def test_whose_account_is_switched_off_hears_so_when_the_password_is_right(client, author):
    User.objects.update(is_active=False)
    response = client.post(LOGIN, WORDS, follow=True)
    assert "switched off" in html(response)
    assert "_auth_user_id" not in client.session


def test_whoever_is_not_staff_signs_in_and_finds_no_staff_page(client, author):
    User.objects.update(is_staff=False)
    client.post(LOGIN, WORDS)
    assert client.get(OVERVIEW).status_code == 404
    assert client.session.get_expiry_age() > 300 * 24 * 3600


def test_a_guest_s_session_ends_and_its_work_is_taken_over(client, author):
    client.post(bench("check"), code("my own"))
    before = client.session.session_key
    session = client.session
    session["note"] = "the guest's"
    session.save()
    assert "is added to your account" in html(client.get(LOGIN))
    client.post(LOGIN, WORDS)
    assert client.session.session_key != before
    assert "note" not in client.session
    assert Submission.objects.get().learner == author
    assert "my own" in html(client.get(LESSON))


def test_nobody_else_is_told_of_guests(client):
    assert "is added to your account" not in html(client.get(LOGIN))


# The overview


def test_the_overview_counts_groups_and_answers(staff):
    for behaviour in ("1", "1", "2"):
        SubmissionFactory.create(behaviour=behaviour)
    SubmissionFactory.create(status="passed", shape="3", exercise="models/querysets#pricey-books")
    SubmissionFactory.create()
    SubmissionFactory.create(exercise="gone/away#x", behaviour="1")
    (one,) = staff.get(OVERVIEW).context["waiting"]
    assert (one.exercise.key, one.wrong, one.wrongs, one.passed, one.shapes) == (KEY, 3, 2, 1, 1)
    assert f'href="{EXERCISE}"' in html(staff.get(OVERVIEW))


def test_the_overview_takes_as_many_queries_for_many_answers_as_for_one(staff):
    SubmissionFactory.create(behaviour="1")
    with CaptureQueriesContext(connection) as few:
        staff.get(OVERVIEW)
    SubmissionFactory.create_batch(60, behaviour="2")
    SubmissionFactory.create_batch(60, exercise="models/querysets#how-many", status="passed", shape="3")
    with CaptureQueriesContext(connection) as many:
        staff.get(OVERVIEW)
    assert len(few) == len(many) == 3  # the session, the user, the counts


def test_an_overview_of_nothing_says_so(staff):
    assert "Nothing yet" in html(staff.get(OVERVIEW))


# An exercise


def stored(*texts: str, **fields) -> None:
    for place, text in enumerate(texts):
        SubmissionFactory.create(files=[["answer.py", text]], **{"behaviour": str(place), **fields})


def test_an_exercise_s_groups_are_shown_ready_to_be_pasted(staff):
    stored("Book.objects.none()")
    page = html(staff.get(EXERCISE))
    assert "#### Wrong: 2 rows missing" in page
    assert "```python wrong expect=rows\nBook.objects.none()\n```" in page
    assert f"{CONTENT.name}/models/01-querysets.md" in page


def test_right_answers_with_other_sql_are_shown(staff, judge):
    judge.verdict = PASSED
    stored("Book.objects.none()", status="passed", behaviour="", shape="3")
    assert "```python accept\nBook.objects.none()\n```" in html(staff.get(EXERCISE))


def test_what_the_course_knows_by_now_is_not_shown(staff, exercise, monkeypatch):
    stored("Book.objects.none()")
    wrong: Wrong = exercise.wrongs[0]
    monkeypatch.setattr(checking, "check", lambda *_: Checked(FAILED, Trial(seen(), seen()), wrong))
    assert "Book.objects.none()" not in html(staff.get(EXERCISE))


def test_what_a_learner_wrote_is_text_and_nothing_in_it_is_invisible(staff):
    stored("</textarea><script>alert(1)</script> # \x1b[31m \u202e")
    page = html(staff.get(EXERCISE))
    assert "<script>alert" not in page
    assert "&lt;/textarea&gt;&lt;script&gt;" in page
    assert r"\x1b[31m \u202e" in page
    assert "\u202e" not in page


def test_no_page_says_whose_an_answer_is(staff):
    stored("Book.objects.none()")
    learner = Submission.objects.get().learner
    for address in (OVERVIEW, EXERCISE):
        assert learner.username not in html(staff.get(address))


def test_a_page_checks_no_more_than_ten_groups_of_each_sort_again(staff, judge):
    stored(*(f"Book.objects.all()[:{number}]" for number in range(30)))
    for number in range(30):
        stored(f"Book.objects.all()[{number}:]", status="passed", behaviour="", shape=str(number))
    page = html(staff.get(EXERCISE))
    assert len(judge.asked) == 20
    assert "There are more" in page


def test_a_page_takes_as_many_queries_for_many_groups_as_for_one(staff, judge, monkeypatch):
    def check(exercise, files):
        """Each does something else."""
        told = Check("rows", False, files[0].text)
        return Checked(Verdict(status=Status.FAILED, headline="x", checks=(told,)), Trial(seen(limit=files[0].text), seen()))

    monkeypatch.setattr(triage, "behaves_like", lambda exercise, a, b, **_: a.visible.limit == b.visible.limit)
    monkeypatch.setattr(checking, "check", check)
    stored("1")
    with CaptureQueriesContext(connection) as few:
        staff.get(EXERCISE)
    stored(*map(str, range(10)))
    with CaptureQueriesContext(connection) as many:
        response = staff.get(EXERCISE)
    assert len(response.context["triage"].wrong) == 10
    assert len(few) == len(many) == 5


@pytest.mark.parametrize(
    ("failed", "expect"),
    [
        (("rows", "order"), "rows"),
        (("timeout",), "timeout"),
        (("error",), "error"),
        (("memory",), ""),
        (("crashed", "rows"), "rows"),
    ],
)
def test_a_block_expects_the_first_failed_check_that_a_lesson_can_name(exercise, failed, expect):
    checks = (Check("columns", True, "right"), *(Check(name, False, "wrong") for name in failed))
    assert triage.expectable(exercise, Verdict(status=Status.ERROR, headline="x", checks=checks)) == expect


def test_when_the_time_is_over_the_rest_is_left_for_another_time(staff, judge, monkeypatch):
    monkeypatch.setattr("lessons.views.staff.SECONDS", 0.0)
    stored("1", "2")
    page = html(staff.get(EXERCISE))
    assert judge.asked == []
    assert "2 groups could not be checked again just now" in page


def test_without_a_sandbox_the_page_says_how_many_could_not_be_checked(staff, judge):
    judge.verdict = not_graded(Outcome.UNAVAILABLE)
    stored("1")
    assert "1 group could not be checked again just now" in html(staff.get(EXERCISE))


def test_one_person_does_not_have_a_page_checked_twice_at_once(staff, judge):
    stored("1")
    statuses = []

    def again() -> None:
        judge.meanwhile = lambda: None
        statuses.append(staff.get(EXERCISE).status_code)

    judge.meanwhile = again
    assert staff.get(EXERCISE).status_code == 200
    assert statuses == [409]


def test_an_exercise_of_which_nothing_is_stored_has_nothing_to_teach(staff):
    assert html(staff.get(EXERCISE)).count("None.") == 2


@pytest.mark.parametrize("address", [LOGIN, OVERVIEW, EXERCISE])
def test_staff_pages_have_nothing_inline(staff, address):
    stored("1")
    response = staff.get(address)
    assert "unsafe" not in response["Content-Security-Policy"]
    assert " style=" not in html(response)
    assert "<script>" not in html(response)


def test_every_staff_page_has_a_name():
    assert reverse("lessons:triage") == OVERVIEW
    assert reverse("account_login") == LOGIN
