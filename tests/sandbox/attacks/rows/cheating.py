"""Cheating: passing without an answer. What the site believes is shown elsewhere; here, that nothing else comes of it."""

from tests.sandbox.attacks.attack import CRASHED, ERROR, OK, Attack

ABOUT = "cheating"

SEARCH = """import gc
seen, todo, found = set(), [*sys.modules.values(), *gc.get_objects(), sys._getframe()], []
while todo:
    one = todo.pop()
    if id(one) in seen:
        continue
    seen.add(id(one))
    if isinstance(one, str) and MARK + "-" in one or isinstance(one, bytes) and MARK.encode() + b"-" in one:
        if "left" not in str(one):
            found.append(str(one))
    todo += gc.get_referents(one)
"""

ATTACKS = [
    Attack(
        "is equal to everything",
        ABOUT,
        """class A:
    __eq__ = lambda *_: True
    __hash__ = lambda _: 1
[A()]""",
        OK,
    ),
    Attack(
        "is a number that is equal to everything",
        ABOUT,
        "class A(int):\n    __eq__ = lambda *_: True\n    __hash__ = lambda _: 1\n[A(1)]",
        OK,
    ),
    Attack(
        "is a model that is equal to everything",
        ABOUT,
        """Author.__eq__ = lambda *_: True
Author.objects.all()""",
        OK,
    ),
    Attack("ends early and well", ABOUT, "raise SystemExit(0)", ERROR),
    Attack(
        "ends early and well in a thread",
        ABOUT,
        """import threading
threading.Thread(target=lambda: os._exit(0)).start()
import time
time.sleep(5)""",
        CRASHED,
    ),
    Attack("ends early and well by the system", ABOUT, "os._exit(0)", CRASHED),
    Attack("ends early by an interrupt", ABOUT, "raise KeyboardInterrupt", ERROR),
    Attack("ends early as a generator does", ABOUT, "raise GeneratorExit", ERROR),
    Attack("skips the test", ABOUT, "import unittest\nraise unittest.SkipTest('no need')", ERROR),
    Attack(
        "raises the sandbox's own limit",
        ABOUT,
        "from sandbox.limits import Limit\nraise Limit('ok', 'fine')",
        {"ok", "crashed", "error"},
    ),
    Attack(
        "raises a limit that there is not",
        ABOUT,
        """from sandbox.limits import Limit
raise Limit('passed', 'fine')""",
        ERROR,
    ),
    Attack(
        "raises that it was busy",
        ABOUT,
        """from sandbox.limits import Limit
raise Limit('busy', 'fine')""",
        CRASHED,
    ),
    Attack(
        "patches the QuerySet",
        ABOUT,
        """from django.db.models import QuerySet
QuerySet.__iter__ = lambda self: iter([1])
QuerySet.count = lambda self: 7
Author.objects.all()""",
        OK,
    ),
    Attack(
        "patches the cursor",
        ABOUT,
        """from django.db.backends.utils import CursorWrapper
CursorWrapper.fetchmany = lambda *_: []
CursorWrapper.execute = lambda *_: None
Author.objects.all()""",
        {"ok", "error"},
    ),
    Attack(
        "patches the encoder",
        ABOUT,
        "from sandbox import encode\nencode.Encoder.encode = lambda *_, **__: 'right'\n[1]",
        {"ok", "error", "crashed"},
    ),
    Attack(
        "patches JSON",
        ABOUT,
        """import json
json.dumps = lambda *_, **__: '{"outcome": "ok"}'
[1]""",
        {"ok", "crashed"},
    ),
    Attack(
        "patches the recorder",
        ABOUT,
        """from sandbox.record import Recorder, recorder
Recorder.statements = lambda self: ()
recorder.queries = 0
recorder.on = False
Author.objects.all()""",
        OK,
    ),
    Attack(
        "patches the observer",
        ABOUT,
        "from sandbox.observers import rows\nrows.observe = rows.describe = lambda *_: {}\n[1]",
        {"ok", "crashed"},
    ),
    Attack(
        "patches the writing of the answer",
        ABOUT,
        """from sandbox import codec, run
codec.write_observation = run.written = lambda *_: b'left'
[1]""",
        CRASHED,
    ),
    Attack(
        "patches every builtin",
        ABOUT,
        """import builtins
for name in ('len', 'isinstance', 'type', 'list'): setattr(builtins, name, lambda *_: 1)
[1]""",
        {"ok", "error", "crashed"},
    ),
    Attack("answers in SQL", ABOUT, "sql('SELECT id, name FROM library_author')", OK),
    Attack("answers by heart", ABOUT, "[*range(1, 7)]", OK),
    Attack(
        "finds the job in the frames around it",
        ABOUT,
        """frame, held = sys._getframe(), []
while frame:
    held.append({name: repr(value)[:2000] for name, value in frame.f_locals.items() if name in ("job", "run", "plan", "self")})
    frame = frame.f_back
held""",
        OK,
    ),
    Attack("searches its memory for what others wrote", ABOUT, SEARCH + "found", OK),
    Attack(
        "searches all of its memory for what others wrote",
        ABOUT,
        """# write() says whether an address can be read, where reading it would end the run.
near, far = os.pipe()
os.set_blocking(near, False)
import gc
held = [*gc.get_objects()]
for module in [*sys.modules.values()]:
    held += vars(module).values()
chunks = {id(one) >> 20 for one in held}
found, needle = [], MARK.encode() + b"-"
for chunk in sorted(chunks):
    for page in range(chunk << 20, (chunk + 1) << 20, 4096):
        if libc.write(far, ctypes.c_void_p(page), 4096) != 4096:
            continue
        there = os.read(near, 4096)
        at = there.find(needle)
        if at >= 0:
            found.append(there[at : at + 60])
found""",
        OK,
    ),
    Attack(
        "finds the modules that check",
        ABOUT,
        """checking = "lessons", "site_config", "accounts", "pytest", "tests"
held = [name for name in sys.modules if name.startswith(checking)]
if not held:
    raise LookupError("none")
held""",
        ERROR,
    ),
    Attack(
        "speaks to the next job by its channel",
        ABOUT,
        """os.write(3, b'\\0\\0\\0\\0')
[]""",
        CRASHED,
    ),
]
