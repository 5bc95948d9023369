"""A real site in a process of its own, as "make run" starts it, and a real browser to look at it with."""

import os
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from playwright.sync_api import Browser, Locator, Playwright

ROOT = Path(__file__).parents[2]
START_SECONDS = 60.0
STOP_SECONDS = 20.0
CHROMIUM_OPTIONS = [
    # Without these it looks for updates, accounts and graphics cards that a test machine does not have.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


@dataclass(frozen=True, slots=True)
class Site:
    """A running site. Its log is the file ``log``."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def well(self) -> bool:
        try:
            with closing(HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
                connection.request("GET", "/healthz")
                return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False

    def zygote(self) -> int:
        """The process that forks a run for each job."""
        alike = [pid for pid in descendants(self.process.pid) if b"zygote.main" in command_line(pid)]
        (pid,) = [pid for pid in alike if parent_of(pid) not in alike]  # a run has its zygote's command line
        return pid

    def running(self) -> list[int]:
        """The runs that are under way."""
        return descendants(self.zygote())


@contextmanager
def serve(data: Path, port: int = 0) -> Iterator[Site]:
    """Starts the site on this port, or a free one, with everything it writes in ``data``, and ends it."""
    port, log = port or free_port(), data / "site.log"
    environment = {
        # pytest-django has set its own.
        **{name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
        "WOODSHED_DATA": str(data),
        "WOODSHED_RELOAD_CONTENT": "0",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "THREADS": "16",
    }
    with log.open("wb") as output:
        process = subprocess.Popen(["/bin/sh", "scripts/serve.sh"], cwd=ROOT, env=environment, stdout=output, stderr=output)
    site = Site(port, process, log)
    try:
        wait_until(lambda: process.poll() is not None or site.well(), START_SECONDS)
        if process.poll() is not None:
            raise RuntimeError(f"the site did not start:\n{log.read_text()[-2000:]}")
        yield site
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(STOP_SECONDS)


def launch(playwright: Playwright) -> Browser:
    """The machine's own Chromium: nothing is downloaded. RuntimeError when there is none."""
    found = subprocess.run(["/bin/sh", ROOT / "scripts/find_chromium.sh"], capture_output=True, text=True, check=False)
    if found.returncode:
        raise RuntimeError("These tests need a Chromium: install one, or name it in CHROMIUM.")
    # Its own sandbox does not work for root.
    options = [*CHROMIUM_OPTIONS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return playwright.chromium.launch(executable_path=found.stdout.strip(), args=options)


def write(editor: Locator, text: str) -> None:
    """Puts the text in place of all that is in the editor (or the bare textarea), as somebody would who pastes it."""
    editor.press("Control+A")
    if text:
        editor.page.keyboard.insert_text(text)
    else:
        editor.press("Delete")


def days_go_by(site: Site) -> None:
    """Everything that will come back does so today, what was passed first before the rest."""
    with closing(sqlite3.connect(site.log.parent / "woodshed.sqlite3", timeout=10)) as database, database:
        database.execute("UPDATE lessons_reviewcard SET due = datetime('now', '-9 days', '+' || id || ' seconds')")


def wait_until(holds: Callable[[], object], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds:g} seconds")
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def descendants(pid: int) -> list[int]:
    children = [child for child in processes() if parent_of(child) == pid]
    return [one for child in children for one in (child, *descendants(child))]


def processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def parent_of(pid: int) -> int | None:
    try:
        # "pid (name) state parent …", where the name may hold anything.
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


def command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
