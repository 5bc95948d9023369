"""Every way in which a run can end."""

from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from sandbox.client import Sandbox
from sandbox.protocol import FILE, PRINTED_BYTES, File, Job, Outcome
from tests.sandbox.conftest import WORLDS, until

THREADS_WITHOUT_END = """import threading, time
threading.stack_size(32768)
while True:
    threading.Thread(target=time.sleep, args=(20,)).start()"""
JOB = Job(observer="rows", world="library", files=(File(FILE, "Book.objects.all()"),))


@pytest.mark.parametrize(
    ("code", "outcome", "limit"),
    [
        ("Book.objects.all()", "ok", ""),
        ("[]", "ok", ""),
        ("1 / 0", "error", ""),
        ("Book.objects.filter(", "error", ""),
        ("\0", "error", ""),
        ("", "error", ""),
        ("exit()", "error", ""),
        ("raise KeyboardInterrupt", "error", ""),
        ("while True: pass", "timeout", "1 second"),
        ("try:\n    while True: pass\nfinally:\n    while True: pass", "timeout", "1 second"),
        ("import time\ntime.sleep(60)", "timeout", "1 second"),
        ("class Endless:\n    def __repr__(self):\n        while True: pass\n[Endless()]", "timeout", "1 second"),
        ("[0] * 10 ** 10", "memory", "256 MB"),
        ("rows = []\nwhile True: rows.append(bytes(10 ** 7))", "memory", "256 MB"),
        ("while True: print('x' * 1000)", "output", "64 KB of printed text"),
        ("import itertools\nitertools.count()", "output", "10,000 rows"),
        ("range(10_001)", "output", "10,000 rows"),
        ("[list(range(1000))] * 1000", "output", "400,000 values"),
        ("[{'a': 'x' * 900} for _ in range(9500)]", "output", "8 MB of results"),
        ("[[Decimal(n)] * 20 for n in range(10_000)]", "output", "400,000 values"),
        ("[(Decimal(n), n, 'x') for n in range(10_000)]", "ok", ""),
        ("import os\nos._exit(0)", "crashed", ""),
        (THREADS_WITHOUT_END, "crashed", ""),
        ("import ctypes\nctypes.string_at(0)", "crashed", ""),
        ("import os\nos.write(3, b'\\0\\0\\0\\1x')\nos._exit(0)", "crashed", ""),
        ("raise SyntaxError('no', ('answer.py', 300_000_000, 300_000_000, 'x'))", "error", ""),
        ("raise SyntaxError(7, ('answer.py', 'one', None, 3))", "error", ""),
        ("class A:\n    def __dir__(self): return ['fo\\ud800o']\nA().foo", "error", ""),
    ],
)
def test_a_run_ends_as_it_should(look, code, outcome, limit):
    seen = look(code, seconds=1.0)
    assert (seen.outcome, seen.limit) == (outcome, limit)
    assert (seen.error is not None) == (outcome == "error")


def test_endless_sql_is_a_timeout(look):
    code = """from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
    answer = cursor.fetchall()
answer = answer"""
    assert look(code, seconds=1.0).outcome is Outcome.TIMEOUT


def test_what_was_printed_before_a_loop_is_kept(look):
    seen = look("print('so far')\nwhile True: pass", seconds=1.0)
    assert seen.printed == "so far\n"


def test_what_was_printed_without_a_line_end_is_kept(look):
    assert look("print('abc', end='')\n1 / 0").printed == "abc"
    assert look("import sys\nprint('abc', end='')\nsys.stdout = None\n[]").printed == "abc"


def test_a_forged_answer_that_is_too_large_is_refused(look):
    code = """import json, os, struct
seen = {"rows": [1] * 20_000}
frame = json.dumps({"outcome": "ok", "limit": "", "error": None,
    "results": [{"label": "visible", "seen": seen, "queries": 0, "statements": [], "steps": []}]}).encode()
data = struct.pack("!I", len(frame)) + frame
while data:
    data = data[os.write(3, data):]
os._exit(0)"""
    assert look(code).outcome is Outcome.CRASHED
    assert look(code.replace("20_000", "10")).outcome is Outcome.OK  # a claim like any other: see the threat model


def test_printed_text_is_cut_at_its_limit(look):
    seen = look("print('é' * 10 ** 6)\n[]")
    assert seen.outcome is Outcome.OUTPUT
    assert 0 < len(seen.printed.encode()) <= PRINTED_BYTES + 4


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("1\n2\n1 / 0", 3),
        ("def f():\n    return g()\ndef g():\n    return 1 / 0\nf()", 4),
        ("x = 1\nBook.objects.filter(", 2),
        ("x = 1\n", 1),
        ("(1 / n for n in [1, 0])", 1),
        ("Book.objects.all()\nfor b in []:\n    pass", 2),
    ],
)
def test_an_error_names_the_learners_line(look, code, line):
    assert look(code).error.line == line


def test_a_traceback_has_the_learners_frames_only(look):
    error = look("def find():\n    return Book.objects.get(pk=-1)\n[find()]").error
    assert error.type == "DoesNotExist"
    assert [(frame.line, frame.name, frame.text) for frame in error.frames] == [
        (3, "<module>", "[find()]"),
        (2, "find", "return Book.objects.get(pk=-1)"),
    ]


def test_a_statement_that_gives_nothing_back_is_said(look):
    error = look("books = Book.objects.all()").error
    assert error.type == "NoAnswer"
    assert "answer" in error.message


def test_assigning_to_answer_is_an_answer(see):
    assert see("answer = [1, 2]")["rows"] == [1, 2]
    assert see("answer: list = [3]")["rows"] == [3]
    assert see("answer = [1]\nanswer += [2]")["rows"] == [1, 2]


def test_a_full_line_is_busy_at_once_and_the_waiting_are_served():
    crowded = Sandbox(WORLDS, slots=1, line=1, patience=30.0)
    endless = replace(JOB, files=(File(FILE, "while True: pass"),), seconds=1.0)
    with ThreadPoolExecutor() as pool:
        running = pool.submit(crowded.run, endless)
        until(lambda: crowded.running == 1)
        waiting = pool.submit(crowded.run, JOB)
        until(lambda: crowded.waiting == 1)
        assert crowded.run(JOB).outcome is Outcome.BUSY
        assert [running.result().outcome, waiting.result().outcome] == ["timeout", "ok"]
    crowded.stop()


def test_the_line_is_served_in_its_order():
    crowded = Sandbox(WORLDS, slots=1, patience=30.0)
    when = replace(JOB, files=(File(FILE, "import time\n[time.monotonic()]"),))
    with ThreadPoolExecutor() as pool:
        pool.submit(crowded.run, replace(JOB, files=(File(FILE, "while True: pass"),), seconds=0.5))
        until(lambda: crowded.running == 1)
        waiting = []
        for n in range(5):
            waiting.append(pool.submit(crowded.run, when))
            until(lambda n=n: crowded.waiting == n + 1)  # type: ignore[misc]
        times = [one.result().results[0].seen["rows"][0] for one in waiting]
    crowded.stop()
    assert times == sorted(times)


def test_each_hidden_database_has_time_and_room_of_its_own(look, sandbox):
    made = sandbox.run(Job(observer="image", world="library", files=(), options={"seed": 7, "size": 0.5}))
    image = b64decode(made.results[0].seen["image"])
    code = "import time\ntime.sleep(0.6)\nprint('x' * 40_000)\nAuthor.objects.all()"
    assert look(code, databases=(image, image), seconds=1.0).outcome is Outcome.OK
    assert look("while True: pass", databases=(image, image), seconds=0.3).limit == "0.3 seconds"


def test_patience_ends_in_busy():
    crowded = Sandbox(WORLDS, slots=1, patience=0.1)
    endless = replace(JOB, files=(File(FILE, "while True: pass"),), seconds=1.0)
    with ThreadPoolExecutor() as pool:
        pool.submit(crowded.run, endless)
        until(lambda: crowded.running == 1)
        assert crowded.run(JOB).outcome is Outcome.BUSY
    crowded.stop()


def test_without_worlds_the_sandbox_is_unavailable(tmp_path):
    empty = Sandbox(tmp_path)
    assert empty.run(JOB).outcome is Outcome.UNAVAILABLE
    assert empty.status().level == "refused"
    empty.stop()
