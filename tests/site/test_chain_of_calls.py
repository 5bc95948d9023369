"""Rows after each call, one click away."""

import pytest

from lessons import services
from lessons.models import Draft, Submission
from sandbox.protocol import Observation, Outcome, Result
from tests.site.conftest import HTMX, bench, code, seen

pytestmark = pytest.mark.django_db

CALLS = {"calls": [{"code": "Book.objects", "rows": 280}, {"code": ".filter(price__gt=<b>)", "rows": 12}]}


def saw(calls) -> Observation:
    return seen(results=(Result(label="visible", seen=calls),))


def test_the_calls_are_shown_and_the_text_is_kept(client, judge):
    judge.observation = saw(CALLS)
    html = client.post(bench("chain"), code("Book.objects.filter(price__gt=1)"), headers=HTMX).content.decode()
    assert "Rows after each call" in html
    assert "<code>.filter(price__gt=&lt;b&gt;)</code></th><td>12</td>" in html
    assert Draft.objects.get().sources[0].text == "Book.objects.filter(price__gt=1)"
    assert not Submission.objects.exists()


def test_without_javascript_it_is_a_page(client, judge):
    judge.observation = saw(CALLS)
    html = client.post(bench("chain"), code("Book.objects.all()")).content.decode()
    assert "<!doctype html>" in html
    assert "Rows after each call" in html


def test_code_without_a_chain_is_told_so(client, judge):
    judge.observation = saw({"calls": []})
    html = client.post(bench("chain"), code("1"), headers=HTMX).content.decode()
    assert "Your code has no chain of calls on a QuerySet." in html


def test_a_run_under_way_is_waited_for(client, judge, monkeypatch):
    def busy(**_):
        raise services.RunInFlight

    monkeypatch.setattr(services, "count_chain", busy)
    response = client.post(bench("chain"), code("1"), headers=HTMX)
    assert response.status_code == 409
    assert "Another run of yours is still going" in response.content.decode()


@pytest.mark.sandbox
def test_the_whole_way(client):
    answer = "Book.objects.filter(in_print=False).order_by('price')"
    address = "/lessons/models/first-querysets/exercises/out-of-print/chain/"
    html = client.post(address, code(answer), headers=HTMX).content.decode()
    assert "<code>.order_by(&#x27;price&#x27;)</code>" in html


def test_an_outcome_that_is_ours_says_so(client, judge):
    judge.observation = seen(results=(), outcome=Outcome.BUSY)
    html = client.post(bench("chain"), code("1"), headers=HTMX).content.decode()
    assert "Too many people are running code just now" in html
