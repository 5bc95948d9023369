"""The box on the first page, where a visitor tries a query."""

import pytest

from lessons import services
from lessons.models import Draft
from sandbox.protocol import Outcome, Result
from tests.factories import DraftFactory
from tests.site.conftest import HTMX, code, seen
from tests.site.pads import KEY, pad, text

pytestmark = pytest.mark.django_db


def test_the_shelf_lets_a_visitor_try_a_query(client):
    html = text(client.get("/"))
    assert "Book.objects.filter(price__lt=12).count()</textarea>" in html
    assert f'hx-post="{pad("run")}"' in html


def test_its_answer_is_one_line(client, judge):
    judge.observation = seen(
        results=(Result(label="visible", seen={"kind": "not_rows", "value": 214, "type": "int"}, queries=1),)
    )
    html = text(client.post(pad("run"), {**code("x"), "line": "1"}, headers=HTMX))
    assert "214 · 1 query · 0.0 ms" in html
    assert 'href="/playground/?world=bookshop"' in html
    assert "<details" not in html
    assert not Draft.objects.exists()


def test_rows_are_counted_in_one_line(client):
    assert "2 rows · 1 query · 0.4 ms" in text(client.post(pad("run"), {**code("x"), "line": "1"}, headers=HTMX))


def test_one_line_says_what_went_wrong(client, judge, signed_in, guest):
    judge.observation = seen(outcome=Outcome.TIMEOUT, results=(), limit="3 seconds")
    assert "3 seconds" in text(client.post(pad("run"), {**code("x"), "line": "1"}, headers=HTMX))
    with services.one_run(guest):
        response = signed_in.post(pad("run"), {**code("x"), "line": "1"}, headers=HTMX)
    assert response.status_code == 409
    assert "Another run of yours is still going" in text(response)
    assert "20,001" in text(client.post(pad("run"), {**code("x" * 20_001), "line": "1"}))


def test_without_javascript_it_leads_to_the_playground(signed_in, guest):
    DraftFactory.create(learner=guest, exercise=KEY, version=4)
    html = text(signed_in.post(pad("run"), {**code("Book.objects.count()"), "line": "1"}))
    assert "<td>Emma</td>" in html
    assert "Book.objects.count()</textarea>" in html
    assert Draft.objects.get().files == [["answer.py", "Book.objects.none()"]]
