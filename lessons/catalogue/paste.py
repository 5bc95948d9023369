"""The lesson format, written: a learner's answer as the text that an author puts into a lesson, and where it goes.

What is written here is read again by :mod:`lessons.catalogue.scan`, whatever the learner wrote.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from lessons.catalogue.rules import Findings
from lessons.catalogue.scan import Part, scan
from sandbox.protocol import FILE, File

LONGEST_TITLE = 100
LONGEST_TICKS = 50
LANGUAGES = {".py": "python", ".yaml": "yaml", ".yml": "yaml"}
"""By a file's ending; anything else is a template."""
NOTHING = {"python": "# nothing", "yaml": "# nothing", "html": "{# nothing #}"}
"""A fence may not be empty, an answer may."""


def visible(text: str) -> str:
    """The text with everything in it that is not seen written as in Python's strings: ``\\x1b``, ``\\u202e``.

    In most code that means the same. A terminal obeys such characters, an editor shows what comes after them in another place.
    """
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() or one in "\n\t" else one.encode("unicode_escape").decode() for one in text)


# Blocks


def accept(files: Sequence[File]) -> str:
    """Fences for another right answer."""
    return "".join(f"{fence(file, 'accept')}\n\n" for file in files)


def wrong(files: Sequence[File], *, expect: str, headline: str) -> str:
    """A part for a wrong answer, which says of it what the verdict did. ``expect`` is the check that must fail."""
    fences = "".join(f"{fence(file, f'wrong expect={expect}')}\n\n" for file in files)
    return f"#### Wrong: {title(headline)}\n\n{fences}{sentence(headline)}\n\n"


def fence(file: File, role: str) -> str:
    language = LANGUAGES.get(PurePosixPath(file.path).suffix, "html")
    text = visible(file.text).rstrip("\n")
    ticks, path = ticks_around(text), "" if file.path == FILE else f" path={file.path}"
    return f"{ticks}{language} {role}{path}\n{text if text.strip() else NOTHING[language]}\n{ticks}"


def ticks_around(text: str) -> str:
    """Backticks that nothing in the text closes; tildes where that would take too many."""
    longest = {sign: max(map(len, re.findall(f"{sign}+", text)), default=0) for sign in "`~"}
    sign = next((sign for sign, length in longest.items() if length < LONGEST_TICKS), "`")
    return sign * max(3, longest[sign] + 1)


# Words


def title(headline: str) -> str:
    words = flat(headline)[:LONGEST_TITLE].rstrip(" #.")
    return words or UNTITLED


UNTITLED = "Another answer"


def sentence(headline: str) -> str:
    """The headline as prose. Code stays in backticks; outside of it, no sign stays that means something in Markdown."""
    parts = re.split(r"(`[^`]+`)", flat(headline))
    plain = [part if place % 2 else html.escape(MARKUP.sub("", part), quote=False) for place, part in enumerate(parts)]
    words = "".join(plain).strip().lstrip("-+=>. ") or UNTITLED
    return words if words[-1] in ".?!" else f"{words}."


MARKUP = re.compile(r"[\\`*_\[\]#~|]")


def flat(text: str) -> str:
    return visible(" ".join(text.split()))


# Places


@dataclass(frozen=True, slots=True)
class Places:
    """Lines of a lesson's file, above which a block goes; one more than the file has is its end."""

    accept: int
    wrong: int


def places(text: str, line: int) -> Places | None:
    """Where blocks go in the exercise whose heading is on ``line``; None where no exercise begins."""
    scanned = scan(text, Findings(""))
    parts = scanned.parts if scanned else ()
    for place, part in enumerate(parts):
        if part.kind == "exercise" and part.line == line:
            end = parts[place + 1].line if place + 1 < len(parts) else len(text.splitlines()) + 1
            return Places(accept=part.parts[0].line if part.parts else end, wrong=below_wrongs(part, end))
    return None


def below_wrongs(exercise: Part, end: int) -> int:
    """Below the last wrong answer; without one, above "Why it works"."""
    lines = [part.line for part in exercise.parts] + [end]
    wrongs = [place for place, part in enumerate(exercise.parts) if part.kind == "wrong"]
    if wrongs:
        return lines[wrongs[-1] + 1]
    return next((part.line for part in exercise.parts if part.kind == "why"), end)
