"""Code that is shared by link: who reads it, and who takes it back."""

import pytest
from django.test import Client

from lessons import services
from lessons.models import Draft, Snippet
from lessons.views import playground
from tests.factories import GuestFactory, SnippetFactory
from tests.site.conftest import HTMX, code
from tests.site.pads import PAGE, WORLD, pad, text

pytestmark = pytest.mark.django_db


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
