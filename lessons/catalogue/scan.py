"""A lesson file's text → front matter, and parts (prose, exercises, quizzes, hints …) of prose and fences with roles.

Nothing is guessed. What looks like structure and is not quite, is a finding, because as prose it could show a solution.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from lessons.catalogue.fences import PLACES, ROLES, Fence, Line, Tagged, pieces, tagged
from lessons.catalogue.rules import Findings, Structure, near


@dataclass(slots=True)
class Text:
    """Prose, ordinary fences included. ``line`` is its first line's number."""

    line: int
    lines: list[str]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(slots=True)
class Part:
    """A heading and what stands below it. ``kind`` is a key of ``PLACES``; only an exercise has ``parts``: hints and so on."""

    kind: str
    heading: str
    title: str
    line: int
    content: list[Text | Tagged] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)

    @property
    def fences(self) -> Iterator[Tagged]:
        return (piece for piece in self.content if isinstance(piece, Tagged))

    @property
    def texts(self) -> Iterator[Text]:
        return (piece for piece in self.content if isinstance(piece, Text))

    @property
    def everything(self) -> Iterator["Part"]:
        yield self
        yield from self.parts


@dataclass(frozen=True, slots=True)
class Scan:
    front: Text
    parts: tuple[Part, ...]


ITEMS = {"Exercise": "exercise", "Quiz": "quiz"}
TITLED, FIXED = {"Wrong": "wrong"}, {"Hint": "hint", "Why it works": "why"}
CALLOUTS = ("NOTE", "TIP", "WARNING")

LONGEST = 2000
"""Characters in a line of prose or a fence's first line."""
MOST = 1000
"""How often each of ``COSTLY`` may stand in a lesson's prose: the time that Markdown takes grows with the square of it."""
COSTLY = "[<>"

# Each of these can match a line in one way only: with two ways, a line of a thousand list marks would take for ever.
AROUND = r"[ >]*(?:(?:[-*+]|\d+[.)]) [ >]*)*"
CALLOUT = re.compile(r"[ >]*>[ ]*\[!(?P<name>[^\]]*)\](?P<rest>.*)")
OPTION = re.compile(r"- \[(?P<mark>[ xX])\] (?P<text>.*)")
CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")

SHAPES = (
    (Structure.TAB, re.compile(r"[ >]*\t.*")),
    (Structure.COMMENT, re.compile(r".*<!--.*")),
    (Structure.FENCE_INLINE, re.compile(r"[^`~]*[^`~> ][^`~]*(?:~~~+[^~]*|```+[^`]*)")),
    (Structure.HEADING_SPACE, re.compile(r"#+[^#\s].*")),
    (Structure.HEADING_PLACE, re.compile(rf"(?=[ >*+\d-]){AROUND}#{{1,6}}(?:[ ].*)?")),
)
"""What no line of prose may look like, code in backticks left out."""


def scan(text: str, report: Findings) -> Scan | None:
    """None, and a finding, when there is no front matter to begin with, or when it would take too long to go on."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        report(Structure.NO_FRONT, 1)
        return None
    end = next((place for place, line in enumerate(lines) if place and line.rstrip() == "---"), None)
    if end is None:
        report(Structure.OPEN_FRONT, 1)
        return None
    scanner = _Scanner(report, end + 2)
    found = list(pieces(lines[end + 1 :], end + 2, report))
    _underlined(found, report)
    for piece in found:
        if isinstance(piece, Fence):
            scanner.fence(piece)
        else:
            scanner.line(piece)
    if scanner.heavy:
        return None
    return Scan(Text(2, lines[1:end]), tuple(part for part in scanner.parts if part.kind != "prose" or part.content))


def _underlined(found: list[Line | Fence], report: Findings) -> None:
    for above, line in pairwise(found):
        if isinstance(above, Fence) or isinstance(line, Fence) or not above.text.strip():
            continue
        if re.fullmatch(r" {0,3}(=+|-+) *", line.text):
            report(Structure.HEADING_UNDERLINED, line.number)


class _Scanner:
    """Puts each line and fence into the part that is open."""

    def __init__(self, report: Findings, first: int) -> None:
        self.report = report
        self.parts = [Part("prose", "", "", first)]
        self.quoted = False
        self.signs: Counter[str] = Counter()
        self.heavy = False
        """Whether rendering this would take long."""

    @property
    def item(self) -> Part:
        return self.parts[-1]

    @property
    def open(self) -> Part:
        return self.item.parts[-1] if self.item.parts else self.item

    def fence(self, fence: Fence) -> None:
        self.quoted = False
        if len(fence.source[0]) > LONGEST:
            self._long(fence.line)
            return
        before = len(self.report.found)
        tag = tagged(fence, self.report)
        if tag is not None and ROLES[tag.role].place != self.open.kind:
            self.report(Structure.ROLE_MISPLACED, tag.line, role=tag.role, place=PLACES[self.open.kind])
        elif tag is not None:
            self.open.content.append(tag)
        elif len(self.report.found) == before:
            for number, line in enumerate(fence.source, fence.line):
                self._add(number, line)

    def line(self, line: Line) -> None:
        signs, _, title = line.text.partition(" ")
        if len(line.text) > LONGEST:
            self._long(line.number)
        elif signs and not signs.strip("#"):
            self._heading(line, len(signs), re.sub(r"(^| )#+$", "", title.strip()).strip())
        else:
            self._look(line)
            self._add(line.number, line.text)
        self.quoted = line.text.lstrip().startswith(">")

    def _add(self, number: int, line: str) -> None:
        content = self.open.content
        if content and isinstance(content[-1], Text):
            content[-1].lines.append(line)
        elif line.strip():
            content.append(Text(number, [line]))

    def _look(self, line: Line) -> None:
        if not re.search(r"[#\[\t`~<>]", line.text):
            return
        bare = CODE.sub("", line.text)
        self._count(line.number, bare)
        for rule, shape in SHAPES:
            if shape.fullmatch(bare):
                self.report(rule, line.number)
        if callout := CALLOUT.fullmatch(line.text):
            self._callout(line.number, callout)
        if re.match(r" *(?:-|[*+] ) *\[.?\](?!\()", bare):
            if self.open.kind != "quiz":
                self.report(Structure.OPTION_MISPLACED, line.number)
            elif not OPTION.fullmatch(line.text):
                self.report(Structure.OPTION_SHAPE, line.number)

    def _long(self, number: int) -> None:
        self.heavy = True
        self.report(Structure.LONG_LINE, number, limit=LONGEST)

    def _count(self, number: int, bare: str) -> None:
        for sign in COSTLY:
            before, self.signs[sign] = self.signs[sign], self.signs[sign] + bare.count(sign)
            if before <= MOST < self.signs[sign]:
                self.heavy = True
                self.report(Structure.TOO_MANY_SIGNS, number, limit=MOST, sign=sign)

    def _callout(self, number: int, callout: re.Match[str]) -> None:
        if callout["name"] not in CALLOUTS:
            self.report(Structure.UNKNOWN_CALLOUT, number, name=callout["name"], near=near(callout["name"].upper(), CALLOUTS))
        elif callout["rest"].strip() or self.quoted:
            self.report(Structure.CALLOUT_PLACE, number)

    def _heading(self, line: Line, level: int, title: str) -> None:
        if not title:
            self.report(Structure.HEADING_EMPTY, line.number)
        elif level not in (2, 3, 4):
            self.report(Structure.HEADING_LEVEL, line.number)
        elif level == 4:
            self._below(line, title)
        else:
            self._item(line, level, title)

    def _item(self, line: Line, level: int, title: str) -> None:
        word, colon, rest = title.partition(":")
        if level == 3 and word in ITEMS and rest.strip():
            self.parts.append(Part(ITEMS[word], title, rest.strip(), line.number))
            return
        if title in FIXED or (colon and word in TITLED):
            self.report(Structure.PART_LEVEL, line.number, heading=title)
        if meant := _meant(word, bool(colon)):
            self.report(Structure.UNKNOWN_ITEM, line.number, heading=line.text.strip(), word=meant)
        if self.item.kind != "prose":
            self.parts.append(Part("prose", "", "", line.number))
        self._add(line.number, line.text)

    def _below(self, line: Line, title: str) -> None:
        word, colon, rest = title.partition(":")
        kind = TITLED.get(word) if colon and rest.strip() else FIXED.get(title)
        if self.item.kind == "exercise" and kind:
            self.item.parts.append(Part(kind, title, rest.strip(), line.number))
        elif self.item.kind == "exercise":
            self.report(Structure.UNKNOWN_PART, line.number, heading=title, near=near(word, [*TITLED, *FIXED]))
        elif kind or self.item.kind == "quiz":
            self.report(Structure.PART_MISPLACED, line.number, heading=title, place=PLACES[self.item.kind])
        elif meant := _meant(word, bool(colon)):
            self.report(Structure.UNKNOWN_ITEM, line.number, heading=line.text.strip(), word=meant)
        else:
            self._add(line.number, line.text)


def _meant(word: str, colon: bool) -> str | None:
    """The item that a heading was probably meant to open: any word near enough before a colon, or the very word alone."""
    for item in ITEMS:
        if word.strip().casefold() == item.casefold() or (colon and near(word.strip().casefold(), [item.casefold()])):
            return item
    return None
