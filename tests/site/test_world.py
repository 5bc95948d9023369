"""The page of a world, and the panel that leads to it."""

import re
import shutil
import xml.etree.ElementTree as ET

import pytest

from lessons import checking
from tests.site.conftest import CONTENT, LESSON

pytestmark = pytest.mark.django_db

PAGE = "/worlds/bookshop/"
MODELS = """
from django.db import models

class Author(models.Model):
    name = models.CharField(max_length=10)

class Book(models.Model):
    title = models.CharField(max_length=10)
    author = models.ForeignKey(Author, models.CASCADE, related_name="books")
    sequel_to = models.ForeignKey("self", models.CASCADE, null=True)
"""


def page(client, address: str = PAGE) -> str:
    return client.get(address).content.decode()


def svg(html: str) -> ET.Element:
    drawing = html[html.index("<svg role") :].partition("</svg>")[0]
    return ET.fromstring(f"{drawing}</svg>")  # noqa: S314  our own page


@pytest.fixture
def models(settings, tmp_path):
    """Writes the models of the world."""
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    settings.WOODSHED_CONTENT = folder
    settings.WOODSHED_RELOAD_CONTENT = True
    return (folder / "worlds" / "bookshop" / "models.py").write_text


def test_the_models_are_drawn_with_their_fields_and_relations(client, models):
    models(MODELS)
    drawing = svg(page(client))
    texts = [one.text for one in drawing.iter("text")]
    assert {"Author", "Book", "name", "title", "author", "→ Author", "sequel_to", "books", "book_set"} <= set(texts)
    assert [one.findtext("title") for one in drawing.findall("g[@class='link']")] == [
        "Book.author: many Book to one Author, and back by author.books",
        "Book.sequel_to: many Book to one Book, and back by book.book_set",
    ]


def test_the_drawing_has_a_name_and_says_where_the_same_is_told(client, models):
    models(MODELS)
    drawing = svg(page(client))
    assert drawing.get("role") == "img"
    assert drawing.get("aria-labelledby") == "diagram-title diagram-text"
    assert drawing.findtext("title") == "The models of bookshop"
    assert drawing.findtext("desc") == "2 models and 2 relations. The table below says the same."


def test_the_same_is_told_in_a_table(client, models):
    models(MODELS)
    html = page(client)
    assert '<th scope="rowgroup" rowspan="3">Book</th>' in html
    assert "<td>author</td><td>ForeignKey</td><td>Author</td><td>author.books</td>" in html


def test_no_name_is_markup(client, models):
    models(
        "from django.db import models\n\nclass A(models.Model):\n"
        "    b = models.ForeignKey('self', models.CASCADE, related_name='</text><script>alert(1)</script>')\n"
        "    c = models.ForeignKey('\"><img src=x>', models.CASCADE, related_name='\\ud800\\0')\n"
    )
    html = page(client)
    assert "<script>alert" not in html
    assert "<img" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert svg(html) is not None


def test_nothing_on_the_page_is_styled_inline(client, models):
    models(MODELS)
    assert " style=" not in page(client)
    assert "<style" not in page(client)


@pytest.mark.parametrize(
    ("zoom", "larger", "smaller"),
    [("", "1.5", ""), ("1", "1.5", ""), ("1.5", "2", "1"), ("2", "3", "1.5"), ("4", "", "3"), ("<b>", "1.5", "")],
)
def test_without_javascript_links_make_it_larger_and_smaller(client, zoom, larger, smaller):
    html = page(client, f"{PAGE}?zoom={zoom}")
    assert (f'<a href="?zoom={larger}#diagram">Larger</a>' in html) == bool(larger)
    assert (f'<a href="?zoom={smaller}#diagram">Smaller</a>' in html) == bool(smaller)
    assert "<b>" not in html


def test_a_zoomed_drawing_is_larger(client):
    once, twice = (svg(page(client, f"{PAGE}?zoom={zoom}")) for zoom in ("1", "2"))
    assert once.get("viewBox") == twice.get("viewBox")
    assert [int(twice.attrib[side]) for side in ("width", "height")] == [
        2 * int(once.attrib[side]) for side in ("width", "height")
    ]


def test_too_many_models_are_told_in_the_table_only(client, models):
    models(
        "from django.db import models\n"
        + "".join(f"class A{at}(models.Model):\n    n = models.IntegerField()\n" for at in range(90))
    )
    html = page(client)
    assert "There are too many models to draw." in html
    assert "<svg role" not in html
    assert '<th scope="rowgroup" rowspan="1">A89</th>' in html


@pytest.mark.parametrize("source", ["", "x = 1", "class A("])
def test_a_file_without_models_has_no_drawing(client, models, source):
    models(source)
    html = page(client)
    assert "<svg role" not in html
    assert "<h1>bookshop</h1>" in html


def test_the_panel_beside_a_lesson_leads_to_the_drawing(client):
    html = page(client, LESSON)
    assert '1 model · <a href="/worlds/bookshop/">diagram</a>' in html


@pytest.mark.parametrize("address", [LESSON, "/playground/", PAGE])
def test_how_many_rows_there_are_is_said_once_it_is_known(client, monkeypatch, address):
    assert not re.search(r"\d rows", page(client, address))
    monkeypatch.setattr(checking, "rows", lambda world: 1240)
    assert "1,240 rows" in page(client, address)


def test_the_page_of_a_world_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        page(client)


@pytest.mark.sandbox
@pytest.mark.django_db(transaction=True)
def test_the_sandbox_says_how_many_rows_a_world_has():
    checking.sandbox_status()
    assert (checking.rows("bookshop") or 0) > 1000
    assert checking.rows("nowhere") is None
