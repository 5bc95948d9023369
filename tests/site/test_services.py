"""What the verbs promise beyond their pages: interrupted work, parallel actions, and what is kept of a run."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from lessons import services, state
from lessons.models import Progress, Submission
from sandbox.protocol import File, Outcome, Result, Statement
from tests.factories import DraftFactory, GuestFactory, SubmissionFactory
from tests.site.conftest import seen

pytestmark = pytest.mark.django_db

FILES = (File("answer.py", "Book.objects.all()"),)


def ago(**time: float):
    return timezone.now() - timedelta(**time)


def test_a_check_left_pending_is_given_back_with_its_code_as_soon_as_the_site_starts_again(capsys):
    lost = SubmissionFactory.create(pending=True)
    call_command("recover_submissions")
    lost.refresh_from_db()
    assert lost.status == "not_graded"
    assert lost.files == [["answer.py", "Book.objects.all()"]]
    assert lost.outcome
    assert "interrupted" in lost.outcome.headline
    assert not Progress.objects.exists()
    assert capsys.readouterr().out == "Interrupted checks given back: 1\n"


def test_a_replica_s_start_leaves_alone_what_another_may_still_be_checking(settings):
    settings.WOODSHED_ALONE = False
    lost, young = (SubmissionFactory.create(pending=True, created=ago(seconds=seconds)) for seconds in (61, 50))
    assert services.recover_interrupted() == 1
    lost.refresh_from_db()
    young.refresh_from_db()
    assert (lost.status, young.status) == ("not_graded", "pending")


def test_a_lost_check_does_not_block_its_learner_until_the_next_start(exercise):
    lost = SubmissionFactory.create(pending=True, created=ago(seconds=61))
    services.submit(learner=lost.learner, exercise=exercise, files=FILES)
    lost.refresh_from_db()
    assert lost.status == "not_graded"


def test_a_check_that_may_still_be_under_way_is_not_taken_for_lost(exercise):
    young = SubmissionFactory.create(pending=True, created=ago(seconds=50))
    with pytest.raises(services.RunInFlight):
        services.submit(learner=young.learner, exercise=exercise, files=FILES)


def test_a_verdict_that_comes_late_still_counts(exercise, judge):
    learner = GuestFactory.create()
    judge.meanwhile = services.recover_interrupted
    assert services.submit(learner=learner, exercise=exercise, files=FILES).status == "failed"
    assert Submission.objects.get().status == "failed"
    assert Progress.objects.get().attempts == 1


def test_the_database_itself_allows_one_pending_check_a_learner():
    first = SubmissionFactory.create(pending=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        SubmissionFactory.create(pending=True, learner=first.learner)
    assert SubmissionFactory.create(pending=True).pk


def test_a_learner_may_run_again_after_a_run_that_broke(exercise, judge):
    learner = GuestFactory.create()

    def crash() -> None:
        judge.meanwhile = lambda: None
        raise RuntimeError

    judge.meanwhile = crash
    with pytest.raises(RuntimeError):
        services.run_code(learner=learner, world="bookshop", observe="rows", files=FILES)
    assert services.run_code(learner=learner, world="bookshop", observe="rows", files=FILES).outcome is Outcome.OK


def test_a_tab_opened_before_there_was_any_draft_does_not_overwrite_one(exercise):
    draft = DraftFactory.create(version=1)
    with pytest.raises(services.DraftConflict) as conflict:
        services.save_draft(learner=draft.learner, exercise=exercise, files=FILES, version=0, tab="second-tab")
    assert conflict.value.draft == draft


def test_an_older_tab_knows_about_a_reset(exercise):
    draft = DraftFactory.create(version=1)
    services.reset_draft(learner=draft.learner, exercise=exercise, tab="second-tab")
    with pytest.raises(services.DraftConflict):
        services.save_draft(learner=draft.learner, exercise=exercise, files=FILES[:0], version=1, tab="first-tab")


def wide(rows: int, width: int):
    cells = [["x" * width] for _ in range(rows)]
    found = {"kind": "scalars", "columns": ["x"], "rows": [cell[0] for cell in cells], "cells": cells, "total": rows}
    statement = Statement(sql="SELECT " + "y" * width, line=1, ms=0.1, counts=True)
    return seen(results=(Result(label="visible", seen=found, statements=(statement,) * 100, queries=1),), printed="z" * 60_000)


@pytest.mark.parametrize(("rows", "width"), [(10, 10), (500, 10), (500, 10_000), (1, 300_000)])
def test_what_is_kept_of_a_run_is_small(rows, width):
    panels = state.panels_of(wide(rows, width))
    assert len(json.dumps(panels)) <= state.PANELS_BYTES
    assert panels["seen"]["total"] == rows
    assert len(panels["seen"]["cells"]) <= 100
    assert "rows" not in panels["seen"]


def test_what_cannot_be_made_small_is_left_out():
    broad = {"kind": "mixed", **{f"column {number}": "x" * 100 for number in range(5000)}}
    panels = state.panels_of(seen(results=(Result(label="visible", seen=broad, queries=7),)))
    assert panels["seen"] is None
    assert panels["queries"] == 7


def test_what_was_seen_is_kept_for_the_newest_check_of_an_exercise_only(exercise):
    learner = GuestFactory.create()
    others = [
        SubmissionFactory.create(panels={"ms": 1}),
        SubmissionFactory.create(learner=learner, exercise="x", panels={"ms": 1}),
    ]
    mine = [services.submit(learner=learner, exercise=exercise, files=FILES) for _ in range(3)]
    for submission in (*others, *mine):
        submission.refresh_from_db()
    assert [bool(one.panels) for one in mine] == [False, False, True]
    assert all(one.panels for one in others)
    assert all(one.verdict and one.files for one in mine)


def test_passed_submissions_of_a_learner_can_be_asked_for():
    mine = SubmissionFactory.create(status="passed")
    SubmissionFactory.create(status="passed")
    SubmissionFactory.create(learner=mine.learner)
    assert list(Submission.objects.passed().by(mine.learner)) == [mine]
