"""Databases made from field types: the same everywhere, awkward on purpose, and never against the world's own rules."""

import sqlite3
from base64 import b64decode
from contextlib import closing

import pytest

from sandbox.client import Sandbox
from sandbox.protocol import Job, Outcome

MODELS = """
import uuid
from django.db import models

class Maker(models.Model):
    name = models.CharField(max_length=12, unique=True)
    email = models.EmailField()
    site = models.URLField(blank=True)
    parent = models.ForeignKey("self", models.CASCADE, null=True)

class Tag(models.Model):
    slug = models.SlugField(unique=True)

class Thing(models.Model):
    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    maker = models.ForeignKey(Maker, models.CASCADE, related_name="things")
    tags = models.ManyToManyField(Tag)
    title = models.CharField(max_length=30)
    sort = models.CharField(max_length=1, choices={"a": "A", "b": "B"})
    price = models.DecimalField(max_digits=5, decimal_places=2)
    count = models.PositiveSmallIntegerField(null=True)
    weight = models.FloatField()
    made = models.DateField()
    sold = models.DateTimeField(null=True)
    sent = models.DateTimeField(null=True)
    at = models.TimeField()
    lasts = models.DurationField()
    extra = models.JSONField()
    raw = models.BinaryField()
    host = models.GenericIPAddressField()
    good = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(price__gte=0), name="not_negative"),
            models.UniqueConstraint(fields=["title", "maker"], name="once"),
        ]

class Passport(models.Model):
    maker = models.OneToOneField(Maker, models.CASCADE)
"""
SEED = """
from .models import *

def seed(rng, size): ...

def valid():
    return not Thing.objects.filter(sent__lt=models.F("sold")).exists()
"""
AROUND = {"texts": ["The Salt Road"], "numbers": ["20", "2024", "3"], "dates": ["2020-01-01"], "seconds": [259200]}


@pytest.fixture(scope="module")
def toys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("worlds") / "toys"
    folder.mkdir()
    for name, text in (("__init__", ""), ("models", MODELS), ("seed", SEED)):
        (folder / f"{name}.py").write_text(text)
    sandbox = Sandbox(folder.parent)
    yield sandbox
    sandbox.stop()


@pytest.fixture
def filled(toys):
    """``filled(build, rows, **around)``: a database."""

    def filled(build, rows=8, **around):
        options = {"build": build, "rows": rows, "around": around or AROUND}
        seen = toys.run(Job(observer="image", world="toys", files=(), options=options))
        assert seen.outcome is Outcome.OK, seen.error
        return b64decode(seen.results[0].seen["image"])

    return filled


def column(image, name, table="toys_thing"):
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(image)
        return [value for (value,) in database.execute(f"SELECT {name} FROM {table} ORDER BY rowid")]  # noqa: S608


def all_of(filled, name, **options):
    return {value for build in range(6) for value in column(filled(build, **options), name)}


def test_every_type_of_field_is_filled(filled):
    assert len(column(filled(1), "title")) >= 4


def test_the_same_plan_gives_the_same_rows(filled):
    assert filled(3) == filled(3)
    assert column(filled(3), "title") != column(filled(4), "title")


def test_rows_lie_around_the_constants(filled):
    assert {"The Salt Road", "THE SALT ROAD", "the salt road"} <= all_of(filled, "title")
    assert {19, 20, 21} <= all_of(filled, "price")
    assert {20.01, 19.99} & all_of(filled, "price")
    assert {"2019-12-31", "2020-01-01", "2020-01-02"} <= all_of(filled, "made")
    assert {"2024-03-01 00:00:00", "2024-02-29 00:00:00"} & all_of(filled, "sold")


def test_a_text_that_no_other_row_may_have_is_now_and_then_an_exercises_own(filled):
    names = [column(filled(build, texts=["Fiction"]), "name", "toys_maker") for build in range(6)]
    assert sum("Fiction" in found for found in names) > 2
    assert any("Fiction" in found and "FICTION" in found for found in names)


def test_sums_are_made_of_what_a_float_holds_exactly(filled):
    prices = all_of(filled, "price", numbers=["20", "3"], exact=True)
    assert prices
    assert all(price * 4 == int(price * 4) for price in prices)


def test_values_are_missing_repeated_and_tied(filled):
    images = [filled(build) for build in range(6)]
    assert None in all_of(filled, "count")
    assert any(len(set(titles)) < len(titles) for titles in (column(image, "title") for image in images))
    pairs = [pair for image in images for pair in zip(column(image, "count"), column(image, "price"), strict=True)]
    assert any(count == price for count, price in pairs)


def test_some_rows_are_pointed_to_by_nothing(filled):
    makers = set(column(filled(2), "id", "toys_maker"))
    assert makers - set(column(filled(2), "maker_id"))


def test_choices_constraints_and_valid_are_kept_to(filled):
    assert all_of(filled, "sort") == {"a", "b"}
    for build in range(6):
        image = filled(build)
        assert min(column(image, "price")) >= 0
        pairs = list(zip(column(image, "title"), column(image, "maker_id"), strict=True))
        assert len(set(pairs)) == len(pairs)
        times = zip(column(image, "sold"), column(image, "sent"), strict=True)
        assert all(sold is None or sent is None or sold <= sent for sold, sent in times)


def test_a_span_apart_is_a_moment_of_interest(filled):
    image_pairs = [zip(column(filled(b), "sold"), column(filled(b), "sent"), strict=True) for b in range(8)]
    assert any(sold and sent and sold[:10] != sent[:10] for pairs in image_pairs for sold, sent in pairs)


def test_a_field_of_an_unknown_type_is_named(tmp_path):
    folder = tmp_path / "odd"
    folder.mkdir()
    odd = "class OddField(models.Field):\n    def db_type(self, connection):\n        return 'text'\n"
    (folder / "__init__.py").write_text("")
    (folder / "models.py").write_text(f"from django.db import models\n\n{odd}\nclass A(models.Model):\n    odd = OddField()\n")
    (folder / "seed.py").write_text("def seed(rng, size): ...\n")
    sandbox = Sandbox(tmp_path)
    seen = sandbox.run(Job(observer="image", world="odd", files=(), options={"build": 1, "rows": 2}))
    sandbox.stop()
    assert (seen.outcome, seen.error.type) == (Outcome.ERROR, "Unfillable")
    assert "a OddField cannot be filled" in seen.error.message


def test_the_models_names_say_what_can_be_confused(toys):
    seen = toys.run(Job(observer="image", world="toys", files=(), options={"names": True}))
    assert seen.results[0].seen["names"] == {
        "alike": {
            "email": ["name", "site"],
            "name": ["email", "site"],
            "sent": ["sold"],
            "site": ["name", "email"],
            "sold": ["sent"],
        },
        "many": ["maker", "tags", "thing", "things"],
        "closed": ["sort"],
        "relations": ["maker", "parent"],
    }
