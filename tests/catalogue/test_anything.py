"""Whatever a lesson's file holds, loading it neither fails nor lets anything through."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.catalogue import lint
from lessons.catalogue.load import load
from lessons.catalogue.sheet import sheet
from lessons.catalogue.types import Course

from .audit import ATTACKS, trouble
from .sample import COURSE, FILES, LESSON, write

LINES = LESSON.split("\n")
ODD_LINES = [
    *ATTACKS,
    "```",
    "````",
    "~~~",
    "```python solution",
    "```yaml exercise",
    "> ```",
    "---",
    "===",
    "### Exercise: x",
    "### Quiz: x",
    "#### Hint",
    "#### Wrong: x",
    "- [x] y",
    "  > z",
    "\t",
    "id: &a [*a]",
    "? x",
    "%YAML 1.3",
    "> [!NOTE]",
    "[a](b.md)",
]

odd_line = st.one_of(st.sampled_from(ODD_LINES), st.text(max_size=40))


@st.composite
def spoiled(draw: st.DrawFn, text: str) -> str:
    """The text with some of its lines replaced, left out, repeated, or joined by others."""
    lines = text.split("\n")
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(lines) - 1))
        lines[place : place + draw(st.integers(0, 3))] = draw(st.lists(odd_line, max_size=3))
        lines = lines or [""]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return write(tmp_path_factory.mktemp("anything"), FILES)


def html_of(part: object) -> Iterator[str]:
    """Every piece of HTML in a course."""
    if isinstance(part, tuple):
        for each in part:
            yield from html_of(each)
    elif is_dataclass(part):
        for each in fields(part):
            value = getattr(part, each.name)
            if isinstance(value, str) and each.name.endswith("html"):
                yield value
            elif each.name == "hints":
                yield from value
            else:
                yield from html_of(value)


def look_at(course: Course) -> None:
    assert [found for html in html_of(course) for found in trouble(html)] == []
    assert not any(lesson.blocks for lesson in course.lessons if lesson.broken)
    assert all(finding.line >= 1 and "\n" not in finding.message for finding in (*course.findings, *lint.check(course)))
    lint.advice(course)
    for lesson in course.lessons:
        found = sheet(course, lesson)
        assert set(lesson.findings) <= set(found.findings)
        assert [words for html in html_of(found.lesson.blocks) for words in trouble(html)] == []


@settings(max_examples=120, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)))
def test_any_bytes_are_a_lesson_or_a_finding(root, data):
    write(root.parent, {"models/04-one-query.md": data})
    look_at(load(root))


@settings(max_examples=120, deadline=None)
@given(spoiled(LESSON))
def test_any_spoiled_lesson_is_a_lesson_or_a_finding(root, text):
    write(root.parent, {"models/04-one-query.md": text.encode("utf-8", "replace")})
    look_at(load(root))


@settings(max_examples=60, deadline=None)
@given(spoiled(COURSE))
def test_any_spoiled_course_is_a_course_or_a_finding(root, text):
    write(root.parent, {"models/04-one-query.md": LESSON, "course.yaml": text.encode("utf-8", "replace")})
    course = load(root)
    write(root.parent, {"course.yaml": COURSE})
    look_at(course)


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_anywhere_in_a_lesson_comes_out_harmless(root, attack):
    words = attack.replace("\n", " ")
    for sought in (
        "Reading `book.author`",
        "Think of the last",
        "When `.filter()`",
        "Not yet",
        "List every",
        "Which attr",
        "Right rows",
    ):
        write(root.parent, {"models/04-one-query.md": LESSON.replace(sought, f"{words} {sought}", 1)})
        look_at(load(root))
