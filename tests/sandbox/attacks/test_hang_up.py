"""A run that has answered and hung up is believed to have ended. Here: that it then is, at once, and that nothing more counts."""

import os
import signal
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from sandbox import flight
from sandbox.flight import Take
from sandbox.protocol import Job, Observation
from tests.sandbox.attacks.arena import job
from tests.sandbox.attacks.rows.output import FRAME
from tests.sandbox.attacks.zygotes import Bent, children_of
from tests.sandbox.conftest import until

MINUTES = 300.0
"""A deadline that no test waits for: what ends sooner was ended for another reason."""


def forging(code: str) -> Job:
    return job(f"import os, time, threading\n{FRAME}{code}", seconds=MINUTES)


@pytest.mark.parametrize(
    "then",
    [
        "time.sleep(10**6)",
        "while True: pass",
        "os.close(3)\nos.close(1)\nos.close(2)\nwhile True: pass",
        "for _ in range(50): threading.Thread(target=time.sleep, args=(10**6,)).start()\ntime.sleep(10**6)",
    ],
)
def test_what_goes_on_after_it_is_killed(level: Bent, then: str) -> None:
    seen = level.run(forging(f"answer()\n{then}"))
    assert (seen.outcome, seen.results[0].seen) == ("ok", {"rows": [1]})
    until(lambda: children_of(level._ready().process.pid) == [])


def test_it_is_killed_though_the_run_beside_it_goes_on(level: Bent) -> None:
    zygote = level._ready().process.pid
    until(lambda: children_of(zygote) == [])
    with ThreadPoolExecutor() as pool:
        # It waits for a moment, so that both are seen.
        jobs = [forging("time.sleep(10**6)"), forging("time.sleep(0.3)\nanswer()\ntime.sleep(10**6)")]
        flying = pool.submit(level.run_all, jobs)
        until(lambda: len(children_of(zygote)) == len(jobs))
        until(lambda: len(children_of(zygote)) < len(jobs))
        (beside,) = children_of(zygote)
        assert not flying.done()
        os.kill(beside, signal.SIGKILL)
        assert [seen.outcome for seen in flying.result()] == ["crashed", "ok"]


def test_what_it_sends_after_it_counts_for_nothing(level: Bent, monkeypatch: pytest.MonkeyPatch) -> None:
    flown: list[Job] = []

    def fly(take: Take, jobs: Sequence[Job]) -> list[Observation | None]:
        flown.extend(jobs)
        return flight.fly(take, jobs)

    monkeypatch.setattr("sandbox.client.fly", fly)
    twice = (
        "copy = os.dup(3)\nanswer()\nwhile True:\n    try: os.write(copy, frame(claim({'rows': [2]})))\n    except OSError: pass"
    )
    seen = level.run(forging(twice))
    assert (seen.outcome, [one.seen for one in seen.results], len(flown)) == ("ok", [{"rows": [1]}], 1)


def test_a_run_that_never_began_is_no_learners_fault() -> None:
    broken = "def fail(*_): raise OSError\nzygote.lockdown.before_code = fail"
    sandbox = Bent(f"exec({broken!r})", unproven=True)
    assert sandbox.run(job("import os\nos._exit(0)")).outcome == "unavailable"
    sandbox.stop()
