"""Runs a learner's tests: the functions ``test_*`` of a module, and the methods of its unittest and Django test cases.

Each test has the database to itself, as in Django's own runner, and tests are plain about how they end: what was not run, or was
skipped, has not passed.
"""

import inspect
import unittest
from collections.abc import Callable, Collection, Iterator
from types import ModuleType
from typing import Any, override

from asgiref.sync import async_to_sync
from django.test import TestCase

from sandbox.explain import explain, short
from sandbox.limits import Limit

MOST_TESTS = 60
PASSED, FAILED, ERROR, SKIPPED = "passed", "failed", "error", "skipped"


class Function(TestCase):
    """A test function, as the only test of a case of Django's."""

    def __init__(self, name: str, function: Callable[[], Any]) -> None:
        super().__init__("runTest")
        self.name, self.function = name, function

    def runTest(self) -> None:  # noqa: N802  the name that unittest looks for
        if inspect.isgeneratorfunction(self.function):
            raise TypeError("A test that yields is never run.")
        (async_to_sync(self.function) if inspect.iscoroutinefunction(self.function) else self.function)()


class Told(unittest.TestResult):
    """How each test ended: ``{"name", "outcome", "said", "line", "text"}``. A test that ends in several ways did not pass."""

    def __init__(self, paths: Collection[str]) -> None:
        super().__init__()
        self.paths = paths
        self.told: dict[str, dict[str, Any]] = {}

    @override
    def addSuccess(self, test: unittest.TestCase) -> None:
        self.told.setdefault(name_of(test), ended(test, PASSED))

    @override
    def addFailure(self, test: unittest.TestCase, err: Any) -> None:
        self.raised(test, FAILED, err[1])

    @override
    def addError(self, test: unittest.TestCase, err: Any) -> None:
        self.raised(test, ERROR, err[1])

    @override
    def addSubTest(self, test: unittest.TestCase, subtest: unittest.TestCase, err: Any) -> None:
        if err is not None:
            self.raised(test, FAILED if issubclass(err[0], test.failureException) else ERROR, err[1])

    @override
    def addSkip(self, test: unittest.TestCase, reason: str) -> None:
        self.told[name_of(test)] = ended(test, SKIPPED, said=short(str(reason)))

    @override
    def addExpectedFailure(self, test: unittest.TestCase, err: Any) -> None:
        self.told[name_of(test)] = ended(test, SKIPPED, said="expected to fail")

    @override
    def addUnexpectedSuccess(self, test: unittest.TestCase) -> None:
        self.told[name_of(test)] = ended(test, FAILED, said="expected to fail, and did not")

    def raised(self, test: unittest.TestCase, outcome: str, problem: BaseException) -> None:
        if name_of(test) not in self.told or self.told[name_of(test)]["outcome"] == PASSED:
            found = explain(problem, self.paths)
            said = f"{found.type}: {found.message}" if found.message else found.type
            text = found.frames[-1].text if found.frames else ""
            self.told[name_of(test)] = ended(test, outcome, said=short(said), line=found.line, text=text)


def ended(test: unittest.TestCase, outcome: str, *, said: str = "", line: int | None = None, text: str = "") -> dict[str, Any]:
    return {"name": name_of(test), "outcome": outcome, "said": said, "line": line, "text": text}


def name_of(test: Any) -> str:
    """``"test_sale"``, ``"SaleTests.test_price"``, or for what is done once for a class ``"setUpClass (SaleTests)"``."""
    if type(test) is Function:
        return short(test.name)
    if isinstance(test, unittest.TestCase):
        return short(f"{type(test).__name__}.{test._testMethodName}")
    return short(str(test.description))


def tests_of(module: ModuleType) -> Iterator[unittest.TestCase]:
    """What the module only imports is not its own."""
    for name, found in list(vars(module).items()):
        if getattr(found, "__module__", None) != module.__name__:
            continue
        if isinstance(found, type) and issubclass(found, unittest.TestCase):
            yield from (found(test) for test in unittest.TestLoader().getTestCaseNames(found))
        elif name.startswith("test_") and inspect.isfunction(found):
            yield Function(name, found)


def run(module: ModuleType, paths: Collection[str]) -> list[dict[str, Any]]:
    """How each test of the module ended. ``paths`` are the learner's files. Raises Limit for too many tests."""
    tests = list(tests_of(module))
    if len(tests) > MOST_TESTS:
        raise Limit("output", f"{MOST_TESTS} tests")
    told = Told(paths)
    unittest.TestSuite(tests).run(told)
    return list(told.told.values())
