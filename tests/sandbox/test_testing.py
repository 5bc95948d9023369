"""The tests observer: how a learner's tests end on right code and on wrong code."""

from base64 import b64decode
from collections.abc import Callable
from typing import Any

import pytest

from sandbox.client import Sandbox
from sandbox.protocol import File, Job, Observation, Outcome

CODE = "def add(a, b):\n    return a + b\n"
MINUS = "# Subtracts\ndef add(a, b):\n    return a - b\n"
RIGHT = "# Right: turned round\ndef add(a, b):\n    return b + a\n"
HEAD = "import unittest\nfrom django.test import TestCase\nfrom library.models import Author\nfrom shop.services import add\n"


@pytest.fixture
def seen(sandbox: Sandbox) -> Callable[..., Observation]:
    def seen(text: str, *probes: str, given: Any = (), head: str = HEAD, **job: Any) -> Observation:
        options = {
            "given": [["shop/services.py", CODE], *given], "probes": list(probes), "paths": ["shop/services.py"] * len(probes)
        }  # fmt: skip
        files = (File("shop/tests.py", head + text),)
        return sandbox.run(Job(observer="tests", world="library", files=files, options=options, **job))

    return seen


@pytest.fixture
def ends(seen: Callable[..., Observation]) -> Callable[..., list[list[tuple[str, str]]]]:
    """``ends(text, *probes)``: of each version, the tests' names and outcomes."""

    def ends(text: str, *probes: str, **also: Any) -> list[list[tuple[str, str]]]:
        observation = seen(text, *probes, **also)
        assert observation.outcome is Outcome.OK, observation
        versions = observation.results[0].seen["versions"]
        return [[(test["name"], test["outcome"]) for test in version["tests"]] for version in versions]

    return ends


def test_a_function_passes_on_the_code_and_fails_on_the_mutant(ends):
    text = "def test_add(): assert add(1, 2) == 3"
    assert ends(text, MINUS, RIGHT) == [[("test_add", one)] for one in ("passed", "failed", "passed", "passed")]


def test_versions_have_names_and_roles(seen):
    versions = seen("", MINUS, RIGHT, "add = None").results[0].seen["versions"]
    assert [(one["name"], one["role"]) for one in versions] == [
        ("", "real"), ("Subtracts", "mutant"), ("turned round", "right"), ("Version 3", "mutant"), ("", "again")
    ]  # fmt: skip


def test_a_failure_says_what_and_where(seen):
    (test,) = seen("def test_add():\n    assert add(1, 2) == 4").results[0].seen["versions"][0]["tests"]
    assert (test["said"], test["line"], test["text"]) == ("AssertionError", 6, "assert add(1, 2) == 4")


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("self.assertEqual(add(1, 2), 3)", "passed"),
        ("self.assertEqual(add(1, 2), 4)", "failed"),
        ("add()", "error"),
        ("self.skipTest('later')", "skipped"),
        ("raise unittest.SkipTest('later')", "skipped"),
        ("raise SystemExit(0)", "error"),
        ("raise GeneratorExit", "error"),
        ("with self.subTest(n=1): self.assertEqual(1, 2)", "failed"),
        ("with self.subTest(n=1): 1 / 0", "error"),
        ("with self.assertNumQueries(1): Author.objects.count()", "passed"),
    ],
)
def test_a_method_ends_as_its_body_does(ends, body, outcome):
    assert ends(f"class Adds(TestCase):\n    def test_it(self):\n        {body}")[0] == [("Adds.test_it", outcome)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("async def test_it(): assert add(1, 2) == 4", [("test_it", "failed")]),
        ("def test_it(): yield", [("test_it", "error")]),
        ("def test_it(fixture): pass", [("test_it", "error")]),
        ("class A(TestCase):\n    @unittest.expectedFailure\n    def test_it(self): 1 / 0", [("A.test_it", "skipped")]),
        ("class A(TestCase):\n    @unittest.expectedFailure\n    def test_it(self): pass", [("A.test_it", "failed")]),
        ("class A(TestCase):\n    def setUp(self): 1 / 0\n    def test_it(self): pass", [("A.test_it", "error")]),
        ("class A(TestCase):\n    def tearDown(self): 1 / 0\n    def test_it(self): pass", [("A.test_it", "error")]),
        (
            "class A(TestCase):\n    @classmethod\n    def setUpTestData(cls): 1 / 0\n    def test_it(self): pass",
            [("setUpClass (shop.tests.A)", "error")],
        ),
        ("class A(TestCase):\n    def run(self, result): pass\n    def test_it(self): pass", []),
        ("class Plain:\n    def test_it(self): pass", []),
        ("def helper(): pass\ntest_number = 5", []),
        ("from unittest import TestCase as Test", []),
    ],
)
def test_what_is_no_test_or_does_not_run_has_not_passed(ends, text, expected):
    assert ends(text)[0] == expected


def test_tests_have_the_database_to_themselves_and_find_it_empty(ends):
    text = (
        "def test_a(): Author.objects.create(name='a')\ndef test_b(): assert not Author.objects.exists()\n"
        "class A(TestCase):\n    @classmethod\n    def setUpTestData(cls): Author.objects.create(name='b')\n"
        "    def test_a(self): Author.objects.create(name='c')\n"
        "    def test_b(self): self.assertEqual(Author.objects.get().name, 'b')\n"
        "class B(__import__('django.test').test.TransactionTestCase):\n"
        "    def test_a(self): Author.objects.create(name='d')\n    def test_b(self): assert not Author.objects.exists()\n"
    )
    assert [{outcome for _, outcome in one} for one in ends(text, RIGHT)] == [{"passed"}] * 3


def test_tests_that_remember_are_found_out(ends):
    text = "def test_add():\n    assert not hasattr(Author, 'seen')\n    Author.seen = True"
    assert ends(text, MINUS) == [[("test_add", one)] for one in ("passed", "failed", "failed")]


def test_the_client_finds_the_outermost_urls_and_mail_has_its_box(ends):
    urls = (
        "from django.urls import path\nfrom django.http import HttpResponse\n"
        "urlpatterns = [path('', lambda request: HttpResponse('hello'))]"
    )
    text = (
        "from django.core import mail\nclass A(TestCase):\n    def test_it(self):\n"
        "        self.assertContains(self.client.get('/'), 'hello')\n"
        "        self.assertEqual(self.client.get('/nowhere/').status_code, 404)\n"
        "        mail.send_mail('Hello', '', None, ['a@example.com'])\n        self.assertEqual(len(mail.outbox), 1)\n"
    )
    assert ends(text, given=[["shop/urls.py", urls]])[0] == [("A.test_it", "passed")]


def test_a_mutant_that_cannot_be_imported_is_found(ends):
    assert ends("def test_add(): assert add(1, 2) == 3", "raise ValueError")[1] == [("shop/tests.py", "error")]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("def test_it():\n    while True: pass", Outcome.TIMEOUT),
        ("def test_it():\n    if add(1, 1) != 2:\n        while True: pass", Outcome.TIMEOUT),
        ("raise SystemExit(0)", Outcome.ERROR),
        ("raise unittest.SkipTest('no need')", Outcome.ERROR),
        ("import os\ndef test_it(): os._exit(0)", Outcome.CRASHED),
        ("def test_it(): raise KeyboardInterrupt", Outcome.ERROR),
        ("for n in range(99): exec(f'def test_{n}(): pass')", Outcome.OUTPUT),
        ("def test_it(", Outcome.ERROR),
    ],
)
def test_tests_that_end_the_run_end_it_for_themselves(seen, text, outcome):
    assert seen(text, MINUS, seconds=1.0).outcome is outcome


NAME = """class Name(str):
    def __str__(self): return "x" * 10**7
def test_it(): pass
globals()[Name("test_b")] = test_it"""


@pytest.mark.parametrize(
    "text",
    [
        "def test_it(): assert add(1, 2) == 3\nTestCase.assertEqual = lambda *_: None",
        "def test_it(): pass\ntest_it.__code__ = (lambda: None).__code__",
        "class Lie(Exception):\n    def __str__(self): return 'x' * 10**8\ndef test_it(): raise Lie",
        "class Lie(Exception):\n    def __str__(self): raise self\ndef test_it(): raise Lie",
        NAME,
    ],
)
def test_what_hostile_tests_say_stays_short(seen, text):
    found = seen(text, MINUS)
    assert found.outcome is Outcome.OK
    tests = [test for version in found.results[0].seen["versions"] for test in version["tests"]]
    assert tests
    assert max(len(str(test)) for test in tests) < 3_000


def test_on_hidden_data_the_tables_are_empty_too(sandbox, seen):
    image = b64decode(
        sandbox.run(Job(observer="image", world="library", files=(), options={"seed": 1, "size": 1})).results[0].seen["image"]
    )
    found = seen("def test_none(): assert not Author.objects.exists()", databases=(image, image))
    assert [one.seen["versions"][0]["tests"][0]["outcome"] for one in found.results] == ["passed", "passed"]
