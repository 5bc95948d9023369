"""The site on a small course of its own, whose answers are judged by the test and not by the sandbox."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from lessons import checking, course
from lessons.catalogue.types import Exercise, Lesson
from lessons.grading.types import Trial, Verdict
from lessons.views import pieces
from sandbox.client import Status
from sandbox.protocol import File, Job, Observation, Outcome, Result, Statement
from tests.factories import FAILED, PASSWORD, GuestFactory, MemberFactory

CONTENT = Path(__file__).parent / "content"
LESSON = "/lessons/models/querysets/"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def small_course(request, settings) -> None:
    if not real(request):
        settings.WOODSHED_CONTENT = CONTENT


@pytest.fixture(autouse=True)
def no_limits_used_up() -> None:
    """What earlier tests tried at the doors."""
    cache.clear()


def real(request: pytest.FixtureRequest) -> bool:
    """Whether the test wants the course, the sandbox and the grading as they are."""
    return request.node.get_closest_marker("sandbox") is not None


@pytest.fixture(autouse=True)
def empty_shelf() -> None:
    """What one test's page was made of is not kept for the next: their rows have the same numbers."""
    pieces.shelf.clear()


@pytest.fixture
def lesson() -> Lesson:
    found = course.current().lesson("models/querysets")
    assert found
    return found


@pytest.fixture
def exercise(lesson: Lesson) -> Exercise:
    return lesson.exercises[0]


def seen(**changes: Any) -> Observation:
    """What a run of two rows looks like."""
    cells = [[1, "Dune"], [2, "Emma"]]
    rows: Mapping[str, Any] = {
        "kind": "tuples", "type": "QuerySet", "model": "", "columns": ["id", "title"], "rows": [["tuple", row] for row in cells],
        "cells": cells, "total": 2, "sequence": True,
    }  # fmt: skip
    statement = Statement(sql='SELECT "id" FROM "book"', line=1, ms=0.4, counts=True, plan=("SCAN book",))
    result = Result(label="visible", seen=rows, statements=(statement,), queries=1)
    return Observation(**{"outcome": Outcome.OK, "results": (result,), "ms": 4.0, **changes})


class Judge:
    """Stands where the sandbox and the grading are. ``verdict`` is what every answer gets; ``asked`` what came in."""

    def __init__(self) -> None:
        self.verdict: Verdict = FAILED
        self.observation = seen()
        self.asked: list[tuple[File, ...]] = []
        self.meanwhile: Callable[[], None] = lambda: None
        """Called while an answer is under way."""

    def check(self, exercise: Exercise, files: tuple[File, ...]) -> checking.Checked:
        self.asked.append(files)
        self.meanwhile()
        return checking.Checked(self.verdict, Trial(self.observation, self.observation))

    def run(self, job: Job) -> Observation:
        self.asked.append(job.files)
        self.meanwhile()
        return self.observation


@pytest.fixture(autouse=True)
def judge(request, monkeypatch) -> Judge:
    judge = Judge()
    if not real(request):
        monkeypatch.setattr(checking, "check", judge.check)
        monkeypatch.setattr(checking, "run", judge.run)
        monkeypatch.setattr(checking, "sandbox_status", lambda: Status("full"))
    return judge


@pytest.fixture
def guest(db) -> User:
    return GuestFactory.create()


@pytest.fixture
def signed_in(client: Client, guest: User) -> Client:
    """A guest's browser that has acted before."""
    client.force_login(guest)
    return client


def bench(action: str, exercise: str = "dear-books") -> str:
    return f"{LESSON}exercises/{exercise}/{action}/"


def code(text: str, *, version: int = 0, tab: str = "this-tab") -> dict[str, str]:
    """What a bench's form sends."""
    return {"file:answer.py": text, "version": str(version), "tab": tab}


def words(account: User, **changes: str) -> dict[str, str]:
    """What the login form sends for an account that :class:`tests.factories.MemberFactory` made."""
    return {"login": account.email, "password": PASSWORD, **changes}


@pytest.fixture
def account(db) -> User:
    """Somebody who has signed up."""
    return MemberFactory.create()


@pytest.fixture
def member(client: Client, account: User) -> Client:
    """Somebody who has signed up and logged in."""
    client.post("/accounts/login/", words(account))
    return client
