"""Memory: taking more than a run may have, and breaking what it has."""

from tests.sandbox.attacks.attack import CRASHED, ERROR, MEMORY, OK, Attack

ABOUT = "memory"
RESOURCES = ("resources",)
ENDS = {"memory", "crashed", "error", "timeout"}
"""Where a limit may be met in the midst of anything."""
THREADS = """import time, _thread, threading
threading.stack_size(32768)
for _ in range(1000): _thread.start_new_thread(time.sleep, (30,))
"""

ATTACKS = [
    Attack("makes one big object", ABOUT, "[bytes(1 << 40)]", MEMORY, RESOURCES, harmless=False),
    Attack(
        "takes half a gigabyte at once",
        ABOUT,
        """held = bytes(1 << 29)
[len(held)]""",
        MEMORY,
        RESOURCES,
    ),
    Attack(
        "takes half a gigabyte bit by bit",
        ABOUT,
        """held = [bytes(10**6) for _ in range(512)]
[1]""",
        MEMORY,
        RESOURCES,
    ),
    Attack(
        "maps half a gigabyte",
        ABOUT,
        "import mmap\nheld = mmap.mmap(-1, 1 << 29)\n[1]",
        {"memory", "error"},
        RESOURCES,
    ),
    Attack(
        "grows a mapping",
        ABOUT,
        "import mmap\nheld = mmap.mmap(-1, 1 << 20)\nheld.resize(1 << 29)\n[1]",
        {"memory", "error"},
        RESOURCES,
    ),
    Attack(
        "takes memory from the C library",
        ABOUT,
        """libc.malloc.restype = ctypes.c_void_p
if libc.malloc(ctypes.c_size_t(1 << 29)) is None:
    raise MemoryError
[1]""",
        MEMORY,
        RESOURCES,
    ),
    Attack(
        "grows a list without end",
        ABOUT,
        """rows = [0]
while True: rows += rows""",
        MEMORY,
        RESOURCES,
        harmless=False,
    ),
    Attack(
        "grows a text without end",
        ABOUT,
        """text = 'x'
while True: text += text""",
        MEMORY,
        RESOURCES,
        harmless=False,
    ),
    Attack(
        "grows a dict without end",
        ABOUT,
        "held = {}\nwhile True: held[len(held)] = bytes(1000)",
        MEMORY,
        RESOURCES,
        harmless=False,
    ),
    Attack(
        "goes on after the memory is full",
        ABOUT,
        """held = []
while True:
    try:
        held.append(bytearray(1 << 20))
    except MemoryError:
        pass""",
        ENDS,
        seconds=0.5,
        harmless=False,
    ),
    Attack("formats a wide text", ABOUT, "['%999999999d' % 1, f'{1:>10000000000}']", ENDS, RESOURCES, harmless=False),
    Attack(
        "unpacks a compression bomb",
        ABOUT,
        """import gzip
[len(gzip.decompress(gzip.compress(bytes(1 << 24)) * 20))]""",
        MEMORY,
        RESOURCES,
    ),
    Attack(
        "unpickles a bomb",
        ABOUT,
        """import pickle
[pickle.loads(b'\\x80\\x04\\x96' + (1 << 62).to_bytes(8, 'little') + b'.')]""",
        ENDS,
    ),
    Attack(
        "computes with a billion digits",
        ABOUT,
        """import decimal
decimal.getcontext().prec = 10**9
[Decimal(1) / 3]""",
        ENDS,
    ),
    Attack("recurses", ABOUT, "def f(): return f()\nf()", ERROR),
    Attack(
        "recurses where Python was told not to look",
        ABOUT,
        """sys.setrecursionlimit(10**9)
def f(n): return f(n + 1)
f(0)""",
        ENDS,
    ),
    Attack(
        "fills the C stack by repr",
        ABOUT,
        """held = []
for _ in range(10**5): held = [held]
repr(held)""",
        ENDS,
    ),
    Attack(
        "fills the C stack by a chain of iterators",
        ABOUT,
        "one = iter([1])\nfor _ in range(10**6): one = map(abs, one)\nlist(one)",
        ENDS,
    ),
    Attack(
        "fills the C stack at the end of an object",
        ABOUT,
        "held = None\nfor _ in range(10**6): held = (held,)\ndel held\n[]",
        {"ok", *ENDS},
    ),
    Attack(
        "nests source without end",
        ABOUT,
        """try:
    compile('(' * 10**5 + ')' * 10**5, 'x', 'eval')
except SyntaxError as problem:
    raise MemoryError from problem""",
        ENDS,
    ),
    Attack("nests a syntax tree without end", ABOUT, "eval('-' * 10**6 + '1')", ENDS),
    Attack("nests JSON without end", ABOUT, "import json\njson.loads('[' * 10**6)", ENDS),
    Attack("nests a pattern without end", ABOUT, "import re\nre.compile('(' * 10**5)", ENDS),
    Attack(
        "runs a bad code object",
        ABOUT,
        """def f(): pass
f.__code__ = f.__code__.replace(co_code=bytes([100, 255, 83, 0] * 8), co_consts=())
f()""",
        {"crashed", "error"},
    ),
    Attack(
        "runs code that takes from an empty stack",
        ABOUT,
        """import opcode
def f(): pass
pop = bytes([opcode.opmap["POP_TOP"], 0])
f.__code__ = f.__code__.replace(co_code=pop * 10**4)
f()""",
        {"crashed", "error"},
    ),
    Attack("reads from nowhere", ABOUT, "ctypes.string_at(0)", CRASHED),
    Attack(
        "writes over its interpreter",
        ABOUT,
        """ctypes.memset(id(type), 0x41, 400)
type('x', (), {})""",
        CRASHED,
    ),
    Attack(
        "frees what is in use",
        ABOUT,
        """for _ in range(3): ctypes.pythonapi.Py_DecRef(ctypes.py_object(os))
for _ in range(9): os = None
[]""",
        {"ok", *ENDS},
    ),
    Attack("calls a number", ABOUT, "ctypes.CFUNCTYPE(None)(0x41414141)()", CRASHED),
    Attack("locks memory", ABOUT, "[checked(libc.mlockall(3))]", ERROR, ("seccomp",), privileged=True, engines_refuse=True),
    Attack(
        "opens descriptors without end",
        ABOUT,
        "held = []\nwhile len(held) < 500: held.append(os.dup(0))\n[len(held)]",
        ERROR,
        RESOURCES,
    ),
    Attack(
        "fills the kernel's buffers",
        ABOUT,
        """import socket
held = []
def fill():
    near, far = socket.socketpair()
    held.append((near, far))
    near.setblocking(False)
    while True:
        near.send(bytes(1 << 16))
while len(held) < 500:
    try:
        fill()
    except BlockingIOError:
        pass
[len(held)]""",
        ERROR,
        RESOURCES,
        harmless=False,
    ),
    Attack("starts threads without end", ABOUT, f"{THREADS}time.sleep(1)\n[]", CRASHED, harmless=False),
    Attack(
        "starts threads without end and never falls silent",
        ABOUT,
        """import time, _thread, threading
threading.stack_size(32768)
for n in range(600):
    os.write(1, b"x")
    _thread.start_new_thread(time.sleep, (30,))
    time.sleep(0.0015)
[]""",
        CRASHED,
        harmless=False,
    ),
    Attack(
        "keeps everything that SQLite can give",
        ABOUT,
        "held = [sql('SELECT randomblob(9000000)') for _ in range(35)]\n[1]",
        {"memory"},
        RESOURCES,
    ),
    Attack(
        "has a generator that holds all it gave", ABOUT, "(bytes(10**6) for _ in range(10**4))", MEMORY, RESOURCES, harmless=False
    ),
    Attack(
        "gives back views of much memory",
        ABOUT,
        """held = memoryview(bytearray(10**8))
[held[n:] for n in range(1000)]""",
        OK,
    ),
]
