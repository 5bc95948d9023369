"""Measures the sandbox beside what it is compared with, in one run, turn by turn, so that a noisy machine is noisy for all.

Writes bench.json: ``floor_ms`` (the query in a warm process without a sandbox), ``run_ms``, ``check_ms`` (visible and hidden
data, compared), ``cold_ms`` (a new interpreter per run), ``bwrap_ms`` (that under bubblewrap; null without it), each with p50 and
p95; ``runs_per_s`` with all slots busy, ``zygote_mb`` (resident), ``first_run_ms`` (from no zygote to the first answer).
"""

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXERCISE = "models/q-and-f#needs-a-look"
TURNS = 200
TURNS_PER_COLD_START = 10
SECONDS_OF_LOAD = 5.0
QUERY = [sys.executable, "-I", str(ROOT / "scripts" / "bench_query.py")]

sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_config.settings.local")

import django

django.setup()

from lessons import course
from lessons.catalogue.types import Exercise
from lessons.checking import Checker
from lessons.hidden import make
from lessons.recipes import Seeded
from lessons.trials import job
from sandbox.client import Sandbox

type Times = dict[str, list[float]]


def main() -> None:
    exercise = course.current().exercise(EXERCISE)
    if exercise is None:
        sys.exit(f"{EXERCISE} is not in this course.")
    served = Checker(course.current().root / "worlds")
    query = job(exercise.observe, exercise.world, exercise.solution.files, exercise.setup)
    first = measured(lambda: expect(served.sandbox.run(query).outcome, "ok"))
    with tempfile.TemporaryDirectory() as folder:
        image = Path(folder) / "visible.sqlite3"
        image.write_bytes(make(served.sandbox, exercise.world, Seeded(seed=1, size=1)))
        times = side_by_side(served, exercise, image)
    found = {f"{name}_ms": cut(taken) for name, taken in times.items()} | {
        "runs_per_s": round(throughput(served.sandbox, lambda: expect(served.sandbox.run(query).outcome, "ok")), 1),
        "zygote_mb": round(resident_mb(served.sandbox), 1),
        "first_run_ms": round(first, 1),
    }
    (ROOT / "bench.json").write_text(json.dumps(found, indent=2) + "\n")
    print(described(found, served))
    served.sandbox.stop()


def side_by_side(served: Checker, exercise: Exercise, image: Path) -> Times:
    files = exercise.solution.files
    query = job(exercise.observe, exercise.world, files, exercise.setup)
    line = files[0].text.encode("unicode_escape").decode() + "\n"
    arguments = [str(ROOT), str(served.sandbox.worlds), exercise.world, str(image)]
    bwrap = shutil.which("bwrap")
    jail = (
        [bwrap, "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "--unshare-all", "--die-with-parent"] if bwrap else []
    )
    times: Times = {"floor": [], "run": [], "check": [], "cold": [], "bwrap": []}
    with warm_process([*QUERY, *arguments, "warm"], line) as floor:
        for turn in range(-5, TURNS):  # the first few do not count
            taken = {
                "floor": floor(),
                "run": measured(lambda: expect(served.sandbox.run(query).outcome, "ok")),
                "check": measured(lambda: expect(served.check(exercise, files).verdict.status, "passed")),
            }
            if turn % TURNS_PER_COLD_START == 0:
                taken["cold"] = measured(lambda: once([*QUERY, *arguments, "cold"], line))
                if jail:
                    taken["bwrap"] = measured(lambda: once([*jail, *QUERY, *arguments, "cold"], line))
            for name, ms in taken.items() if turn >= 0 else ():
                times[name].append(ms)
    return times


def measured(work: Callable[[], object]) -> float:
    """Milliseconds."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def expect(seen: str, wanted: str) -> None:
    if seen != wanted:
        sys.exit(f"A run ended as {seen}, not {wanted}: nothing was measured.")


def once(command: list[str], line: str) -> None:
    subprocess.run(command, input=line, text=True, stdout=subprocess.DEVNULL, check=True)


@contextmanager
def warm_process(command: list[str], line: str) -> Iterator[Callable[[], float]]:
    """Gives a function that runs the query once there and returns its milliseconds."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as process:
        asked, answered = process.stdin, process.stdout
        if asked is None or answered is None:
            sys.exit("The warm process has no pipes.")
        asked.write(line)

        def query() -> float:
            asked.write("\n")
            return float(answered.readline())

        yield query
        asked.close()


def throughput(sandbox: Sandbox, work: Callable[[], None]) -> float:
    """Runs a second with one client for each slot."""
    end, done = time.monotonic() + SECONDS_OF_LOAD, []

    def client() -> None:
        while time.monotonic() < end:
            work()
            done.append(1)

    clients = [threading.Thread(target=client) for _ in range(sandbox.slots)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    return len(done) / SECONDS_OF_LOAD


def resident_mb(sandbox: Sandbox) -> float:
    status = Path(f"/proc/{sandbox.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def cut(taken: list[float]) -> dict[str, float] | None:
    if not taken:
        return None
    parts = statistics.quantiles(taken, n=20)
    return {"p50": round(parts[9], 2), "p95": round(parts[18], 2)}


def described(found: Mapping[str, object], served: Checker) -> str:
    floor, cold = found["floor_ms"], found["cold_ms"]
    status = served.sandbox.status()
    machine = (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, Django {django.get_version()}, Linux {platform.release()}"
    )
    lines = [
        f"{EXERCISE} at level {status.level}{f' ({status.note})' if status.note else ''}",
        machine,
        "",
        "| what | p50 ms | p95 ms | times the floor | of a new interpreter |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    names = {
        "floor_ms": "the query in a warm process, no sandbox",
        "run_ms": "run",
        "check_ms": "check, with hidden data",
        "cold_ms": "a new interpreter per run",
        "bwrap_ms": "the same under bubblewrap",
    }
    for key, name in names.items():
        one = found[key]
        if isinstance(one, dict) and isinstance(floor, dict) and isinstance(cold, dict):
            share = f"1/{cold['p50'] / one['p50']:.0f}" if one["p50"] < cold["p50"] else f"{one['p50'] / cold['p50']:.1f}"
            lines.append(f"| {name} | {one['p50']} | {one['p95']} | {one['p50'] / floor['p50']:.1f} | {share} |")
        else:
            lines.append(f"| {name} | not installed | | | |")
    lines += [
        "",
        f"{found['runs_per_s']} runs/s with {served.sandbox.slots} slots busy, the zygote {found['zygote_mb']} MB resident,",
    ]
    return "\n".join([*lines, f"{found['first_run_ms']} ms from no zygote to the first answer."])


if __name__ == "__main__":
    main()
