"""A lesson's page is made of pieces that are kept: the same page comes of it, nobody sees another's, and it costs little."""

import gzip
import re
import zlib
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from lessons import course, marks, reviews, services, state
from lessons.models import Submission
from lessons.views import cards, kept, pieces
from lessons.views.pieces import CSRF, TAB, Placed, Shelf, piece
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
from tests.site.conftest import HTMX, LESSON, bench, code

GZIP = {"Accept-Encoding": "gzip"}


def html(client: Client, address: str = LESSON) -> str:
    return client.get(address).content.decode()


def top_bar(client: Client) -> str:
    return html(client).partition('<header class="top">')[2].partition("</header>")[0]


def bare(page: str) -> str:
    """The page without what differs each time it is made."""
    return re.sub(r'(name="(?:csrfmiddlewaretoken|tab)" value|details name)="[^"]*"', "", page)


# What is sent


@given(st.lists(st.one_of(st.text(max_size=300), st.sampled_from([CSRF, TAB])), max_size=12))
def test_what_is_compressed_in_parts_unpacks_to_the_page(parts):
    request, placed = RequestFactory().get("/"), Placed()
    one, other = piece("".join(parts)), piece("".join(reversed(parts)))
    page = f"<p>{placed.place(one)}é{placed.place(other)}{placed.place(one)}</p>"
    texts = list(pieces._filled(request, page, placed))
    plain = b"".join(text.plain for text in texts)
    assert gzip.decompress(pieces.gzipped(texts)) == plain
    assert pieces.MARK.encode() not in plain


def test_a_piece_is_compressed_about_as_well_as_a_whole(db, client):
    plain, packed = client.get(LESSON).content, client.get(LESSON, headers=GZIP).content
    assert len(packed) < 1.5 * len(zlib.compress(plain))


@pytest.mark.django_db
@pytest.mark.parametrize("turn", ["made", "kept"])
def test_whoever_takes_no_gzip_gets_the_same_page(signed_in, guest, turn):
    DraftFactory.create(learner=guest, files=[["answer.py", "Ünïcödé </textarea>"]])
    if turn == "kept":
        html(signed_in)
    plain, packed = signed_in.get(LESSON), signed_in.get(LESSON, headers=GZIP)
    assert packed["Content-Encoding"] == "gzip"
    assert packed["Content-Length"] == str(len(packed.content))
    assert "Content-Encoding" not in plain
    assert "Accept-Encoding" in plain["Vary"]
    assert "Accept-Encoding" in packed["Vary"]
    assert bare(gzip.decompress(packed.content).decode()) == bare(plain.content.decode())


def test_the_least_recently_asked_for_goes_first():
    shelf = Shelf(most=250)
    for key in "abc":
        shelf.put(key, "x" * 80)
    shelf.get("a")
    shelf.put("d", "x" * 80)
    assert [key for key in "abcd" if shelf.get(key)] == ["a", "c", "d"]
    shelf.put("a", "y" * 300)
    assert (shelf.get("a"), shelf.size) == (None, 0)


def test_nothing_is_kept_where_templates_are_being_worked_on(settings):
    settings.DEBUG = True
    shelf = Shelf()
    shelf.put("a", "x")
    assert shelf.get("a") is None


# What is on the page


@pytest.fixture
def worked(guest):
    """Everything that a learner can have done with the lesson."""
    SubmissionFactory.create(learner=guest, status="passed", verdict=PASSED.as_json())
    ProgressFactory.create(learner=guest, passed=True, hints=1)
    DraftFactory.create(learner=guest)
    QuizAnswerFactory.create(learner=guest, chosen=[1], right=True)
    SubmissionFactory.create(learner=guest, exercise="models/querysets#how-many")
    ProgressFactory.create(learner=guest, exercise="models/querysets#how-many", shown_at=timezone.now(), attempts=2)


@pytest.mark.django_db
def test_the_second_time_it_is_the_page_that_it_was(signed_in, worked):
    assert bare(html(signed_in)) == bare(html(signed_in))


@pytest.mark.django_db
def test_the_second_time_nothing_is_made(signed_in, worked, monkeypatch):
    html(signed_in)
    monkeypatch.setattr(cards, "block", lambda *_: 1 / 0)
    assert "2 rows missing" in html(signed_in)


@pytest.mark.django_db
def test_an_untouched_block_is_made_once_for_everybody(client, monkeypatch):
    html(client)
    monkeypatch.setattr(kept, "_rendered", lambda *_: 1 / 0)
    client.force_login(GuestFactory.create())
    assert 'id="bench-dear-books"' in html(client)


@pytest.mark.django_db
def test_only_what_a_learner_touched_is_made_for_them(client, signed_in, guest, monkeypatch):
    html(Client())
    made = []
    block = cards.block

    def noting(lesson, part, *rest):
        made.append(part)
        return block(lesson, part, *rest)

    monkeypatch.setattr(cards, "block", noting)
    DraftFactory.create(learner=guest)
    html(signed_in)
    assert [one.id for one in made] == ["dear-books"]


ACTIONS = {
    "a draft": lambda client: client.post(bench("draft"), code("typed-just-now"), headers=HTMX),
    "another draft": lambda client: client.post(bench("draft"), code("typed-later"), headers=HTMX),
    "a check": lambda client: client.post(bench("check"), code("checked-now"), headers=HTMX),
    "a hint": lambda client: client.post(bench("hint"), code("typed-later"), headers=HTMX),
    "the solution": lambda client: client.post(bench("solution"), code("typed-later"), headers=HTMX),
    "a reset": lambda client: client.post(bench("reset"), code("typed-later"), headers=HTMX),
    "a quiz": lambda client: client.post(f"{LESSON}quizzes/lazy/", {"option": 0}, headers=HTMX),
    "the quiz again": lambda client: client.post(f"{LESSON}quizzes/lazy/", {"option": 1}, headers=HTMX),
    "a check of the other": lambda client: client.post(bench("check", "how-many"), code("1"), headers=HTMX),
}


@pytest.mark.django_db
def test_after_each_thing_done_the_page_is_what_it_would_be_made_afresh(client, judge):
    seen = [bare(html(client))]
    for act in ACTIONS.values():
        act(client)
        with_kept = bare(html(client))
        pieces.shelf.clear()
        assert with_kept == bare(html(client))
        assert with_kept not in seen
        seen.append(with_kept)


@pytest.mark.django_db
def test_signs_are_the_same_of_what_is_asked_for_and_of_what_is_read(guest, lesson, worked):
    DraftFactory.create(learner=guest, exercise="models/asking#how-many")
    known = marks.of_lesson(guest, lesson)
    read = state.of_lesson(guest, lesson)
    touched = {key: mark for key, mark in known.items.items() if mark is not None}
    assert touched == marks.of_state(read)
    assert len(touched) == 3
    assert (known.passed, known.due, known.reviewed) == (read.passed, read.due, read.reviewed)


@pytest.mark.django_db
def test_a_check_under_way_is_not_kept(signed_in, guest):
    one = SubmissionFactory.create(learner=guest, pending=True)
    assert "This answer is being checked" in html(signed_in)
    Submission.objects.filter(pk=one.pk).update(created=one.created - 2 * services.IN_FLIGHT)
    assert "The check was interrupted" in html(signed_in)


@pytest.mark.django_db
def test_what_is_read_newer_than_its_sign_is_not_kept_under_the_old_one(client, lesson, monkeypatch):
    """Two learners with one hint each; the one's draft is saved while the page is being made."""
    one, other = GuestFactory.create_batch(2)
    for learner in (one, other):
        ProgressFactory.create(learner=learner, hints=1)
    read = state.of_items

    def meanwhile(learner, *rest):
        DraftFactory.create(learner=learner, files=[["answer.py", "private-to-one"]])
        return read(learner, *rest)

    monkeypatch.setattr(state, "of_items", meanwhile)
    client.force_login(one)
    assert "private-to-one" in html(client)
    monkeypatch.setattr(state, "of_items", read)
    client.force_login(other)
    assert "private-to-one" not in html(client)


# Whose it is


@pytest.mark.django_db
def test_a_page_has_its_own_name_and_token_each_time(signed_in):
    for name in ("tab", "csrfmiddlewaretoken"):
        first, second = (re.findall(f'name="{name}" value="([^"]+)"', html(signed_in)) for _ in range(2))
        assert first
        assert len(set(first)) == len(set(second)) == 1
        assert set(first) != set(second)


@pytest.mark.django_db
def test_a_kept_page_s_forms_can_be_sent(judge):
    client = Client(enforce_csrf_checks=True)
    for _ in range(2):
        token = re.findall('name="csrfmiddlewaretoken" value="([^"]+)"', html(client))[0]
    assert client.post(bench("check"), {**code("x"), "csrfmiddlewaretoken": token}).status_code == 302
    html(client)
    token = re.findall('name="csrfmiddlewaretoken" value="([^"]+)"', html(client))[0]
    assert client.post(bench("check"), {**code("y"), "csrfmiddlewaretoken": token}).status_code == 302


@pytest.mark.django_db
def test_nothing_of_a_learner_s_is_in_another_s_page(client, guest, worked):
    client.force_login(guest)
    assert "Book.objects.none()" in html(client)
    for other in (UserFactory.create(), GuestFactory.create(), None):
        client.cookies.clear()
        if other:
            client.force_login(other)
        page = html(client)
        for private in ("Book.objects.none()", "2 rows missing", "the-solution", "The first hint", "Answered right", "1 of 1"):
            assert private not in page


@pytest.mark.django_db
def test_the_bar_names_who_asks_and_nobody_else(client):
    ada, grace = MemberFactory.create(username="ada"), MemberFactory.create(username="grace")
    for one, other in ((ada, grace), (grace, ada), (ada, grace)):
        client.force_login(one)
        bar = top_bar(client)
        assert f">{one.username}</a>" in bar
        assert other.username not in bar
    client.cookies.clear()
    assert "Save my progress" in top_bar(client)


@pytest.mark.django_db
def test_addresses_that_anybody_can_make_up_push_nothing_out(client):
    html(client)
    size = pieces.shelf.size
    for number in range(20):
        html(client, f"{LESSON}?made-up={number}")
    assert pieces.shelf.size == size


@pytest.mark.django_db
def test_a_draft_that_looks_like_a_hole_is_only_text(signed_in, guest):
    other = "0" * 32
    DraftFactory.create(learner=guest, files=[["answer.py", f"{other}csrf; {other}0;"]])
    assert f"{other}csrf; {other}0;" in html(signed_in)


@pytest.mark.django_db
def test_staff_s_notes_are_in_nobody_else_s_page(client):
    client.force_login(UserFactory.create(is_staff=True))
    assert "02-broken.md:7" in html(client, "/lessons/models/broken/")
    assert "02-broken.md:7" not in html(Client(), "/lessons/models/broken/")
    assert "02-broken.md:7" in html(client, "/lessons/models/broken/")


# What it costs


@pytest.fixture
def forty(settings, tmp_path: Path):
    """A course whose one lesson has forty exercises and ten quizzes."""
    settings.WOODSHED_CONTENT, settings.WOODSHED_RELOAD_CONTENT = tmp_path, True
    (tmp_path / "models").mkdir()
    (tmp_path / "worlds" / "bookshop").mkdir(parents=True)
    for name in ("__init__.py", "models.py", "seed.py"):
        (tmp_path / "worlds" / "bookshop" / name).write_text("def seed(rng, size): pass\n")
    (tmp_path / "course.yaml").write_text(
        'title: T\nmodules:\n  - slug: models\n    title: M\n    promise: P.\n    colour: "#2446e8"\n    motif: discs\n'
    )
    source = (Path(__file__).parent / "content" / "models" / "01-querysets.md").read_text()
    exercise = source.partition("### Exercise: How many books")[2]
    quiz = source.partition("### Quiz: Which of these are lookups?")[2].partition("### Exercise")[0]
    items = [f"### Exercise: Number {place}{exercise.replace('how-many', f'number-{place}')}" for place in range(40)]
    items += [f"### Quiz: Number {place}{quiz.replace('id: lookups', f'id: quiz-{place}')}" for place in range(10)]
    (tmp_path / "models" / "01-forty.md").write_text("---\ntitle: F\nsummary: S.\nworld: bookshop\n---\n\n" + "\n".join(items))
    found = course.current().lesson("models/forty")
    assert len(found.exercises) == 40, course.current().findings
    return found


def does_everything(learner, lesson) -> None:
    for exercise in lesson.exercises:
        SubmissionFactory.create_batch(2, learner=learner, exercise=exercise.key)
        ProgressFactory.create(learner=learner, exercise=exercise.key, passed=True)
        DraftFactory.create(learner=learner, exercise=exercise.key)
        ReviewCardFactory.create(learner=learner, exercise=exercise.key)
    for quiz in lesson.quizzes:
        QuizAnswerFactory.create(learner=learner, quiz=quiz.key)


@pytest.mark.django_db
def test_a_lesson_of_forty_exercises_takes_six_queries_and_three_when_kept(signed_in, guest, forty):
    does_everything(guest, forty)
    taken = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as sent:
            page = html(signed_in, "/lessons/models/forty/")
        assert '<span class="count">10<' in page
        assert page.count("2 rows missing") == 40
        taken.append(len(sent))
    assert taken == [6, 3]


@pytest.mark.django_db
def test_an_answer_to_a_form_takes_six_queries_to_show(signed_in, guest, forty):
    does_everything(guest, forty)
    with CaptureQueriesContext(connection) as sent:
        known = state.of_lesson(guest, forty)
    assert len(known.work) == 40
    assert len(sent) == 4


@pytest.mark.django_db
def test_the_one_statement_holds_for_a_lesson_without_exercises(signed_in, guest):
    reading = course.current().lesson("models/reading")
    assert reading
    assert marks.of_lesson(guest, reading).items == {}
    assert "Nothing to do here" in html(signed_in, "/lessons/models/reading/")


@pytest.mark.django_db
def test_what_is_due_is_known_from_the_one_statement(guest, lesson, judge, exercise):
    judge.verdict = PASSED
    services.submit(learner=guest, exercise=exercise, files=(File("answer.py", "x"),))
    assert marks.of_lesson(guest, lesson).due == frozenset()
    guest.review_cards.update(due=timezone.now())
    assert marks.of_lesson(guest, lesson).due == {exercise.key}
    assert reviews.count(guest, course.current()) == 1
