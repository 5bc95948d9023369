"""Lines and fences: what stands inside a fence is never looked at as prose, and what a fence's first line says is checked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from pygments.lexers import get_all_lexers

from lessons.catalogue.rules import Findings, Structure, near


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Fence:
    """``prefix`` is what stands before the ticks: the indentation and quote marks of the list or quote around it."""

    line: int
    prefix: str
    info: str
    body: tuple[str, ...]
    source: tuple[str, ...]
    """All of its lines as written, the opening and the closing one included."""


@dataclass(frozen=True, slots=True)
class Role:
    """``place`` is the part of a lesson where such fences stand. ``flags`` are options without a value."""

    place: str
    languages: tuple[str, ...] = ("python", "html", "yaml")
    options: tuple[str, ...] = ("path",)
    flags: tuple[str, ...] = ()


ROLES: Mapping[str, Role] = {
    "try": Role("prose", ("python",), options=()),
    "exercise": Role("exercise", ("yaml",), options=()),
    "quiz": Role("quiz", ("yaml",), options=()),
    "starter": Role("exercise"),
    "solution": Role("exercise"),
    "accept": Role("exercise"),
    "setup": Role("exercise"),
    "keys": Role("exercise"),
    "given": Role("exercise"),
    "probe": Role("exercise", flags=("hidden",)),
    "wrong": Role("wrong", options=("path", "expect")),
}

PLACES = {
    "prose": "the lesson's prose",
    "exercise": "an exercise",
    "quiz": "a quiz",
    "hint": "a hint",
    "wrong": 'a "Wrong" part',
    "why": '"Why it works"',
}

LANGUAGES = frozenset(alias for _, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases)


@dataclass(frozen=True, slots=True)
class Tagged:
    """A fence with a role. ``options`` maps an option to its value, a flag to the empty string."""

    line: int
    role: str
    language: str
    options: Mapping[str, str]
    text: str


OPENING = re.compile(r"(?P<prefix>[ >]*)(?P<ticks>`{3,}|~{3,})(?P<info>.*)")


def pieces(lines: list[str], first: int, report: Findings) -> Iterator[Line | Fence]:
    """Every line outside fences, and every fence. ``first`` is the first line's number."""
    place = 0
    while place < len(lines):
        opening = OPENING.fullmatch(lines[place])
        if opening is None or (opening["ticks"][0] == "`" and "`" in opening["info"]):
            yield Line(first + place, lines[place])
            place += 1
            continue
        end = _end(lines, place, opening, first, report)
        source = tuple(lines[place:end])
        body = tuple(line[len(opening["prefix"]) :] for line in source[1:-1])
        yield Fence(first + place, opening["prefix"], opening["info"].strip(), body, source)
        place = end


def _end(lines: list[str], start: int, opening: re.Match[str], first: int, report: Findings) -> int:
    """The place after the fence's last line."""
    prefix, ticks = opening["prefix"], opening["ticks"]
    closing = re.compile(rf"{re.escape(prefix)} {{0,3}}{re.escape(ticks[0])}{{{len(ticks)},}}[ \t]*")
    for place in range(start + 1, len(lines)):
        line = lines[place]
        if closing.fullmatch(line):
            return place + 1
        if not line.startswith(prefix) and line.strip() != prefix.strip():
            report(Structure.FENCE_LEFT, first + place, opened=first + start)
            return place
    report(Structure.OPEN_FENCE, first + start)
    return len(lines)


def tagged(fence: Fence, report: Findings) -> Tagged | None:
    """The fence with its role; None for an ordinary one, and (with a finding) for one whose first line makes no sense."""
    words = fence.info.split()
    language, role, options = "".join(words[:1]), "".join(words[1:2]), words[2:]
    if language and language not in LANGUAGES:
        report(Structure.UNKNOWN_LANGUAGE, fence.line, language=language, near=near(language, ROLES, "python {}"))
    elif role and role not in ROLES:
        report(Structure.UNKNOWN_ROLE, fence.line, role=role, near=near(role, ROLES))
    elif role and fence.prefix:
        report(Structure.ROLE_INDENTED, fence.line, role=role)
    elif role and language not in ROLES[role].languages:
        languages = " or ".join(ROLES[role].languages)
        report(Structure.ROLE_LANGUAGE, fence.line, role=role, languages=languages, language=language)
    elif role:
        return Tagged(fence.line, role, language, _options(fence.line, role, options, report), "\n".join(fence.body))
    return None


def _options(line: int, role: str, words: list[str], report: Findings) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in words:
        option, equals, value = word.partition("=")
        known = ROLES[role].options if equals else ROLES[role].flags
        if option not in known or (equals and not value):
            choices = (*(f"{each}=" for each in ROLES[role].options), *ROLES[role].flags)
            report(Structure.UNKNOWN_OPTION, line, option=word, role=role, near=near(word, choices))
        elif option in found:
            report(Structure.OPTION_TWICE, line, option=option)
        else:
            found[option] = value
    if "path" in found and not _safe(found["path"]):
        report(Structure.BAD_PATH, line, path=found.pop("path"))
    if role == "wrong" and "expect" not in found:
        report(Structure.NO_EXPECT, line)
    return found


def _safe(path: str) -> bool:
    """Whether the path stays inside a workspace, on every system."""
    plain = re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*", path)
    return plain is not None and len(path) <= 100 and str(PurePosixPath(path)) == path
