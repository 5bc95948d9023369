"""The zygote: an interpreter with Django and the worlds loaded, that forks a locked-down process for every run.

Single-threaded. It holds no expected answer, no hidden data and no learner's text: a job is read after the fork. It ends when its
control socket does. (PR_SET_PDEATHSIG would fire when the *thread* that started it ends, and web servers' threads do.)

On the control socket, a SOCK_SEQPACKET: first the zygote says what it is, in JSON; then each message from the client is one byte
with three descriptors: the run's channel, its output and its status socket. On the status socket the zygote answers with the
run's pid and pidfd, and later with its exit status.
"""

import array
import contextlib
import errno
import gc
import json
import os
import pkgutil
import select
import signal
import site
import socket
import struct
import sys
import sysconfig
import warnings
import zoneinfo
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import django
import django.forms
from django.core import serializers
from django.template import Engine

from sandbox import forms, lockdown, observers, run, worlds
from sandbox.lockdown import database, libc, resources, seccomp
from sandbox.protocol import BARE
from sandbox.unimported import Unimported

COMPILED = [Path(entry) for entry in sys.path if entry.endswith("lib-dynload")]
"""Where the standard library's compiled modules are. sysconfig knows only where they were meant to be when Python was built."""
NEEDLESS = ("_test", "_ctypes_test", "_xx", "xx", "_tkinter", "_curses", "_dbm", "_gdbm", "nis", "ossaudiodev", "readline")

KEPT: list[object] = []
NO_IMPORT = frozenset(
    ["antigravity", "this", "idlelib", "tkinter", "turtle", "turtledemo", "lib2to3", "ensurepip", "venv", "pty", "curses"]
)
PACKAGES = """
    asyncio concurrent.futures email encodings importlib json logging sqlite3 unittest xml.etree zoneinfo
    django.apps django.contrib.staticfiles django.core.cache django.core.checks django.core.files django.core.handlers
    django.core.mail django.core.serializers django.db.backends.base django.db.backends.sqlite3 django.db.migrations
    django.db.models django.dispatch django.forms django.http django.middleware django.tasks django.template
    django.templatetags django.test django.urls django.utils django.views
""".split()  # noqa: SIM905

STATUS = struct.Struct("!i")
DESCRIPTORS_OF_A_RUN = 3

# What learners commonly import, so that a run finds it in memory.
PRELOADED = """
    tzdata asyncio bisect calendar collections contextlib copy dataclasses datetime decimal enum fractions functools hashlib heapq
    itertools json logging math operator pprint queue random re statistics string textwrap threading time traceback types typing
    uuid warnings zoneinfo _strptime encodings.idna encodings.latin_1 encodings.utf_8 asgiref.sync
    django.core.exceptions django.core.mail.backends.locmem django.core.paginator django.db.models.functions
    django.db.models.fetch_modes django.db.transaction django.forms django.http django.shortcuts django.tasks.backends.dummy
    django.template django.template.loaders.locmem django.template.context_processors django.test django.urls
    django.utils.dateparse django.utils.text django.utils.timezone
""".split()  # noqa: SIM905


def main(control: int, folder: Path, root: Path, *options: str) -> None:
    """Until the client's end of ``control`` closes. ``folder`` holds the worlds, ``root`` our own package.

    ``options``: "unsafe" runs code where the kernel has no seccomp, too; "bare" leaves Django to be set up by the code.
    """
    os.environ.clear()
    bare = "bare" in options
    if not bare:
        os.environ["DJANGO_SETTINGS_MODULE"] = "sandbox.settings"
    libc.one_arena()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_DFL)
    with socket.socket(fileno=control) as client:
        try:
            plan, loaded = load(folder, unsafe="unsafe" in options, bare=bare)
        except seccomp.Unsupported as problem:
            client.send(json.dumps({"level": "refused", "note": str(problem)}).encode())
            return
        # A run finds the standard library. Django is found where it was imported from; nothing else that is installed is there.
        sys.path[:] = [entry for entry in sys.path if entry not in (str(root), *site.getsitepackages())]
        if not bare:
            serializers.get_serializer_formats()  # looks for YAML, and now that it is not there, remembers that
        tables = {name: counts(world) for name, world in loaded.found.items()} if not bare else {worlds.NONE.name: {}}
        client.send(json.dumps({"level": plan.level, "note": plan.note, "worlds": tables, "problems": loaded.problems}).encode())
        serve(client, plan, loaded)


def load(folder: Path, *, unsafe: bool, bare: bool) -> tuple[lockdown.Plan, worlds.Worlds]:
    if not bare:
        django.setup()
    for name in (*PRELOADED, *(f"sandbox.observers.{name}" for name in looking(bare=bare))):
        with contextlib.suppress(ModuleNotFoundError):
            import_module(name)
    for name in extensions():
        with contextlib.suppress(Exception):
            import_module(name)
    resources.open_measure()
    plan = lockdown.prepare(readable(), unsafe=unsafe)
    if bare:
        sys.meta_path.insert(0, Unimported.of("django.contrib"))
    else:
        Engine.get_default()
    if plan.level == "strict":
        KEPT.extend(everything(bare=bare))
    lockdown.confine([*readable(), folder])
    loaded = worlds.Worlds({worlds.NONE.name: worlds.NONE}) if bare else worlds.load(folder)
    for world in loaded.found.values():
        if not world.none:
            warm(world)
    # Learners see every warning; what was imported above has had its say.
    warnings.resetwarnings()
    gc.collect()
    gc.disable()
    gc.freeze()
    resources.measure()
    return plan, loaded


def looking(*, bare: bool) -> list[str]:
    """The observers that may be asked for."""
    every = [one.name for one in pkgutil.iter_modules(observers.__path__)]
    return ["canary", *sorted(BARE)] if bare else [name for name in every if name not in BARE]


def readable() -> list[Path]:
    """What a run may read: the standard library, Django and what it needs, the time zones."""
    packages = [find_spec(name) for name in ("django", "asgiref", "sqlparse", "tzdata")]
    folders = [Path(spec.origin).parent for spec in packages if spec and spec.origin]
    library = [Path(sysconfig.get_path("stdlib")).resolve(), *COMPILED]
    return [*library, *folders, *(Path(path) for path in zoneinfo.TZPATH if Path(path).is_dir())]


def everything(*, bare: bool) -> Iterator[object]:
    """What a run that opens no file may ask for: the libraries' modules, templates and time zones, which are only held weakly."""
    for name in (*sorted(sys.stdlib_module_names - NO_IMPORT), *submodules(), "django.contrib.auth.hashers"):
        with contextlib.suppress(Exception, SystemExit):
            yield import_module(name)
    if bare:
        return
    folder = Path(django.forms.__file__).parent / "templates"
    yield from (forms.engine().get_template(str(path.relative_to(folder))) for path in folder.rglob("*.html"))
    yield from (zoneinfo.ZoneInfo(name) for name in sorted(zoneinfo.available_timezones()))


def submodules() -> Iterator[str]:
    packages = (import_module(name) for name in PACKAGES)
    for package in packages:
        for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}.", onerror=lambda name: None):
            if not one.name.endswith(("__main__", ".pyyaml")):  # the one that brings another package along
                yield one.name


def extensions() -> Iterator[str]:
    """The standard library's compiled modules: a run may not map code into memory, so those not imported by now never are."""
    for path in sorted(path for folder in COMPILED for path in folder.glob("*.so")):
        name = path.name.partition(".")[0]
        if not name.startswith(NEEDLESS):
            yield name


def warm(world: worlds.World) -> None:
    """Ask each shape of query once, so that a run finds Django's caches filled."""
    database.load(world, None)
    for model in world.models.values():
        rows = model._default_manager.filter(pk__gte=1).order_by("-pk")
        list(rows[:1]), list(rows.values("pk")[:1]), list(rows.values_list("pk")[:1]), rows.count(), rows.exists()


def counts(world: worlds.World) -> dict[str, int]:
    """How many rows each model has in the visible data."""
    database.load(world, None)
    return {name: model._default_manager.count() for name, model in world.models.items()}


def serve(control: socket.socket, plan: lockdown.Plan, loaded: worlds.Worlds) -> None:
    """Fork for each request, report each end, until the client goes away."""
    poll = select.poll()
    poll.register(control, select.POLLIN)
    running: dict[int, tuple[int, socket.socket]] = {}
    while True:
        for descriptor, _ in poll.poll():
            if descriptor != control.fileno():
                poll.unregister(descriptor)
                finish(descriptor, *running.pop(descriptor))
                continue
            received = receive(control)
            if received is None:
                for _, status in running.values():  # of runs that have answered and are not quite gone
                    status.close()
                return
            # Where no process can be had, everything is closed again: the client sees that its run never was.
            with contextlib.suppress(OSError):
                pidfd, pid, status = start(received, plan, loaded)
                running[pidfd] = pid, status
                poll.register(pidfd, select.POLLIN)


def receive(control: socket.socket) -> tuple[int, ...] | None:
    """The three descriptors of the next run, or fewer where there is no room for more; None when the client is gone."""
    numbers = array.array("i")
    message, ancillary, _, _ = control.recvmsg(1, socket.CMSG_LEN(DESCRIPTORS_OF_A_RUN * numbers.itemsize))
    if not message:
        return None
    for _, _, data in ancillary:
        numbers.frombytes(data[: DESCRIPTORS_OF_A_RUN * numbers.itemsize])
    return tuple(numbers)


def start(received: tuple[int, ...], plan: lockdown.Plan, loaded: worlds.Worlds) -> tuple[int, int, socket.socket]:
    """Raises OSError, with everything closed, where there is no room for the run."""
    if len(received) != DESCRIPTORS_OF_A_RUN:
        for descriptor in received:
            os.close(descriptor)
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
    channel, output, told = received
    try:
        pid, pidfd = fork(channel, output, plan, loaded)
    except OSError:
        os.close(told)
        raise
    finally:
        os.close(channel)
        os.close(output)
    status = socket.socket(fileno=told)
    with contextlib.suppress(OSError):
        socket.send_fds(status, [STATUS.pack(pid)], [pidfd])
    return pidfd, pid, status


def fork(channel: int, output: int, plan: lockdown.Plan, loaded: worlds.Worlds) -> tuple[int, int]:
    """The run's pid and pidfd. Raises OSError where there is no process or no descriptor to be had."""
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        run.main(channel, output, parent, loaded, plan)
    try:
        return pid, os.pidfd_open(pid)
    except OSError:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        raise


def finish(pidfd: int, pid: int, status: socket.socket) -> None:
    _, ended = os.waitpid(pid, 0)
    os.close(pidfd)
    with contextlib.suppress(OSError), status:
        status.send(STATUS.pack(os.waitstatus_to_exitcode(ended)))
