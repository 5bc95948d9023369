"""Output: what comes back, which is an untrusted claim, and what is printed."""

from tests.sandbox.attacks.attack import CRASHED, ERROR, OK, OUTPUT, TIMEOUT, Attack

ABOUT = "output"
CLIENT = ("client",)

FRAME = """import json, struct
def frame(payload):
    text = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return struct.pack("!I", len(text)) + text
def claim(seen=None, **changes):
    result = {"label": "visible", "seen": seen or {"rows": [1]}, "queries": 0, "statements": [], "steps": []}
    return {"outcome": "ok", "limit": "", "error": None, "results": [result], **changes}
def send(data):
    data = memoryview(data)
    while data:
        data = data[os.write(3, data) :]
def finish(data):
    send(data)
    os._exit(0)
def hang_up(*descriptors):
    import socket
    for descriptor in descriptors or (3, 1):
        socket.socket(fileno=os.dup(descriptor)).shutdown(socket.SHUT_RDWR)
def answer():
    send(frame(claim()))
    hang_up()
"""


def hung_up(name: str, code: str, *, ends: frozenset[str] = OK, layers: tuple[str, ...] = CLIENT, beside: str = "") -> Attack:
    """It gives the client all that a run gives, and is not ended by itself."""
    return Attack(name, ABOUT, FRAME + code, ends, layers, seconds=0.4, beside=beside)


def forged(name: str, code: str, *, ends: frozenset[str] = CRASHED) -> Attack:
    return Attack(name, ABOUT, FRAME + code, ends, CLIENT, seconds=0.4)


ATTACKS = [
    Attack("prints without end", ABOUT, "while True: print('x' * 1000)", OUTPUT, CLIENT),
    Attack("writes to its output without end", ABOUT, "while True: os.write(1, bytes(1 << 16))", OUTPUT, CLIENT),
    Attack("writes to its errors without end", ABOUT, "while True: os.write(2, b'x' * 4096)", OUTPUT, CLIENT),
    Attack("prints one long line", ABOUT, "print('x' * 10**7)\n[]", OUTPUT, CLIENT),
    Attack("fills its channel", ABOUT, "while True: os.write(3, bytes(1 << 16))", CRASHED, CLIENT),
    Attack("prints bytes that are no text", ABOUT, "os.write(1, bytes(range(256)))\n[]", OK),
    Attack(
        "prints what a terminal obeys",
        ABOUT,
        """print('\\x1b]0;left\\x07\\x1b[2J\\x1b[6n')
[]""",
        OK,
    ),
    Attack("prints halves of characters", ABOUT, "print('\\ud800\\udfff')\n[]", OK),
    Attack(
        "warns without end",
        ABOUT,
        "import warnings\nwarnings.simplefilter('always')\nwhile True: warnings.warn('x' * 1000)",
        OUTPUT,
    ),
    Attack("has an error of ten megabytes", ABOUT, "raise ValueError('x' * 10**7)", ERROR),
    Attack(
        "has an error of many lines",
        ABOUT,
        """def f(n): return f(n - 1) if n else 1 / 0
f(500)""",
        ERROR,
    ),
    Attack("has an error whose class has a long name", ABOUT, "raise type('E' * 10**6, (Exception,), {})", ERROR),
    Attack(
        "has an error whose class has halves of characters for a name", ABOUT, "raise type('\\ud800', (Exception,), {})", ERROR
    ),
    Attack(
        "has an error that cannot be shown",
        ABOUT,
        """class E(Exception):
    def __str__(self): raise E
raise E""",
        ERROR,
    ),
    Attack(
        "has an error that holds itself",
        ABOUT,
        "error = ValueError()\nerror.__cause__ = error.__context__ = error\nraise error",
        ERROR,
    ),
    Attack(
        "has a group of errors, deep",
        ABOUT,
        "e = ValueError('x')\nfor _ in range(10**4): e = ExceptionGroup('x', [e])\nraise e",
        {"error", "crashed"},
    ),
    Attack(
        "gives back HTML and script",
        ABOUT,
        """print('<script>alert(1)</script>')
Author.objects.create(name='<img src=x onerror=alert(1)>')
Author.objects.order_by('-pk')""",
        OK,
    ),
    Attack("has an error of HTML", ABOUT, "raise ValueError('</script><script>alert(1)</script>')", ERROR),
    Attack("gives back what is no number", ABOUT, "[float('nan'), float('inf'), -float('inf'), Decimal('sNaN'), 10**5000]", OK),
    Attack("gives back halves of characters", ABOUT, "['\\ud800', '\\udc00\\ud800', {'\\ud800': 1}]", OK),
    Attack(
        "gives back what is nested",
        ABOUT,
        """held = []
for _ in range(10**5): held = [held]
[held]""",
        OK,
    ),
    Attack("gives back what is wide", ABOUT, "[[0] * 10**6]", {"output", "memory"}),
    Attack("gives back a text of ten megabytes", ABOUT, "['x' * 10**7]", OK),
    forged("claims too many rows", "finish(frame(claim({'rows': [1] * 20_000})))"),
    forged("claims too many values", "finish(frame(claim({'rows': [[0] * 1000] * 1000})))"),
    forged("claims eight megabytes of empty lists", "finish(frame(b'[' + b'[],' * 2_790_000 + b'[]]'))"),
    forged("claims eight megabytes of numbers", "finish(frame(b'[' + b'1,' * 4_190_000 + b'1]'))"),
    forged("claims more than a frame", "finish(bytes(20 << 20))"),
    forged("claims what is nested", "finish(frame(b'[' * 10**6 + b']' * 10**6))"),
    forged("claims a little less nested", "finish(frame(b'[' * 900 + b']' * 900))"),
    forged("claims what is no number", "finish(frame(claim({'rows': [float('nan')]})))"),
    forged("claims a huge number", "finish(frame(b'{\"outcome\": ' + b'9' * 10**6 + b'}'))"),
    forged("claims a huge exponent", "finish(frame(b'{\"outcome\": 1e999}'))"),
    forged("claims halves of characters", "finish(frame(claim({'rows': ['\\ud800']})))"),
    forged("claims what is no UTF-8", "finish(frame(b'\"\\xff\\xfe\"'))"),
    forged("claims in another coding", "finish(frame(json.dumps(claim()).encode('utf-16-le')))"),
    forged("claims a long text", "finish(frame(claim({'rows': ['x' * 10**6]})))"),
    forged("claims fewer than no queries", "finish(frame(claim(results=[{**claim()['results'][0], 'queries': -1}])))"),
    forged("claims a yes for a number", "finish(frame(claim(results=[{**claim()['results'][0], 'queries': True}])))"),
    forged("claims more results than there are databases", "finish(frame(claim(results=claim()['results'] * 50)))"),
    forged("claims that the sandbox was busy", "finish(frame(claim(outcome='busy')))"),
    forged("claims that the sandbox was not there", "finish(frame(claim(outcome='unavailable')))"),
    forged("claims an outcome that there is not", "finish(frame(claim(outcome='passed')))"),
    forged("claims an error that it does not tell", "finish(frame(claim(outcome='error')))"),
    forged("claims half a frame", "finish(frame(claim())[:-1])"),
    forged("claims half a length", "finish(b'\\0\\0')"),
    # As a run would that never began, which is nobody's fault: none of these is how that is told.
    *(forged(f"claims nothing and ends with {code}", f"os._exit({code})") for code in (1, 75, 255)),
    forged("claims nothing and ends well", "os._exit(0)"),
    forged("claims twice", "finish(frame(claim()) * 2)"),
    forged("claims, and then answers as well", "send(frame(claim()))\n[]"),
    forged(
        "claims half, and is killed by the deadline",
        """send(frame(claim())[:9])
while True: pass""",
        ends=frozenset({"timeout"}),
    ),
    forged(
        "claims, and goes on until the deadline",
        """send(frame(claim()))
while True: pass""",
        ends=frozenset({"timeout"}),
    ),
    forged("claims, and is ended by a signal", "send(frame(claim())[:-2])\nctypes.string_at(0)"),
    # What it can: the threat model says so. It is a claim about its own answer.
    Attack("claims what an honest run could have sent", ABOUT, FRAME + "finish(frame(claim()))", OK),
    # Who hangs up after a whole answer is believed to have ended, and is killed: what goes on would be left when the arena looks.
    hung_up("hangs up and sleeps", "import time\nanswer()\ntime.sleep(10**6)"),
    hung_up("hangs up and goes on computing", "answer()\nwhile True: pass"),
    hung_up(
        "hangs up and ignores every signal", "import signal\nsignal.pthread_sigmask(0, range(1, 65))\nanswer()\nsignal.pause()"
    ),
    hung_up("hangs up and keeps its memory", "import time\nheld = bytearray(10**8)\nanswer()\ntime.sleep(10**6)"),
    hung_up("hangs up and prints without end", "answer()\nwhile True: tried(lambda: os.write(1, bytes(1 << 16)))"),
    hung_up("hangs up and breaks", "answer()\nctypes.string_at(0)"),
    hung_up(
        "hangs up and goes on in other threads",
        """import threading, time
for _ in range(20): threading.Thread(target=time.sleep, args=(10**6,)).start()
answer()
syscall("exit", 0)""",
    ),
    hung_up(
        "hangs up in a thread, and answers as well",
        """import threading
thread = threading.Thread(target=answer)
thread.start()
thread.join()
[]""",
        ends=frozenset({"ok", "crashed"}),
    ),
    hung_up(
        "hangs up and sends again by a copy of its channel",
        """copy = os.dup(3)
answer()
while True: tried(lambda: os.write(copy, frame(claim())))""",
    ),
    hung_up(
        "hangs up and forks",
        """answer()
while True: tried(os.fork)""",
        layers=(),
    ),
    hung_up(
        "hangs up while another runs beside it",
        "import time\nanswer()\ntime.sleep(10**6)",
        beside="import time\ntime.sleep(0.2)\n[1]",
    ),
    hung_up("hangs up before it has answered", "hang_up()\nsend(frame(claim()))", ends=CRASHED),
    hung_up("hangs up after half an answer", "send(frame(claim())[:9])\nhang_up()\nwhile True: pass", ends=TIMEOUT),
    hung_up("hangs up after two answers", "send(frame(claim()) * 2)\nhang_up()\nwhile True: pass", ends=TIMEOUT),
    hung_up("hangs up its channel only", "send(frame(claim()))\nhang_up(3)\nwhile True: pass", ends=TIMEOUT),
    hung_up(
        "hangs up its channel only and prints without end",
        "send(frame(claim()))\nhang_up(3)\nwhile True: os.write(1, bytes(1 << 16))",
        ends=OUTPUT,
    ),
    hung_up("hangs up its output only", "send(frame(claim()))\nhang_up(1)\nwhile True: pass", ends=TIMEOUT),
    # A warning of Python's may then find no way out, which is the learner's own doing.
    hung_up("hangs up its output and answers", "hang_up(1)\n[]", ends=frozenset({"ok", "crashed"})),
    Attack("closes its channel", ABOUT, "os.close(3)\n[]", CRASHED),
    Attack(
        "shuts its channel",
        ABOUT,
        """import socket
socket.socket(fileno=3).shutdown(socket.SHUT_RDWR)
[]""",
        CRASHED,
    ),
    Attack(
        "closes everything",
        ABOUT,
        """os.closerange(0, 300)
while True: pass""",
        {"timeout"},
        CLIENT,
        seconds=0.4,
    ),
    Attack("puts its output on its channel", ABOUT, "os.dup2(1, 3)\n[]", {"crashed"}),
    Attack(
        "puts its channel on its output",
        ABOUT,
        """os.dup2(3, 1)
print('left')
[]""",
        {"crashed"},
    ),
    Attack(
        "makes its channel not wait",
        ABOUT,
        "os.set_blocking(3, False)\n['x' * 9000 for _ in range(800)]",
        {"ok", "crashed", "output"},
    ),
    Attack(
        "has an output that fails",
        ABOUT,
        """class Out:
    def __getattr__(self, name): raise KeyError
sys.stdout = sys.stderr = Out()
[]""",
        OK,
    ),
    Attack("closes its output", ABOUT, "sys.stdout.close()\n[]", {"crashed", "ok"}),
]
