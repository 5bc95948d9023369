"""A branch's course on the running site, for whoever has a link to it."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from django.core import signing
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client
from django.utils import timezone

from lessons import course, previews
from lessons.catalogue.load import LONGEST_KEY
from lessons.models import KEY_LENGTH, Draft, Progress, QuizAnswer, Snippet, Submission
from lessons.views import previews as doors
from tests.factories import PASSED, PASSWORD, DraftFactory, ProgressFactory, SnippetFactory, UserFactory
from tests.site.conftest import CONTENT, HTMX, LESSON, bench, code

pytestmark = pytest.mark.django_db

NAME = "window-functions"
AT = f"/preview/{NAME}"
BANNER = f"Preview of {NAME}."
ENDED = f"The preview of {NAME} has ended."
SERVED_TITLE, TITLE = "A course for tests", "A course of a branch"
PAGES = ["/", LESSON, "/worlds/bookshop/", "/search/?q=dear", "/names/", "/names/gt/", "/keys/", "/nowhere/"]


def entitle(root: Path, title: str) -> None:
    """Give the course in this folder another title."""
    (root / "course.yaml").write_text((CONTENT / "course.yaml").read_text().replace(SERVED_TITLE, title))


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    """The previews' folder, with one preview in it: a checkout whose content folder is the tests', under another title."""
    settings.WOODSHED_PREVIEWS = tmp_path / "previews"
    shutil.copytree(CONTENT, tmp_path / "previews" / NAME / "content", ignore=shutil.ignore_patterns("__pycache__"))
    entitle(content(tmp_path / "previews"), TITLE)
    return tmp_path / "previews"


def content(folder: Path) -> Path:
    return folder / NAME / "content"


def key(name: str = NAME, *, days: float = 30) -> str:
    return previews.key(name, until=timezone.now() + timedelta(days=days))


@pytest.fixture
def visitor(client: Client, folder: Path) -> Client:
    """A browser that has opened the link."""
    client.get(f"{AT}/?key={key()}")
    return client


def text(response) -> str:
    return unescape(response.content.decode())


def address(html: str, ending: str) -> str:
    """The first address in the page that ends so."""
    return next(found for found in re.findall(r'(?:href|src)="([^"]*)"', html) if re.search(ending, found))


# The way in


def test_a_link_opens_the_preview_and_leaves_its_key_behind(client, folder):
    opened = client.get(f"{AT}/?key={key()}")
    assert (opened.status_code, opened["Location"]) == (302, f"{AT}/")
    assert opened["Cache-Control"] == "private, no-store"
    assert opened["Referrer-Policy"] == "no-referrer"
    shelf = text(client.get(opened["Location"]))
    assert TITLE in shelf
    assert BANNER in shelf


@pytest.mark.parametrize("secure", [True, False])
def test_the_cookie_is_for_this_preview_and_no_script(client, folder, settings, secure):
    settings.SESSION_COOKIE_SECURE = secure
    cookie = client.get(f"{AT}/?key={key()}").cookies[doors.COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], bool(cookie["secure"])) == (f"{AT}/", True, "Lax", secure)


def test_the_cookie_outlives_its_key_so_that_the_end_can_be_told(client, folder):
    cookie = client.get(f"{AT}/?key={key(days=2)}").cookies[doors.COOKIE]
    assert timedelta(seconds=cookie["max-age"]) > timedelta(days=20)


def test_the_shelf_s_address_may_lack_its_slash(client, folder):
    opened = client.get(f"{AT}?key={key()}", follow=True)
    assert opened.redirect_chain[-1][0] == f"{AT}/"
    assert BANNER in text(opened)


def test_search_and_names_lead_to_the_preview_s_own_lessons(visitor):
    assert f'href="{AT}{LESSON}#bench-dear-books"' in text(visitor.get(f"{AT}/search/?q=dear"))
    assert f'href="{AT}{LESSON}#bench-dear-books"' in text(visitor.get(f"{AT}/names/gt/"))


def test_a_name_s_page_marks_what_was_passed_in_the_preview(visitor):
    learner = UserFactory.create()
    visitor.force_login(learner)
    visitor.get(f"{AT}/?key={key()}")
    ProgressFactory.create(learner=learner, passed=True)
    assert "✓ Passed" not in text(visitor.get(f"{AT}/names/gt/"))
    ProgressFactory.create(learner=learner, exercise=previews.apart(NAME) + "models/querysets#dear-books", passed=True)
    assert "✓ Passed" in text(visitor.get(f"{AT}/names/gt/"))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_below_it_is_the_preview_s(visitor, page):
    html = text(visitor.get(AT + page))
    assert BANNER in html
    assert "Nothing you do here counts for your course." in html
    assert TITLE in html or page == "/nowhere/"
    ours = [link for link in re.findall(r'(?:href|action|hx-post|src)="(/[^"]*)"', html) if not link.startswith("/static/")]
    assert ours
    assert [link for link in ours if not link.startswith(f"{AT}/")] == []


@pytest.mark.parametrize("page", PAGES)
def test_the_served_course_is_as_it_was(visitor, page):
    html = text(visitor.get(page))
    assert "Preview" not in html
    assert TITLE not in html
    assert "/preview/" not in html


def test_the_course_may_be_the_preview_s_folder_itself(client, settings, tmp_path):
    settings.WOODSHED_PREVIEWS = tmp_path
    shutil.copytree(CONTENT, tmp_path / "own")
    entitle(tmp_path / "own", "On its own")
    assert "On its own" in text(client.get(f"/preview/own/?key={key('own')}", follow=True))


def test_a_lesson_without_its_slash_is_found(visitor):
    response = visitor.get(AT + LESSON.rstrip("/"), follow=True)
    assert response.redirect_chain == [(AT + LESSON, 301)]
    assert BANNER in text(response)


FORGED = {
    "nothing": lambda: "",
    "a word": lambda: "open-sesame",
    "cut short": lambda: key()[:-1],
    "longer": lambda: key() + "x",
    "another preview's": lambda: key("other"),
    "not for this": lambda: signing.dumps([NAME, 99_999_999_999]),
    "huge": lambda: "x" * 5_000,
    "no text": lambda: "%00%ff%c3",
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_a_forged_key_opens_nothing(client, folder, forged):
    response = client.get(f"{AT}/?key={forged()}")
    assert response.status_code == 403
    assert "This link opens no preview" in text(response)
    assert doors.COOKIE not in response.cookies
    assert TITLE not in text(response)
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_a_forged_cookie_opens_nothing(client, folder, forged):
    client.cookies[doors.COOKIE] = forged()
    response = client.get(f"{AT}/")
    assert response.status_code == 403
    assert "A preview is opened by its link" in text(response)
    assert TITLE not in text(response)


def test_a_link_that_has_run_out_says_so(client, folder):
    response = client.get(f"{AT}/?key={key(days=-0.001)}")
    assert response.status_code == 403
    assert "This link has run out" in text(response)
    assert doors.COOKIE not in response.cookies


def test_a_link_whose_preview_is_gone_says_so(client, folder):
    shutil.rmtree(folder / NAME)
    response = client.get(f"{AT}/?key={key()}")
    assert response.status_code == 410
    assert "This preview has ended" in text(response)


def test_without_a_link_nobody_learns_which_previews_there_are(client, folder):
    there, gone = client.get(f"{AT}/"), client.get("/preview/no-such-thing/")
    assert there.status_code == gone.status_code == 403
    assert text(there).replace(f"/{NAME}/", "/…/") == text(gone).replace("/no-such-thing/", "/…/")


def test_staff_need_no_key(client, folder):
    client.force_login(UserFactory.create(is_staff=True))
    assert BANNER in text(client.get(AT + LESSON))
    assert BANNER in text(client.get(f"{AT}/?key=old", follow=True))


def test_learners_do(signed_in, folder):
    assert signed_in.get(AT + LESSON).status_code == 403


def test_off_is_off(visitor, settings):
    settings.WOODSHED_PREVIEWS = None
    assert [visitor.get(page).status_code for page in (f"{AT}/", f"{AT}/?key={key()}", AT + LESSON, "/leave/")] == [404] * 4


@pytest.mark.parametrize(
    "name", ["..", ".", "%2e%2e", "..%2f..", "Upper", "under_score", "a--b", "-a", "a" * 41, "a" * 5_000, "a%00", "a%0a", "ä", ""]
)
def test_what_is_no_name_is_no_address(client, folder, name):
    assert client.get(f"/preview/{name}/").status_code == 404
    assert previews.folder_of(name) is None


def test_a_preview_that_is_a_link_out_of_the_folder_is_none(client, folder):
    (folder / "elsewhere").symlink_to(CONTENT.parent)
    (folder / "round").symlink_to("round")
    (folder / "itself").symlink_to(".")
    assert previews.names() == [NAME]
    assert client.get(f"/preview/elsewhere/?key={key('elsewhere')}").status_code == 410


# The way out


def test_leaving_leads_to_the_served_course(folder):
    visitor = Client(enforce_csrf_checks=True)
    visitor.get(f"{AT}/?key={key()}")
    assert f'action="{AT}/leave/"' in text(visitor.get(AT + LESSON))
    left = visitor.post(f"{AT}/leave/")
    assert (left.status_code, left["Location"]) == (302, "/")
    assert (left.cookies[doors.COOKIE]["path"], left.cookies[doors.COOKIE]["max-age"]) == (f"{AT}/", 0)
    assert visitor.get(AT + LESSON).status_code == 403


def test_logging_in_happens_outside_and_leads_back(visitor):
    lesson = f"{AT}{LESSON}"
    door = unescape(address(visitor.get(lesson).content.decode(), "next="))
    assert door.startswith(f"{AT}/accounts/signup/")
    outside = visitor.get(door)["Location"]
    assert outside == door.removeprefix(AT)
    assert BANNER not in text(visitor.get(outside))
    signed_up = visitor.post(outside, {"email": "ada@example.org", "password1": PASSWORD})
    assert signed_up["Location"] == lesson
    assert BANNER in text(visitor.get(lesson))


def test_a_preview_is_not_left_by_reading(visitor):
    assert visitor.get(f"{AT}/leave/").status_code == 405
    assert visitor.get(f"{AT}/").status_code == 200
    assert visitor.post("/leave/").status_code == 404


@pytest.fixture(params=["its time has run out", "its folder has gone"])
def over(request, visitor, folder) -> Client:
    """A browser in a preview that has ended meanwhile."""
    if "time" in request.param:
        visitor.cookies[doors.COOKIE] = key(days=-0.001)
    else:
        shutil.rmtree(folder / NAME)
    return visitor


def test_a_preview_that_has_ended_gives_way_to_the_served_course_and_says_so_once(over):
    back = over.get(AT + LESSON, follow=True)
    assert back.redirect_chain == [("/", 302)]
    assert SERVED_TITLE in text(back)
    assert ENDED in text(back)
    assert ENDED not in text(over.get("/"))
    assert over.get(AT + LESSON).status_code == 403


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["by form", "by htmx"])
def test_what_is_sent_to_a_preview_that_has_ended_is_given_back_and_stored_nowhere(over, headers):
    response = over.post(AT + bench("check"), code("my <answer>"), headers=headers)
    assert response.status_code == 410
    assert "my &lt;answer&gt;</textarea>" in response.content.decode()
    assert not Submission.objects.exists()
    assert not Draft.objects.exists()


def test_what_is_sent_after_leaving_in_another_window_is_given_back(client, folder):
    response = client.post(AT + bench("check"), code("my answer"))
    assert response.status_code == 410
    assert "my answer" in text(response)


def test_a_cookie_cannot_make_up_a_preview_that_has_ended(client, folder):
    client.cookies[doors.ENDED] = "<b>gone</b>"
    assert "has ended" not in text(client.get("/"))


# Work


def test_work_in_a_preview_is_stored_apart(visitor, judge):
    judge.verdict = PASSED
    visitor.post(AT + bench("draft"), code("a draft"))
    visitor.post(AT + bench("check"), code("an answer"))
    visitor.post(f"{AT}{LESSON}quizzes/lazy/", {"option": "1"})
    keys = {row.exercise for model in (Submission, Draft, Progress) for row in model.objects.all()}
    assert keys == {f"preview/{NAME}:models/querysets#dear-books"}
    assert QuizAnswer.objects.get().quiz == f"preview/{NAME}:models/querysets#lazy"
    assert "1 of 2 passed" in text(visitor.get(f"{AT}/"))
    assert "an answer" in text(visitor.get(AT + LESSON))


def test_work_in_a_preview_counts_for_nothing_in_the_course(visitor, judge):
    judge.verdict = PASSED
    visitor.post(AT + bench("check"), code("an answer"))
    visitor.post(f"{AT}{LESSON}quizzes/lazy/", {"option": "1"})
    shelf, lesson = text(visitor.get("/")), text(visitor.get(LESSON))
    assert "not started" in shelf
    assert "Start with" in shelf
    assert "an answer" not in lesson
    assert "Answered right" not in lesson


def test_work_in_the_course_is_not_seen_in_a_preview(visitor, guest):
    visitor.force_login(guest)
    visitor.get(f"{AT}/?key={key()}")
    ProgressFactory.create(learner=guest, passed=True)
    DraftFactory.create(learner=guest, exercise="models/querysets#pricey-books", files=[["answer.py", "my draft"]])
    assert "my draft" in text(visitor.get(LESSON))
    assert "my draft" not in text(visitor.get(AT + LESSON))
    assert "Start with" in text(visitor.get(f"{AT}/"))
    visitor.post(AT + bench("hint"), code("other"))
    assert "my draft" in text(visitor.get(LESSON))


def test_a_former_name_works_in_a_preview(visitor):
    assert visitor.post(AT + bench("draft", "pricey-books"), code("x")).status_code == 302
    assert Draft.objects.get().exercise == f"preview/{NAME}:models/querysets#dear-books"


def test_the_longest_key_has_room_for_the_longest_name():
    assert len(previews.apart("a" * previews.LONGEST_NAME)) + LONGEST_KEY <= KEY_LENGTH


def test_without_javascript_a_check_leads_back_into_the_preview(visitor):
    assert visitor.post(AT + bench("check"), code("x"))["Location"] == f"{AT}{LESSON}#bench-dear-books"


# What is kept, by browsers and by us


@pytest.mark.parametrize("page", [*PAGES, "/course.css", "/content/models/table.svg", "/robots.txt"])
def test_no_cache_keeps_anything_of_a_preview(visitor, page):
    response = visitor.get(AT + page)
    assert b"".join(response)
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response
    # With "no-referrer" a browser would not say where a form comes from, and Django would not take it.
    assert response["Referrer-Policy"] == "same-origin"


def test_colours_with_the_preview_s_digest_are_not_kept_either(visitor):
    colours = visitor.get(address(text(visitor.get(f"{AT}/")), r"course\.css\?v=\w+$"))
    assert colours.status_code == 200
    assert colours["Cache-Control"] == "private, no-store"


def test_a_changed_file_shows_on_the_next_request(visitor, folder, settings):
    settings.WOODSHED_RELOAD_CONTENT = False
    assert TITLE in text(visitor.get(f"{AT}/"))
    entitle(content(folder), "Another title")
    assert "Another title" in text(visitor.get(f"{AT}/"))
    assert SERVED_TITLE in text(visitor.get("/"))


def test_links_and_pictures_of_a_lesson_stay_in_the_preview(visitor, folder):
    lesson = content(folder) / "models" / "01-querysets.md"
    lesson.write_text(lesson.read_text().replace("Rows are what", "[Read](03-reading.md). Rows are what"))
    html = text(visitor.get(AT + LESSON))
    assert f'<a href="{AT}/lessons/models/reading/"' in html
    picture = address(html, r"table\.svg$")
    assert picture == f"{AT}/content/models/table.svg"
    assert b"<rect" in b"".join(visitor.get(picture))


def test_two_previews_do_not_mix(client, folder):
    shutil.copytree(folder / NAME, folder / "other")
    entitle(folder / "other" / "content", "The other branch")
    client.force_login(UserFactory.create(is_staff=True))
    for _ in range(2):
        assert TITLE in text(client.get(f"{AT}/"))
        assert "The other branch" in text(client.get("/preview/other/"))


def test_a_preview_s_mistake_of_ours_leaves_the_next_request_alone(visitor, monkeypatch):
    visitor.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr("lessons.views.shelves.sleeves", lambda *_: 1 / 0)
        failed = visitor.get(f"{AT}/")
    assert failed.status_code == 500
    assert BANNER in text(failed)
    assert course.preview() is None
    assert "/preview/" not in text(visitor.get("/"))


def test_the_health_check_is_about_the_served_course_wherever_it_is_asked(visitor, folder):
    (content(folder) / "course.yaml").unlink()
    assert visitor.get(f"{AT}/healthz").json() == visitor.get("/healthz").json()


# Broken ones


def broken_yaml(root: Path) -> None:
    (root / "course.yaml").write_text("title: [\n")


def many_files(root: Path) -> None:
    for number in range(previews.MOST_FILES):
        (root / f"{number}.txt").touch()


def large_file(root: Path) -> None:
    os.truncate((root / "models" / "table.svg"), previews.MOST_BYTES)


def linked(at: str, to: str) -> Callable[[Path], None]:
    return lambda root: (root / at).symlink_to(to)


BROKEN = {
    "no course.yaml": (lambda root: (root / "course.yaml").unlink(), "has no course.yaml"),
    "nothing": (shutil.rmtree, "has no course.yaml"),
    "YAML": (broken_yaml, "cannot be read"),
    "too many files": (many_files, "holds more than 1,000 files"),
    "too large": (large_file, "holds more than 1,000 files or 50 MB"),
    "a link to a file": (linked("models/04-x.md", "/etc/hostname"), "the link content/models/04-x.md leads out"),
    "a link to a folder": (linked("all", "/"), "the link content/all leads out"),
    "a hidden link": (linked("models/.git", "/"), "the link content/models/.git leads out"),
    "a loop of links": (linked("models/05-x.md", "05-x.md"), "models/05-x.md"),
}


@pytest.mark.parametrize(("change", "words"), BROKEN.values(), ids=BROKEN)
def test_a_broken_preview_says_what_is_wrong_and_harms_nobody(visitor, folder, change, words):
    change(content(folder))
    response = visitor.get(f"{AT}/")
    assert response.status_code == 200
    assert BANNER in text(response)
    assert words in text(response)
    assert str(folder) not in text(response)
    assert SERVED_TITLE in text(visitor.get("/"))
    assert visitor.get("/healthz").status_code == 200


def test_worlds_that_lie_elsewhere_are_not_loaded(visitor, folder):
    shutil.rmtree(content(folder) / "worlds")
    (content(folder) / "worlds").symlink_to(CONTENT / "worlds")
    assert "the link content/worlds leads out" in text(visitor.get(f"{AT}/"))


def test_a_broken_lesson_is_named_to_everybody_in_the_preview(visitor):
    assert "content/models/02-broken.md:" in text(visitor.get(f"{AT}/"))
    assert "02-broken.md:" not in text(visitor.get("/"))


def test_a_preview_s_lessons_are_cleaned_as_all_are(visitor, folder):
    lesson = content(folder) / "models" / "03-reading.md"
    lesson.write_text(lesson.read_text() + "\n<script>alert(1)</script><img src=x onerror=alert(1)>\n")
    html = visitor.get(f"{AT}/lessons/models/reading/").content.decode()
    assert "alert(1)</script>" not in html
    assert "onerror" not in html


@contextmanager
def as_many_as_may_are_reading() -> Iterator[None]:
    places = [previews._room.acquire(blocking=False) for _ in range(previews.MOST_READING)]
    try:
        assert all(places)
        yield
    finally:
        previews._room.release(len(places))


def test_while_others_read_a_changed_preview_it_is_shown_as_it_was(visitor, folder):
    visitor.get(f"{AT}/")
    entitle(content(folder), "Another title")
    with as_many_as_may_are_reading():
        assert TITLE in text(visitor.get(f"{AT}/"))
    assert "Another title" in text(visitor.get(f"{AT}/"))


def test_while_others_read_a_new_preview_one_more_is_told_to_come_again(visitor, monkeypatch):
    monkeypatch.setattr(previews, "_known", {})
    with as_many_as_may_are_reading():
        response = visitor.get(f"{AT}/")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "This preview is being read" in text(response)
    assert visitor.get(f"{AT}/").status_code == 200


# Settings


def test_a_site_whose_previews_folder_is_not_there_does_not_start(settings, tmp_path):
    settings.WOODSHED_PREVIEWS = tmp_path / "nothing"
    with pytest.raises(SystemCheckError, match=r"there is no folder .*nothing"):
        call_command("check")


# The playground


def test_a_playground_of_a_preview_keeps_its_text_apart(visitor):
    assert visitor.post(f"{AT}/playground/bookshop/run/", code("in the preview"), headers=HTMX).status_code == 200
    assert Draft.objects.get().exercise == f"{previews.apart(NAME)}playground#bookshop"
    assert "in the preview</textarea>" in text(visitor.get(f"{AT}/playground/"))
    assert "in the preview" not in text(visitor.get("/playground/"))


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_nothing_is_shared_in_a_preview(visitor, headers):
    assert "Share a link" not in text(visitor.get(f"{AT}/playground/"))
    response = visitor.post(f"{AT}/playground/bookshop/share/", code("1"), headers=headers)
    assert response.status_code == 422
    assert "What is written in a preview cannot be shared" in text(response)
    assert not Snippet.objects.exists()


def test_what_is_shared_in_the_course_is_not_in_a_preview(visitor):
    shared = SnippetFactory.create()
    assert visitor.get(f"{AT}/playground/{shared.slug}/").status_code == 404
