"""What honest learners do works, in every level that this machine has."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.protocol import File, Job
from tests.sandbox.attacks.arena import job
from tests.sandbox.attacks.honest_django import DJANGO, FUNCTIONS
from tests.sandbox.attacks.honest_python import PYTHON
from tests.sandbox.attacks.zygotes import Bent

BEFORE_PYTHON_3_14 = "UUID7"
HONEST = PYTHON | DJANGO
HELPERS = """def sql(statement):
    from django.db import connection
    with connection.cursor() as cursor:
        return cursor.execute(statement).fetchall()
"""


@pytest.fixture
def rows(level: Bent) -> Callable[[str], Any]:
    def rows(code: str) -> Any:
        seen = level.run(job(code, options={"setup": HELPERS}))
        assert seen.outcome == "ok", (seen.outcome, seen.limit, seen.error, seen.printed)
        return seen.results[0].seen["rows"]

    return rows


@pytest.mark.parametrize("name", HONEST)
def test_honest_work_works(rows: Callable[[str], Any], name: str) -> None:
    code, expected = HONEST[name]
    assert (got := rows(code)) == expected or expected is None, got


def test_every_function_of_django_works(rows: Callable[[str], Any]) -> None:
    assert set(rows(FUNCTIONS)) <= {BEFORE_PYTHON_3_14}


MODELS = """from django.db import models

class Loaf(models.Model):
    name = models.CharField(max_length=9, unique=True)
    author = models.ForeignKey("library.Author", models.CASCADE)
    tags = models.JSONField(default=dict)
    image = models.FileField(upload_to="loaves", blank=True)
"""
TESTS = """from django.core import mail
from django.db import transaction
from django.http import JsonResponse
from django.test import RequestFactory, TestCase, TransactionTestCase, override_settings
from django.urls import path

urlpatterns = [path("", lambda request: JsonResponse({"path": request.path}))]

@override_settings(ROOT_URLCONF=__name__)
class Requests(TestCase):
    def test_client(self):
        self.assertEqual(self.client.get("/").json(), {"path": "/"})
        self.assertContains(self.client.get("/nowhere/"), "Not Found", status_code=404)
        self.assertEqual(RequestFactory().post("/", {"a": 1}).POST["a"], "1")

    def test_mail(self):
        with self.captureOnCommitCallbacks(execute=True):
            transaction.on_commit(lambda: mail.send_mail("a", "b", None, ["c@example.com"]))
        self.assertEqual(len(mail.outbox), 1)

class Flushed(TransactionTestCase):
    def test_atomic(self):
        with transaction.atomic():
            pass
"""


def test_models_become_tables(level: Bent) -> None:
    probe = "from shop.models import Loaf\nLoaf(name='rye').full_clean()\nLoaf.objects.count()"
    job = Job(observer="schema", world="library", files=(File("shop/models.py", MODELS),), options={"probes": [probe]})
    (result,) = level.run(job).results
    assert [one["model"] for one in result.seen["models"]] == ["shop.Loaf"]
    assert [step.error.type if step.error else step.seen for step in result.steps[:2]] == ["ValidationError", {"value": 0}]


def test_tests_are_run(level: Bent) -> None:
    seen = level.run(Job(observer="tests", world="library", files=(File("shop/tests.py", TESTS),)))
    assert seen.outcome == "ok", seen
    ends = [(test["name"], test["outcome"], test["said"]) for test in seen.results[0].seen["versions"][0]["tests"]]
    assert ends == [(name, "passed", "") for name in ("Requests.test_client", "Requests.test_mail", "Flushed.test_atomic")]
