"""What the editor costs, and that nobody pays for it who does not come to one."""

import gzip
import re

import pytest
from django.conf import settings

from lessons.grading.types import Status, Verdict
from tests.site.conftest import HTMX, LESSON, bench, code

pytestmark = pytest.mark.django_db

BUNDLE = settings.BASE_DIR / "static/js/editor.js"
KB = 1024


def test_the_editor_is_small_enough():
    assert len(gzip.compress(BUNDLE.read_bytes())) <= 150 * KB


def test_the_first_view_of_a_lesson_is_without_the_editor(client):
    html = client.get(LESSON).content.decode()
    assert 'data-bundle="/static/js/editor.js"' in html
    assert not re.search(r'(src|href)="[^"]*/editor\.js"', html)


def test_every_editor_says_its_language_and_its_world(client):
    html = client.get(LESSON).content.decode()
    assert html.count("<textarea") == html.count('data-editor="python" data-world="bookshop"') > 0


def test_the_line_of_an_error_is_quoted_as_it_was_when_it_was_checked(client, judge):
    judge.verdict = Verdict(status=Status.ERROR, headline="Off", line=2)
    client.post(bench("check"), code("x\nchecked"))
    client.post(bench("draft"), code("x\nsaved since", version=1), headers=HTMX)
    html = client.get(LESSON).content.decode()
    assert '<p class="where" data-file="answer.py" data-line="2">' in html
    assert "<code>checked</code>" in html
