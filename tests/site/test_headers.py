"""Security headers, pictures, colours, and what machines ask."""

import re
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection

from lessons import checking
from lessons.catalogue.types import Course, Module
from lessons.views import colours
from sandbox.client import Status
from site_config import middleware
from tests.site.conftest import CONTENT, LESSON, bench, code

pytestmark = pytest.mark.django_db

PAGES = ["/", LESSON, "/worlds/bookshop/", "/search/?q=dear", "/names/", "/names/gt/", "/keys/", "/nowhere", "/course.css"]


@pytest.mark.parametrize("address", PAGES)
def test_the_content_security_policy_allows_nothing_inline(client, address):
    policy = client.get(address)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "data:" not in policy


@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_inline_style_or_script(client, address):
    html = client.get(address).content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", html)


def test_the_other_headers(client):
    response = client.get("/")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


def test_a_lesson_travels_compressed(client):
    response = client.get(LESSON, headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert len(response.content) < 20_000


def test_a_request_id_is_kept_when_it_is_one(client):
    assert client.get("/", headers={"X-Request-ID": "from-the-proxy"})["X-Request-ID"] == "from-the-proxy"
    assert client.get("/", headers={"X-Request-ID": "a\tb <script>"})["X-Request-ID"].isalnum()


def test_the_log_says_who_asked_and_who_a_first_action_made(client, monkeypatch, django_user_model):
    lines = []
    monkeypatch.setattr(middleware, "log", SimpleNamespace(info=lambda event, **fields: lines.append(fields["user_id"])))
    client.get("/")
    client.post(bench("run"), code("x"))
    client.get("/robots.txt")
    guest = str(django_user_model.objects.get().pk)
    assert lines == [None, guest, guest]


def test_a_drawing_can_run_nothing(client):
    response = client.get("/content/models/table.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"<rect" in b"".join(response.streaming_content)


def test_a_picture_that_a_browser_has_is_not_sent_again(client):
    first = client.get("/content/models/table.svg")
    again = client.get("/content/models/table.svg", headers={"If-None-Match": first["ETag"]})
    other = client.get("/content/models/table.svg", headers={"If-None-Match": '"another"'})
    assert (again.status_code, again.content) == (304, b"")
    assert b"".join(first.streaming_content) == b"".join(other.streaming_content) != b""


@pytest.mark.parametrize(
    "path",
    [
        "models/01-querysets.md",
        "course.yaml",
        "worlds/bookshop/models.py",
        "models/nothing.svg",
        "../conftest.py",
        "models/../../../x.svg",
        "models/a\0.svg",
    ],
)
def test_nothing_but_the_course_s_pictures_is_served(client, path):
    assert client.get(f"/content/{path}").status_code == 404


def test_the_modules_colours_are_a_stylesheet_that_may_be_kept(client):
    query = client.get("/").content.decode().partition('href="/course.css')[2].partition('"')[0]
    response = client.get(f"/course.css{query}")
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=31536000"
    assert "Cookie" not in response.get("Vary", "")
    assert '[data-module="models"]' in response.content.decode()
    assert client.get("/course.css", headers={"If-None-Match": response["ETag"]}).status_code == 304


@pytest.mark.parametrize("address", ["/", LESSON])
def test_back_asks_again_for_pages_that_show_what_a_learner_did(client, address):
    assert client.get(address)["Cache-Control"] == "private, no-store"
    assert client.post(bench("run"), code("x"))["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("query", ["", "?v=", "?v=1", "?v=ffffffffffffffff"])
def test_colours_under_any_other_address_are_asked_for_again(client, query):
    assert client.get(f"/course.css{query}")["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "colour", ["#2446e8", "#e5391c", "#f2a900", "#00838f", "#12171a", "#9ccc00", "#ffffff", "#777777", "#000000"]
)
def test_every_colour_can_be_read_in_both_themes(colour):
    sleeve = colours.parse(colour)
    module = Module(slug="x", title="X", promise="", colour=colour, motif="bars")
    css = colours.stylesheet(Course(title="T", root=CONTENT, modules=(module,)))
    large, small = (colours.parse(css.partition(f"--sleeve-{name}: ")[2][:7]) for name in ("ink", "small"))
    assert colours.contrast(large, sleeve) >= 3
    assert colours.contrast(small, sleeve) >= 4.5
    for theme in ("light", "dark"):
        accent = colours.readable(sleeve, theme)
        assert colours.contrast(accent, colours.PAPER[theme]) >= 4.5
        assert colours.contrast(accent, colours.wash(accent, theme)) >= 4.5


def test_an_amber_sleeve_has_dark_ink():
    course = Course(
        title="T", root=CONTENT, modules=(Module(slug="services", title="S", promise="", colour="#f2a900", motif="bars"),)
    )
    assert "--sleeve-ink: #12171a" in colours.stylesheet(course)


def test_a_course_cannot_write_rules_into_the_stylesheet():
    evil = Module(slug='x"] * {', title="", promise="", colour="red; } * { display: none", motif="bars")
    plain = Module(slug="x", title="", promise="", colour="url(//elsewhere)", motif="bars")
    css = colours.stylesheet(Course(title="T", root=CONTENT, modules=(evil, plain)))
    assert "display" not in css
    assert "url" not in css
    assert "--sleeve: #56616a" in css


def test_contrast_is_that_of_wcag():
    assert colours.contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert colours.contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


def test_the_health_check_tells_what_was_found(client):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "database": "ok",
        "content": {"status": "ok", "lessons": 3, "broken": 1},
        "sandbox": "full",
    }
    assert "no-store" in response["Cache-Control"]


def test_without_a_sandbox_the_site_is_unwell(client, monkeypatch):
    monkeypatch.setattr(checking, "sandbox_status", lambda: Status("refused", "no seccomp here"))
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["sandbox_note"] == "no seccomp here"


def test_without_content_the_site_is_unwell(client, settings, tmp_path):
    settings.WOODSHED_CONTENT = tmp_path / "nothing"
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["content"] == {"status": "missing"}
    assert response.json()["sandbox"] == "refused"


def test_a_site_without_a_course_does_not_start(settings, tmp_path):
    settings.WOODSHED_CONTENT = tmp_path / "nothing"
    with pytest.raises(SystemCheckError, match=r"no course\.yaml in .*nothing"):
        call_command("check")


def test_without_its_database_the_site_is_unwell(client, monkeypatch):
    def refuse():
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["database"] == "unreachable"


def test_a_mistake_of_ours_gets_our_own_page(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("lessons.views.shelves.sleeves", lambda *_: 1 / 0)
    response = client.get("/")
    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()


def test_a_host_that_is_not_ours_is_a_bad_request(client):
    response = client.get("/", headers={"Host": "elsewhere.example"})
    assert response.status_code == 400
    assert "This request made no sense" in response.content.decode()


def test_robots_may_read_everything(client):
    assert client.get("/robots.txt").content == b"User-agent: *\nAllow: /\n"


@pytest.mark.parametrize("address", ["/worlds/bookshop/", "/names/", "/keys/"])
def test_a_page_that_has_not_changed_is_not_sent_again(client, address):
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    client.cookies["theme"] = "dark"
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("address", ["/", LESSON])
def test_a_page_with_an_editor_is_never_taken_from_a_cache(client, address):
    """An older text could come back with it."""
    response = client.get(address)
    assert "ETag" not in response
    assert "no-store" in response["Cache-Control"]
