"""The whole chain, nothing replaced: the course as it is, the sandbox, the grading, the page."""

import pytest

from lessons import course
from lessons.models import Progress, Submission
from tests.site.conftest import HTMX, code

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sandbox]


@pytest.fixture
def first():
    """The first lesson's first exercise."""
    return course.current().lesson("models/first-querysets").exercises[0]


@pytest.fixture
def send(client, first):
    lesson = course.current().lesson("models/first-querysets")

    def send(action: str, text: str) -> str:
        return client.post(f"/lessons/{lesson.slug}/exercises/{first.id}/{action}/", code(text), headers=HTMX).content.decode()

    return send


def test_a_right_answer_passes_and_is_progress(client, first, send):
    html = send("check", first.solution.code)
    assert 'class="verdict passed"' in html
    assert "SELECT" in html
    assert Progress.objects.get().passed
    assert "1 of" in client.get("/").content.decode()


def test_a_wrong_answer_fails_with_the_authors_words(first, send):
    wrong = first.wrongs[0]
    html = send("check", wrong.answer.code)
    assert 'class="verdict failed"' in html
    assert wrong.feedback_html in html


def test_an_error_is_told_in_plain_words(send):
    html = send("check", "Book.objects.filter(in_prnt=False)")
    assert 'class="verdict error"' in html
    assert "<code>in_print</code>" in html


def test_an_endless_loop_is_stopped_and_the_limit_named(send):
    html = send("run", "while True: pass")
    assert "3 seconds" in html
    assert not Submission.objects.exists()


def test_printed_markup_stays_text(send):
    html = send("run", "print('<script>alert(1)</script>')\nBook.objects.all()[:1]")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>" not in html


def test_the_examples_of_every_lesson_run(client):
    for lesson in course.current().lessons:
        for example in lesson.tries[:2]:
            html = client.post(
                f"/lessons/{lesson.slug}/tries/{example.id}/run/", code(example.code), headers=HTMX
            ).content.decode()
            assert 'class="panels"' in html


def test_the_site_is_well_and_says_how_the_sandbox_is(client):
    assert client.get("/healthz").json()["sandbox"] in ("full", "strict")
