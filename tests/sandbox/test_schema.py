"""The schema observer: models as tables, what Django's checks find, and what rows do."""

from base64 import b64decode
from collections.abc import Callable
from typing import Any

import pytest

from sandbox.client import Sandbox
from sandbox.protocol import File, Job, Observation, Outcome, Result

HEAD = """from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

"""


@pytest.fixture
def seen(sandbox: Sandbox) -> Callable[..., Observation]:
    def seen(text: str, *probes: str, **job: Any) -> Observation:
        files = (File("shop/models.py", HEAD + text),)
        return sandbox.run(Job(observer="schema", world="library", files=files, options={"probes": list(probes)}, **job))

    return seen


@pytest.fixture
def result(seen: Callable[..., Observation]) -> Callable[..., Result]:
    def result(text: str, *probes: str, **job: Any) -> Result:
        observation = seen(text, *probes, **job)
        assert observation.outcome is Outcome.OK, observation
        return observation.results[0]

    return result


@pytest.fixture
def table(result: Callable[..., Result]) -> Callable[[str], Any]:
    """``table(fields)``: the one model of these lines."""

    def table(fields: str) -> Any:
        lines = "".join(f"    {line}\n" for line in fields.splitlines())
        (model,) = result(f"class Loaf(models.Model):\n{lines}").seen["models"]
        return model

    return table


def of(model: Any, part: str) -> list[tuple[Any, ...]]:
    return [tuple(one[key] for key in ("on", "where")) for one in model[part]]


def test_a_field_has_its_class_its_column_and_the_options_that_say_something(table):
    model = table("price = models.DecimalField('Price', max_digits=6, decimal_places=2, null=True, default=0)")
    price = model["fields"][1]
    options = {"null": True, "max_digits": 6, "decimal_places": 2, "default": 0}
    assert price == {"name": "price", "type": "DecimalField", "sql": "decimal", "options": options}
    assert model["table"] == "shop_loaf"


def test_a_learners_own_field_is_the_nearest_of_djangos(result):
    text = "class Isbn(models.CharField): pass\nclass Loaf(models.Model): isbn = Isbn(max_length=3)"
    assert result(text).seen["models"][0]["fields"][1]["type"] == "CharField"


def test_choices_are_what_may_be_stored_and_a_callable_default_is_no_value(table):
    model = table("state = models.JSONField(choices={'b': 'B', 'a': 'A'}, default=list)")
    options = model["fields"][1]["options"]
    assert options["choices"] == ["list", ["a", "b"]]
    assert options["default"] == ["other", "callable", "a callable"]


def test_a_function_that_always_gives_the_same_is_that_value(table):
    code = "state = models.CharField(max_length=9, default=lambda: 'dough')"
    assert table(code)["fields"][1]["options"]["default"] == "dough"


@pytest.mark.parametrize(
    "field",
    [
        "TextField(default='')",
        "TextField(blank=True)",
        "DateField(null=True, default=None)",
        "CharField(max_length=3, default='')",
    ],
)
def test_a_default_that_is_there_anyway_says_nothing(table, field):
    assert "default" not in table(f"one = models.{field}")["fields"][1]["options"]


@pytest.mark.parametrize("field", ["TextField(null=True, default='')", "IntegerField(default=0)", "BooleanField(default=False)"])
def test_a_default_that_makes_a_difference_is_told(table, field):
    assert "default" in table(f"one = models.{field}")["fields"][1]["options"]


def test_a_moment_that_fills_itself_in_is_not_said_to_be_blank(table):
    assert table("at = models.DateTimeField(auto_now=True)")["fields"][1]["options"] == {"auto_now": True}


@pytest.mark.parametrize("zone", ["None", "datetime.UTC"])
def test_the_present_moment_as_a_default_is_the_same_in_every_run(table, zone):
    field = f"import datetime\nat = models.DateTimeField(default=datetime.datetime.now({zone}))"
    assert table(field)["fields"][1]["options"] == {"default": ["other", "moment", "the moment when the file was read"]}


def test_a_relation_says_where_to_and_what_happens_on_delete(table):
    author = table("author = models.ForeignKey('library.Author', models.PROTECT, related_name='loaves')")["fields"][1]
    assert author["options"] == {"to": "library.Author", "on_delete": "PROTECT", "related_name": "loaves"}


@pytest.mark.parametrize(
    "fields",
    [
        "name = models.CharField(max_length=9, unique=True)",
        "name = models.CharField(max_length=9, unique=True, db_index=True)",
        "name = models.CharField(max_length=9)\nclass Meta: unique_together = [['name']]",
        "name = models.CharField(max_length=9)\nclass Meta: constraints = [models.UniqueConstraint(fields=['name'], name='one')]",
    ],
)
def test_unique_is_unique_however_it_is_written(table, fields):
    model = table(fields)
    assert of(model, "uniques") == [(["name"], "")]
    assert model["indexes"] == []


@pytest.mark.parametrize(
    "fields",
    [
        "day = models.DateField(db_index=True)",
        "day = models.DateField()\nclass Meta: indexes = [models.Index(fields=['day'])]",
        "day = models.DateField(db_column='d')\nclass Meta: indexes = [models.Index(F('day'), name='days')]",
    ],
)
def test_an_index_is_an_index_however_it_is_written(table, fields):
    assert of(table(fields), "indexes") == [(["day"], "")]


def test_a_falling_index_and_one_on_an_expression_are_others(table):
    indexes = "[models.Index(fields=['-n', 'id']), models.Index(Lower('n'), name='l')]"
    model = table(f"n = models.CharField(max_length=9)\nclass Meta: indexes = {indexes}")
    assert of(model, "indexes") == [(["n DESC", "id"], ""), (["(LOWER(n))"], "")]


@pytest.mark.parametrize(
    "condition",
    ["Q(sold=None, n=1)", "Q(n=1) & Q(sold__isnull=True)", "~Q(sold__isnull=False) & Q(n__exact=1)", "Q(n=1) & ~~Q(sold=None)"],
)
def test_a_condition_is_one_however_it_is_written(table, condition):
    index = f"models.UniqueConstraint(fields=['n'], condition={condition}, name='one')"
    model = table(f"n = models.IntegerField()\nsold = models.DateField(null=True)\nclass Meta: constraints = [{index}]")
    assert of(model, "uniques") == [(["n"], "(n = 1 AND sold IS NULL)")]


def test_a_check_says_which_fields_it_is_about(table):
    check = "models.CheckConstraint(condition=Q(n__gte=1) | Q(m=F('n')), name='positive')"
    model = table(f"n = models.IntegerField()\nm = models.IntegerField()\nclass Meta: constraints = [{check}]")
    assert model["checks"] == [{"name": "positive", "on": ["m", "n"], "where": "(m = (n) OR n >= 1)"}]


def test_a_base_class_without_a_table_does_not_show(result):
    text = (
        "class Dated(models.Model):\n    day = models.DateField()\n    class Meta: abstract = True\n"
        "class Loaf(Dated): n = models.IntegerField()"
    )
    (model,) = result(text).seen["models"]
    assert [field["name"] for field in model["fields"]] == ["id", "day", "n"]
    assert model["parents"] == []


def test_the_sql_is_what_the_database_holds(result):
    text = "class Tag(models.Model): pass\nclass Loaf(models.Model): tags = models.ManyToManyField(Tag)"
    sql = result(text).seen["sql"]
    assert [one.split("(")[0].strip() for one in sql if one.startswith("CREATE TABLE")] == [
        'CREATE TABLE "shop_tag"', 'CREATE TABLE "shop_loaf"', 'CREATE TABLE "shop_loaf_tags"'
    ]  # fmt: skip


def test_what_djangos_checks_find_is_told_and_rows_are_tried_all_the_same(result):
    text = "class Loaf(models.Model):\n    a = models.ForeignKey('library.Author', models.CASCADE, unique=True)"
    found = result(text, "1 + 1")
    assert [(one["id"], one["on"], one["serious"]) for one in found.seen["findings"]] == [("fields.W342", "shop.Loaf.a", False)]
    assert found.steps[0].seen == {"value": 2}


def test_what_migrate_would_refuse_makes_no_table(result):
    found = result("class Loaf(models.Model):\n    a = models.ForeignKey('Nobody', models.CASCADE)", "1 + 1")
    assert {one["id"] for one in found.seen["findings"]} == {"fields.E300", "fields.E307"}
    assert (found.seen["models"], found.steps) == ([], ())


def test_rows_are_tried_by_probes(result):
    text = "class Loaf(models.Model):\n    n = models.IntegerField(unique=True)\n    def __str__(self): return f'No. {self.n}'"
    probe = "from shop.models import Loaf\nstr(Loaf.objects.create(n=1))\nLoaf.objects.create(n=1)\nLoaf(n=None).full_clean()"
    steps = result(text, probe).steps
    assert steps[0].seen == {"value": "No. 1"}
    assert [step.error.type for step in steps if step.error] == ["IntegrityError", "ValidationError"]
    assert [one["model"] for one in steps[-1].seen["changes"]] == ["shop.Loaf"]


def test_every_hidden_database_gets_the_tables(sandbox, seen):
    (image,) = sandbox.run(Job(observer="image", world="library", files=(), options={"seed": 1, "size": 0})).results
    text = "class Loaf(models.Model):\n    a = models.ForeignKey('library.Author', models.CASCADE, related_name='loaves')"
    found = seen(text, "from shop.models import Loaf\nLoaf.objects.count()", databases=(b64decode(image.seen["image"]),) * 2)
    assert [one.steps[0].seen for one in found.results] == [{"value": 0}] * 2
    assert found.results[0].seen == found.results[1].seen


LIE = """class Lie(str):
    __str__ = __repr__ = lambda self: "x" * 10**8
class Loaf(models.Model):
    n = models.CharField(max_length=3, default=Lie("x"))"""


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("class Loaf(models.Model):\n    def __str__(self):\n        while True: pass", Outcome.TIMEOUT),
        ("for n in range(300): type(f'M{n}', (models.Model,), {'__module__': __name__})", Outcome.OUTPUT),
        (LIE, Outcome.OK),
        ("class Loaf(models.Model):\n    n = models.CharField(max_length=3, default=[[0]] * 10**6)", Outcome.OUTPUT),
        ("raise SystemExit(0)", Outcome.ERROR),
        ("models.Model.check = classmethod(lambda *a, **k: 1 / 0)\nclass Loaf(models.Model): pass", Outcome.ERROR),
    ],
)  # fmt: skip
def test_hostile_models_get_no_further_than_others(seen, text, outcome):
    found = seen(text, "from shop.models import Loaf\nstr(Loaf())", seconds=1.0)
    assert found.outcome is outcome
