"""What learners write and print is hostile; so are the requests that did not come from a page of ours."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lessons.grading.types import Check, Diff, DiffRow, Mark, Status, Verdict
from lessons.models import Submission
from lessons.state import PANELS_BYTES, VERDICT_BYTES
from lessons.templatetags.woodshed import clauses, highlighted, ticks
from sandbox.protocol import ErrorReport, Frame, Outcome, Result, Statement
from tests.site.conftest import HTMX, LESSON, bench, code, seen

pytestmark = pytest.mark.django_db

EVIL = "</code></textarea><script>alert(1)</script><img src=x onerror=alert(1)>"


def everything_evil():
    rows = {
        "kind": "tuples",
        "type": EVIL,
        "model": EVIL,
        "columns": [EVIL],
        "cells": [[EVIL], [["other", EVIL, EVIL]]],
        "total": 2,
    }
    statement = Statement(sql=f"SELECT '{EVIL}' -- {EVIL}", line=1, ms=0.1, counts=True, plan=(EVIL,))
    return seen(results=(Result(label="visible", seen=rows, statements=(statement,), queries=1),), printed=EVIL)


EVIL_VERDICT = Verdict(
    status=Status.ERROR,
    headline=f"`{EVIL}` {EVIL}",
    detail=EVIL,
    checks=(Check("rows", False, EVIL),),
    feedback_title=EVIL,
    notes=(EVIL,),
    diff=Diff((EVIL,), (DiffRow(Mark.EXTRA, (EVIL,)),)),
    path="answer.py",
    line=1,
    traceback=EVIL,
)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
@pytest.mark.parametrize("action", ["check", "run"])
def test_nothing_of_a_learners_becomes_markup(client, judge, action, headers):
    judge.verdict, judge.observation = EVIL_VERDICT, everything_evil()
    html = client.post(bench(action), code(EVIL), headers=headers, follow=True).content.decode()
    assert "&lt;script&gt;" in html
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_a_value_panel_shows_markup_as_text(client, judge):
    judge.observation = seen(results=(Result(label="visible", seen={"value": EVIL, "type": EVIL}),))
    html = client.post(bench("run", "how-many"), code(EVIL), headers=HTMX).content.decode()
    assert "&lt;script&gt;" in html
    assert "<script>" not in html


HALF = "\ud800\0"
"""Half of a surrogate pair, which UTF-8 does not have, and a NUL, which PostgreSQL does not take."""


@pytest.mark.parametrize("text", [HALF, HALF + "x" * 5_000_000], ids=["short", "5 MB"])
def test_what_no_page_can_hold_takes_no_page_down(client, judge, text):
    rows = {"kind": "tuples", "type": text, "columns": [text], "cells": [[text], [["other", text, text]]], "total": 2, text: text}
    statement = Statement(sql=text, line=1, ms=float("nan"), counts=True, plan=(text,))
    judge.observation = seen(results=(Result(label="visible", seen=rows, statements=(statement,), queries=1),), printed=text)
    judge.verdict = Verdict(
        status=Status.ERROR,
        headline=text,
        detail=text,
        checks=(Check(text, False, text),) * 300,
        notes=(text,) * 300,
        diff=Diff((text,), (DiffRow(Mark.EXTRA, (text,)),) * 100, left_out=7),
        path=text,
        traceback=text,
    )
    assert client.post(bench("check"), code("x"), headers=HTMX).status_code == 200
    stored = Submission.objects.get()
    assert len(json.dumps(stored.verdict)) <= VERDICT_BYTES
    assert len(json.dumps(stored.panels)) <= PANELS_BYTES
    assert "\0" not in stored.outcome.headline
    assert len(stored.outcome.diff.rows) + stored.outcome.diff.left_out == 107
    assert client.get(LESSON).status_code == 200


def test_what_no_page_can_hold_is_run_all_the_same(client, judge):
    error = ErrorReport(type=HALF, message=HALF, line=1, frames=(Frame(HALF, 1, HALF, HALF),))
    judge.observation = seen(outcome=Outcome.ERROR, results=(), error=error, printed=HALF)
    assert client.post(bench("run"), code("x"), headers=HTMX).status_code == 200


@pytest.mark.parametrize("odd", [{"cells": 5}, {"cells": [5]}, {"columns": 5}], ids=str)
def test_rows_that_are_none_take_no_page_down(client, judge, odd):
    rows = {"kind": "tuples", "columns": ["a"], "cells": [[1]], "total": "many", **odd}
    judge.observation = seen(results=(Result(label="visible", seen=rows),))
    assert client.post(bench("check"), code("x"), headers=HTMX).status_code == 200
    assert client.get(LESSON).status_code == 200


def test_the_authors_words_are_not_cut(client, judge):
    judge.verdict = Verdict(status=Status.FAILED, headline="Off", feedback_html=f"<p>{'word ' * 2000}</p>")
    assert judge.verdict.feedback_html in client.post(bench("check"), code("x"), headers=HTMX).content.decode()


@pytest.mark.parametrize(
    "render", [ticks, lambda text: highlighted(text, "python"), lambda text: highlighted(clauses(text), "sql")]
)
def test_every_filter_that_marks_up_escapes_first(render):
    assert "<script" not in render(EVIL)
    assert "<img" not in render(f"`{EVIL}`")


def test_each_clause_of_a_statement_starts_a_line_and_strings_are_left_alone():
    sql = "SELECT a FROM b INNER JOIN c ON 1 WHERE d = 'x FROM y' ORDER BY a"
    assert clauses(sql).splitlines() == ["SELECT a ", "FROM b ", "INNER JOIN c ON 1 ", "WHERE d = 'x FROM y' ", "ORDER BY a"]


@pytest.mark.parametrize(
    ("text", "words"),
    [("x" * 20_001, "20,001 characters"), ("a\0b", "NUL character")],
    ids=["too long", "NUL"],
)
@pytest.mark.parametrize("action", ["check", "run", "draft"])
def test_code_that_cannot_be_taken_is_refused_and_given_back(client, action, text, words):
    response = client.post(bench(action), code(text))
    html = response.content.decode()
    assert response.status_code == 422
    assert words in html
    assert text[:50].replace("\0", "") in html.replace("\0", "")
    assert not Submission.objects.exists()


def test_an_unknown_file_is_refused(client):
    response = client.post(bench("check"), {**code("x"), "file:../settings.py": "y"}, headers=HTMX)
    assert response.status_code == 422
    assert "no file called ../settings.py" in response.content.decode()


def test_a_form_without_its_file_is_refused(client):
    assert client.post(bench("check"), {"version": "1"}).status_code == 422


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "１"])
def test_a_rubbish_version_counts_as_none(client, version):
    assert client.post(bench("draft"), {**code("x"), "version": version, "tab": "<b>"}, headers=HTMX).status_code == 200


def test_a_huge_body_is_413_in_words_of_ours(client):
    response = client.post(bench("check"), code("x" * 600_000), content_type="application/x-www-form-urlencoded")
    assert response.status_code != 200
    response = client.post(bench("check"), "file:answer.py=" + "x" * 600_000, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "20,000 characters" in response.content.decode()


def test_a_form_with_a_huge_file_is_413_too(client):
    huge = SimpleUploadedFile("x", b"x" * 600_000)
    response = client.post(bench("check"), {**code("x"), "file": huge})
    assert response.status_code == 413
    assert "20,000 characters" in response.content.decode()


def test_a_file_in_a_form_is_dropped_and_the_rest_is_read(client):
    response = client.post(bench("run"), {"file": SimpleUploadedFile("x", b"x" * 1000), **code("my query")})
    assert "my query</textarea>" in response.content.decode()
    assert not response.wsgi_request.FILES


def test_too_many_fields_are_refused(client):
    assert client.post(bench("check"), {f"field-{number}": "" for number in range(200)}).status_code == 413


@pytest.mark.parametrize("address", ["/", LESSON, "/healthz", "/course.css", "/worlds/bookshop/", "/robots.txt"])
def test_pages_are_not_posted_to(client, address):
    assert client.post(address).status_code == 405


@pytest.mark.parametrize(
    "address",
    [
        bench("check", "nothing"),
        bench("check", "x" * 300),
        "/lessons/models/broken/exercises/dear-books/check/",
        "/lessons/models/nothing/exercises/dear-books/check/",
        f"{LESSON}tries/try-99/run/",
        f"{LESSON}quizzes/nothing/",
        bench("nothing"),
    ],
)
def test_unknown_names_are_404(client, address):
    assert client.post(address, code("x")).status_code == 404
