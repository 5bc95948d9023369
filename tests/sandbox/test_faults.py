"""The zygote dies, the world is broken, many ask at once: nobody's work is lost and nobody gets another's answer."""

import os
import select
import shutil
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from sandbox import client, flight
from sandbox.client import Sandbox
from sandbox.protocol import FILE, File, Job
from tests.sandbox.conftest import WORLDS, children, idle, state, until


def job(code: str, **options) -> Job:
    return Job(observer="rows", world="library", files=(File(FILE, code),), **options)


@pytest.fixture
def own():
    made = Sandbox(WORLDS)
    made.status()
    until(lambda: idle(made.pid or 0))  # its canary has answered, and may not be quite gone
    yield made
    made.stop()


def test_a_killed_zygote_is_started_again(own):
    own._zygote.process.kill()
    assert own.run(job("[1]")).outcome == "ok"


def test_a_zygote_killed_between_two_runs_costs_neither(own):
    assert own.run(job("[1]")).outcome == "ok"
    first = own.pid
    os.kill(first, signal.SIGKILL)
    until(lambda: state(first) in ("Z", ""))
    assert own.run(job("[2]")).results[0].seen["rows"] == [2]
    assert own.pid != first


def test_a_zygote_killed_when_its_run_has_answered_takes_no_answer_away(own, monkeypatch):
    first, turn = own.pid, flight.turn

    def late(flights):
        """Read nothing before the answer is there and the zygote is not."""
        (one,) = flights
        if one.pidfd is not None and not one.unsent and state(first) != "Z":
            hung_up = select.poll()
            hung_up.register(one.channel, select.POLLRDHUP)
            hung_up.poll()
            os.kill(first, signal.SIGKILL)
            until(lambda: state(first) in ("Z", ""))
        turn(flights)

    monkeypatch.setattr(flight, "turn", late)
    assert own.run(job("[3]")).results[0].seen["rows"] == [3]
    monkeypatch.undo()
    assert state(first) == "Z"
    assert own.run(job("[4]")).results[0].seen["rows"] == [4]


CLIENT = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(client.ROOT)!r})
from sandbox.client import Sandbox
from sandbox.protocol import File, Job
own = Sandbox(Path({str(WORLDS)!r}), slots=2)
own.status()
print(own.pid, flush=True)
endless = Job(observer="rows", world="library", files=(File("answer.py", "import time; time.sleep(600)"),), seconds=600)
own.run_all([endless, endless])
"""


def test_nothing_outlives_a_killed_client():
    site = subprocess.Popen([sys.executable, "-c", CLIENT], stdout=subprocess.PIPE)
    with site, site.stdout as said:
        zygote = int(said.readline())
        until(lambda: len(children(zygote)) == 2)
        runs = children(zygote)
        site.kill()
    until(lambda: all(state(pid) in ("Z", "") for pid in (zygote, *runs)))


def test_a_refusal_does_not_stand_for_ever(monkeypatch):
    """A machine may have been too busy for the canary."""
    monkeypatch.setattr(client, "SECONDS_BETWEEN_STARTS", 0.0)
    monkeypatch.setattr(client, "CANARY_SECONDS", 0.0)
    own = Sandbox(WORLDS)
    assert own.run(job("[1]")).outcome == "unavailable"
    assert own.status().note == "the canary did not come back"
    monkeypatch.undo()
    assert own.run(job("[1]")).outcome == "ok"
    own.stop()


def kill_under_way(own: Sandbox, not_this: int = 0) -> int:
    """Kill the present zygote as soon as a run is under way in it; its pid."""
    until(lambda: own._zygote is not None and own._zygote.process.pid != not_this and children(own._zygote.process.pid) != [])
    pid = own._zygote.process.pid
    os.kill(pid, signal.SIGKILL)
    return pid


def test_a_run_in_flight_when_the_zygote_is_killed_is_tried_again(own):
    with ThreadPoolExecutor() as pool:
        flying = pool.submit(own.run, job("import time\ntime.sleep(0.4)\nAuthor.objects.all()"))
        first = kill_under_way(own)
        assert flying.result().outcome == "ok"
    assert own._zygote.process.pid != first


def test_a_job_whose_zygote_is_killed_twice_is_unavailable(own):
    with ThreadPoolExecutor() as pool:
        flying = pool.submit(own.run, job("while True: pass"))
        first = kill_under_way(own)
        kill_under_way(own, not_this=first)
        assert flying.result().outcome == "unavailable"
    assert own.run(job("[1]")).outcome == "ok"


def test_a_stopped_zygote_does_not_hold_a_caller_for_ever(own):
    os.kill(own._zygote.process.pid, signal.SIGSTOP)
    assert own.run(job("[1]", seconds=0.3)).outcome in ("ok", "unavailable")


def test_runs_end_with_their_zygote(own):
    with ThreadPoolExecutor() as pool:
        flying = pool.submit(own.run, job("while True: pass", seconds=1.5))
        until(lambda: children(own.pid) != [])
        (child,) = children(own.pid)
        kill_under_way(own)
        until(lambda: state(child) in ("Z", ""))
        flying.result()


def test_fifty_mixed_runs_at_once_never_swap_answers(sandbox):
    patient = Sandbox(WORLDS, line=100, patience=60.0)
    codes = [f"print({n})\n[{n}, Author.objects.count()]" if n % 3 else f"{n} / 0" for n in range(50)]
    with ThreadPoolExecutor(25) as pool:
        seen = list(pool.map(patient.run, map(job, codes)))
    patient.stop()
    for n, one in enumerate(seen):
        if n % 3:
            assert (one.results[0].seen["rows"], one.printed) == ([n, 6], f"{n}\n")
        else:
            assert one.error.type == "ZeroDivisionError"


def test_jobs_that_belong_together_come_back_in_their_order(own):
    seen = own.run_all([job(f"[{n}]") for n in range(5)])
    assert [one.results[0].seen["rows"] for one in seen] == [[0], [1], [2], [3], [4]]


def test_a_broken_world_takes_only_itself_down(tmp_path, monkeypatch):
    monkeypatch.setattr(client, "BOOT", client.BOOT.replace("zygote.main(", "zygote.worlds.SECONDS_TO_LOAD = 0.5; zygote.main("))
    shutil.copytree(WORLDS / "library", tmp_path / "library")
    for name, models in (
        ("absent", "import nothing_of_that_name"),
        ("broken", "from django.db import models\nx = 1 / 0"),
        ("endless", "while True: pass"),
        ("leaving", "import sys\nsys.exit()"),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
        (tmp_path / name / "models.py").write_text(models)
    two = Sandbox(tmp_path)
    status = two.status()
    assert status.level in ("full", "strict")
    assert status.worlds == {"library": {"Author": 6, "Book": 12}}
    assert status.problems["broken"] == "models.py:2: ZeroDivisionError: division by zero"
    assert status.problems["endless"] == "models.py:1: TimeoutError: this takes longer than 0.5 seconds"
    assert set(status.problems) == {"absent", "broken", "endless", "leaving"}
    assert two.run(job("[1]")).outcome == "ok"
    two.stop()


@pytest.mark.parametrize(
    "code",
    ["open('/etc/passwd').read()", "open({0!r}, 'w')", "import socket\nsocket.create_connection(('127.0.0.1', {1}))"],
)
def test_a_worlds_own_code_is_confined_too(tmp_path, code):
    (tmp_path / "worlds").mkdir()
    shutil.copytree(WORLDS / "library", tmp_path / "worlds" / "library")
    (tmp_path / "worlds" / "nosy").mkdir()
    (tmp_path / "worlds" / "nosy" / "__init__.py").touch()
    with socket.create_server(("127.0.0.1", 0)) as server:
        text = code.format(str(tmp_path / "left"), server.getsockname()[1])
        (tmp_path / "worlds" / "nosy" / "models.py").write_text(text)
        two = Sandbox(tmp_path / "worlds")
        status = two.status()
        two.stop()
    assert "PermissionError" in status.problems["nosy"] or status.level == "strict"
    assert not (tmp_path / "left").exists() or status.level == "strict"


def test_a_job_for_a_world_that_is_not_there_is_not_the_learners_fault(own):
    assert own.run(Job(observer="rows", world="nowhere", files=(File(FILE, "[]"),))).outcome == "unavailable"
