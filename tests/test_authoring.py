"""docs/authoring.md does what it says: every snippet is used, in order, from an empty folder, and gives what the page shows."""

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from django.utils.html import strip_tags

from lessons import checking, trials
from tests.e2e.live import free_port, wait_until

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs/authoring.md"
FENCE = re.compile(r"^(?P<ticks>`{3,}|~{3,})(?P<language>\w+)\n(?P<text>.*?)^(?P=ticks)$", re.MULTILINE | re.DOTALL)
LABEL = re.compile(r"(?P<end>At the end of )?`~/(?P<path>[^`]+)`:")
LESSON = "/lessons/menu/first-drinks/"
START_SECONDS = 60.0

# One worker follows the page, once.
pytestmark = pytest.mark.sandbox


@dataclass(frozen=True)
class Snippet:
    """``label`` is the last line before it that says anything."""

    language: str
    text: str
    label: str
    line: int

    def __str__(self) -> str:
        return f"docs/authoring.md:{self.line}"


def snippets() -> list[Snippet]:
    guide = GUIDE.read_text()
    return [
        Snippet(
            found["language"],
            found["text"],
            guide[: found.start()].rstrip("\n").rpartition("\n")[2],
            guide.count("\n", 0, found.start()) + 1,
        )
        for found in FENCE.finditer(guide)
    ]


@dataclass
class Newcomer:
    """Follows the page in a home of their own. ``said`` is what the last command printed, until it has been compared."""

    home: Path
    port: int = field(default_factory=free_port)
    exports: list[str] = field(default_factory=list)
    said: str = ""
    pages: list[str] = field(default_factory=list)
    """The lesson's page after each snippet, once there is one."""
    groups: list[int] = field(default_factory=list)
    """Of processes that run on in the background."""

    @property
    def course(self) -> Path:
        return self.home / "cafe"

    def follow(self, steps: list[Snippet]) -> None:
        for step, then in zip(steps, [*steps[1:], None], strict=True):
            if step.language == "sh":
                self.run(step, shown=then is not None and then.language == "text")
            elif step.language == "text":
                self.compare(step)
            elif step.language == "diff":
                self.change(step)
            else:
                self.write(step)
            self.look()

    def run(self, step: Snippet, *, shown: bool) -> None:
        """Where no output is shown, the commands have to succeed."""
        self.exports += re.findall(r"^export .*$", step.text, re.MULTILINE)
        script = "\n".join(["" if shown else "set -e", *self.exports, step.text])
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "WOODSHED_"))},
            "HOME": str(self.home),
            "PORT": str(self.port),
            "WOODSHED_DATA": str(self.home / "data"),
        }
        log = self.home / f"{step.line}.log"
        with log.open("wb") as output:  # a file, since what runs on in the background keeps it open
            shell = subprocess.Popen(
                ["/bin/sh", "-c", script], cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
            )
            if "&" in step.text:
                self.groups.append(shell.pid)
            code = shell.wait()
        self.said = log.read_text()
        assert shown or code == 0, f"{step}: {self.said}"
        if self.groups:
            wait_until(lambda: self.get("/healthz"), START_SECONDS)

    def compare(self, step: Snippet) -> None:
        """``…`` stands for anything: in a line for a part of it, alone for any number of lines."""
        whole = re.escape(step.text).replace(re.escape("…\n"), "(?:.*\n)*?").replace("…", ".*")
        assert re.fullmatch(whole, self.said), f"{step} is not what was printed:\n{self.said}"
        self.said = ""

    def path(self, step: Snippet) -> Path:
        label = LABEL.fullmatch(step.label)
        assert label, f"{step} belongs to no file and is no command"
        return self.home / label["path"]

    def write(self, step: Snippet) -> None:
        path = self.path(step)
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text() if step.label.startswith("At the end") else ""
        path.write_text(before + step.text)

    def change(self, step: Snippet) -> None:
        lines = step.text.splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if line[0] in " -")
        new = "".join(line[1:] for line in lines if line[0] in " +")
        text = self.path(step).read_text()
        assert text.count(old) == 1, f"{step} fits in {text.count(old)} places"
        self.path(step).write_text(text.replace(old, new))

    def look(self) -> None:
        if page := self.get(LESSON):
            self.pages.append(page)

    def get(self, address: str) -> str:
        """The page on the newcomer's own site; empty when there is none."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", address)
            response = connection.getresponse()
            text = response.read().decode()
        except (OSError, HTTPException):
            return ""
        finally:
            connection.close()
        return text if response.status == 200 else ""

    def leave(self) -> None:
        for group in self.groups:
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGTERM)


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory) -> Iterator[Newcomer]:
    one = Newcomer(tmp_path_factory.mktemp("home"))
    try:
        one.follow(snippets())
        yield one
    finally:
        one.leave()
        checking.stop()


@pytest.fixture
def served(newcomer, settings) -> Newcomer:
    settings.WOODSHED_CONTENT = newcomer.course
    settings.WOODSHED_DATA = newcomer.home / "data"
    return newcomer


def words(html: str) -> str:
    return " ".join(unescape(strip_tags(html)).split())


def test_the_page_has_snippets_of_every_sort():
    assert {one.language for one in snippets()} == {"sh", "text", "diff", "yaml", "python", "markdown"}
    assert GUIDE.read_text().count("\n```") + GUIDE.read_text().count("\n~~~~") >= 2 * len(snippets())


def test_the_lesson_is_in_the_page_after_every_reload(newcomer):
    skeleton, *_, last = newcomer.pages
    assert "How many are there" in skeleton
    assert "Old favourites" in last
    assert "Settle a table" in last


def test_a_mistake_is_in_the_page_at_its_place_until_it_is_mended(newcomer):
    broken = [page for page in newcomer.pages if 'class="finding"' in page]
    assert 'unknown fence role "soluton"; did you mean "solution"? 39 ```python soluton' in words(broken[0])
    assert 'id="try-1"' in broken[0]
    assert 'class="finding"' not in newcomer.pages[-1]


def test_the_course_is_clean(newcomer):
    checked = subprocess.run(
        [".venv/bin/python", "manage.py", "check_content", "--content", newcomer.course],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "site_config.settings.local", "WOODSHED_DATA": str(newcomer.home / "data")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "(note)" not in checked.stdout


@pytest.mark.django_db
def test_the_site_serves_its_lesson(client, served):
    response = client.get(LESSON)
    html = response.content.decode()
    assert response.status_code == 200
    for part in ('id="try-1"', 'id="quiz-lazy"', 'id="bench-old-favourites"', 'id="bench-settle"'):
        assert part in html
    assert "since__isnull" not in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ('Drink.objects.filter(since__lt=2020).order_by("price")', "verdict passed"),
        ('Drink.objects.filter(since__lte=2020).order_by("price")', "verdict failed"),
    ],
)
def test_the_site_judges_as_the_page_says(client, served, answer, verdict):
    address = f"{LESSON}exercises/old-favourites/check/"
    html = client.post(address, {"file:answer.py": answer, "version": "0", "tab": "one"}, follow=True).content.decode()
    assert verdict in html


def test_every_kind_s_own_page_is_named():
    named = set(re.findall(r"lessons/kinds/(\w+)/authoring\.md", GUIDE.read_text()))
    assert named == set(trials.KINDS)
