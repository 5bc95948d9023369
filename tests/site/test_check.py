from html import unescape

import pytest
from django.db import connection

from lessons.grading.types import Check, Counterexample, Diff, DiffRow, Mark, Sample, Status, Verdict
from lessons.models import Draft, Progress, Submission
from sandbox.protocol import Outcome, Result, Statement
from tests.factories import FAILED, PASSED, DraftFactory, SubmissionFactory
from tests.site.conftest import HTMX, LESSON, bench, code, seen

pytestmark = pytest.mark.django_db


def test_a_check_is_stored_and_shown_after_a_redirect(client):
    response = client.post(bench("check"), code("Book.objects.all()"))
    assert response.status_code == 302
    assert response["Location"] == f"{LESSON}#bench-dear-books"
    html = client.get(LESSON).content.decode()
    assert "2 rows missing" in html
    assert "Book.objects.all()" in html


def test_htmx_gets_only_the_result(client):
    html = client.post(bench("check"), code("Book.objects.all()"), headers=HTMX).content.decode()
    assert "2 rows missing" in html
    assert "<html" not in html
    assert "<textarea" not in html


def test_the_verdict_is_announced(client):
    html = client.post(bench("check"), code("x"), headers=HTMX).content.decode()
    assert '<div hx-swap-oob="innerHTML:#announce">Not yet. 2 rows missing' in html
    assert '<div id="announce" class="unseen" role="status"></div>' in client.get(LESSON).content.decode()


def announced(html: str) -> str:
    return unescape(html.partition('innerHTML:#announce">')[2].partition("</div>")[0])


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict(status=Status.PASSED, headline="Passed"), "Passed. Control Enter again leads to: How many books."),
        (
            Verdict(status=Status.FAILED, headline="`price` is off", feedback_title="ten itself", feedback_html="<p>No.</p>"),
            "Not yet. Price is off. Ten itself.",
        ),
        (
            Verdict(status=Status.FAILED, headline="Off", feedback_html="<p>Use <code>&lt;</code> here.</p><p>And so on.</p>"),
            "Not yet. Off. Use < here.",
        ),
        (Verdict(status=Status.ERROR, headline="No field `x`", detail="On line 1. Try `y`."), "No field x. On line 1. Try y."),
        (Verdict(status=Status.ERROR, headline="Stopped", detail="Stopped."), "Stopped."),
    ],
)
def test_the_announcement_says_everything_once(client, judge, verdict, words):
    judge.verdict = verdict
    assert announced(client.post(bench("check"), code("x"), headers=HTMX).content.decode()) == words


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("action", ["check", "run"])
def test_no_transaction_is_open_while_code_runs(client, judge, action):
    open_then = []
    judge.meanwhile = lambda: open_then.append(connection.in_atomic_block)
    client.post(bench(action), code("Book.objects.all()"))
    assert open_then == [False]


def test_the_submission_is_stored_as_pending_before_it_runs(client, judge):
    statuses = []
    judge.meanwhile = lambda: statuses.append(Submission.objects.get().status)
    client.post(bench("check"), code("Book.objects.all()"))
    assert statuses == ["pending"]
    assert Submission.objects.get().status == "failed"


def test_a_submission_keeps_what_was_sent_and_what_it_is_about(client, exercise):
    client.post(bench("check"), code("one\r\ntwo"))
    stored = Submission.objects.get()
    assert stored.files == [["answer.py", "one\ntwo"]]
    assert (stored.exercise, stored.version, stored.status) == (exercise.key, exercise.digest, "failed")
    assert stored.finished


def test_a_pass_is_progress(client, judge):
    client.post(bench("check"), code("x"))
    judge.verdict = PASSED
    client.post(bench("check"), code("y"))
    progress = Progress.objects.get()
    assert (progress.attempts, progress.passed, progress.shown) == (2, True, False)


def test_a_later_failure_takes_no_pass_away(client, judge):
    judge.verdict = PASSED
    client.post(bench("check"), code("x"))
    judge.verdict = FAILED
    client.post(bench("check"), code("y"))
    assert Progress.objects.get().passed


def test_after_a_pass_the_panel_brings_the_solution(client, judge):
    judge.verdict = PASSED
    html = client.post(bench("check"), code("x"), headers=HTMX).content.decode()
    assert "the-solution" in html
    assert "Why-it-works" in html
    assert "✓ Passed" in html


def test_after_a_pass_comes_the_next_exercise(client, judge):
    judge.verdict = PASSED
    assert '<a href="#bench-how-many">How many books</a>' in client.post(bench("check"), code("x"), headers=HTMX).content.decode()
    last = client.post(bench("check", "how-many"), code("x"), headers=HTMX).content.decode()
    assert "the last exercise of this lesson" in last


def test_after_a_pass_it_is_said_where_the_same_keys_lead(client, judge):
    judge.verdict = PASSED
    said = client.post(bench("check"), code("x"), headers=HTMX).content.decode().partition("#announce")[2].partition("</div>")[0]
    assert "Control Enter again leads to: How many books." in said


def test_after_the_last_exercise_comes_the_next_lesson(client, judge):
    judge.verdict = PASSED
    last = client.post(bench("check", "how-many"), code("x"), headers=HTMX).content.decode()
    assert '<a href="/lessons/models/broken/">A broken lesson</a>' in last


@pytest.mark.parametrize("outcome", [Outcome.BUSY, Outcome.UNAVAILABLE])
def test_what_is_our_fault_is_no_attempt_and_keeps_the_code(client, judge, outcome):
    judge.verdict = Verdict(status=Status.NOT_GRADED, headline="Busy just now", detail="Your code is safe.", outcome=outcome)
    client.post(bench("check"), code("my work"))
    assert not Progress.objects.exists()
    html = client.get(LESSON).content.decode()
    assert "Busy just now" in html
    assert "my work" in html
    assert 'class="verdict not_graded"' in html


def test_a_crash_of_ours_is_not_graded_and_keeps_the_code(client, judge):
    def crash() -> None:
        raise RuntimeError("out of order")

    judge.meanwhile = crash
    html = client.post(bench("check"), code("my work"), headers=HTMX).content.decode()
    assert "Something broke on our side" in html
    assert Submission.objects.get().status == "not_graded"
    assert Draft.objects.get().files == [["answer.py", "my work"]]


def test_a_second_check_while_one_runs_is_told_to_wait_and_its_code_is_kept(signed_in, guest, judge):
    SubmissionFactory.create(learner=guest, pending=True)
    response = signed_in.post(bench("check"), code("the second"), headers=HTMX)
    assert response.status_code == 409
    assert "Another run of yours is still going" in response.content.decode()
    assert judge.asked == []
    assert Draft.objects.get().files == [["answer.py", "the second"]]


def test_without_javascript_the_busy_page_keeps_the_code(signed_in, guest):
    SubmissionFactory.create(learner=guest, pending=True)
    html = signed_in.post(bench("check"), code("the second")).content.decode()
    assert "Another run of yours is still going" in html
    assert "the second</textarea>" in html


def test_a_second_run_of_the_same_learner_in_this_process_is_told_to_wait(signed_in, judge):
    answers = []

    def again() -> None:
        judge.meanwhile = lambda: None
        answers.append(signed_in.post(bench("run"), code("the second"), headers=HTMX).status_code)

    judge.meanwhile = again
    signed_in.post(bench("check"), code("the first"), headers=HTMX)
    assert answers == [409]
    assert len(judge.asked) == 1


def test_what_an_unforeseen_answer_is_like_is_said_and_a_small_database_shown(client, judge):
    tables = (Sample("Author", ("id", "name"), (("1", "<b>Ann"),), left_out=2),)
    example = Counterexample(tables, Sample("", ("name",), (("<i>Bob",),)))
    judge.verdict = Verdict(status=Status.FAILED, headline="Off", likely="Yours does `<this>`.", counterexample=example)
    answer = client.post(bench("check"), code("x"), headers=HTMX).content.decode()
    for html in (answer, client.get(LESSON).content.decode()):
        for words in ("Yours does <code>&lt;this&gt;</code>.", "&lt;b&gt;Ann", "&lt;i&gt;Bob", "2 more rows not shown"):
            assert words in html
    assert "Yours does &lt;this&gt;" in answer.split('hx-swap-oob="innerHTML:#announce"')[1]


def test_a_diff_is_in_words_and_symbols(client, judge):
    rows = tuple(DiffRow(mark, ("1", "Dune")) for mark in Mark)
    judge.verdict = Verdict(status=Status.FAILED, headline="Off", diff=Diff(("id", "title"), rows, left_out=3))
    html = client.post(bench("check"), code("x"), headers=HTMX).content.decode()
    for words in ("+ missing", "− extra", "× repeated", "↕ out of order", "3 more rows not shown"):
        assert words in html


def test_an_error_names_the_line_and_folds_the_traceback(client, judge):
    judge.verdict = Verdict(
        status=Status.ERROR,
        headline="`nmae` is not a field",
        line=2,
        path="answer.py",
        outcome=Outcome.ERROR,
        traceback="Traceback: <x>",
    )
    html = client.post(bench("check"), code("one\n  two = nmae"), headers=HTMX).content.decode()
    assert "<code>nmae</code> is not a field" in html
    assert "line </span>2</span>" in html
    assert "<code>two = nmae</code>" in html
    assert "Traceback: &lt;x&gt;" in html


def test_a_headline_is_not_said_again_as_the_only_check(client, judge):
    judge.verdict = Verdict(
        status=Status.ERROR, headline="Stopped after 3 seconds", checks=(Check("timeout", False, "Stopped after 3 seconds"),)
    )
    assert 'class="checks"' not in client.post(bench("check"), code("x"), headers=HTMX).content.decode()


@pytest.mark.parametrize("text", ["Off", "Off.", "It is 5.", "Off. It is 5."])
def test_no_check_says_again_what_stands_above_it(client, judge, text):
    checks = (Check("value", False, text), Check("queries", True, "1 query, budget 1"))
    judge.verdict = Verdict(status=Status.FAILED, headline="Off", detail="It is 5.", checks=checks)
    html = client.post(bench("check"), code("x"), headers=HTMX).content.decode().partition("innerHTML:#announce")[0]
    assert (html.count("Off"), html.count("It is 5"), html.count("budget")) == (1, 1, 1)


def test_a_detail_that_repeats_the_headline_is_left_out(client, judge):
    judge.verdict = Verdict(status=Status.FAILED, headline="Nothing came back", detail="Nothing came back.")
    html = client.post(bench("check"), code("x"), headers=HTMX).content.decode().partition("innerHTML:#announce")[0]
    assert html.count("Nothing came back") == 1


def test_a_lone_failed_check_adds_nothing_to_the_headline(client, judge):
    html = client.post(bench("check"), code("x"), headers=HTMX).content.decode()
    assert 'class="checks"' not in html
    judge.verdict = PASSED
    assert "The rows are right" in client.post(bench("check"), code("x"), headers=HTMX).content.decode()


def test_the_authors_feedback_leads(client, judge):
    judge.verdict = Verdict(
        status=Status.FAILED,
        headline="Off",
        feedback_title="N+1",
        feedback_html="<p>Each <em>book</em>.</p>",
        checks=(Check("rows", True, "fine"),),
    )
    html = client.post(bench("check"), code("x"), headers=HTMX).content.decode()
    assert html.index("<em>book</em>") < html.index("fine")


def test_what_was_seen_is_kept_and_shown(client):
    client.post(bench("check"), code("x"))
    html = client.get(LESSON).content.decode()
    for part in ("Rows 2", "<td>Emma</td>", "SQL 1", "Line 1", "SCAN book", "1 query"):
        assert part in html


def test_queries_that_are_not_shown_are_counted(client, judge):
    statements = tuple(Statement(sql="SELECT 1", line=1, ms=0.1, counts=number > 0) for number in range(100))
    judge.observation = seen(results=(Result(label="visible", seen={}, statements=statements, queries=301),))
    html = client.post(bench("check"), code("x"), headers=HTMX).content.decode()
    assert "SQL 100" in html
    assert "The first 100, 202 more not shown" in html


def test_where_every_query_is_shown_none_is_said_to_be_missing(client):
    assert "more not shown" not in client.post(bench("check"), code("x"), headers=HTMX).content.decode()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (["model", "bookshop.Author", 3, "Ada <3>", {}], "An Author, primary key 3: Ada <3>"),
        (["other", "Manager", "<django.db.models.manager.Manager object at 0x7fb7e4025550>"], "An object of the type Manager"),
        (["list", [["other", "Shelf", "<answer.Shelf object at 0x7fb7e4025550>"]]], "[<answer.Shelf object>]"),
        (["decimal", "7.16"], "7.16"),
    ],
)
def test_a_value_is_shown_in_plain_words(client, judge, value, words):
    judge.observation = seen(results=(Result(label="visible", seen={"value": value, "type": "X"}, queries=1),))
    html = unescape(client.post(bench("run", "how-many"), code("x"), headers=HTMX).content.decode())
    assert f"<code>{words}</code>" in html


def test_a_draft_that_another_tab_changed_is_not_overwritten_by_a_check(signed_in, guest):
    DraftFactory.create(learner=guest, version=4)
    html = signed_in.post(bench("check"), code("my text", version=2)).content.decode()
    assert "Changed in another tab" in html
    assert "my text</textarea>" in html
    assert "2 rows missing" in html
    assert Draft.objects.get().files == [["answer.py", "Book.objects.none()"]]
