"""Run after every attack: everything in which one could have left a trace for the next. Rows as NAMES says, one each.

WHOLE: also every name of every module and class, and what is frozen, which take longest; None stands for what was not looked at.
"""

import gc
import os
import random
import signal
import sys
import threading
import warnings
from decimal import getcontext

from django.core.cache import cache
from django.db import connection
from django.utils import timezone as zones

NAMES = """
    modules environment path warnings data schema names classes cache random zone decimal signals recursion collector frozen
    small_numbers descriptors limits folder threads timer
"""


def held(names, *but):
    """Which names, and which objects they stand for. Forks of one process agree on both."""
    kept = dict(names)
    for name in but:
        kept.pop(name, None)
    return hash((tuple(kept), tuple(map(id, kept.values()))))


def names_of_modules():
    # What every run has of its own: its module, its output, and a lock that the fork made.
    own = "stdout", "stderr", "_active_limbo_lock"
    return hash(tuple(held(vars(module), *own) for name, module in before.items() if name != "answer"))


def classes():
    wanted = ("django", "json", "sandbox", "decimal", "datetime", "library", "sqlite3", "collections", "builtins")
    modules = [module for name, module in before.items() if name.partition(".")[0] in wanted]
    found = {id(one): one for module in modules for one in vars(module).values() if issubclass(type(one), type)}
    return hash(tuple((number, held(vars(one))) for number, one in found.items()))


def open_descriptors():
    found = []
    for descriptor in range(300):
        try:
            os.fstat(descriptor)
            found.append(descriptor)
        except OSError:
            pass
    return found


def cached():
    try:
        return cache.get("left")
    except PermissionError:
        return "no cache could be opened"


def rows():
    tables = [name for (name,) in sqlite("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return [(table, sqlite(f'SELECT * FROM "{table}"')) for table in tables]  # noqa: S608


def sqlite(statement):
    return connection.connection.execute(statement).fetchall()


def limits():
    import resource

    return [resource.getrlimit(which) for which in (resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE)]


before, whole = dict(sys.modules), globals()["WHOLE"]
[
    hash(tuple(before)),
    sorted(os.environ.items()),
    sys.path,
    len(warnings.filters),
    hash(repr(rows())),
    hash(repr(sqlite("SELECT * FROM sqlite_master"))),
    names_of_modules() if whole else None,
    classes() if whole else None,
    cached(),
    random.random() == random.Random(7).random(),
    getattr(vars(zones)["_active"], "value", None),
    getcontext().prec,
    repr([signal.getsignal(number) for number in signal.Signals]),
    sys.getrecursionlimit(),
    (gc.isenabled(), gc.get_threshold()),
    gc.get_freeze_count() > 0 if whole else None,
    sum(range(257)),
    open_descriptors(),
    limits(),
    os.getcwd(),  # noqa: PTH109
    threading.active_count(),
    signal.getitimer(signal.ITIMER_REAL),
]
