"""A lesson as whoever writes it sees it: what is understood, the rest as its source, and each finding at its place.

Nobody else is given this. A broken lesson has no blocks, so that a half-understood exercise shows nothing and cannot be checked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from lessons import kinds
from lessons.catalogue import lint, strict_yaml
from lessons.catalogue.around import Around
from lessons.catalogue.exercises import exercise
from lessons.catalogue.fences import Fence, Tagged, pieces, tagged
from lessons.catalogue.links import places_of
from lessons.catalogue.lint import Page
from lessons.catalogue.markdown import Renderer, with_ids
from lessons.catalogue.prose import ITEM
from lessons.catalogue.quizzes import quiz
from lessons.catalogue.read import read
from lessons.catalogue.rules import Findings
from lessons.catalogue.scan import Part, Scan, Text, scan
from lessons.catalogue.strict_yaml import Keyed
from lessons.catalogue.types import Block, Course, Exercise, Finding, Lesson, Prose, Quiz, Try


@dataclass(frozen=True, slots=True)
class Piece:
    """Some lines of a lesson's file, and what was found in them. ``first`` is the first one's number."""

    first: int
    lines: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    block: Block | None = None
    """None: these lines are not understood."""

    def quoted(self, finding: Finding) -> str:
        """The line that a finding is about; empty where there is none to be shown."""
        place = finding.line - self.first
        return self.lines[place] if 0 <= place < len(self.lines) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """``lesson`` has what is understood of it as its blocks. ``front`` is the front matter, with what belongs nowhere else."""

    lesson: Lesson
    front: Piece
    pieces: tuple[Piece, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """In the order of their places."""
        return tuple(finding for piece in (self.front, *self.pieces) for finding in piece.findings)


def sheet(course: Course, lesson: Lesson) -> Sheet:
    """What is wrong in the lesson and the linter's findings, each with the lines that it is about.

    Of a file that must not or cannot be read, only the findings are there.
    """
    unheard = Findings("")  # what load has reported already
    text = read(lesson.path, course.root.resolve(), unheard)
    if text is None:
        return Sheet(lesson, Piece(1, (), lesson.findings))
    lines = text.split("\n")
    scanned = scan(text, unheard)
    if scanned is None:
        return Sheet(lesson, Piece(1, ()), (Piece(1, tuple(lines), lesson.findings),))
    writing = _Writing(course, lesson, tuple(lines), scanned)
    understood = writing.sheet(lesson.findings)
    return writing.sheet({*lesson.findings, *_linted(course, understood, writing)})


def _linted(course: Course, understood: Sheet, writing: "_Writing") -> list[Finding]:
    """What the linter says about what is understood."""
    report = Findings(f"{course.root.name}/{understood.lesson.file}")
    front = strict_yaml.read(writing.scan.front.text, writing.scan.front.line, Findings(""))
    lint.look(Page(understood.lesson, front or Keyed(1), tuple(_parts(understood, writing)), report), course)
    return report.found


def _parts(understood: Sheet, writing: "_Writing") -> Iterator[Part]:
    items = {part.line: part for part in writing.scan.parts if part.kind != "prose"}
    for piece in understood.pieces:
        if isinstance(piece.block, Exercise | Quiz):
            yield items[piece.first]
        elif piece.block is not None:
            text = Text(piece.first, list(piece.lines))
            yield Part("prose", "", "", piece.first, [_try(text) or text])


@dataclass(frozen=True, slots=True)
class _Span:
    """The lines from ``first`` up to ``end``; ``part`` is the item that they are, or None for prose."""

    first: int
    end: int
    part: Part | None = None

    def of(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        return tuple(sorted(finding for finding in findings if self.first <= finding.line < self.end))


@dataclass(frozen=True, slots=True)
class _Writing:
    """One lesson's source, to be cut into pieces."""

    course: Course
    lesson: Lesson
    lines: tuple[str, ...]
    scan: Scan

    @property
    def body(self) -> int:
        """The line after the front matter."""
        return self.scan.front.line + len(self.scan.front.lines) + 1

    def sheet(self, findings: Iterable[Finding]) -> Sheet:
        found = _Pieces(self, tuple(findings))
        made = tuple(found.pieces())
        elsewhere = tuple(sorted(set(findings).difference(*(piece.findings for piece in made))))
        blocks = tuple(piece.block for piece in made if piece.block is not None)
        return Sheet(replace(self.lesson, blocks=blocks), Piece(1, self.lines[: self.body - 1], elsewhere), made)

    def spans(self) -> Iterator[_Span]:
        """Each item, and each stretch of prose between them; together all of the body."""
        starts = {self.body: None, **{part.line: None if part.kind == "prose" else part for part in self.scan.parts}}
        ends = [*list(starts)[1:], len(self.lines) + 1]
        return (_Span(first, end, part) for (first, part), end in zip(starts.items(), ends, strict=True))

    def text(self, first: int, end: int) -> Text:
        return Text(first, list(self.lines[first - 1 : end - 1]))


@dataclass(slots=True)
class _Pieces:
    """Cuts a lesson into pieces: anew, for the findings given."""

    writing: _Writing
    findings: tuple[Finding, ...]
    tries: int = 0
    anchors: set[str] = field(default_factory=set)

    def pieces(self) -> Iterator[Piece]:
        around = self._around()
        for span in self.writing.spans():
            if span.part is not None:
                yield self._item(span, span.part, around)
            else:
                yield from self._prose(span, around)

    def _around(self) -> Around:
        course, lesson = self.writing.course, self.writing.lesson
        return Around(
            slug=lesson.slug,
            formerly=lesson.formerly,
            world=lesson.world,
            worlds=course.worlds,
            kinds=kinds.find(),
            renderer=Renderer(places_of(course).address(lesson.module)),
            report=Findings(""),
        )

    def _broken(self, span: _Span) -> bool:
        return bool(span.of(self.writing.lesson.findings))

    def _piece(self, span: _Span, block: Block | None) -> Piece:
        lines = self.writing.text(span.first, span.end).lines
        while not lines[-1].strip():
            lines.pop()
        return Piece(span.first, tuple(lines), span.of(self.findings), block)

    def _item(self, span: _Span, part: Part, around: Around) -> Piece:
        build = quiz if part.kind == "quiz" else exercise
        return self._piece(span, None if self._broken(span) else build(part, around))

    # Prose

    def _prose(self, span: _Span, around: Around) -> Iterator[Piece]:
        for chunk in self._joined(span):
            lines = self.writing.text(chunk.first, chunk.end)
            if lines.text.strip():
                yield self._piece(chunk, None if self._broken(chunk) else self._shown(chunk, lines, around))

    def _shown(self, chunk: _Span, lines: Text, around: Around) -> Block | None:
        if example := _try(lines):
            self.tries += 1
            return Try(f"try-{self.tries}", example.text, around.world, chunk.first)
        html = around.html(lines)
        return Prose(*with_ids(html, self.anchors)) if html else None

    def _joined(self, span: _Span) -> list[_Span]:
        """The chunks, but what is shown as prose in one as far as nothing was found in it."""
        joined: list[_Span] = []
        for chunk in _chunks(self.writing.text(span.first, span.end)):
            if joined and self._goes_on(joined[-1], chunk):
                joined[-1] = _Span(joined[-1].first, chunk.end)
            else:
                joined.append(chunk)
        return joined

    def _goes_on(self, before: _Span, chunk: _Span) -> bool:
        examples = any(_try(self.writing.text(one.first, one.end)) for one in (before, chunk))
        return not examples and not before.of(self.findings) and not self._broken(chunk)


def _try(text: Text) -> Tagged | None:
    """The runnable example that the text begins with."""
    first = next(pieces(text.lines, text.line, Findings("")), None)
    tag = tagged(first, Findings("")) if isinstance(first, Fence) else None
    return tag if tag and tag.role == "try" else None


def _chunks(text: Text) -> Iterator[_Span]:
    """Paragraphs, whole lists, fences: what can stand alone."""
    starts, listed, gap, shut = [text.line], False, True, False
    for piece in pieces(text.lines, text.line, Findings("")):
        alone = isinstance(piece, Fence) and not piece.prefix
        number, line = (piece.line, piece.source[0]) if isinstance(piece, Fence) else (piece.number, piece.text)
        goes_on = line.startswith(" ") or (listed and ITEM.fullmatch(line) is not None)
        if alone or (gap and line.strip() and (shut or not goes_on)):
            starts.append(number)
            listed, shut = ITEM.fullmatch(line) is not None, alone
        gap = alone or (not line.strip() and not isinstance(piece, Fence))
    ends = [*starts[1:], text.line + len(text.lines)]
    return (_Span(first, end) for first, end in zip(starts, ends, strict=True))
