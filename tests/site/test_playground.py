"""The playground: any code beside a world, kept as a draft, and shared by link."""

import pytest
from django.db import DatabaseError
from django.test import Client

from accounts.models import User
from lessons import course, services
from lessons.models import Draft, Snippet, Submission
from lessons.views import playground
from sandbox.protocol import Outcome, Result
from tests.factories import DraftFactory, GuestFactory, SnippetFactory
from tests.site.conftest import HTMX, code, seen

pytestmark = pytest.mark.django_db

PAGE = "/playground/"
WORLD = "/playground/?world=bookshop"
KEY = "playground#bookshop"
ACTIONS = ("run", "chain", "draft", "keep", "take", "reset", "share")


def pad(action: str, place: str = "bookshop") -> str:
    return f"/playground/{place}/{action}/"


def text(response):
    return response.content.decode()


def saw(**what):
    return seen(results=(Result(label="visible", seen=what),))


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


# Shared


def test_a_shared_text_can_be_read_by_whoever_has_the_link(signed_in, guest, client):
    html = text(signed_in.post(pad("share"), code("Book.objects.filter(price__lt=3)"), headers=HTMX))
    shared = Snippet.objects.get()
    assert (shared.maker, shared.world) == (guest, "bookshop")
    assert f'value="http://testserver/playground/{shared.slug}/"' in html
    assert 'hx-swap-oob="true"' in html.partition('id="mine"')[2]
    page = Client().get(f"/playground/{shared.slug}/")
    assert "Book.objects.filter(price__lt=3)</textarea>" in text(page)
    assert "Code by another learner: read it before you run it." in text(page)


def test_without_javascript_sharing_leads_to_the_link(client):
    response = client.post(pad("share"), code("1"))
    address = f"/playground/{Snippet.objects.get().slug}/"
    assert (response.status_code, response["Location"]) == (302, address)
    assert "You have shared this." in text(client.get(address))


def test_a_link_cannot_be_guessed():
    slugs = {shared.slug for shared in SnippetFactory.create_batch(5)}
    assert len(slugs) == 5
    assert {len(slug) for slug in slugs} == {22}  # of 64 characters: 128 bits


def test_a_shared_page_is_for_no_search_engine_and_names_nobody(client):
    maker = GuestFactory.create(username="somebody-in-particular", email="somebody@example.com")
    response = client.get(f"/playground/{SnippetFactory.create(maker=maker).slug}/")
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in text(response)
    assert "somebody" not in text(response)
    assert response["Referrer-Policy"] == "same-origin"
    assert not client.get(PAGE).has_header("X-Robots-Tag")


def test_nothing_shared_runs_before_its_reader_asks(client, judge):
    shared = SnippetFactory.create(code="print('</textarea><script>alert(1)</script>')")
    html = text(client.get(f"/playground/{shared.slug}/"))
    assert judge.asked == []
    assert "<script>alert" not in html
    assert "&lt;/textarea&gt;&lt;script&gt;alert(1)" in html


def test_shared_code_runs_as_its_readers_own(signed_in, guest, judge):
    shared = SnippetFactory.create(code="Book.objects.all()")
    html = text(signed_in.post(pad("run", shared.slug), code("Book.objects.all(), changed"), headers=HTMX))
    assert "<td>Emma</td>" in html
    assert Draft.objects.get().learner == guest
    assert "Book.objects.all(), changed</textarea>" in text(signed_in.get(f"/playground/{shared.slug}/"))
    assert "Book.objects.all()</textarea>" in text(Client().get(f"/playground/{shared.slug}/"))
    assert "all(), changed" not in text(signed_in.get(PAGE))


def test_reset_brings_a_shared_text_back(signed_in):
    shared = SnippetFactory.create(code="as shared")
    signed_in.post(pad("draft", shared.slug), code("changed"), headers=HTMX)
    assert "as shared</textarea>" in text(signed_in.post(pad("reset", shared.slug), code("changed")))


def test_code_that_is_not_shown_in_its_order_is_warned_of(client):
    shared = SnippetFactory.create(code="x = 1 # \u202e 2 = x")
    assert "change the order in which text is shown" in text(client.get(f"/playground/{shared.slug}/"))
    shared = SnippetFactory.create(code="x = 'é, שלום'")
    assert "change the order" not in text(client.get(f"/playground/{shared.slug}/"))


def test_the_same_text_gives_the_same_link(signed_in):
    for _ in range(2):
        signed_in.post(pad("share"), code("the same"), headers=HTMX)
    assert Snippet.objects.count() == 1
    Client().post(pad("share"), code("the same"), headers=HTMX)
    assert Snippet.objects.count() == 2


def test_there_is_an_end_to_sharing(signed_in, guest, monkeypatch):
    monkeypatch.setattr(services, "MOST_SNIPPETS", 2)
    SnippetFactory.create_batch(2, maker=guest, code="shared before")
    for headers in ({}, HTMX):
        response = signed_in.post(pad("share"), code("one more"), headers=headers)
        assert response.status_code == 422
        assert playground.TOO_MANY in text(response)
    assert signed_in.post(pad("share"), code("shared before"), headers=HTMX).status_code == 200
    assert Snippet.objects.count() == 2


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_an_empty_text_is_not_shared(client, headers):
    response = client.post(pad("share"), code(" \n"), headers=headers)
    assert response.status_code == 422
    assert playground.NOTHING in text(response)
    assert not Snippet.objects.exists()


def test_a_learner_sees_what_they_have_shared(signed_in, guest):
    SnippetFactory.create(maker=guest, code="\n# about <prices>\nBook.objects.all()")
    SnippetFactory.create(code="somebody else's")
    html = text(signed_in.get(PAGE))
    assert "<code># about &lt;prices&gt;</code>" in html
    assert "somebody else" not in html


def test_its_maker_deletes_it(signed_in, guest):
    shared = SnippetFactory.create(maker=guest)
    response = signed_in.post(f"/playground/{shared.slug}/delete/")
    assert response["Location"] == "/playground/#mine"
    assert Client().get(f"/playground/{shared.slug}/").status_code == 404


def test_it_is_deleted_in_place(signed_in, guest):
    gone, kept = SnippetFactory.create_batch(2, maker=guest)
    html = text(signed_in.post(f"/playground/{gone.slug}/delete/", headers=HTMX))
    assert gone.slug not in html
    assert kept.slug in html
    assert 'hx-swap-oob="innerHTML:#announce">Deleted.' in html


def test_nobody_else_deletes_it(signed_in, client):
    shared = SnippetFactory.create()
    assert signed_in.post(f"/playground/{shared.slug}/delete/").status_code == 404
    assert Client().post(f"/playground/{shared.slug}/delete/").status_code == 404
    assert Client(enforce_csrf_checks=True).post(f"/playground/{shared.slug}/delete/").status_code == 403
    assert Snippet.objects.exists()


def test_a_maker_who_is_deleted_takes_it_along():
    shared = SnippetFactory.create()
    shared.maker.delete()
    assert not Snippet.objects.exists()


def test_what_a_reader_made_of_it_outlives_it(signed_in, guest):
    shared = SnippetFactory.create()
    signed_in.post(pad("run", shared.slug), code("my own version"), headers=HTMX)
    shared.delete()
    html = text(signed_in.get(f"/playground/{shared.slug}/"))
    assert "my own version</textarea>" in html
    assert "has been deleted" in html
    assert "<td>Emma</td>" in text(signed_in.post(pad("run", shared.slug), code("my own version, on"), headers=HTMX))
    assert "my own version, on</textarea>" in text(signed_in.get(f"/playground/{shared.slug}/"))
    assert Client().get(f"/playground/{shared.slug}/").status_code == 404


def test_a_snippet_of_a_world_that_is_gone_can_be_read_and_not_run(client, judge):
    shared = SnippetFactory.create(world="library", code="Shelf.objects.all()")
    html = text(client.get(f"/playground/{shared.slug}/"))
    assert "Shelf.objects.all()</textarea>" in html
    assert "The world “library” is not here any more" in html
    assert 'data-does="run"' not in html
    for action in ("run", "chain", "share"):
        assert client.post(pad(action, shared.slug), code("Shelf"), headers=HTMX).status_code == 422
    assert judge.asked == []
    assert Snippet.objects.count() == 1


def test_a_worlds_name_is_no_snippets(client):
    assert client.get("/playground/bookshop/")["Location"] == WORLD


def test_a_shared_page_takes_six_queries(signed_in, guest, django_assert_num_queries):
    shared = SnippetFactory.create()
    with django_assert_num_queries(6):  # the session, the user, the snippet, the draft, one's own snippets, what comes back today
        signed_in.get(f"/playground/{shared.slug}/")


# The box on the first page


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
