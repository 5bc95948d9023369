"""What stands around every attack: things to steal, break, reach and kill, and the eyes that see whether it was done.

An exception inside a run proves nothing. So the arena looks from outside: at its files, its sockets, its victim process, the
machine's shared memory, the zygote, the text of what came back, and at the state that the next run finds. It does not measure
the machine's free memory: others use that too, and where no process, no file and no shared segment is left, none is held.
"""

import base64
import hashlib
import os
import secrets
import select
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sandbox.client import Sandbox
from sandbox.protocol import FILE, File, Job, Observation, Outcome
from tests.sandbox.attacks.attack import LONG, Attack
from tests.sandbox.attacks.leftovers import IPC_KEY, files_left, ipc_left
from tests.sandbox.attacks.zygotes import Bent, ZygoteLook, processes_naming
from tests.sandbox.conftest import state

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
ARMS = (HERE / "arms.py").read_text()
PRISTINE = (HERE / "pristine.py").read_text()
PRESENT = b"present"
SECONDS_TO_ANSWER = 0.1
"""After so long a silence it is looked at whether the victim can answer at all."""
STOPPED = "tT"
MISTAKES = ("NameError", "SyntaxError", "IndentationError", "TypeError", "AttributeError", "UnboundLocalError")
"""Errors that say that a row is badly written, not that the sandbox held."""


def job(code: str, *, seconds: float = LONG, **options: Any) -> Job:
    return Job(observer="rows", world="library", files=(File(FILE, code),), seconds=seconds, **options)


@dataclass(slots=True)
class Plants:
    """What was put there: a folder that anybody may write to, the site's secrets, sockets that listen, and a terminal."""

    mark: str
    token: str
    folder: Path
    secrets: list[Path] = field(default_factory=list)
    sockets: dict[str, socket.socket] = field(default_factory=dict)
    terminal: int = -1
    terminal_name: str = ""


class Arena:
    """Around one sandbox, in the identity that its runs have."""

    def __init__(self, sandbox: Bent, stack: ExitStack) -> None:
        self.sandbox = sandbox
        self.uid = whoami(sandbox)
        self.plants = planted(self.uid, stack)
        self.victim = Victim(self.uid, self.plants, stack)
        # Another learner was here before: nothing of theirs may come back to light.
        sandbox.run(job(f"# {self.plants.token}\nprint({self.plants.token!r})\n[{self.plants.token!r}]"))
        self.state = self.next_state(whole=True)

    def addresses(self) -> str:
        """As assignments. The victim's and the zygote's are others after an attack that killed them."""
        plants = self.plants
        known = {
            "FOLDER": str(plants.folder),
            "VICTIM": str(plants.folder / "victim"),
            "SECRETS": [str(path) for path in plants.secrets],
            "TCP": plants.sockets["tcp"].getsockname(),
            "UDP": plants.sockets["udp"].getsockname(),
            "STREAM": plants.sockets["stream"].getsockname(),
            "DATAGRAM": plants.sockets["datagram"].getsockname(),
            "ABSTRACT": plants.sockets["abstract"].getsockname(),
            "ABSTRACT_DATAGRAM": plants.sockets["abstract datagram"].getsockname(),
            "TERMINAL": plants.terminal_name,
            "PID": self.victim.process.pid,
            "ADDRESS": self.victim.address,
            "ZYGOTE": self.sandbox._ready().process.pid,
            "SITE": os.getpid(),
            "SITE_CODE": [str(ROOT / name) for name in ("manage.py", "site_config/settings/base.py", "sandbox/zygote.py")],
            "MARK": plants.mark,
            "KEY": IPC_KEY,
        }
        return "".join(f"{name} = {value!r}\n" for name, value in known.items())

    def harm(self, attack: Attack) -> list[str]:
        """What the attack did that must not be, each in a few words. Empty is how it should be."""
        pid = self.sandbox._ready().process.pid
        return self.harm_around(attack) + self.spoilt_state(pid, whole=attack.about in PATCHING)

    def harm_around(self, attack: Attack) -> list[str]:
        """The same, without what the next run finds."""
        self.victim.heal()
        zygote = ZygoteLook.at(self.sandbox)
        files = fingerprint(self.plants.folder)
        seen, beside = self.let_loose(attack)
        found = [*wrong_end(attack, seen), *self.loot(seen), *self.arrivals(), *self.victim.harm(), *self.left_behind()]
        if changed := files.symmetric_difference(fingerprint(self.plants.folder)):
            found += [f"a file changed: {one}" for one in sorted(changed)]
            self.tidy()
        if beside is not None and beside.outcome is not Outcome.OK:
            found.append(f"the run beside it: {beside.outcome}")
        return found + zygote.harm(self.sandbox)

    def let_loose(self, attack: Attack) -> tuple[Observation, Observation | None]:
        attacking = job(attack.code, options={"setup": self.addresses() + ARMS}, seconds=attack.deadline)
        if not attack.beside:
            return self.sandbox.run(attacking), None
        code = f"TOKEN = {self.plants.token!r}\n{attack.beside}"
        beside, seen = self.sandbox.run_all([job(code, seconds=attack.deadline), attacking])
        return seen, beside

    def loot(self, seen: Observation) -> list[str]:
        text = repr(seen)
        return [f"{what} came back" for what, secret in self.plants_secrets().items() if secret and secret in text]

    def plants_secrets(self) -> dict[str, str]:
        token = self.plants.token
        return {
            "the token": token,
            "the token in hex": token.encode().hex(),
            "the token in base64": base64.b64encode(token.encode())[3:-4].decode(),
            "/etc/passwd": Path("/etc/passwd").read_text().partition("\n")[0],
        }

    def arrivals(self) -> list[str]:
        found = [f"something arrived at the {name} socket" for name, one in self.plants.sockets.items() if arrived(name, one)]
        try:
            os.read(self.plants.terminal, 1000)
        except BlockingIOError:
            return found
        return [*found, "something was typed at the terminal"]

    def left_behind(self) -> list[str]:
        """What carries the arena's mark and is not the arena's own. It is taken away, for the attacks that follow."""
        found = [*files_left(f"{self.plants.mark}-left"), *ipc_left(f"{self.plants.mark}-left")]
        if f"{self.plants.mark}-left" in Path("/proc/net/unix").read_text():
            found.append("a Unix socket")
        for process in processes_naming(f"{self.plants.mark}-left"):
            found.append("a process")
            os.kill(process, 9)
        return [f"left behind: {one}" for one in found]

    def next_state(self, *, whole: bool) -> list[Any]:
        seen = self.sandbox.run(job(PRISTINE, options={"setup": f"WHOLE = {whole}"}))
        assert seen.outcome is Outcome.OK, seen
        rows: list[Any] = seen.results[0].seen["rows"]
        return rows

    def spoilt_state(self, pid: int, *, whole: bool) -> list[str]:
        """What the next run finds other than it was. It knows things by their addresses: another zygote has others."""
        if pid != self.sandbox._ready().process.pid:
            self.state = self.next_state(whole=True)
            return []
        both = zip(PRISTINE_NAMES, self.state, self.next_state(whole=whole), strict=True)
        return [f"the next run: {name}" for name, was, now in both if now is not None and was != now]

    def tidy(self) -> None:
        """After an attack that succeeded: the folder as it was."""
        plant_files(self.plants, self.uid)


PATCHING = ("leaks", "cheating", "django", "sqlite", "memory")
"""What these attack is the interpreter itself: after them the next run looks at every name of every module and class."""
PRISTINE_NAMES = PRISTINE.partition('NAMES = """')[2].partition('"""')[0].split()


def whoami(sandbox: Sandbox) -> int:
    seen = sandbox.run(job("import os\n[os.geteuid()]"))
    assert seen.outcome is Outcome.OK, (seen, sandbox.status())
    uid: int = seen.results[0].seen["rows"][0]
    return uid


def wrong_end(attack: Attack, seen: Observation) -> list[str]:
    text = [seen.error.type] if seen.error else [str(row) for one in seen.results for row in one.seen.get("rows", ())]
    found = [f"the row itself is wrong: {one}" for one in text if one.startswith(MISTAKES)]
    return found if seen.outcome in attack.ends else [*found, f"it ended in {seen.outcome}: {str(seen)[:600]}"]


def planted(uid: int, stack: ExitStack) -> Plants:
    mark = f"woodshed-{secrets.token_hex(4)}"
    folder = Path(tempfile.mkdtemp(prefix="woodshed-arena-", dir="/tmp"))
    stack.callback(shutil.rmtree, folder)
    plants = Plants(mark, f"{mark}-{secrets.token_hex(16)}", folder)
    plant_files(plants, uid)
    plant_sockets(plants, stack)
    plants.terminal, far = os.openpty()
    stack.callback(os.close, plants.terminal)
    stack.callback(os.close, far)
    os.set_blocking(plants.terminal, False)
    plants.terminal_name = os.ttyname(far)
    Path(plants.terminal_name).chmod(0o666)
    return plants


def plant_files(plants: Plants, uid: int) -> None:
    """A victim to change, and the secrets of a site, all of them the run's own as far as permissions go."""
    for old in plants.folder.iterdir():
        if not old.is_socket():
            shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
    (plants.folder / "victim").write_text("mine\n")
    site = plants.folder / "site"
    site.mkdir()
    (site / ".env").write_text(f"SECRET_KEY={plants.token}\n")
    (site / "settings.py").write_text(f"SECRET_KEY = {plants.token!r}\n")
    (site / f"named-{plants.token}").touch()
    database = sqlite3.connect(site / "db.sqlite3")
    database.execute("CREATE TABLE accounts_user (password)")
    database.execute("INSERT INTO accounts_user VALUES (?)", [plants.token])
    database.commit()
    database.close()
    plants.secrets = sorted(path for path in site.iterdir() if "named" not in path.name)
    for path in (plants.folder, plants.folder / "victim", site, *site.iterdir()):
        path.chmod(0o777 if path.is_dir() else 0o666)
        if os.geteuid() == 0:
            os.chown(path, uid, -1)


def plant_sockets(plants: Plants, stack: ExitStack) -> None:
    mark = plants.mark
    for name, family, kind, address in (
        ("tcp", socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)),
        ("udp", socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0)),
        ("stream", socket.AF_UNIX, socket.SOCK_STREAM, str(plants.folder / "stream")),
        ("datagram", socket.AF_UNIX, socket.SOCK_DGRAM, str(plants.folder / "datagram")),
        ("abstract", socket.AF_UNIX, socket.SOCK_STREAM, f"\0{mark}-stream"),
        ("abstract datagram", socket.AF_UNIX, socket.SOCK_DGRAM, f"\0{mark}-datagram"),
    ):
        one = stack.enter_context(socket.socket(family, kind))
        one.bind(address)
        if kind == socket.SOCK_STREAM:
            one.listen()
        one.setblocking(False)
        plants.sockets[name] = one
    for name in ("stream", "datagram"):
        (plants.folder / name).chmod(0o777)


def arrived(name: str, one: socket.socket) -> bool:
    """Whatever came is taken off. On this machine a packet has arrived when its sending returns."""
    try:
        one.recv(1000) if one.type == socket.SOCK_DGRAM else one.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def fingerprint(folder: Path) -> set[tuple[Any, ...]]:
    """Everything about every file below: name, place, links, owner, mode, size, times, attributes, content."""
    found = set()
    for path in [folder, *folder.rglob("*")]:
        at = path.lstat()
        whole = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() and at.st_size < 1 << 20 else ""
        attributes = tuple(os.listxattr(path, follow_symlinks=False))
        owned = (at.st_uid, at.st_gid, oct(at.st_mode))
        found.add((str(path), at.st_ino, at.st_nlink, *owned, at.st_size, at.st_mtime_ns, attributes, whole))
    return found


class Victim:
    """A process of the run's own uid, with the token in its memory, its environment and the name of a file it has open."""

    def __init__(self, uid: int, plants: Plants, stack: ExitStack) -> None:
        self.uid, self.stack = uid, stack
        self.environment = {"WOODSHED_TOKEN": plants.token, "WOODSHED_FILE": str(plants.folder / f"site/named-{plants.token}")}
        self.start()

    def start(self) -> None:
        mine: dict[str, Any] = {"user": self.uid, "group": self.uid, "extra_groups": []} if self.uid != os.geteuid() else {}
        self.process = self.stack.enter_context(
            subprocess.Popen(
                [os.path.realpath(sys.executable), "-I", "-S", "-c", (HERE / "victim.py").read_text()],
                bufsize=0,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=self.environment,
                cwd="/",
                **mine,
            )
        )
        self.stack.callback(self.process.kill)
        assert self.process.stdin
        assert self.process.stdout
        self.mouth, self.ear = self.process.stdin.fileno(), self.process.stdout.fileno()
        self.address = int(self.process.stdout.readline())
        self.unanswered = 0

    def heal(self) -> None:
        if self.process.poll() is not None:
            self.start()

    def harm(self) -> list[str]:
        signals = self.told()
        if self.process.poll() is not None:
            return ["the victim was killed"]
        found = [f"signals reached the victim: {signals}"] if signals else []
        if self.unanswered:
            found.append("the victim was stopped")
            os.kill(self.process.pid, signal.SIGCONT)
            self.told()
        return found

    def told(self) -> list[bytes]:
        """Which signals reached it. It is asked, and has told of all when it answers; it does not when it is stopped or dead."""
        said = b""
        self.unanswered += 1
        with suppress(BrokenPipeError):
            os.write(self.mouth, b"?")
        while said.count(PRESENT) < self.unanswered:
            if select.select([self.ear], [], [], SECONDS_TO_ANSWER)[0]:
                if not (more := os.read(self.ear, 1000)):
                    self.process.wait()
                    break
                said += more
            elif state(self.process.pid) in STOPPED:
                break
        self.unanswered -= said.count(PRESENT)
        return [word for word in said.split() if word != PRESENT]


@contextmanager
def arena_around(sandbox: Bent) -> Iterator[Arena]:
    """An arena, until it is left: then all that was planted is taken away, and the sandbox is stopped."""
    with ExitStack() as stack:
        stack.callback(sandbox.stop)
        yield Arena(sandbox, stack)
