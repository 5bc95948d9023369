"""Code runs in a preview beside the served course: each against its own worlds, and neither in the other's way."""

import os
import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from html import unescape
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.test import Client

from lessons import checking, course, previews
from lessons.catalogue.types import Course
from lessons.grading.types import Status
from lessons.models import Submission
from sandbox import client as sandbox_client
from sandbox.flight import ZygoteGone
from sandbox.protocol import FILE, File
from tests.factories import UserFactory
from tests.sandbox.conftest import until
from tests.site.conftest import CONTENT, LESSON, bench, code

pytestmark = [pytest.mark.sandbox, pytest.mark.django_db]

NAME = "dearer"
AT = f"/preview/{NAME}"
KEY = "models/querysets#dear-books"
RIGHT = "Book.objects.filter(price__gt=10)"
RIGHT_IN_PREVIEW = "Book.objects.filter(price__gt=20)"
ROUNDS = 3


@pytest.fixture
def preview(settings, tmp_path: Path) -> Iterator[Path]:
    """The content folder of a preview in which a dear book costs more than in the served course."""
    no_cache = shutil.ignore_patterns("__pycache__")
    settings.WOODSHED_CONTENT = shutil.copytree(CONTENT, tmp_path / "content", ignore=no_cache)
    settings.WOODSHED_PREVIEWS = tmp_path / "previews"
    settings.WOODSHED_SANDBOX = {"slots": 2, "line": 8, "patience": 60.0}
    root = shutil.copytree(CONTENT, tmp_path / "previews" / NAME / "content", ignore=no_cache)
    lesson = root / "models" / "01-querysets.md"
    text = lesson.read_text().replace("price__gt=10", "price__gt=20").replace("price__lte=10", "price__lte=20")
    lesson.write_text(text.replace("price__gte=10", "price__gte=20"))
    yield root
    checking.stop()


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(UserFactory.create(is_staff=True))
    return client


def verdict(client: Client, at: str, answer: str) -> str:
    """What a Check in the page gives."""
    client.post(at + bench("check"), code(answer))
    newest = Submission.objects.latest("pk")
    assert newest.exercise == (f"preview/{NAME}:{KEY}" if at else KEY)
    return str(newest.status)


def zygote() -> int:
    """The present course's."""
    pid = checking.checker().sandbox.pid
    assert pid
    return pid


def in_preview() -> Course:
    found = previews.course(NAME)
    assert found
    return found


def status(shown: Course | None, answer: str) -> Status:
    """What a Check gives in a thread of its own, in the preview or (None) in the served course."""
    with course.shown(shown) if shown else nullcontext():
        exercise = course.current().lesson("models/querysets").exercises[0]
        return checking.check(exercise, (File(FILE, answer),)).verdict.status


def test_each_check_is_graded_against_its_own_course(preview, staff):
    assert verdict(staff, "", RIGHT) == "passed"
    before = zygote()
    for _ in range(ROUNDS):
        assert verdict(staff, AT, RIGHT_IN_PREVIEW) == "passed"
        assert verdict(staff, "", RIGHT_IN_PREVIEW) == "failed"
        assert verdict(staff, AT, RIGHT) == "failed"
        assert verdict(staff, "", RIGHT) == "passed"
    assert zygote() == before


def test_checks_at_the_same_time_are_graded_against_their_own_course(preview):
    shown = in_preview()
    asked = [(None, RIGHT), (shown, RIGHT_IN_PREVIEW), (None, RIGHT_IN_PREVIEW)] * ROUNDS
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda one: status(*one), asked))
    assert found == [Status.PASSED, Status.PASSED, Status.FAILED] * ROUNDS


def test_a_preview_s_code_lets_the_learners_go_first(preview, staff):
    verdict(staff, "", RIGHT)
    verdict(staff, AT, RIGHT)
    with course.shown(in_preview()):
        theirs = zygote()
    assert os.getpriority(os.PRIO_PROCESS, theirs) > os.getpriority(os.PRIO_PROCESS, zygote())


def test_an_edited_preview_gets_a_new_zygote_and_the_course_keeps_its_own(preview, staff):
    assert verdict(staff, "", RIGHT) == verdict(staff, AT, RIGHT_IN_PREVIEW) == "passed"
    before = zygote()
    seed = preview / "worlds" / "bookshop" / "seed.py"
    seed.write_text(seed.read_text() + "\n    raise ValueError(size)\n")
    assert verdict(staff, AT, RIGHT_IN_PREVIEW) == "not_graded"
    assert verdict(staff, "", RIGHT) == "passed"
    assert zygote() == before
    page = unescape(staff.get(AT + LESSON).content.decode())
    assert re.search(r"content/worlds/bookshop/seed.py:\d+: ValueError: 1", page)
    assert "ValueError" not in staff.get(LESSON).content.decode()


def test_a_preview_whose_world_does_not_come_up_holds_up_no_learner(preview, monkeypatch):
    started, over, launch = Event(), Event(), sandbox_client.launch

    def stuck(worlds: Path, **options: Any) -> sandbox_client.Zygote:
        if worlds != preview / "worlds":
            return launch(worlds, **options)
        started.set()
        over.wait()
        raise ZygoteGone

    monkeypatch.setattr(sandbox_client, "launch", stuck)
    shown = in_preview()
    with ThreadPoolExecutor() as pool:
        waiting = [pool.submit(status, shown, RIGHT) for _ in range(4)]
        until(started.is_set)
        try:
            assert status(None, RIGHT) is Status.PASSED
            assert checking.sandbox_status().level in ("full", "strict")
        finally:
            over.set()
        assert {one.result() for one in waiting} == {Status.NOT_GRADED}
