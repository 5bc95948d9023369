"""Full-text search over a course's places: an SQLite database in memory, made from the course as it was read.

The site's own database may be another, and holds only what people did.
"""

import re
import sqlite3
import threading
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from unicodedata import normalize

import structlog

from lessons.places import Kind, Place

log = structlog.stdlib.get_logger("woodshed.lessons")

CREATE = """
    CREATE VIRTUAL TABLE place
    USING fts5(title, headings, names, text, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3')
"""
WEIGHTS = "10.0, 5.0, 3.0, 1.0"
"""Of the columns, when places are ranked."""
ASK = f"""
    SELECT rowid, highlight(place, 0, :on, :off), snippet(place, 3, :on, :off, '…', 22)
    FROM place WHERE place MATCH :words ORDER BY bm25(place, {WEIGHTS}), rowid LIMIT :most
"""  # noqa: S608  the weights are ours
ON, OFF = "\ue000", "\ue001"
"""Around what matched. They are for private use, so no text has a reason to hold them; those that do are taken out."""
MOST_WORDS = 16
LONG = 3
"""Letters. Shorter words are in nearly every place, and tell nothing where not all words are found."""
WORD = re.compile(r"[^\W_]+(?:_[^\W_]+)*")
"""``select_related`` is one word, ``price__gte`` two."""

type Marked = tuple[tuple[str, bool], ...]
"""A text in pieces: whether each is what was looked for."""


@dataclass(frozen=True, slots=True)
class Hit:
    place: Place
    title: Marked
    snippet: Marked


@dataclass(frozen=True, slots=True)
class Found:
    """``every``: the places have all the words that were looked for, or how they begin. Else none has, and these have some."""

    hits: tuple[Hit, ...]
    every: bool = True


class Index:
    """Threads ask it one after the other."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.places = places
        self._lock = threading.Lock()
        self._database = _filled(places)
        if self._database:
            weakref.finalize(self, self._database.close)

    def find(self, query: str, most: int) -> Found:
        """The best ``most`` places first. No query is an error, whatever is in it."""
        words = words_of(query)
        if not words:
            return Found(())
        if self._database is None:
            return Found(tuple(islice(_titles(words, self.places), most)))
        if hits := self._every(" AND ".join(map(_beginning, words)), most):
            return Found(hits)
        some = [word for word in words if len(word) >= LONG] or words
        return Found(self._ask(" OR ".join(map(_beginning, some)), most), every=False)

    def _every(self, words: str, most: int) -> tuple[Hit, ...]:
        """Those whose title has all the words come first, lessons before what is in them."""
        titled = sorted(self._ask(f"title : ({words})", most), key=lambda hit: hit.place.kind is not Kind.LESSON)
        known = {id(hit.place) for hit in titled}
        return (*titled, *(hit for hit in self._ask(words, most) if id(hit.place) not in known))[:most]

    def _ask(self, words: str, most: int) -> tuple[Hit, ...]:
        assert self._database  # noqa: S101  asked by find alone
        with self._lock:
            rows = self._database.execute(ASK, {"on": ON, "off": OFF, "words": words, "most": most}).fetchall()
        return tuple(Hit(self.places[row], _marked(title), _marked(snippet)) for row, title, snippet in rows)


def words_of(query: str) -> list[str]:
    """The words of a query, the first sixteen: ``filter(name__icontains="x")`` → filter, name, icontains, x."""
    return list(islice(dict.fromkeys(WORD.findall(normalize("NFC", query))), MOST_WORDS))


def _beginning(word: str) -> str:
    """Matches whatever begins with the word. One with underscores is several to SQLite, which then have to stand in a row."""
    return f'"{word}"*'


def _filled(places: Sequence[Place]) -> sqlite3.Connection | None:
    """None where this Python's SQLite was built without full-text search."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    try:
        database.execute(CREATE)
    except sqlite3.OperationalError as problem:
        database.close()
        log.warning("This SQLite has no full-text search (FTS5), so titles alone are searched.", problem=str(problem))
        return None
    database.executemany("INSERT INTO place (rowid, title, headings, names, text) VALUES (?, ?, ?, ?, ?)", _rows(places))
    return database


def _rows(places: Sequence[Place]) -> Iterator[tuple[int, str, str, str, str]]:
    """A lesson's own row has the headings and names of all its places; that of a place in it, the lesson's title."""
    lessons: dict[str, list[Place]] = {}
    for place in places:
        lessons.setdefault(place.lesson.slug, []).append(place)
    for number, place in enumerate(places):
        whole = place.kind is Kind.LESSON
        parts = lessons[place.lesson.slug] if whole else [place]
        headings = " · ".join(part.title for part in parts if part is not place) if whole else place.lesson.title
        names = " ".join(sorted({name.text for part in parts for name in part.names}))
        yield number, _bare(place.title), _bare(headings), names, _bare(place.text)


def _bare(text: str) -> str:
    return text.replace(ON, "").replace(OFF, "")


def _marked(text: str) -> Marked:
    """``"a \ue000b\ue001"`` → a as it is, b as what was looked for."""
    pieces = re.split(f"{ON}(.*?){OFF}", text, flags=re.DOTALL)
    return tuple((piece, bool(number % 2)) for number, piece in enumerate(pieces) if piece)


def _titles(words: Sequence[str], places: Sequence[Place]) -> Iterator[Hit]:
    for place in places:
        if all(word.casefold() in place.title.casefold() for word in words):
            yield Hit(place, ((place.title, False),), ())
