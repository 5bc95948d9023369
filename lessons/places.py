"""A lesson as places that can be linked to, each with what every learner may read there.

Solutions, hints, wrong answers, explanations and what is asked behind the scenes are in none of them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from html import unescape
from types import MappingProxyType

from lessons.catalogue.types import Course, Exercise, Lesson, Prose, Quiz, Try
from lessons.mentions import of_text
from lessons.names import Name, mentioned, named
from lessons.templatetags.woodshed import words

HEADING = re.compile(r'<h[234] id="([^"]+)">(.*?)</h[234]>', re.DOTALL)
FENCE = re.compile(r"<pre>(.*?)</pre>", re.DOTALL)
INLINE = re.compile(r"<code>(.*?)</code>", re.DOTALL)
PARAGRAPH = re.compile(r"<(p|li)>(.*?)</\1>", re.DOTALL)
SENTENCE = re.compile(r"(?<=[.:?])\s+(?=[A-Z<])")
FEW = 3
"""Spaces: what has fewer of them says nothing about a name."""


class Kind(StrEnum):
    LESSON = "lesson"
    SECTION = "section"
    EXERCISE = "exercise"
    QUIZ = "quiz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    kind: Kind
    lesson: Lesson
    anchor: str
    """Its id on the lesson's page, empty for the top."""
    title: str
    text: str
    names: frozenset[Name] = frozenset()
    """What its prose and its code name; of an exercise, only what stands there before anybody has answered it."""
    sentences: Mapping[Name, str] = field(default_factory=lambda: MappingProxyType({}))
    """The first sentence of it that mentions a name."""


def of_course(course: Course) -> tuple[Place, ...]:
    """Every place, in the course's order."""
    return tuple(place for lesson in course.lessons for place in of_lesson(lesson))


def of_lesson(lesson: Lesson) -> list[Place]:
    """The lesson's top first. A section goes up to the next heading, whatever items stand in it."""
    sections = [_Section("", lesson.title, f"<p>{lesson.summary}</p>")]
    items = []
    for block in lesson.blocks:
        match block:
            case Prose(html=html):
                before, *after = _cut(html)
                sections[-1].html += before.html
                sections += after
            case Try(code=code):
                sections[-1].codes.append(code)
            case Exercise():
                items.append(_exercise(lesson, block))
            case Quiz():
                items.append(_quiz(lesson, block))
    return [*(_place(lesson, section) for section in sections), *items]


@dataclass(slots=True)
class _Section:
    anchor: str
    title: str
    html: str
    codes: list[str] = field(default_factory=list)


def _cut(html: str) -> Iterator[_Section]:
    """What stands before the first heading, and what follows each."""
    before, *rest = HEADING.split(html)
    yield _Section("", "", before)
    for anchor, title, text in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        yield _Section(anchor, words(title), text)


def _place(lesson: Lesson, section: _Section) -> Place:
    codes = [*section.codes, *(unescape(re.sub("<[^>]*>", "", code)) for code in FENCE.findall(section.html))]
    prose = FENCE.sub("", section.html)
    return Place(
        kind=Kind.SECTION if section.anchor else Kind.LESSON,
        lesson=lesson,
        anchor=section.anchor,
        title=section.title,
        text=" ".join([words(section.html), *section.codes]),
        names=_inline(prose).union(*(mentioned(of_text(code)) for code in codes)),
        sentences=_sentences(prose),
    )


def _exercise(lesson: Lesson, exercise: Exercise) -> Place:
    shown = [file.text for file in (*exercise.given, *exercise.starter.files)]
    return Place(
        kind=Kind.EXERCISE,
        lesson=lesson,
        anchor=f"bench-{exercise.id}",
        title=exercise.title,
        text=" ".join([words(exercise.prompt_html), *shown]),
        names=_inline(exercise.prompt_html).union(*(mentioned(of_text(code)) for code in shown)),
    )


def _quiz(lesson: Lesson, quiz: Quiz) -> Place:
    html = " ".join([quiz.prompt_html, *(option.html for option in quiz.options)])
    return Place(kind=Kind.QUIZ, lesson=lesson, anchor=f"quiz-{quiz.id}", title=quiz.title, text=words(html), names=_inline(html))


def _inline(html: str) -> frozenset[Name]:
    return frozenset[Name]().union(*(named(unescape(code)) for code in INLINE.findall(html)))


def _sentences(prose: str) -> dict[Name, str]:
    found: dict[Name, str] = {}
    for paragraph in PARAGRAPH.finditer(prose):
        for sentence in SENTENCE.split(paragraph[2]):
            said = re.sub(":$", ".", words(sentence))
            for name in _inline(sentence) if said.count(" ") >= FEW else ():
                found.setdefault(name, said)
    return found
