"""Every rule about the folder: its files, modules and worlds."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from lessons.catalogue import rules
from lessons.catalogue.load import load
from lessons.catalogue.rules import Advice, Lint, Rule, Structure, Whole

from .breakages import ADVICE, LINT, STRUCTURE
from .sample import BEFORE, COURSE, FILES, LESSON, findings, says, write

OTHER = "models/05-other.md"
LONG = f"models/06-{'x' * 150}.md"


@dataclass(frozen=True)
class Folder:
    """What ``change`` does to the good folder makes ``rule`` speak about ``path``, in ``words``."""

    rule: Rule
    change: Callable[[Path], object]
    path: str
    words: str
    line: int = 1
    nothing_left: bool = False
    """Whether no module can be known any more."""

    def __str__(self) -> str:
        return f"{self.rule.name}: {self.path}"


def put(name: str, text: str | bytes) -> Callable[[Path], object]:
    return lambda root: write(root.parent, {name: text})


def link(name: str, to: str) -> Callable[[Path], object]:
    return lambda root: (root / name).symlink_to(to)


def without(name: str) -> Callable[[Path], object]:
    return lambda root: (root / name).unlink()


def course(old: str, new: str) -> Callable[[Path], object]:
    assert old in COURSE
    return put("course.yaml", COURSE.replace(old, new, 1))


FOLDERS = [
    # A lesson's file
    Folder(Structure.OUTSIDE, link(OTHER, "/etc/hostname"), OTHER, "leads out of the content folder"),
    Folder(Structure.NOT_A_FILE, link(OTHER, "nowhere.md"), OTHER, "is not a plain file"),
    Folder(Structure.NOT_A_FILE, link(OTHER, "05-other.md"), OTHER, "is not a plain file"),
    Folder(Structure.NOT_A_FILE, lambda root: os.mkfifo(root / OTHER), OTHER, "is not a plain file"),
    Folder(Structure.NOT_A_FILE, lambda root: (root / OTHER).mkdir(), OTHER, "is not a plain file"),
    Folder(Structure.TOO_BIG, put(OTHER, BEFORE + "x\n" * 70_000), OTHER, "is larger than 128 KB"),
    Folder(Structure.NOT_UTF8, put(OTHER, BEFORE.encode() + b"caf\xe9\n"), OTHER, "is not UTF-8 text", line=10),
    Folder(Structure.CONTROL, put(OTHER, BEFORE + "a\rb\n"), OTHER, "control character U+000D", line=10),
    Folder(Structure.NOT_UTF8, put(OTHER, BEFORE.encode("utf-16")), OTHER, "is not UTF-8 text"),
    Folder(Structure.NO_FRONT, put(OTHER, ""), OTHER, "a lesson starts with front matter"),
    Folder(
        Structure.SLUG_TWICE,
        put("models/05-one-query.md", BEFORE),
        "models/05-one-query.md",
        '"models/one-query" is already the lesson in models/04-one-query.md',
    ),
    Folder(
        Structure.FORMERLY_TAKEN,
        put(
            OTHER,
            LESSON.replace("formerly: [titles]", "formerly: [models/one-query#lazy]").replace("[models/joins]", "[models/old]"),
        ),
        OTHER,
        '"models/one-query#lazy" is formerly of models/other#titles-authors, but models/one-query#lazy has that name',
        line=45,
    ),
    Folder(
        Structure.FORMERLY_TAKEN,
        put(OTHER, LESSON),
        OTHER,
        '"models/joins" is formerly of models/other, but models/one-query has',
    ),
    Folder(
        Structure.LONG_KEY,
        put(LONG, BEFORE),
        LONG,
        "the names of module, lesson and item have at most 150 characters together",
    ),
    Folder(
        Structure.LONG_KEY,
        put(OTHER, LESSON.replace("[titles]", f"[{'t' * 150}]").replace("[models/joins]", "[models/old]")),
        OTHER,
        "the names of module, lesson and item have at most 150 characters together",
        line=45,
    ),
    Folder(Lint.NUMBER_TWICE, put("models/04-other.md", BEFORE), "models/04-other.md", "04-one-query.md has the same number"),
    # The course
    Folder(Whole.NO_COURSE, without("course.yaml"), "course.yaml", "the content folder has no course.yaml", nothing_left=True),
    Folder(Structure.YAML_KEYS, put("course.yaml", ""), "course.yaml", '"key: value" lines are needed here', nothing_left=True),
    Folder(Structure.YAML_SYNTAX, put("course.yaml", "title: [\n"), "course.yaml", "cannot be read", line=2, nothing_left=True),
    Folder(
        Structure.BAD_VALUE,
        put("course.yaml", "title: x\nmodules: [a]\n"),
        "course.yaml",
        "must be a list of blocks",
        line=2,
        nothing_left=True,
    ),
    Folder(Structure.BAD_VALUE, course('"#2446e8"', "blue"), "course.yaml", '"colour" must be a colour like "#2446e8"', line=6),
    Folder(
        Structure.BAD_VALUE, course("motif: discs", "motif: stars"), "course.yaml", '"motif" must be one of arc, discs', line=7
    ),
    Folder(Structure.UNKNOWN_KEY, course("promise: F", "promises: F"), "course.yaml", 'did you mean "promise"?', line=5),
    Folder(Structure.MISSING_KEY, course("    motif: lines\n", ""), "course.yaml", 'a module needs "motif"', line=8),
    Folder(Whole.MODULE_TWICE, course("slug: routing", "slug: models"), "course.yaml", '"models" is listed twice', line=8),
    Folder(Whole.RESERVED, course("slug: routing", "slug: worlds"), "course.yaml", "cannot be a module", line=8),
    Folder(Whole.NO_ENTRY, put("forms/01-forms.md", BEFORE), "forms", 'the folder "forms" has no entry in course.yaml'),
    Folder(Whole.FILE_NAME, put("models/Intro.md", BEFORE), "models/Intro.md", "a lesson's file is named like"),
    Folder(Whole.FILE_NAME, put("models/05-intro.MD", BEFORE), "models/05-intro.MD", "a lesson's file is named like"),
    Folder(Whole.STRAY_LESSON, put("05-intro.md", BEFORE), "05-intro.md", "no lesson is looked for here"),
    Folder(Whole.STRAY_LESSON, put("models/a/b/05-intro.md", BEFORE), "models/a/b/05-intro.md", "no lesson is looked for here"),
    # Worlds
    Folder(Whole.WORLD_NAME, put("worlds/Book-Shop/models.py", ""), "worlds/Book-Shop", 'not "Book-Shop"'),
    Folder(Whole.WORLD_FILE, without("worlds/bookshop/seed.py"), "worlds/bookshop", 'the world "bookshop" has no seed.py'),
    Folder(Structure.OUTSIDE, link("worlds/cafe", "/tmp"), "worlds/cafe", "leads out of the content folder"),
]


@pytest.mark.parametrize("broken", FOLDERS, ids=str)
def test_a_broken_folder_is_found_out(tmp_path, broken: Folder):
    root = write(tmp_path, FILES)
    broken.change(root)
    found = findings(root)
    place = (f"content/{broken.path}", broken.line)
    spoken = [each.message for each in found if (each.path, each.line) == place and broken.words in each.message]
    assert any(says(broken.rule, message) for message in spoken), "\n".join(map(str, found))


@pytest.mark.parametrize("broken", FOLDERS, ids=str)
def test_what_is_not_broken_is_still_there(tmp_path, broken: Folder):
    root = write(tmp_path, FILES)
    broken.change(root)
    lesson = load(root).lesson("models/one-query")
    assert (lesson is not None and len(lesson.exercises) == 1) is not broken.nothing_left


def test_a_lesson_that_cannot_be_read_is_in_the_course_under_its_file_name(tmp_path):
    lesson = load(write(tmp_path, {**FILES, "models/05-nice-and-slow.md": b"\xff"})).lesson("models/nice-and-slow")
    assert lesson
    assert lesson.title == "Nice and slow"
    assert [str(finding) for finding in lesson.findings] == ["content/models/05-nice-and-slow.md:1: is not UTF-8 text"]


@pytest.mark.parametrize(("missing", "error"), [("nowhere", FileNotFoundError), ("content/course.yaml", NotADirectoryError)])
def test_a_missing_content_folder_raises(tmp_path, missing, error):
    write(tmp_path, FILES)
    with pytest.raises(error):
        load(tmp_path / missing)


def test_every_rule_has_a_lesson_or_a_folder_that_breaks_it():
    every = {rule for kind in (Structure, Whole, Lint, Advice) for rule in kind}
    broken = {row.rule for row in (*STRUCTURE, *LINT, *ADVICE)} | {row.rule for row in FOLDERS}
    assert broken == every


def test_every_finding_is_made_by_a_rule():
    sources = {path.name: path.read_text() for path in Path(rules.__file__).parent.glob("*.py")}
    assert [name for name, text in sources.items() if re.search(r"(?<!class )\bFinding\(", text)] == ["rules.py"]
