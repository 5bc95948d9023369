"""What the editor offers to finish, as one document for each world."""

import json

import pytest

from lessons import course
from lessons.views.completions import document, models
from lessons.views.worlds import tables

pytestmark = pytest.mark.django_db

ADDRESS = "/worlds/bookshop/completions.json"
SOURCE = """
from django.db import models


class Dated(models.Model):
    made = models.DateTimeField()

    class Meta:
        abstract = True


class Author(models.Model):
    name = models.CharField(max_length=9)
    mentor = models.ForeignKey("self", models.CASCADE, related_name="pupils")


class Cover(models.Model):
    book = models.OneToOneField("shop.Book", models.CASCADE)


class Book(Dated):
    code = models.PositiveSmallIntegerField(primary_key=True)
    author = models.ForeignKey(Author, models.CASCADE, related_name="books", related_query_name="written")
    editor = models.ForeignKey(Author, models.CASCADE, related_name="+")
    translator = models.ForeignKey(Author, models.CASCADE)
"""


@pytest.fixture
def known():
    return models(tables(SOURCE))


def test_a_field_says_what_it_stores_and_where_it_leads(known):
    assert known["Author"]["paths"]["name"] == ("Char", "")
    assert known["Book"]["paths"]["author"] == ("one", "Author")
    assert known["Book"]["attributes"]["author_id"] == ("Integer", "")


def test_a_relation_can_be_followed_backwards_by_the_names_that_django_gives_it(known):
    paths, attributes = known["Author"]["paths"], known["Author"]["attributes"]
    assert paths["written"] == ("many", "Book")
    assert attributes["books"] == ("many", "Book")
    assert paths["book"] == attributes["book_set"] == ("many", "Book")
    assert "books" not in paths
    assert "written" not in attributes


def test_a_relation_to_itself_is_followed_both_ways(known):
    assert known["Author"]["paths"]["mentor"][0] == "one"
    assert known["Author"]["paths"]["pupils"] == ("many", "Author")


def test_one_row_at_most_comes_back_over_one_to_one(known):
    assert known["Book"]["paths"]["cover"] == known["Book"]["attributes"]["cover"] == ("one", "Cover")


def test_what_an_abstract_model_declares_is_its_childrens(known):
    assert known["Book"]["paths"]["made"] == ("DateTime", "")


def test_only_a_model_without_a_primary_key_of_its_own_has_an_id(known):
    assert "id" in known["Author"]["paths"]
    assert "id" not in known["Book"]["paths"]
    assert "pk" in known["Book"]["paths"]


@pytest.mark.parametrize("source", ["", "class Book(", "x = 1", "class A(A):\n    pass"])
def test_a_world_that_cannot_be_read_leaves_django(source):
    found = json.loads(document(source))
    assert found["models"] == {}
    assert "filter" in found["queryset"]


def test_lookups_fit_what_is_stored():
    lookups = json.loads(document(""))["lookups"]
    assert "icontains" in lookups["Char"]
    assert "icontains" not in lookups["Integer"]
    assert "gte" not in lookups["Boolean"]
    assert lookups["Date"]["year"] == "Integer"
    assert lookups["DateTime"]["date"] == "Date"
    assert set(lookups["one"]) == {"exact", "in", "isnull"}


def test_the_names_are_djangos_own():
    found = json.loads(document(""))
    assert {"filter", "select_related", "aggregate"} <= set(found["manager"])
    assert "delete" in found["queryset"]
    assert "delete" not in found["manager"]
    assert "render" in found["modules"]["django.shortcuts"]
    assert "HttpResponse" not in found["modules"]["django.shortcuts"]
    assert {"Count", "Q", "Model"} <= set(found["modules"]["django.db.models"])
    assert {"for", "block", "partialdef"} <= set(found["tags"])
    assert "date" in found["filters"]


def test_the_document_is_kept_by_whoever_asks_with_the_course_s_digest(client):
    known = client.get(ADDRESS, {"v": course.current().digest})
    assert known["Content-Type"] == "application/json"
    assert "Book" in known.json()["models"]
    assert "max-age" in known["Cache-Control"]
    assert "no-cache" in client.get(ADDRESS, {"v": "another"})["Cache-Control"]
    assert client.get(ADDRESS, headers={"If-None-Match": known["ETag"]}).status_code == 304


def test_an_unknown_world_has_no_document(client):
    assert client.get("/worlds/nothing/completions.json").status_code == 404
