"""A machine without seccomp: nothing runs there, unless somebody has asked for it in so many words."""

import logging

import pytest

from sandbox import client
from sandbox.client import Sandbox
from sandbox.protocol import FILE, File, Job
from tests.sandbox.conftest import WORLDS

NO_SECCOMP = "zygote.seccomp.offered = lambda: False; zygote.main("


@pytest.fixture
def without_seccomp(monkeypatch):
    """``without_seccomp(unsafe=…)``: a sandbox whose kernel, as far as the zygote can see, has none."""
    monkeypatch.setattr(client, "BOOT", client.BOOT.replace("zygote.main(", NO_SECCOMP))
    made = []

    def without_seccomp(**options):
        made.append(Sandbox(WORLDS, **options))
        return made[-1]

    yield without_seccomp
    for one in made:
        one.stop()


JOB = Job(observer="rows", world="library", files=(File(FILE, "Author.objects.all()[:2]"),))


def test_without_seccomp_nothing_runs(without_seccomp, caplog):
    refused = without_seccomp()
    with caplog.at_level(logging.INFO, "woodshed.sandbox"):
        status = refused.status()
    assert (status.level, status.note) == ("refused", "this kernel has no seccomp")
    assert refused.run(JOB).outcome == "unavailable"
    assert caplog.messages[0] == "the sandbox's level is refused: this kernel has no seccomp"
    assert caplog.records[0].levelname == "ERROR"


def test_what_was_asked_for_runs_and_says_what_is_open(without_seccomp, caplog):
    unsafe = without_seccomp(unsafe=True)
    status = unsafe.status()
    assert status.level == "unsafe"
    assert "fork" in status.note
    assert unsafe.run(JOB).results[0].seen["total"] == 2
    assert caplog.records[0].levelname == "ERROR"


def test_where_there_is_seccomp_asking_changes_nothing(caplog):
    asked = Sandbox(WORLDS, unsafe=True)
    with caplog.at_level(logging.INFO, "woodshed.sandbox"):
        assert asked.status().level in ("full", "strict")
    asked.stop()
    assert caplog.records[0].levelname == "INFO"
