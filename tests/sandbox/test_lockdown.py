"""What a run cannot do. An exception inside is no proof: where something could be left behind, the test looks for it outside."""

import os
import socket
from pathlib import Path

import pytest

from sandbox.client import Sandbox
from sandbox.lockdown.identity import NOBODY
from sandbox.protocol import FILE, File, Job
from tests.sandbox.conftest import WORLDS, until

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "/proc/self/environ",
        "/proc/1/status",
        "/proc/self/maps",
        str(ROOT / "manage.py"),
        str(ROOT / "sandbox/zygote.py"),
        "/",
        "/tmp",
    ],
)
def test_a_run_reads_no_file_but_its_libraries(look, path):
    code = f"import os\nos.listdir({path!r}) if os.path.isdir({path!r}) else open({path!r}).read()"
    assert look(code).error.type == "PermissionError"


def test_a_run_reads_its_libraries(see):
    code = "import wave, csv, cmath, mmap, django.utils.text\n[wave.__name__, csv.__name__, cmath.sqrt(-1).imag]"
    assert see(code)["rows"] == ["wave", "csv", 1.0]


@pytest.mark.parametrize("mode", ["w", "a", "x", "r+"])
def test_a_run_writes_no_file(look, tmp_path, mode):
    tmp_path.chmod(0o777)
    target = tmp_path / "left"
    if mode == "r+":
        target.write_text("mine")
        target.chmod(0o666)
    look(f"open({str(target)!r}, {mode!r}).write('x')")
    assert not target.exists() or target.read_text() == "mine"


@pytest.mark.parametrize(
    "code",
    [
        "import os\nos.symlink('/etc/passwd', {0!r})",
        "import os\nos.mkdir({0!r})",
        "import os\nos.mkfifo({0!r})",
        "import os\nos.truncate({0!r}, 0)",
        "import sqlite3\nsqlite3.connect({0!r}).execute('CREATE TABLE t (x)')",
        "from django.db import connection\nconnection.cursor().execute(\"ATTACH '{0}' AS other\")",
        "from django.db import connection\nconnection.cursor().execute(\"VACUUM INTO '{0}'\")",
        "import shutil\nshutil.copy('/etc/hostname', {0!r})",
    ],
)
def test_nothing_is_left_on_the_disk(look, tmp_path, code):
    tmp_path.chmod(0o777)
    target = str(tmp_path / "left")
    assert look(code.format(target) if "{0}'" in code else code.replace("{0!r}", repr(target))).outcome == "error"
    assert list(tmp_path.iterdir()) == []


def test_a_run_reaches_no_port(look):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        seen = look(f"import socket\nsocket.create_connection(('127.0.0.1', {port}))")
        assert seen.error.type == "PermissionError"
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize(
    "code",
    [
        "import os\nos.fork()",
        "import os\nos.execv('/bin/true', ['true'])",
        "import os\nos.posix_spawn('/bin/true', ['true'], {})",
        "import subprocess\nsubprocess.run(['true'])",
        "import multiprocessing\nmultiprocessing.Process(target=print).start()",
        "import os\nos.kill(os.getppid(), 9)",
        "import os\nos.kill(-1, 9)",
        "import os\nos.setuid(0)",
        "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1000, 1000))",
        "import os\nos.memfd_create('x')",
        "import mmap\nmmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)",
        "import socket\na, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)\na.sendto(b'x', '/nowhere')",
        "from django.db import connection\nconnection.cursor().execute(\"SELECT load_extension('x')\")",
        "from django.db import connection\nconnection.cursor().execute(\"SELECT fts3_tokenizer('simple')\")",
        "from django.db import connection\nconnection.cursor().execute('PRAGMA writable_schema = ON')",
    ],
)
def test_a_run_is_refused(look, sandbox, code):
    before = sandbox._ready().process.pid
    assert look(code).error.type in ("PermissionError", "OperationalError", "DatabaseError", "ValueError")
    assert look("Author.objects.all()").outcome == "ok"
    assert sandbox._ready().process.pid == before


def test_a_datagram_reaches_no_socket_of_the_machine(look, tmp_path):
    tmp_path.chmod(0o777)
    address = str(tmp_path / "log")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as log:
        log.bind(address)
        Path(address).chmod(0o777)
        log.settimeout(0.2)
        look(f"import socket\na, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)\na.sendto(b'x', {address!r})")
        with pytest.raises(TimeoutError):
            log.recv(1)


def test_a_run_traces_nothing_and_reads_no_other_memory(see):
    code = """import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def errno(result): return (result, ctypes.get_errno())
[errno(libc.ptrace(0, 0, 0, 0)), errno(libc.process_vm_readv(1, None, 0, None, 0, 0)), errno(libc.kill(1, 0))]"""
    assert see(code)["rows"] == [["tuple", [-1, 1]]] * 3


def test_the_x32_numbering_kills_the_run(look):
    x32 = "import ctypes\nlibc = ctypes.CDLL(None)\nlibc.syscall(ctypes.c_long(0x40000000 + 39))\n[]"
    assert look(x32).outcome == "crashed"


def test_no_descriptor_of_ours_is_open_in_a_run(see):
    code = """import os
found = []
for fd in range(1000):
    try:
        os.fstat(fd)
        found.append(fd)
    except OSError:
        pass
found"""
    assert see(code)["rows"] == [0, 1, 2, 3]


def test_the_environment_is_empty(see):
    assert set(see("import os\n[*os.environ]")["rows"]) <= {"DJANGO_SETTINGS_MODULE", "TZ", "LC_CTYPE"}


def test_the_sites_packages_cannot_be_imported(look):
    for name in ("lessons", "site_config.settings.local", "accounts.models"):
        assert look(f"import {name}").error.type == "ModuleNotFoundError"
    assert look("import sandbox.client").error.type == "PermissionError"


def test_no_run_sees_what_another_one_did(look, see):
    look("Author.objects.all().delete()\nimport django.db.models\ndjango.db.models.QuerySet.count = lambda self: 99\n[]")
    assert see("[Author.objects.count()]")["rows"] == [6]


def test_hidden_data_replaces_the_visible_and_its_prints_are_dropped(look, sandbox):
    made = sandbox.run(Job(observer="image", world="library", files=(), options={"seed": 7, "size": 0.5}))
    from base64 import b64decode

    image = b64decode(made.results[0].seen["image"])
    seen = look("print('secret')\nAuthor.objects.all()", databases=(image, image))
    assert [(result.label, result.seen["total"]) for result in seen.results] == [("hidden 1", 3), ("hidden 2", 3)]
    assert seen.printed == ""


def test_a_run_has_no_privileges(see, sandbox):
    uids, gids = see("import os\n[os.getresuid(), os.getresgid()]")["rows"]
    kept = os.geteuid() if os.geteuid() or sandbox.status().note else NOBODY
    assert uids == ["tuple", [kept] * 3]
    assert gids[1][0] == (os.getegid() if kept == os.geteuid() else NOBODY)
    code = """import ctypes
libc = ctypes.CDLL(None)
[libc.unshare(0x10000000), libc.mount(b'x', b'/', b'tmpfs', 0, 0), libc.chroot(b'/')]"""
    assert see(code)["rows"] == [-1, -1, -1]


def test_the_canary_refuses_a_sandbox_that_lets_something_out(monkeypatch):
    from sandbox import client

    open_ = Sandbox(WORLDS)
    monkeypatch.setattr(
        client, "BOOT", client.BOOT.replace("zygote.main", "zygote.run.lockdown.before_code = lambda *_: None; zygote.main")
    )
    status = open_.status()
    assert status.level == "refused"
    assert "fork" in status.note
    assert open_.run(Job(observer="rows", world="library", files=(File(FILE, "[]"),))).outcome == "unavailable"
    open_.stop()


def test_nothing_of_the_run_stays_behind(look, sandbox):
    look("import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()\n[]", seconds=1.0)
    zygote = sandbox._ready().process.pid
    until(lambda: Path(f"/proc/{zygote}/task/{zygote}/children").read_text() == "")
    assert len(list(Path(f"/proc/{zygote}/fd").iterdir())) < 12
