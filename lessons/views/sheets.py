"""A lesson's page for whoever writes it: each finding beside what it is about, and the source of what is not understood."""

from collections.abc import Iterator, Mapping

from django.conf import settings
from django.http import HttpRequest

from lessons.catalogue.sheet import Piece, Sheet, sheet
from lessons.catalogue.types import Course, Finding, Lesson
from lessons.state import LessonState
from lessons.views import cards, find
from lessons.views.cards import Block, FindingCard, Fresh, SourceCard


def to_mend(request: HttpRequest, course: Course, lesson: Lesson) -> Sheet | None:
    """None when nothing is wrong in the lesson, and for everybody who does not write it."""
    if not writes(request):
        return None
    found = sheet(course, lesson)
    return found if found.findings else None


def around(request: HttpRequest, course: Course) -> list[Finding]:
    """What is wrong in the course, for whoever writes it: in its own file, its folders, its worlds, its lessons."""
    return list(course.findings) if writes(request) else []


def writes(request: HttpRequest) -> bool:
    """Whether the reader is somebody who writes lessons: staff, and whoever has the site to themselves in development."""
    user = find.learner(request)
    return settings.DEBUG or (user is not None and user.is_staff)


class Marked:
    """A sheet's blocks with its findings among them. The findings' ids count through the page."""

    def __init__(self, found: Sheet, state: LessonState, fresh: Mapping[str, Fresh]) -> None:
        self.lesson, self.state, self.fresh = found.lesson, state, fresh
        self.list: list[FindingCard] = []
        """Every finding, in the page's order."""
        self.front = [Block("lessons/finding.html", self._marked(one, found.front)) for one in found.front.findings]
        self.blocks = [block for piece in found.pieces for block in self._blocks(piece)]

    def _blocks(self, piece: Piece) -> Iterator[Block]:
        if piece.block is None:
            yield from self._source(piece)
            return
        yield cards.block(self.lesson, piece.block, self.state, self.fresh)
        yield from (Block("lessons/finding.html", self._marked(one, piece)) for one in piece.findings)

    def _source(self, piece: Piece) -> Iterator[Block]:
        """The lines, with each finding where its own line would stand: it quotes that."""
        at = 0
        for finding in piece.findings:
            place = finding.line - piece.first
            yield from _lines(piece, at, place)
            yield Block("lessons/finding.html", self._marked(finding, piece))
            at = place + 1
        yield from _lines(piece, at, len(piece.lines))

    def _marked(self, finding: Finding, piece: Piece) -> FindingCard:
        line = piece.quoted(finding)
        quoted = ((finding.line, line),) if line else ()
        card = FindingCard(f"finding-{len(self.list) + 1}", f"{finding.path}:{finding.line}", finding.message, quoted)
        self.list.append(card)
        return card


def _lines(piece: Piece, start: int, stop: int) -> Iterator[Block]:
    if lines := piece.lines[start:stop]:
        yield Block("lessons/source.html", SourceCard(tuple(enumerate(lines, piece.first + start))))
