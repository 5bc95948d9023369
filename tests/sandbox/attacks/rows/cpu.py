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
        "while True:\n    try:\n        while True: 1 / 0\n    except BaseException:\n        continue",
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
    endless("shows itself without end", "class A:\n    def __repr__(self):\n        while True: pass\n[A()]"),
    endless(
        "is an author whose name has no end", "def name(self):\n    while True: pass\nAuthor.__str__ = name\nAuthor.objects.all()"
    ),
    endless("never lets go of itself", "class A:\n    def __del__(self):\n        while True: pass\nA()\n[]"),
    endless(
        "iterates without giving",
        "class A:\n    def __iter__(self): return self\n    def __next__(self):\n        while True: pass\nA()",
    ),
    endless("generates without giving", "def rows():\n    while True: pass\n    yield 1\nrows()"),
    Attack("gives rows without end", ABOUT, "import itertools\nitertools.repeat(1)", {"output"}),
    endless("compares without end", "class A:\n    def __eq__(self, other):\n        while True: pass\n[A()] == [A()]"),
    endless(
        "has an error whose message has no end", "class A(Exception):\n    def __str__(self):\n        while True: pass\nraise A"
    ),
    endless("has a class that names itself without end", "class A:\n    def __dir__(self):\n        while True: pass\nA().x"),
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
    endless("waits for a lock that it holds", "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()"),
    endless("waits for a descriptor", "import select\nselect.select([], [], [])"),
    endless("waits for the site to say more", "os.read(3, 1)"),
    Attack("waits for somebody to type", ABOUT, "[input()]", ERROR),
    endless("loops in asyncio", "import asyncio\nasync def f():\n    while True: await asyncio.sleep(0)\nasyncio.run(f())"),
    endless("traces itself", "def trace(*_):\n    while True: pass\nsys.settrace(trace)\ndef f(): pass\nf()"),
    endless(
        "never has done with its modules",
        "class A:\n    def find_spec(self, *_):\n        while True: pass\nsys.meta_path[:] = [A()]\nimport nothing",
    ),
    endless("sorts by a key that has no end", "sorted(range(3), key=lambda n: sum(range(10**12)))"),
    endless(
        "collects without end",
        "import gc\nclass A:\n    def __init__(self): self.me = self\n    def __del__(self): A()\nA()\nwhile True: gc.collect()",
    ),
]
