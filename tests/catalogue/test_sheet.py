"""A lesson as whoever writes it sees it: what is understood, the rest as its source, and each finding at its place."""

import pytest

from lessons.catalogue import lint
from lessons.catalogue.load import load
from lessons.catalogue.rules import Structure
from lessons.catalogue.sheet import Sheet, sheet
from lessons.catalogue.types import Exercise, Prose, Quiz, Try

from .breakages import LINT, STRUCTURE, Broken
from .sample import FILES, LESSON, write


def written(tmp_path, text: str | bytes) -> Sheet:
    course = load(write(tmp_path, {**FILES, "models/04-one-query.md": text}))
    lesson = course.lesson("models/one-query")
    assert lesson
    return sheet(course, lesson)


def kinds(found: Sheet) -> list[type]:
    return [type(block) for block in found.lesson.blocks]


def test_all_of_a_good_lesson_is_understood_and_is_what_learners_see(tmp_path):
    found = written(tmp_path, LESSON)
    loaded = load(write(tmp_path, FILES)).lesson("models/one-query")
    assert found.findings == ()
    assert [block for block in found.lesson.blocks if not isinstance(block, Prose)] == [
        block for block in loaded.blocks if not isinstance(block, Prose)
    ]
    assert [block.html for block in found.lesson.blocks if isinstance(block, Prose)] == [
        block.html for block in loaded.blocks if isinstance(block, Prose)
    ]


@pytest.mark.parametrize("broken", [*STRUCTURE, *LINT], ids=str)
def test_each_finding_is_there_once_with_its_line(tmp_path, broken: Broken):
    course = load(write(tmp_path, {**FILES, "models/04-one-query.md": broken.text}))
    lesson = course.lesson("models/one-query")
    assert lesson
    found = sheet(course, lesson)
    known = lesson.findings or tuple(one for one in lint.check(course) if one.path.endswith(lesson.path.name))
    assert len(set(found.findings)) == len(found.findings)
    assert set(known) <= set(found.findings)
    lines = broken.text.split("\n")
    for piece in (found.front, *found.pieces):
        for one in piece.findings:
            if piece.lines and (piece is not found.front or one.line <= len(piece.lines)):
                assert piece.quoted(one) == lines[one.line - 1]


@pytest.mark.parametrize("broken", [broken for broken in STRUCTURE if broken.rule is not Structure.CONTROL], ids=str)
def test_every_line_is_in_one_piece_and_no_broken_one_is_taken_as_understood(tmp_path, broken: Broken):
    found = written(tmp_path, broken.text)
    lines = broken.text.split("\n")
    told = [
        number
        for piece in (found.front, *found.pieces)
        for number, line in enumerate(piece.lines, piece.first)
        if line.strip() and line == lines[number - 1]
    ]
    assert told == [number for number, line in enumerate(lines, 1) if line.strip()]
    wrong = {one.line for one in load(tmp_path / "content").lessons[1].findings}
    understood = [piece for piece in found.pieces if piece.block is not None]
    assert [piece for piece in understood if wrong & set(range(piece.first, piece.first + len(piece.lines)))] == []


def test_a_broken_exercise_leaves_the_rest_understood(tmp_path):
    found = written(tmp_path, LESSON.replace("```python solution", "```python soluton"))
    assert kinds(found) == [Prose, Try, Quiz]
    assert [piece.lines[0] for piece in found.pieces if piece.block is None] == ["### Exercise: Titles with their authors"]


def test_a_broken_paragraph_leaves_the_ones_around_it_understood(tmp_path):
    found = written(tmp_path, LESSON.replace("> [!TIP]", "> [!TPI]"))
    assert kinds(found) == [Prose, Prose, Try, Quiz, Exercise]
    assert [piece.lines for piece in found.pieces if piece.block is None] == [
        ("> [!TPI]", "> Watch the query counter, not the clock.")
    ]


def test_a_list_stays_whole(tmp_path):
    text = LESSON.replace("- a list\n", "1. one\n\n2. two\n\n    still two\n\n3. three <details>\n\nAnd more.\n")
    found = written(tmp_path, text)
    piece = next(piece for piece in found.pieces if piece.findings)
    assert "<li>" in piece.block.html
    assert piece.block.html.count("<ol>") == 1
    assert piece.lines[-1] == "3. three <details>"


def test_what_is_wrong_in_the_front_matter_stands_at_the_top(tmp_path):
    found = written(tmp_path, LESSON.replace("minutes: 12", "minute: 12"))
    assert [one.line for one in found.front.findings] == [5]
    assert kinds(found) == [Prose, Try, Quiz, Exercise]


def test_the_linter_looks_at_what_is_understood_of_a_broken_lesson(tmp_path):
    text = LESSON.replace("> [!TIP]", "> [!TPI]").replace("#### Why it works\n", "#### Hint\n")
    text = text.replace("- a list", "1) a list").replace('Book.objects.select_related("author")[:3]', "for")
    found = written(tmp_path, text)
    lines = text.split("\n")
    assert [lines[one.line - 1] for one in found.findings] == [
        "> [!TPI]",
        "1) a list",
        "for",
        "### Exercise: Titles with their authors",
    ]


def test_a_file_that_cannot_be_read_has_its_findings_and_no_lines(tmp_path):
    found = written(tmp_path, b"\xff")
    assert [one.message for one in found.findings] == ["is not UTF-8 text"]
    assert (found.front.lines, found.pieces) == ((), ())


def test_a_link_out_of_the_folder_shows_nothing_of_where_it_leads(tmp_path):
    root = write(tmp_path, FILES)
    (tmp_path / "secret").write_text("hidden words")
    (root / "models/04-one-query.md").unlink()
    (root / "models/04-one-query.md").symlink_to(tmp_path / "secret")
    course = load(root)
    found = sheet(course, course.lessons[1])
    assert [one.message for one in found.findings] == ["leads out of the content folder"]
    assert "hidden words" not in repr(found)
