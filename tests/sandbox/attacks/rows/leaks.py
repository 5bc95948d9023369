"""Leaks: leaving something for the next run. The arena looks at the state that it finds."""

from tests.sandbox.attacks.attack import OK, Attack

ABOUT = "leaks"


def leak(name: str, code: str) -> Attack:
    return Attack(name, ABOUT, f"{code}\n[]", OK)


ATTACKS = [
    leak(
        "removes and adds rows",
        """Author.objects.all().delete()
Author.objects.create(name=MARK)""",
    ),
    leak(
        "changes rows behind a transaction",
        """from django.db import transaction
with transaction.atomic():
    Book.objects.update(price=1)""",
    ),
    leak(
        "drops tables",
        """sql('PRAGMA foreign_keys = OFF')
sql('DROP TABLE library_book')
sql('CREATE TABLE left_ (x)')""",
    ),
    leak(
        "leaves a transaction open",
        """from django.db import transaction
transaction.set_autocommit(False)
Author.objects.create(name=MARK)""",
    ),
    leak("closes the connection", "from django.db import connection\nconnection.close()"),
    leak(
        "changes the connection",
        """from sandbox.backend.base import DatabaseWrapper
DatabaseWrapper.shared = None""",
    ),
    leak("patches builtins", "import builtins\nbuiltins.sorted = lambda *_: 7\nbuiltins.left = 1"),
    leak("patches the models", "Author.name = 'left'\nBook.objects.filter = None\nAuthor.left = 1"),
    leak(
        "patches Django",
        """from django.db.models import QuerySet, Count
QuerySet.left = QuerySet.filter = None
Count.left = 1""",
    ),
    leak(
        "patches the sandbox",
        """from sandbox import lockdown, run
run.main = lockdown.before_code = lockdown.before_job = None""",
    ),
    leak(
        "patches the lockdown's own data",
        """from sandbox.lockdown import database, seccomp, syscalls
syscalls.ALLOWED['left'] = 'socket'
seccomp.RULES.clear()
database.DENIED_ACTIONS = frozenset()""",
    ),
    leak(
        "adds and removes modules",
        """import types
sys.modules['left'] = types.ModuleType('left')
del sys.modules['json']""",
    ),
    leak(
        "changes the path",
        """sys.path.insert(0, FOLDER)
sys.meta_path.clear()
sys.path_hooks.clear()""",
    ),
    leak(
        "changes the environment",
        """os.environ['left'] = MARK
os.putenv('left2', MARK)
os.umask(0)""",
    ),
    leak(
        "leaves things in caches",
        """tried(lambda: __import__('django.core.cache').core.cache.cache.set('left', MARK))
import functools, re, linecache
re.compile(MARK)
linecache.cache['left'] = MARK""",
    ),
    leak("seeds chance", "import random\nrandom.seed(7)"),
    leak(
        "changes the zone and the language",
        """from django.utils import timezone, translation
import zoneinfo
tried(lambda: timezone.activate('Asia/Tokyo'))
tried(lambda: translation.activate('de'))""",
    ),
    leak(
        "changes decimals",
        """import decimal
decimal.getcontext().prec = 3
decimal.DefaultContext.prec = 3""",
    ),
    leak("filters warnings", "import warnings\nwarnings.simplefilter('error')"),
    leak(
        "changes what signals do",
        """import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
signal.setitimer(signal.ITIMER_REAL, 100)""",
    ),
    leak(
        "changes how Python works",
        """import gc, threading
sys.setrecursionlimit(70)
gc.enable()
gc.set_threshold(1)
gc.unfreeze()
sys.setrecursionlimit(1000)
sys.setswitchinterval(9)
threading.stack_size(1 << 20)""",
    ),
    leak(
        "leaves hooks",
        """import atexit, os, threading
atexit.register(print)
os.register_at_fork(after_in_child=lambda: os._exit(1))
threading.settrace(print)
sys.addaudithook(lambda *_: None)
sys.excepthook = sys.displayhook = None""",
    ),
    leak(
        "leaves a thread",
        """import threading, time
threading.Thread(target=time.sleep, args=(60,), daemon=True).start()""",
    ),
    leak("changes the number seven", "ctypes.memset(id(7) + ctypes.sizeof(ctypes.c_void_p) * 3, 9, 1)"),
    leak("changes a constant text", "ctypes.memset(id('name') + 40, 0x58, 2)"),
    leak(
        "leaves memory shared",
        """import mmap
held = mmap.mmap(-1, 4096, mmap.MAP_SHARED)
held[:4] = b'left'""",
    ),
    leak(
        "changes the signals of Django",
        """from django.db.models.signals import post_init, post_save
def left(**_): raise SystemExit
post_init.connect(left, weak=False)
post_save.connect(left, weak=False)""",
    ),
    leak(
        "registers an app and a lookup",
        """from django.apps import apps
from django.db import models
class Left(models.Model):
    class Meta:
        app_label = 'library'
models.CharField.register_lookup(type('L', (models.Lookup,), {'lookup_name': 'left'}))""",
    ),
    leak(
        "moves its descriptors about",
        """import fcntl
for n in range(4, 20): os.dup2(0, n)
fcntl.fcntl(0, fcntl.F_SETFL, os.O_NONBLOCK | os.O_APPEND)""",
    ),
    leak(
        "has abstract types know its own",
        """import abc, collections.abc
collections.abc.Sized.register(Author)
Author.__bases__ += ()""",
    ),
]
