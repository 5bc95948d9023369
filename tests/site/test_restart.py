"""A real site is killed in the middle of a Check, or its disk is full: nothing is left behind, and nothing typed is lost."""

import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import pytest

from tests.e2e import live
from tests.sandbox.conftest import children, state, until
from tests.site.crowd import Guest

pytestmark = pytest.mark.sandbox

ENDLESS = "import time\ntime.sleep(60)  # my answer"


def worker(site: live.Site) -> int:
    """The process that serves, below the one that starts it again."""
    (pid,) = [pid for pid in live.descendants(site.process.pid) if live.parent_of(pid) == site.process.pid]
    return pid


def gone(pids: list[int]) -> bool:
    return all(state(pid) in ("Z", "") for pid in pids)


def known(site: live.Site) -> Guest:
    """A guest who has been here before."""
    guest = Guest(site)
    guest.reads(guest.lesson)
    guest.sends("draft", "first")
    assert guest.hears().status == 200
    return guest


def passes(guest: Guest) -> bool:
    guest.sends("check", guest.exercise.solution.code)
    return 'class="verdict passed"' in guest.hears().text


def test_a_site_killed_in_the_middle_of_a_check_gives_it_back_at_its_next_start(tmp_path: Path) -> None:
    with live.serve(tmp_path) as site:
        guest = known(site)
        serving, zygote = (site.process.pid, worker(site)), site.zygote()
        guest.sends("check", ENDLESS)
        until(lambda: children(zygote) != [])
        runs = children(zygote)
        for pid in serving:
            os.kill(pid, signal.SIGKILL)
        until(lambda: gone([*serving, zygote, *runs]))
    with live.serve(tmp_path) as site:
        assert "Interrupted checks given back: 1" in site.log.read_text()
        guest.moves_to(site)
        page = unescape(guest.reads(guest.lesson))
        assert f"\n{ENDLESS}</textarea>" in page
        assert "The check was interrupted" in page
        assert passes(guest)


@contextmanager
def full_disk(pid: int) -> Iterator[None]:
    """The process can write to no file: not to the database, not to its log, not to a temporary one."""
    soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, hard))
    yield
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (soft, hard))


def test_a_site_whose_disk_is_full_still_shows_its_lessons(tmp_path: Path) -> None:
    with live.serve(tmp_path) as site:
        guest, visitor = known(site), Guest(site)
        visitor.reads(visitor.lesson)
        with full_disk(worker(site)):
            for one in (guest, visitor):
                assert "Practise Django" in one.reads("/")
                assert "<textarea" in one.reads(one.lesson)
                one.sends("check", "'my answer'")
                answer = one.hears()
                assert answer.status == 503
                assert "could not be stored" in answer.text
                assert "\n'my answer'</textarea>" in unescape(answer.text)
        assert passes(guest)
        assert passes(visitor)
