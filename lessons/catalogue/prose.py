"""What the linter says about prose: lists that Python-Markdown does not see, tags that are taken out, links that lead nowhere."""

import re
from collections.abc import Iterator

from lessons.catalogue.fences import Fence, Line, pieces
from lessons.catalogue.links import DeadLinkError, Places
from lessons.catalogue.markdown import TAGS, targets
from lessons.catalogue.rules import Findings, Lint
from lessons.catalogue.scan import CODE, Text

ITEM = re.compile(r"(?P<mark>[-*+]|\d+[.)]) +\S.*")
TAG = re.compile(r"</?(?P<name>[A-Za-z][A-Za-z0-9-]*)(?:\s[^<>]*)?/?>")
REFERENCE = re.compile(r" {0,3}\[[^\]]+\]:.*")


def lines(text: Text) -> Iterator[Line | Fence]:
    """The lines outside fences, and the fences. They have been scanned before, so nothing new is found."""
    return pieces(text.lines, text.line, Findings(""))


def look(text: Text, report: Findings) -> None:
    """Single lines, wherever they stand."""
    for line in lines(text):
        if isinstance(line, Fence):
            continue
        bare = CODE.sub("", line.text)
        if REFERENCE.fullmatch(bare):
            report(Lint.REFERENCE_LINK, line.number)
        for tag in TAG.finditer(bare):
            if tag["name"].lower() not in TAGS:
                report(Lint.RAW_HTML, line.number, tag=tag["name"])


def look_at_lists(text: Text, report: Findings) -> None:
    """Whether Python-Markdown sees the lists that GitHub sees."""
    state = _Lists(report)
    for line in lines(text):
        if isinstance(line, Fence):
            state.fence(line)
        else:
            state.line(line)


class _Lists:
    def __init__(self, report: Findings) -> None:
        self.report = report
        self.quote = ""
        self.inside = False
        """Whether the last line belongs to a list."""
        self.blank = True
        """Whether a list or a paragraph may begin on the next line."""

    def fence(self, fence: Fence) -> None:
        self._misplaced(fence.line, len(fence.prefix) - len(fence.prefix.rstrip(" ")) if ">" not in fence.prefix else 0)
        self.inside = self.inside and bool(fence.prefix)
        self.blank = False

    def line(self, line: Line) -> None:
        quote, rest = re.fullmatch(r"((?: {0,3}> ?)*)(.*)", line.text).groups()  # type: ignore[union-attr]  # it always matches
        if quote.count(">") != self.quote.count(">"):
            self.inside, self.blank = False, True
        self.quote = quote
        indent = len(rest) - len(rest.lstrip(" "))
        item = ITEM.fullmatch(rest.lstrip(" "))
        if not rest.strip():
            self.blank = True
            return
        if item:
            self._item(line.number, indent, item["mark"])
        elif self.blank:
            self._misplaced(line.number, indent)
            self.inside = self.inside and indent > 0
        self.blank = rest.startswith("#")

    def _item(self, number: int, indent: int, mark: str) -> None:
        if not self.inside and not self.blank and not re.match(r"0|[2-9]|1\d", mark):
            self.report(Lint.LIST_BLANK, number)
        elif mark.endswith(")"):
            self.report(Lint.LIST_NUMBER, number)
        else:
            self._misplaced(number, indent)
        self.inside = self.inside or self.blank

    def _misplaced(self, number: int, indent: int) -> None:
        if self.inside and indent % 4:
            self.report(Lint.LIST_INDENT, number)


def follow(text: Text, folder: str, places: Places, report: Findings) -> Iterator[tuple[int, str, str]]:
    """The line, the target as written, and the address on the site of each link inside the course; dead ones are reported."""
    for target in targets(text.text):
        line = next((number for number, words in enumerate(text.lines, text.line) if target.url in words), text.line)
        if target.tag == "img" and not target.words.strip():
            report(Lint.NO_ALT, line)
        try:
            yield line, target.url, places.resolve(folder, target.tag, target.url)
        except DeadLinkError as error:
            report(Lint.DEAD_LINK, line, target=target.url, why=error)
