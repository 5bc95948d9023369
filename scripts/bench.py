"""Times Run and Check as the site does them, and says how many times a warm query of the same size each takes.

Prints a table and writes bench.json. Ratios travel between machines better than milliseconds do.
"""

import json
import os
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TIMES = 200

sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_config.settings.local")

import django

django.setup()

from lessons import checking, course
from lessons.catalogue.types import Exercise


def warm_query() -> Callable[[], object]:
    """The floor: a thousand rows filtered and sorted by SQLite in this process."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT, price REAL)")
    rows = [(f"Title {number}", number * 7919 % 1009 / 10) for number in range(1000)]
    connection.executemany("INSERT INTO book (title, price) VALUES (?, ?)", rows)
    return lambda: connection.execute("SELECT * FROM book WHERE price > 20 ORDER BY price, id").fetchall()


def milliseconds(work: Callable[[], object]) -> dict[str, float]:
    """The median and the 95th percentile of TIMES calls, after a few that do not count."""
    for _ in range(5):
        work()
    taken = []
    for _ in range(TIMES):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    cuts = statistics.quantiles(taken, n=20)
    return {"p50": cuts[9], "p95": cuts[18]}


def run(exercise: Exercise) -> None:
    seen = checking.run(world=exercise.world, observe=exercise.observe, files=exercise.solution.files, setup=exercise.setup)
    if seen.outcome != "ok":
        sys.exit(f"Run of {exercise.key} ended as {seen.outcome}.")


def check(exercise: Exercise) -> None:
    verdict = checking.check(exercise, exercise.solution.files).verdict
    if verdict.status != "passed":
        sys.exit(f"Check of {exercise.key} ended as {verdict.status}: {verdict.headline}")


def main() -> None:
    exercise = course.current().lessons[0].exercises[0]
    taken = {
        "warm query": milliseconds(warm_query()),
        "run": milliseconds(lambda: run(exercise)),
        "check": milliseconds(lambda: check(exercise)),
    }
    floor = taken["warm query"]["p50"]
    print(f"{exercise.key}, sandbox level {checking.sandbox_status().level}, {TIMES} times each")
    print(f"{'':12}{'p50 ms':>10}{'p95 ms':>10}{'p50 / floor':>14}{'p95 / floor':>14}")
    for name, cut in taken.items():
        print(f"{name:12}{cut['p50']:10.2f}{cut['p95']:10.2f}{cut['p50'] / floor:14.1f}{cut['p95'] / floor:14.1f}")
    Path("bench.json").write_text(
        json.dumps({"exercise": exercise.key, "level": checking.sandbox_status().level, "ms": taken}, indent=2) + "\n"
    )


if __name__ == "__main__":
    main()
