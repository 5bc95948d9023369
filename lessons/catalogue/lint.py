"""The rules that a lesson can break and still be shown. ``load`` reports the others."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lessons.catalogue import answers, prose, strict_yaml
from lessons.catalogue.links import Places, places_of
from lessons.catalogue.quizzes import written
from lessons.catalogue.read import read
from lessons.catalogue.rules import Advice, Findings, Lint, near
from lessons.catalogue.scan import Part, Text, scan
from lessons.catalogue.strict_yaml import Keyed
from lessons.catalogue.types import Course, Exercise, Finding, Lesson, Prose, Quiz

MINUTES = 12
WORDS_BEFORE_PRACTICE = 200
EXERCISES = 4


@dataclass(frozen=True, slots=True)
class Page:
    """A lesson and its source, or as much of both as is understood."""

    lesson: Lesson
    front: Keyed
    parts: tuple[Part, ...]
    report: Findings

    @property
    def everything(self) -> Iterator[Part]:
        return (below for part in self.parts for below in part.everything)

    def part(self, item: Exercise | Quiz) -> Part:
        return next(part for part in self.parts if part.line == item.line and part.kind != "prose")


def check(course: Course) -> tuple[Finding, ...]:
    """What is worse than it could be in the lessons that are not broken, sorted by place."""
    found: list[Finding] = []
    for page in _pages(course, found):
        look(page, course)
    return tuple(sorted(set(found)))


def look(page: Page, course: Course) -> None:
    """The same for one lesson of the course, into the page's own report."""
    _front(page, course)
    _prose(page)
    _links(page, course, places_of(course))
    answers.look(page.parts, page.report)
    for exercise in page.lesson.exercises:
        _exercise(exercise, page)
        answers.judge(exercise, page.part(exercise), page.report)
    for quiz in page.lesson.quizzes:
        _quiz(quiz, page)


def advice(course: Course) -> tuple[Finding, ...]:
    """What an author may want to think about; never an error."""
    found: list[Finding] = []
    for page in _pages(course, found):
        count, words = len(page.lesson.exercises), _words_before_practice(page.lesson)
        if count < EXERCISES:
            page.report(Advice.FEW_EXERCISES, 1, count=count)
        if not page.lesson.quizzes:
            page.report(Advice.NO_QUIZ, 1)
        if count and words > WORDS_BEFORE_PRACTICE:
            page.report(Advice.LATE_EXERCISE, page.lesson.exercises[0].line, words=words)
    return tuple(sorted(found))


def _pages(course: Course, found: list[Finding]) -> Iterator[Page]:
    for lesson in course.lessons:
        report = Findings(f"{course.root.name}/{lesson.file}", found)
        unheard = Findings("")  # what load has reported already
        text = None if lesson.broken else read(lesson.path, course.root.resolve(), unheard)
        source = scan(text, unheard) if text else None
        front = strict_yaml.read(source.front.text, source.front.line, unheard) if source else None
        if source and front and not unheard.found:  # else it was changed since it was loaded
            yield Page(lesson, front, source.parts, report)


# The lesson


def _front(page: Page, course: Course) -> None:
    lesson, lines = page.lesson, page.front.lines
    slugs = [other.slug for other in course.lessons if other.slug != lesson.slug]
    if lesson.minutes > MINUTES:
        page.report(Lint.TOO_LONG, lines["minutes"], minutes=lesson.minutes)
    for slug in lesson.requires:
        if slug not in slugs:
            page.report(Lint.REQUIRES, lines["requires"], slug=slug, near=near(slug, slugs))
    for other in course.lessons:
        if other.module == lesson.module and other.number == lesson.number and other.path.name < lesson.path.name:
            page.report(Lint.NUMBER_TWICE, 1, other=other.path.name)


def _words_before_practice(lesson: Lesson) -> int:
    words = 0
    for block in lesson.blocks:
        if isinstance(block, Exercise):
            break
        if isinstance(block, Prose):
            words += len(re.sub(r"<pre>.*?</pre>|<[^>]*>", " ", block.html, flags=re.DOTALL).split())
    return words


# Its prose


def _prose(page: Page) -> None:
    for part in page.everything:
        for text in part.texts:
            prose.look(text, page.report)
        for text in written(part, Findings(""))[0] if part.kind == "quiz" else part.texts:
            prose.look_at_lists(text, page.report)


def _links(page: Page, course: Course, places: Places) -> None:
    for part in page.everything:
        for text in part.texts:
            for line, url, address in prose.follow(text, page.lesson.module, places, page.report):
                _heading(line, url, address, page, course)


def _heading(line: int, url: str, address: str, page: Page, course: Course) -> None:
    """Whether the heading that an address names is there."""
    parts = re.fullmatch(r"(?:/lessons/([^#]+)/)?#(on-.+)", address)
    if parts is None:
        return
    lesson = course.lesson(parts[1]) if parts[1] else page.lesson
    if (
        lesson
        and not lesson.broken
        and f' id="{parts[2]}"' not in "".join(block.html for block in lesson.blocks if isinstance(block, Prose))
    ):
        page.report(Lint.DEAD_LINK, line, target=url, why="the lesson has no such heading")


# Its items


def _exercise(exercise: Exercise, page: Page) -> None:
    line = exercise.line
    if not exercise.prompt_html:
        page.report(Lint.NO_PROMPT, line)
    if len(exercise.hints) < 2:
        page.report(Lint.FEW_HINTS, line, count=len(exercise.hints))
    if len(exercise.wrongs) < 2:
        page.report(Lint.FEW_WRONGS, line, count=len(exercise.wrongs))
    if not exercise.why_html:
        page.report(Lint.NO_WHY, line)


def _quiz(quiz: Quiz, page: Page) -> None:
    if len(quiz.options) < 2:
        page.report(Lint.FEW_OPTIONS, quiz.line)
    places: list[Text] = written(page.part(quiz), Findings(""))[1]
    for option, place in zip(quiz.options, places, strict=True):
        if not option.explanation_html:
            page.report(Lint.NO_EXPLANATION, place.line)
