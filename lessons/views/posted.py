"""What a bench's form sends, checked once. The code is kept whatever is wrong with it, so that the page can give it back."""

import re
from dataclasses import dataclass

from django.http import HttpRequest

from sandbox.protocol import File

CHARACTERS = 20_000
PREFIX = "file:"
TAB = re.compile(r"[A-Za-z0-9_-]{1,32}")
VERSION = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Posted:
    """``refusal`` says in plain words why the code cannot be taken; empty when it can."""

    files: tuple[File, ...]
    version: int
    tab: str
    refusal: str = ""


def answer(request: HttpRequest, paths: tuple[str, ...]) -> Posted:
    """The files that the form sent under ``file:<path>``, one for each of ``paths``."""
    files = tuple(File(path, _lines(request.POST.get(PREFIX + path, ""))) for path in paths)
    version, tab = request.POST.get("version", ""), request.POST.get("tab", "")
    return Posted(
        files=files,
        version=int(version) if VERSION.fullmatch(version) else 0,
        tab=tab if TAB.fullmatch(tab) else "",
        refusal=_refusal(request, files),
    )


def _lines(text: str) -> str:
    """Browsers end lines with CRLF in forms."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refusal(request: HttpRequest, files: tuple[File, ...]) -> str:
    sent = {name.removeprefix(PREFIX) for name in request.POST if name.startswith(PREFIX)}
    wanted = {file.path for file in files}
    length = sum(len(file.text) for file in files)
    if sent - wanted:
        return f"This exercise has no file called {min(sent - wanted)[:80]}."
    if wanted - sent:
        return f"The file {min(wanted - sent)} did not arrive. Reload the page and try again."
    if length > CHARACTERS:
        return f"That is {length:,} characters. An answer may have {CHARACTERS:,}."
    if any("\0" in file.text for file in files):
        return "The code holds a NUL character, which Python cannot read. Delete it and try again."
    return ""
