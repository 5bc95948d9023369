"""The clock of the day is put forward or back: no run is stopped for it, and none goes on for ever."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

import pytest

from sandbox import client
from sandbox.client import Sandbox
from sandbox.protocol import FILE, File, Job
from tests.sandbox.conftest import WORLDS, until

YEAR = 365 * 24 * 3600.0
JUMPS = f"""
from itertools import cycle
import time
jumps, now, now_ns = cycle([0.0, {YEAR}, -{YEAR}]), time.time, time.time_ns
time.time = lambda: now() + next(jumps)
time.time_ns = lambda: now_ns() + int(next(jumps)) * 10**9
"""
LOOKS = "import time\nlooks = [time.time() for _ in range(6)]\n[max(looks) - min(looks) > 1e7]"


LONG = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 300000) SELECT count(*) FROM n")
    found = cursor.fetchone()
[*found]
"""


def job(code: str, **options) -> Job:
    return Job(observer="rows", world="library", files=(File(FILE, code),), **options)


@pytest.fixture
def restless(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A sandbox on a machine whose clock jumps a year at each look: in the site's process, in the zygote, and in the run."""
    monkeypatch.setattr(client, "BOOT", f"exec({JUMPS!r}); {client.BOOT}")
    jumps, now = cycle([0.0, YEAR, -YEAR]), time.time
    monkeypatch.setattr(time, "time", lambda: now() + next(jumps))
    made = Sandbox(WORLDS, slots=1)
    yield made
    made.stop()


def test_a_run_ends_as_it_would_have(restless):
    seen = restless.run(job(LOOKS))
    assert (seen.outcome, seen.results[0].seen["rows"]) == ("ok", [True])
    assert seen.ms >= 0


@pytest.mark.parametrize("code", ["while True: pass", "import time\ntime.sleep(60)"])
def test_an_endless_run_is_stopped(restless, code):
    assert restless.run(job(code, seconds=0.5)).outcome == "timeout"


def test_a_long_statement_is_not_interrupted(restless):
    seen = restless.run(job(LONG))
    assert (seen.outcome, seen.results[0].seen["rows"]) == ("ok", [300_000])


def test_who_waits_is_told_busy_in_the_end_and_not_at_once(restless):
    with ThreadPoolExecutor() as pool:
        first = pool.submit(restless.run, job("import time\ntime.sleep(0.3)\n[1]"))
        until(lambda: restless.running == 1)
        assert restless.run(job("[2]")).outcome == "ok"
        assert first.result().outcome == "ok"
        restless.patience = 0.1
        pool.submit(restless.run, job("import time\ntime.sleep(60)", seconds=60.0))
        until(lambda: restless.running == 1)
        assert restless.run(job("[2]")).outcome == "busy"
        restless.stop()


def test_a_zygote_that_does_not_come_up_is_tried_again_when_its_time_has_come(restless, monkeypatch):
    works, now = client.BOOT, time.time()
    monkeypatch.setattr(client, "SECONDS_BETWEEN_STARTS", 0.1)
    monkeypatch.setattr(client, "BOOT", "raise SystemExit")
    assert restless.run(job("[1]")).outcome == "unavailable"
    monkeypatch.setattr(client, "BOOT", works)
    monkeypatch.setattr(time, "time", lambda: now - YEAR)
    until(lambda: restless.run(job("[1]")).outcome == "ok")
