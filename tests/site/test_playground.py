"""The playground: any code beside a world, kept as a draft."""

import pytest
from django.db import DatabaseError

from accounts.models import User
from lessons import course, services
from lessons.models import Draft, Snippet, Submission
from sandbox.protocol import Outcome, Result
from tests.factories import DraftFactory, SnippetFactory
from tests.site.conftest import HTMX, code, seen
from tests.site.pads import ACTIONS, KEY, PAGE, WORLD, pad, saw, text

pytestmark = pytest.mark.django_db


def test_the_page_opens_with_a_query_to_start_from_and_the_worlds_models(client):
    html = text(client.get(PAGE))
    assert "Book.objects.all()[:10]\n</textarea>" in html
    assert 'data-editor="python" data-world="bookshop"' in html
    assert "<option selected>bookshop</option>" in html
    assert 'href="/worlds/bookshop/' in html


def test_a_world_that_is_not_there_is_named_and_another_is_open(client):
    response = client.get("/playground/?world=<b>")
    assert response.status_code == 404
    assert "There is no world called “&lt;b&gt;”. This is bookshop." in text(response)
    assert "<textarea" in text(response)


def test_a_course_without_worlds_says_so(client, settings, tmp_path):
    settings.WOODSHED_CONTENT = tmp_path
    (tmp_path / "course.yaml").write_text("title: Small\nmodules: []\n")
    html = text(client.get(PAGE))
    assert "This course has no world to play in." in html
    assert "<textarea" not in html
    assert "hero-try" not in text(client.get("/"))


def test_a_reader_gets_no_account(client):
    client.get(PAGE)
    assert not User.objects.exists()
    assert "sessionid" not in client.cookies


def test_code_is_run_and_its_rows_sql_and_plan_are_shown(client, judge):
    html = text(client.post(pad("run"), code("Book.objects.all()"), headers=HTMX))
    assert judge.asked[0][0].text == "Book.objects.all()"
    assert "<td>Emma</td>" in html
    assert "<summary>SQL 1</summary>" in html
    assert "SCAN book" in html
    assert not Submission.objects.exists()


def test_without_javascript_the_answer_is_a_page_with_the_code(client):
    html = text(client.post(pad("run"), code("Book.objects.count()")))
    assert "<!doctype html>" in html
    assert "<td>Emma</td>" in html
    assert "Book.objects.count()</textarea>" in html


def test_a_value_is_shown_with_its_type(client, judge):
    judge.observation = saw(kind="not_rows", type="int", value=12)
    html = text(client.post(pad("run"), code("12"), headers=HTMX))
    assert "<code>12</code>" in html
    assert '<p class="meter">int</p>' in html


def test_an_instance_is_shown_with_its_fields(client, judge):
    book = ["model", "bookshop.Book", 1, "Dune", {}]
    judge.observation = saw(kind="not_rows", type="Book", value=book, columns=["id", "title"], cells=[[1, "Dune"]])
    html = text(client.post(pad("run"), code("Book.objects.first()"), headers=HTMX))
    assert "A Book, primary key 1: Dune" in html
    assert "<td>Dune</td>" in html


def test_what_only_prints_shows_what_it_printed(client, judge):
    judge.observation = seen(results=(Result(label="visible", seen={"kind": "nothing", "said": False}),), printed="<b>one</b>\n")
    html = text(client.post(pad("run"), code("print(1)"), headers=HTMX))
    output = html.rpartition("<details")[2]
    assert " open>" in output.partition("</details>")[0]
    assert "&lt;b&gt;one&lt;/b&gt;" in output
    assert html.count(" open>") == 1


@pytest.mark.parametrize(("said", "words"), [(True, "<code>None</code>"), (False, "The last line has no value.")])
def test_nothing_is_said_to_be_nothing(client, judge, said, words):
    judge.observation = saw(kind="nothing", said=said)
    assert words in text(client.post(pad("run"), code("x = 1"), headers=HTMX))


def test_the_rows_after_each_call_are_one_click_away(client, judge):
    judge.observation = saw(calls=[{"code": "Book.objects", "rows": 280}, {"code": ".filter(price__gt=<b>)", "rows": 12}])
    html = text(client.post(pad("chain"), code("Book.objects.filter(price__gt=1)"), headers=HTMX))
    assert "<code>.filter(price__gt=&lt;b&gt;)</code></th><td>12</td>" in html


@pytest.mark.parametrize("action", ["run", "chain"])
def test_a_limit_is_named(client, judge, action):
    judge.observation = seen(outcome=Outcome.TIMEOUT, results=(), limit="3 seconds")
    assert "3 seconds" in text(client.post(pad(action), code("while True: pass"), headers=HTMX))


def test_we_say_that_we_are_busy(client, judge):
    judge.observation = seen(outcome=Outcome.BUSY, results=())
    assert "Your code is safe" in text(client.post(pad("run"), code("x"), headers=HTMX))


@pytest.mark.parametrize("action", ["run", "chain"])
def test_one_run_at_a_time(signed_in, guest, action):
    with services.one_run(guest):
        response = signed_in.post(pad(action), code("x"), headers=HTMX)
    assert response.status_code == 409
    assert "Another run of yours is still going" in text(response)
    assert Draft.objects.get().files == [["answer.py", "x"]]


def test_the_first_run_makes_one_guest_whose_text_is_kept(client):
    client.post(pad("run"), code("mine"), headers=HTMX)
    assert User.objects.get().is_guest
    assert Draft.objects.get().exercise == KEY
    assert "mine</textarea>" in text(client.get(WORLD))


@pytest.mark.parametrize("action", ["run", "chain", "share"])
def test_every_action_keeps_the_text(client, action):
    client.post(pad(action), code(f"before {action}"), headers=HTMX)
    assert f"before {action}</textarea>" in text(client.get(PAGE))


def test_a_text_is_saved_while_it_is_typed(client):
    html = text(client.post(pad("draft"), code("half a que"), headers=HTMX))
    assert '<span class="words">Saved</span>' in html
    assert "half a que</textarea>" in text(client.get(PAGE))


def test_an_older_tab_is_told_and_nothing_is_overwritten(signed_in, guest):
    DraftFactory.create(learner=guest, exercise=KEY, version=4)
    response = signed_in.post(pad("draft"), code("older", version=3), headers=HTMX)
    assert response.status_code == 409
    assert "Changed in another tab" in text(response)
    assert f'hx-post="{pad("keep")}"' in text(response)
    assert Draft.objects.get().files == [["answer.py", "Book.objects.none()"]]


def test_who_keeps_this_text_sees_the_other_one_once_more(signed_in, guest):
    DraftFactory.create(learner=guest, exercise=KEY, version=4)
    html = text(signed_in.post(pad("keep"), code("mine", version=3), headers=HTMX))
    assert "What stood here" in html
    assert Draft.objects.get().files == [["answer.py", "mine"]]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_who_takes_the_other_text_can_still_read_this_one(signed_in, guest, headers):
    DraftFactory.create(learner=guest, exercise=KEY, version=4)
    html = text(signed_in.post(pad("take"), code("mine_alone", version=3), headers=headers))
    assert "Book.objects.none()</textarea>" in html
    assert "mine_alone" in html.partition("What stood here")[2]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_reset_brings_the_first_text_back_and_shows_the_replaced_one(client, headers):
    client.post(pad("draft"), code("typed_before"), headers=HTMX)
    html = text(client.post(pad("reset"), code("typed_before"), headers=headers))
    assert "Book.objects.all()[:10]\n</textarea>" in html
    assert "typed_before" in html.partition("What stood here")[2]


@pytest.mark.parametrize("action", ["run", "chain", "draft", "keep", "share"])
def test_too_long_a_text_is_refused_and_given_back(client, action):
    response = client.post(pad(action), code("x" * 20_001))
    assert response.status_code == 422
    assert "20,001 characters" in text(response)
    assert "x" * 20_001 in text(response)
    assert not Snippet.objects.exists()


@pytest.mark.parametrize("action", ACTIONS)
def test_who_opens_the_address_of_an_action_is_taken_to_the_playground(client, action):
    response = client.get(pad(action))
    assert (response.status_code, response["Location"]) == (303, WORLD)


@pytest.mark.parametrize("address", [*map(pad, ACTIONS), "/playground/abc/delete/"])
def test_an_action_takes_nothing_but_post(client, address):
    assert client.put(address).status_code == 405


def test_an_action_on_nothing_is_not_there(client):
    assert client.post(pad("run", "nowhere"), code("x")).status_code == 404
    assert not User.objects.exists()


def test_what_the_database_could_not_store_comes_back(client, monkeypatch):
    def full(**_):
        raise DatabaseError("disk full")

    monkeypatch.setattr(services, "share", full)
    response = client.post(pad("share"), code("precious"))
    assert response.status_code == 503
    assert "precious</textarea>" in text(response)


def test_the_page_takes_five_queries(signed_in, guest, django_assert_num_queries):
    SnippetFactory.create_batch(3, maker=guest)
    DraftFactory.create(learner=guest, exercise=KEY)
    with django_assert_num_queries(5):  # the session, the user, the draft, the snippets, what comes back today
        signed_in.get(PAGE)


# The whole way


@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Book.objects.order_by('pk')[:2]", "<summary>Rows 2</summary>"),
        ("Book.objects.count()", '<p class="meter">int</p>'),
        ("Book.objects.order_by('pk').first()", "A Book, primary key 1"),
        ("for book in Book.objects.order_by('pk')[:2]:\n    print('one', book.pk)", "one 1\none 2"),
        ("None", "<code>None</code>"),
        ("x = 1", "The last line has no value."),
        ("Boook", "is not defined"),
    ],
)
def test_whatever_the_last_line_gives_is_shown(client, typed, shown):
    assert "bookshop" in course.current().worlds
    assert shown in text(client.post(pad("run"), code(typed), headers=HTMX))
