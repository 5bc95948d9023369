"""Calls: a learner's functions are asked by probes, in a project of several files, and what they leave behind is seen."""

import pytest

from tests.sandbox.probing import asked, changes, image, left, steps, values

MAIL = "from django.core import mail\ndef tell(name):\n    mail.send_mail('Hello', f'Dear {name}', 'a@b.org', ['c@d.org'])\n"
TASK = "from django.tasks import task\n@task\ndef count(pk, *, again=False): pass\ndef later(pk): count.enqueue(pk, again=True)\n"
CACHE = "from django.core.cache import cache\ndef hits():\n    cache.add('n', 0)\n    return cache.incr('n')\n"
ROLLED_BACK = """from django.db import transaction
def f():
    with transaction.atomic():
        Author.objects.create(name='x')
        transaction.set_rollback(True)"""


@pytest.fixture
def call(sandbox):
    """``call(files, *probes, **options)``; a text stands for the one file of a one-file answer."""

    def call(files, *probes, **also):
        return asked(sandbox, "calls", {"answer.py": files} if isinstance(files, str) else files, *probes, **also)

    return call


# The project


@pytest.mark.parametrize(
    "probe",
    [
        "from shop.services import double\ndouble(4)",
        "import shop.services\nshop.services.double(4)",
        "from shop import services\nservices.double(4)",
        "from shop.views import twice\ntwice(4)",
    ],
)
def test_modules_are_imported_by_their_paths(call, probe):
    files = {"shop/services.py": "def double(n): return 2 * n", "shop/views.py": "from .services import double as twice"}
    assert values(call(files, probe)) == [8]


def test_packages_have_their_init_file_and_may_be_nested(call):
    files = {"shop/__init__.py": "rate = 3", "shop/money/tax.py": "from shop import rate\ndef tax(n): return n * rate"}
    assert values(call(files, "from shop.money.tax import tax\ntax(2)")) == [6]


def test_one_file_gives_its_names_to_the_probe_beside_the_worlds_and_the_usual_ones(call):
    assert values(call("def double(n): return 2 * n", "double(Book.objects.count())\nQ(pk=1) == Q(pk=1)")) == [24, True]


def test_given_files_are_imported_but_are_no_file_of_the_learners(call):
    files = {"shop/services.py": "from shop.money import fail\ndef go(): return fail()"}
    seen = call(files, "from shop.services import go\ngo()", given=[["shop/money.py", "def fail(): return 1 / 0"]])
    (step, _) = steps(seen)
    assert (step.error.path, step.error.line) == ("shop/services.py", 2)
    assert [frame.path for frame in step.error.frames] == ["shop/services.py"]


def test_setup_runs_before_a_one_file_answer(call):
    assert values(call("def f(): return x", "f()", setup="x = 5")) == [5]


def test_an_app_with_models_has_tables_and_may_refer_to_the_world(call):
    models = (
        "from django.db import models\nclass Loan(models.Model):\n    book = models.ForeignKey('library.Book', models.CASCADE)"
    )
    probe = """from shop.models import Loan
Loan.objects.create(book_id=1).pk
Book.objects.get(loan=1).pk
Book.objects.first().delete()"""
    seen = call({"shop/models.py": models}, probe)
    assert values(seen) == [1, 1, ["tuple", [2, ["dict", [["shop.Loan", 1], ["library.Book", 1]]]]]]


def test_an_app_of_a_nested_package_is_called_by_its_last_name(call):
    models = "from django.db import models\nclass Loan(models.Model): days = models.IntegerField()"
    seen = call({"shop/loans/models.py": models}, "from shop.loans.models import Loan\nLoan.objects.create(days=2)._meta.label")
    assert values(seen) == ["loans.Loan"]
    assert changes(seen)[0]["model"] == "loans.Loan"


def test_an_apps_ready_method_is_called(call):
    files = {
        "shop/apps.py": "from django.apps import AppConfig\nclass Shop(AppConfig):\n    name = 'shop'\n"
        "    def ready(self):\n        import shop.signals",
        "shop/signals.py": "from django.db.models.signals import post_save\nfrom django.dispatch import receiver\nsaved = []\n"
        "@receiver(post_save)\ndef note(instance, **kwargs): saved.append(instance.pk)",
    }
    assert values(call(files, "Author.objects.create(name='x').pk\nfrom shop.signals import saved\nsaved")) == [7, ["list", [7]]]


def test_templates_and_tags_are_found(call):
    files = {
        "shop/templates/shop/one.html": "{% load money %}{{ n|euro }}",
        "shop/templatetags/money.py": "from django import template\nregister = template.Library()\n"
        "@register.filter\ndef euro(n): return f'{n} EUR'",
        "page.html": "{% include 'shop/one.html' %}!",
    }
    probe = "from django.template.loader import render_to_string\nrender_to_string('page.html', {'n': 4})"
    assert values(call(files, probe)) == ["4 EUR!"]


@pytest.mark.parametrize(
    ("files", "error", "where"),
    [
        ({"shop/services.py": "x = 1\ndef f(:"}, "SyntaxError", ("shop/services.py", 2)),
        ({"shop/models.py": "from django.db import models\nmodels.Nothing()"}, "AttributeError", ("shop/models.py", 2)),
        ({"answer.py": "x = 1\n1 / 0"}, "ZeroDivisionError", ("answer.py", 2)),
        ({"answer.py": "raise SystemExit(0)"}, "SystemExit", ("answer.py", 1)),
    ],
)
def test_what_cannot_be_loaded_is_an_error_on_its_line(call, files, error, where):
    seen = call(files, "1")
    assert seen.outcome == "error"
    assert seen.error.type == error
    assert (seen.error.path, seen.error.line) == where


# Steps


def test_each_expression_is_a_step_with_its_own_queries(call):
    seen = call("def names(): return [b.author.name for b in Book.objects.all()[:2]]", "n = 1\nnames()\nBook.objects.count()")
    assert [(step.asked, step.queries) for step in steps(seen)] == [("names()", 3), ("Book.objects.count()", 1), ("", 0)]
    assert seen.results[0].queries == 4


def test_what_is_raised_is_a_step_and_the_next_is_asked(call):
    seen = call("def f(n):\n    if n: raise ValueError('no')\n    return n", "f(1)\nf(0)")
    (raised, given, _) = steps(seen)
    assert (raised.error.type, raised.error.message, raised.error.line, raised.seen) == ("ValueError", "no", 2, {})
    assert given.seen == {"value": 0}


def test_where_a_probe_cannot_be_prepared_the_rest_of_it_is_not_asked(call):
    seen = call({"shop/services.py": "def g(): return 1"}, "from shop.services import f\nf()\nf()", "1 + 1")
    assert [(step.asked, step.error and step.error.type) for step in steps(seen)] == [
        ("from shop.services import f", "ImportError"),
        ("", None),
        ("1 + 1", None),
        ("", None),
    ]


def test_a_queryset_is_its_rows(call):
    seen = call("def f(): return Author.objects.filter(pk__lt=3).values_list('pk', flat=True)", "f()")
    assert values(seen) == [["list", [1, 2]]]


# What is left behind


def test_each_probe_starts_afresh(call):
    code = f"{MAIL}{TASK}{CACHE}"
    probe = "Author.objects.create(name='x').pk\ntell('x')\nlater(1)\nhits()"
    seen = call({"shop/services.py": code}, *[f"from shop.services import *\n{probe}"] * 2)
    assert values(seen) == [7, None, None, 1] * 2
    first, second = left(seen)
    assert first == second
    assert first["mail"] == [{"to": ["list", ["c@d.org"]], "subject": "Hello", "body": "Dear x"}]
    assert first["tasks"] == [{"task": "shop.services.count", "args": ["list", [1]], "kwargs": ["dict", [["again", True]]]}]


def test_rows_added_changed_and_removed_are_told_by_column(call):
    probe = """Author.objects.create(name='x', born=1900)
Book.objects.filter(pk=2).update(lent=True, title='t')
Book.objects.filter(pk=3).delete()"""
    assert changes(call("", probe)) == [
        {"model": "library.Author", "change": "added", "values": {"name": "x", "born": 1900}},
        {"model": "library.Book", "change": "changed", "pk": 2, "values": {"title": "t", "lent": True}},
        {"model": "library.Book", "change": "removed", "pk": 3},
    ]


@pytest.mark.parametrize(
    ("price", "told"),
    [
        ("2", ["decimal", "2.00"]),
        ("Decimal('12.5')", ["decimal", "12.50"]),
        ("F('price') * 0 + 1.255", ["decimal", "1.255"]),
        ("'1e400'", ["float", "inf"]),
    ],
)
def test_a_price_is_told_as_its_column_has_it(call, price, told):
    seen = call("", f"Book.objects.filter(pk=1).update(price={price})")
    assert [change["values"]["price"] for change in changes(seen)] == [told]


def test_a_row_that_is_as_it_was_is_no_change(call):
    probe = "Book.objects.update(lent=True)\nBook.objects.update(lent=False)\nAuthor.objects.create(name='x').delete()"
    assert changes(call("", probe)) == []


def test_only_the_named_tables_are_looked_at(call):
    probe = "Author.objects.create(name='x')\nBook.objects.filter(pk=3).update(title='t')"
    assert [change["model"] for change in changes(call("", probe, tables=["Book"]))] == ["library.Book"]


def test_a_table_that_no_model_has_is_an_error_of_the_exercise(call):
    seen = call("", "Author.objects.create(name='x')", tables=["Bock"])
    assert (seen.error.type, seen.error.message) == ("LookupError", "There is no model Bock.")


def test_the_present_is_called_by_its_name_and_the_past_is_not(call):
    probe = """Book.objects.filter(pk=1).update(added=timezone.now())
Book.objects.filter(pk=2).update(added=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))"""
    assert [change["values"]["added"] for change in changes(call("", probe))] == ["now", ["datetime", "2020-01-01T00:00:00"]]


def test_generated_keys_dates_and_random_uuids_are_made_alike(call):
    models = """
import uuid
from django.db import models
class Loan(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    day = models.DateField(auto_now_add=True)
    back = models.DateField(null=True)
class Line(models.Model):
    loan = models.ForeignKey(Loan, models.CASCADE)
class Fine(Line):
    euros = models.IntegerField()
"""
    probe = "from shop.models import *\nFine.objects.create(loan=Loan.objects.create(back='2020-01-01'), euros=3)"
    assert changes(call({"shop/models.py": models}, probe)) == [
        {
            "model": "shop.Loan",
            "change": "added",
            "values": {"id": "a random UUID", "day": "today", "back": ["date", "2020-01-01"]},
        },
        {"model": "shop.Line", "change": "added", "values": {"loan_id": "new"}},
        {"model": "shop.Fine", "change": "added", "values": {"line_ptr_id": "new", "euros": 3}},
    ]


def test_which_new_row_is_referred_to_does_not_depend_on_which_came_first(call):
    code = """def add(*names):
    for name in names:
        author = Author.objects.create(name=name)
        Book.objects.create(title=f'By {name}', author=author, price=1, added=timezone.now())"""
    one, other = (changes(call(code, probe)) for probe in ("add('a', 'b')", "add('b', 'a')"))
    assert sorted(map(str, one)) == sorted(map(str, other))
    assert {change["values"]["title"]: change["values"]["author_id"] for change in one[2:]} == {"By a": "new 1", "By b": "new 2"}


def test_new_rows_that_nothing_tells_apart_have_one_name(call):
    probe = """for _ in range(2):
    Book.objects.create(title='t', author=Author.objects.create(name='x'), price=1, added=timezone.now())"""
    assert [change["values"]["author_id"] for change in changes(call("", probe))[2:]] == ["new", "new"]


def test_keys_of_two_columns_and_junction_tables_are_rows_too(call):
    models = """
from django.db import models
class Place(models.Model):
    pk = models.CompositePrimaryKey('shelf', 'number')
    shelf, number = models.CharField(max_length=3), models.IntegerField()
    free = models.BooleanField(default=True)
class Tag(models.Model):
    name = models.CharField(max_length=9, primary_key=True)
    books = models.ManyToManyField('library.Book')
"""
    probe = """from shop.models import *
Place.objects.create(shelf='a', number=1)
Tag.objects.create(name='new').books.add(1)"""
    assert changes(call({"shop/models.py": models}, probe)) == [
        {"model": "shop.Place", "change": "added", "values": {"shelf": "a", "number": 1, "free": True}},
        {"model": "shop.Tag_books", "change": "added", "values": {"tag_id": "new", "book_id": 1}},
        {"model": "shop.Tag", "change": "added", "values": {"name": "new"}},
    ]


@pytest.mark.parametrize(
    "code",
    [
        ROLLED_BACK,
        "from django.db import transaction\ndef f():\n    transaction.set_autocommit(False)\n    Author.objects.create(name='x')",
        "from django.db import transaction\ndef f():\n    transaction.atomic().__enter__()\n    Author.objects.create(name='x')",
    ],
    ids=["rolled back", "never committed", "never left"],
)
def test_what_is_not_committed_is_not_left_behind(call, code):
    seen = call(code, "f()", "Author.objects.create(name='y').pk")
    assert [len(one["changes"]) for one in left(seen)] == [0, 1]
    assert values(seen) == [None, 7]


# Between two hidden databases


def test_nothing_is_left_from_one_database_to_the_next(call, sandbox):
    files = {
        "shop/models.py": "from django.db import models\nclass Loan(models.Model):\n"
        "    book = models.ForeignKey('library.Book', models.CASCADE)",
        "shop/services.py": CACHE + MAIL + TASK + "seen = []\ndef note(): seen.append(1); return len(seen)",
        "shop/signals.py": "from django.db.models.signals import post_save\ncalls = []\n"
        "def saved(**kwargs): calls.append(1)\npost_save.connect(saved, weak=False)",
        "library/extra.py": "count = []\ndef bump(): count.append(1); return len(count)",
    }
    probe = """from shop.services import *
from shop.signals import calls
from shop.models import Loan
import library.extra
from library import extra
tell('x')
later(1)
note()
hits()
extra.bump()
Author.objects.create(name='x').name
Loan.objects.create(book=Book.objects.first()).pk
len(calls)
library.models is not None
len(Book._meta.related_objects)"""
    one, other = call(files, probe, databases=(image(sandbox),) * 2).results
    assert [step.seen for step in one.steps] == [step.seen for step in other.steps]
    assert [step.seen["value"] for step in one.steps[2:9]] == [1, 1, 1, "x", 1, 2, True]


def test_each_database_is_asked_from_the_beginning(call, sandbox):
    seen = call("def f(): return Book.objects.count()", "f()", databases=(image(sandbox), image(sandbox, size=0)))
    assert [result.steps[0].seen["value"] for result in seen.results] == [6, 0]
    assert [result.label for result in seen.results] == ["hidden 1", "hidden 2"]


# Learners who do not mean well, or do not look


@pytest.mark.parametrize(
    ("code", "outcome", "limit"),
    [
        ("def f(): exit()", "error", ""),
        ("def f():\n    while True: pass", "timeout", "1 second"),
        ("def f(): return [0] * 10 ** 10", "memory", "256 MB"),
        ("def f(): return [list(range(1000))] * 1000", "output", "400,000 values"),
        ("def f(): return ['x' * 9000] * 1000", "output", "8 MB of results"),
        ("class A:\n    def __repr__(self):\n        while True: pass\ndef f(): return A()", "timeout", "1 second"),
        ("def f():\n    while True: print('x' * 1000)", "output", "64 KB of printed text"),
        ("import os\ndef f(): os._exit(0)", "crashed", ""),
        ("def f(): return Author.objects.bulk_create([Author(name='x')] * 10_001) and None", "output", "10,000 changed rows"),
        ("import sandbox.probes\ndef f(): sandbox.probes.left_behind = None", "error", ""),
        ("from django.core import mail\ndef f(): mail.outbox = 7", "error", ""),
        ("from django.db import connection\ndef f(): connection.connection = None", "error", ""),
        ("from sandbox.limits import Limit\ndef f(): raise Limit('output', 'none')", "output", "none"),
    ],
)
def test_a_call_ends_as_a_run_does(call, code, outcome, limit):
    seen = call(code, "f()", seconds=1.0)
    assert (seen.outcome, seen.limit) == (outcome, limit)


def test_endless_sql_is_a_timeout_in_every_probe(call):
    code = """from django.db import connection
def f():
    endless = 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n'
    connection.cursor().execute(endless)"""
    for probes in (("f()",), ("1", "f()")):
        assert call(code, *probes, seconds=1.0).outcome == "timeout"


def test_many_steps_and_many_values_in_all_are_too_much(call):
    assert call("", "1\n" * 150, "1\n" * 150).limit == "200 steps"
    assert call("", "list(range(150_000))\n" * 3).limit == "400,000 values"


@pytest.mark.parametrize(
    "code",
    [
        "class A:\n    __class__ = str\n    def __repr__(self): return 1\ndef f(): return A()",
        "class A(Exception):\n    def __str__(self): return 5\ndef f(): raise A('x' * 10 ** 6)",
        "def f(): raise type('E' * 10 ** 6, (Exception,), {})",
        "x = []\nx.append(x)\ndef f(): return x",
        "class A(dict):\n    def items(self): return 7\ndef f(): return A(a=1)",
        "class A:\n    def __getattribute__(self, name): raise SystemError\ndef f(): return A()",
        "def f(): return 10 ** 5000",
        "def f(): return '\\ud800'",
    ],
)
def test_values_and_exceptions_that_lie_are_shown_as_far_as_they_go(call, code):
    assert len(values(call(code, "f()"))) == 1


def test_a_huge_mail_is_cut(call):
    seen = call(MAIL, "tell('x' * 10 ** 6)")
    assert len(left(seen)[0]["mail"][0]["body"]) < 10_100
