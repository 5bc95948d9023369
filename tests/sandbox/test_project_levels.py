"""A project in memory in every level that this machine has: in the strict one, a run opens no file at all."""

import pytest

from tests.sandbox.attacks.zygotes import LEVELS, Bent
from tests.sandbox.probing import asked, changes, image, left, values

FILES = {
    "shop/__init__.py": "",
    "shop/apps.py": "from django.apps import AppConfig\nclass Shop(AppConfig):\n    name = 'shop'",
    "shop/models.py": """
import uuid
from django.db import models
class Loan(models.Model):
    book = models.ForeignKey("library.Book", models.CASCADE)
    key = models.UUIDField(default=uuid.uuid4)
    day = models.DateField(auto_now_add=True)
    readers = models.ManyToManyField("library.Author")
""",
    "shop/services.py": """
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.tasks import task
from django.template.loader import render_to_string
from .models import Loan

@task
def remind(pk): pass

@transaction.atomic
def lend(*, book, reader):
    loan = Loan.objects.create(book=book)
    loan.readers.add(reader)
    text = render_to_string("shop/loan.txt", {"loan": loan})
    transaction.on_commit(lambda: mail.send_mail("Loan", text, None, ["a@b.org"]))
    remind.enqueue(loan.pk)
    cache.set("last", loan.pk)
    return cache.get("last")
""",
    "shop/templatetags/loans.py": "from django import template\nregister = template.Library()\n"
    "@register.simple_tag\ndef day(loan): return loan.day.year > 2000",
    "shop/templates/shop/loan.txt": "{% load loans %}{% day loan %} {{ loan.book.title|upper }}",
}
PROBE = """from shop.services import lend
lend(book=Book.objects.get(pk=1), reader=Author.objects.get(pk=1))
lend(book=None, reader=None)"""


@pytest.fixture(scope="module", params=LEVELS)
def confined(request):
    made = Bent(LEVELS[request.param])
    yield made
    made.stop()


def test_a_project_works(confined):
    seen = asked(confined, "calls", FILES, PROBE)
    assert values(seen) == [1, "IntegrityError"]
    assert [change["model"] for change in changes(seen)] == ["shop.Loan_readers", "shop.Loan"]
    (after,) = left(seen)
    assert after["mail"] == [{"to": ["list", ["a@b.org"]], "subject": "Loan", "body": "True BOOK 0"}]
    assert [task["task"] for task in after["tasks"]] == ["shop.services.remind"]


def test_a_project_works_on_every_hidden_database(confined):
    one, other = asked(confined, "calls", FILES, PROBE, databases=(image(confined),) * 2).results
    assert one.steps[0].seen == {"value": 1}
    assert [step.seen for step in one.steps] == [step.seen for step in other.steps]


def test_statements_are_run_and_what_they_leave_is_seen(confined):
    code = "from django.db import transaction\nwith transaction.atomic():\n    Book.objects.update(price=F('price') + 1)"
    seen = asked(confined, "database", {"answer.py": code}, "Book.objects.get(pk=1).price > 1")
    assert values(seen) == [True]
    assert [change["change"] for change in changes(seen)] == ["changed"] * 12
