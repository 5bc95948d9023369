"""Time: going on beyond the deadline."""

from tests.sandbox.attacks.attack import ERROR, TIMEOUT, Attack

ABOUT = "time"
CLIENT = ("client",)


def endless(name: str, code: str, *, ends: frozenset[str] = TIMEOUT, layers: tuple[str, ...] = ()) -> Attack:
    return Attack(name, ABOUT, code, ends, layers, seconds=0.4)


ATTACKS = [
    endless("loops", "while True: pass", layers=CLIENT),
    endless("sleeps", "import time\ntime.sleep(10**6)", layers=CLIENT),
    endless("raises a big power", "[3 ** 10**9]"),
    endless("has a pattern go back and back", "import re\nre.match('(a+)+$', 'a' * 64 + 'b')"),
    endless("adds up without end", "sum(range(10**12))"),
    endless(
        "ignores every signal",
        """import signal
signal.pthread_sigmask(signal.SIG_BLOCK, signal.Signals)
for number in signal.Signals:
    tried(lambda: signal.signal(number, signal.SIG_IGN))
while True: pass""",
        layers=CLIENT,
    ),
    endless(
        "catches everything",
        """while True:
    try:
        while True: 1 / 0
    except BaseException:
        continue""",
        layers=CLIENT,
    ),
    endless(
        "makes timers of its own",
        """import signal
signal.signal(signal.SIGALRM, lambda *_: signal.setitimer(signal.ITIMER_REAL, 0.001))
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
signal.signal(signal.SIGVTALRM, lambda *_: None)
signal.setitimer(signal.ITIMER_VIRTUAL, 0.001, 0.001)
while True: pass""",
    ),
    Attack(
        "is ended by an alarm of its own",
        ABOUT,
        "import signal\nsignal.setitimer(signal.ITIMER_REAL, 0.01)\nwhile True: pass",
        {"crashed"},
    ),
    endless(
        "shows itself without end",
        """class A:
    def __repr__(self):
        while True: pass
[A()]""",
    ),
    endless(
        "is an author whose name has no end",
        """def name(self):
    while True: pass
Author.__str__ = name
Author.objects.all()""",
    ),
    endless(
        "never lets go of itself",
        """class A:
    def __del__(self):
        while True: pass
A()
[]""",
    ),
    endless(
        "iterates without giving",
        """class A:
    def __iter__(self): return self
    def __next__(self):
        while True: pass
A()""",
    ),
    endless("generates without giving", "def rows():\n    while True: pass\n    yield 1\nrows()"),
    Attack("gives rows without end", ABOUT, "import itertools\nitertools.repeat(1)", {"output"}),
    endless(
        "compares without end",
        """class A:
    def __eq__(self, other):
        while True: pass
[A()] == [A()]""",
    ),
    endless(
        "has an error whose message has no end",
        """class A(Exception):
    def __str__(self):
        while True: pass
raise A""",
    ),
    endless(
        "has a class that names itself without end",
        """class A:
    def __dir__(self):
        while True: pass
A().x""",
    ),
    Attack(
        "waits for its end to go on",
        ABOUT,
        "import atexit\n@atexit.register\ndef go_on():\n    while True: pass\n[]",
        {"ok"},
    ),
    endless(
        "keeps the lock of the interpreter",
        """import threading
sys.setswitchinterval(1e6)
for _ in range(3): threading.Thread(target=lambda: 3 ** 10**8).start()
while True: pass""",
    ),
    endless(
        "is busy in other threads",
        """import threading
def busy():
    while True: pass
for _ in range(4): threading.Thread(target=busy, daemon=True).start()
threading.Event().wait()""",
    ),
    endless(
        "waits for a lock that it holds",
        """import threading
lock = threading.Lock()
lock.acquire()
lock.acquire()""",
    ),
    endless("waits for a descriptor", "import select\nselect.select([], [], [])"),
    endless("waits for the site to say more", "os.read(3, 1)"),
    Attack("waits for somebody to type", ABOUT, "[input()]", ERROR),
    endless(
        "loops in asyncio",
        """import asyncio
async def f():
    while True: await asyncio.sleep(0)
asyncio.run(f())""",
    ),
    endless(
        "traces itself",
        """def trace(*_):
    while True: pass
sys.settrace(trace)
def f(): pass
f()""",
    ),
    endless(
        "never has done with its modules",
        """class A:
    def find_spec(self, *_):
        while True: pass
sys.meta_path[:] = [A()]
import nothing""",
    ),
    endless("sorts by a key that has no end", "sorted(range(3), key=lambda n: sum(range(10**12)))"),
    endless(
        "collects without end",
        """import gc
class A:
    def __init__(self): self.me = self
    def __del__(self): A()
A()
while True: gc.collect()""",
    ),
]
