"""Whoever writes a lesson sees on its page what is wrong in it, where it is wrong. Nobody else does."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.utils.html import strip_tags

from lessons.catalogue.read import TROUBLE
from lessons.models import Draft, Submission
from tests.catalogue.audit import ATTACKS
from tests.catalogue.breakages import LINT, STRUCTURE
from tests.catalogue.sample import FILES, LESSON, write
from tests.factories import UserFactory
from tests.site.conftest import HTMX, code

pytestmark = pytest.mark.django_db

ADDRESS = "/lessons/models/one-query/"
EACH_RULE = list({broken.rule: broken for broken in (*STRUCTURE, *LINT)}.values())
SECRETS = ("values_list", "Turn the order", "fetches both", "follows foreign keys in the same")


@pytest.fixture
def course(tmp_path: Path, settings) -> Path:
    settings.WOODSHED_CONTENT = write(tmp_path, FILES)
    settings.WOODSHED_RELOAD_CONTENT = True
    return settings.WOODSHED_CONTENT


@pytest.fixture
def author(client, course):
    client.force_login(UserFactory.create(is_staff=True))
    return client


def put(course: Path, old: str, new: str) -> str:
    assert old in LESSON
    text = LESSON.replace(old, new, 1)
    (course / "models/04-one-query.md").write_text(text)
    return text


def page(client) -> str:
    response = client.get(ADDRESS)
    assert response.status_code == 200
    return response.content.decode()


def marks(html: str) -> dict[str, str]:
    """The text of each finding on the page, by its id."""
    found = re.findall(r'<div class="finding" id="([^"]+)">(.*?)</div>', html, flags=re.DOTALL)
    return {name: " ".join(unescape(strip_tags(text)).split()) for name, text in found}


def between(html: str, *parts: str) -> bool:
    """Whether the parts stand in the page in this order."""
    places = [html.index(part) for part in parts]
    return places == sorted(places)


def test_an_edited_lesson_shows_what_is_understood_and_what_is_not(author, course):
    assert "To mend" not in page(author)
    put(course, "```python solution", "```python soluton")
    html = page(author)
    assert between(html, 'id="try-1"', 'id="quiz-lazy"', "### Exercise: Titles", "python starter", ":71</code>", "#### Hint")
    assert 'id="bench-titles-authors"' not in html
    assert (
        'content/models/04-one-query.md:71 unknown fence role "soluton"; did you mean "solution"? 71 ```python soluton'
        in marks(html).values()
    )


def test_a_paragraph_that_is_not_understood_stands_among_the_others(author, course):
    put(course, "> [!TIP]", "> [!TPI]")
    html = page(author)
    assert between(html, "sends <strong>another</strong>", 'id="finding-1"', "[!TPI]", "Watch the query counter", "a list")
    assert 'id="bench-titles-authors"' in html


def test_what_the_linter_says_stands_in_a_lesson_that_learners_see(author, course, client):
    put(course, "[!TIP]\n", "[!TIP]\n> <details>\n> ")
    html = page(author)
    assert between(html, "Watch the query counter", 'id="finding-1"', "a list", 'id="bench-titles-authors"')
    assert "taken out" in marks(html)["finding-1"]
    assert "Learners see the lesson, without these notes." in html
    assert "<fieldset disabled>" not in html


def test_what_is_wrong_in_the_front_matter_stands_above_the_lesson(author, course):
    put(course, "minutes: 12", "minute: 12")
    html = page(author)
    assert between(html, 'id="finding-1"', "Reading <code>book.author</code>")
    assert marks(html)["finding-1"].endswith("5 minute: 12")


@pytest.mark.parametrize("broken", EACH_RULE, ids=str)
def test_the_list_at_the_top_leads_to_every_finding(author, course, broken):
    (course / "models/04-one-query.md").write_text(broken.text)
    html = page(author)
    listed = re.findall(r'<li><a href="#(finding-\d+)">(.*?)</a>', html)
    assert listed
    assert [name for name, _ in listed] == list(marks(html))
    assert any(broken.words in unescape(words) for _, words in listed)
    assert all(f'id="{name}"' in html for name, _ in listed)


def test_where_debug_is_on_whoever_reads_is_whoever_writes(client, course, settings):
    settings.DEBUG = True
    put(course, "```python solution", "```python soluton")
    assert "finding-1" in page(client)


@pytest.mark.parametrize("broken", EACH_RULE[::5], ids=str)
def test_learners_see_nothing_of_what_is_wrong(client, course, broken):
    (course / "models/04-one-query.md").write_text(broken.text)
    html = page(client)
    assert ("This lesson cannot be shown" in html) is (broken in STRUCTURE)
    assert 'class="finding' not in html
    assert [secret for secret in SECRETS if secret in html] == []


@pytest.mark.parametrize("action", ["check", "run", "hint", "solution", "draft", "reset"])
def test_nothing_in_a_broken_lesson_can_be_done_by_its_author_either(author, course, action):
    put(course, "> [!TIP]", "> [!TPI]")
    assert between(page(author), "<fieldset disabled>", 'id="bench-titles-authors"', "</fieldset>\n        \n        <nav")
    for headers in ({}, HTMX):
        address = f"{ADDRESS}exercises/titles-authors/{action}/"
        assert author.post(address, code("Book.objects.all()"), headers=headers).status_code == 404
    assert not Submission.objects.exists()
    assert not Draft.objects.exists()


def test_what_is_quoted_is_text(author, course):
    lines = [line for attack in ATTACKS if not TROUBLE.search(attack) for line in attack.split("\n")]
    put(course, "> [!TIP]\n", "> [!TPI]\n" + "".join(f"> {line}\n" for line in lines))
    html = page(author)
    quoted = re.findall(r'<pre class="source".*?</pre>', html, flags=re.DOTALL)
    assert [line for line in lines if not any(line in unescape(strip_tags(part)) for part in quoted if part)] == []
    assert {tag for part in quoted for tag in re.findall(r"<(\w+)", part)} == {"pre", "code", "span"}


def test_a_lesson_that_cannot_be_read_says_why(author, course):
    (course / "models/04-one-query.md").write_bytes(b"\xff")
    html = page(author)
    assert "is not UTF-8 text" in marks(html)["finding-1"]


def test_a_lesson_costs_learners_no_look_at_its_file(client, course, monkeypatch):
    monkeypatch.setattr("lessons.views.sheets.sheet", lambda *_: pytest.fail("read the file"))
    put(course, "> [!TIP]", "> [!TPI]")
    page(client)


def test_what_is_wrong_in_the_course_is_on_its_first_page(author, course):
    assert "To mend" not in author.get("/").content.decode()
    (course / "course.yaml").write_text("title: <b>\nmodules: [<script>\n")
    html = author.get("/").content.decode()
    assert "<code>content/course.yaml:3</code> this YAML cannot be read" in html
    author.cookies.clear()
    assert "To mend" not in author.get("/").content.decode()
