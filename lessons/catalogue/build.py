"""A scanned lesson's parts → its blocks: prose, runnable examples, quizzes and exercises."""

from collections.abc import Iterable, Iterator

from lessons.catalogue.around import Around
from lessons.catalogue.exercises import exercise
from lessons.catalogue.markdown import with_ids
from lessons.catalogue.quizzes import quiz
from lessons.catalogue.scan import Part, Text
from lessons.catalogue.types import Block, Prose, Try


def blocks(parts: Iterable[Part], around: Around) -> tuple[Block, ...]:
    """What could be built; what could not is among the findings."""
    prose = _Prose(around)
    built: list[Block | None] = []
    for part in parts:
        if part.kind == "quiz":
            built.append(quiz(part, around))
        elif part.kind == "exercise":
            built.append(exercise(part, around))
        else:
            built.extend(prose.blocks(part))
    return tuple(block for block in built if block is not None)


class _Prose:
    """Counts what is counted through the whole lesson: runnable examples, and the headings' ids."""

    def __init__(self, around: Around) -> None:
        self.around = around
        self.tries = 0
        self.anchors: set[str] = set()

    def blocks(self, part: Part) -> Iterator[Block]:
        for piece in part.content:
            if isinstance(piece, Text):
                yield Prose(*with_ids(self.around.html(piece), self.anchors))
            else:
                self.tries += 1
                self.around.filled(piece)
                yield Try(f"try-{self.tries}", piece.text, self.around.world, piece.line)
