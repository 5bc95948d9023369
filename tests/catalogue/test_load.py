"""What a good course is once it has been loaded."""

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from lessons import kinds
from lessons.catalogue import lint
from lessons.catalogue.keys import Check, Key
from lessons.catalogue.load import load
from lessons.catalogue.types import Course, Exercise, Lesson, Prose, Quiz, Try
from sandbox.protocol import File

from .sample import BEFORE, FILES, LESSON, write


def course(folder: Path, lesson: str = LESSON, **files: str) -> Course:
    return load(write(folder, {**FILES, "models/04-one-query.md": lesson, **files}))


def the(kind, folder: Path, lesson: str = LESSON):
    """The lesson's one block of this kind."""
    loaded = course(folder, lesson)
    assert loaded.findings == ()
    (block,) = [block for block in loaded.lessons[1].blocks if isinstance(block, kind)]
    return block


def test_the_course_has_its_modules_in_order_and_one_without_lessons(tmp_path):
    loaded = course(tmp_path)
    assert loaded.title == "Woodshed"
    assert [(module.slug, module.colour, len(module.lessons)) for module in loaded.modules] == [
        ("models", "#2446e8", 2),
        ("routing", "#123456", 0),
    ]
    assert list(loaded.worlds) == ["bookshop"]


def test_a_lesson_has_what_its_front_matter_and_file_name_say(tmp_path):
    lesson = course(tmp_path).lessons[1]
    assert (lesson.slug, lesson.module, lesson.name, lesson.number) == ("models/one-query", "models", "one-query", 4)
    assert (lesson.title, lesson.minutes, lesson.world) == ("One query, not twenty-one", 12, "bookshop")
    assert lesson.requires == ("models/first-querysets",)
    assert lesson.path.name == "04-one-query.md"


def test_blocks_come_in_the_order_of_the_file(tmp_path):
    assert [type(block) for block in course(tmp_path).lessons[1].blocks] == [Prose, Try, Quiz, Exercise]


def test_prose_has_its_headings(tmp_path):
    prose = the(Prose, tmp_path)
    assert [(heading.id, heading.title) for heading in prose.headings] == [("on-counting", "Counting")]
    assert '<h2 id="on-counting">Counting</h2>' in prose.html


def test_a_runnable_example(tmp_path):
    example = the(Try, tmp_path)
    assert example == Try("try-1", 'Book.objects.select_related("author")[:3]', "bookshop", 28)


def test_a_quiz(tmp_path):
    quiz = the(Quiz, tmp_path)
    assert (quiz.key, quiz.title, quiz.line) == ("models/one-query#lazy", "When does the database hear about it?", 32)
    assert quiz.prompt_html == "<p>Think of the last lesson.</p>"
    assert [(option.html, option.explanation_html, option.right) for option in quiz.options] == [
        ("When <code>.filter()</code> is called", "<p>Not yet: a QuerySet is only a plan.</p>", False),
        ("When the loop asks for the first row", "<p>Yes. Iterating evaluates it.</p>", True),
    ]


def test_a_quiz_option_may_hold_more_than_a_line(tmp_path):
    option = "- [x] When the loop asks\n  for this:\n\n  ```python\n  # not a heading\n  ```\n\n  > Yes.\n  > Really.\n"
    quiz = the(
        Quiz, tmp_path, LESSON.replace("- [x] When the loop asks for the first row\n  > Yes. Iterating evaluates it.\n", option)
    )
    assert "# not a heading" in quiz.options[1].html
    assert quiz.options[1].explanation_html == "<p>Yes.\nReally.</p>"


def test_an_exercise(tmp_path):
    exercise = the(Exercise, tmp_path)
    assert exercise.key == "models/one-query#titles-authors"
    assert exercise.title == "Titles with their authors"
    assert exercise.prompt_html.startswith("<p>List every book in print as <code>(title,")
    assert (exercise.observe, exercise.world, exercise.difficulty, exercise.queries) == ("rows", "bookshop", 2, 1)
    assert (exercise.columns, exercise.order) == (("title", "author", "price"), ("price",))
    assert (exercise.must_use, exercise.forbid) == (("select_related",), ("raw",))
    assert exercise.starter.files == (File("answer.py", "Book.objects.filter(in_print=True)"),)
    assert exercise.solution.code.count("\n") == 1
    assert exercise.setup == (File("setup.py", "cheap = 10"),)
    assert len(exercise.accepts) == 1
    assert exercise.hints[1] == '<p><code>select_related("author")</code> fetches both in one statement.</p>'
    assert exercise.why_html == "<p><code>select_related</code> follows foreign keys in the same statement.</p>"
    assert exercise.waive == {"drop-order": "the seed is sorted already"}
    assert [(wrong.title, wrong.expect) for wrong in exercise.wrongs] == [("N+1", "queries"), ("dearest first", "order")]
    assert exercise.wrongs[1].feedback_html == "<p>The minus sign turns the order round.</p>"
    assert exercise.wrongs[1].answer.code == 'Book.objects.order_by("-price")'


def test_lines_are_those_of_the_file(tmp_path):
    exercise, lines = the(Exercise, tmp_path), LESSON.split("\n")
    assert lines[exercise.line - 1].startswith("### Exercise")
    assert lines[exercise.starter.line - 1] == "```python starter"
    assert lines[exercise.wrongs[1].answer.line - 1] == "```python wrong expect=order"


def test_several_files_with_paths_make_one_answer(tmp_path):
    def two(role: str) -> str:
        return f"```python {role} path=shop/urls.py\n1\n```\n\n```python {role} path=shop/views.py\n2\n```\n\n"

    text = (
        "\n".join(
            [
                LESSON[: LESSON.index("```python setup")],
                two("starter") + two("solution") + two("accept") + two("accept"),
                "```python given path=shop/models.py\n3\n```\n",
                "```python probe\n1\n```\n\n```python probe hidden\nbooks()\n```\n",
                "#### Wrong: mixed up\n\n" + two("wrong expect=calls") + "No.\n",
            ]
        )
        .replace("must_use: [select_related]\nforbid: [raw]\n", "")
        .replace("observe: rows", "observe: calls")
    )
    exercise = the(Exercise, tmp_path, text)
    assert exercise.paths == ("shop/urls.py", "shop/views.py")
    assert [[file.text for file in answer.files] for answer in exercise.accepts] == [["1", "2"], ["1", "2"]]
    assert len(exercise.wrongs[0].answer.files) == 2
    assert exercise.given == (File("shop/models.py", "3"),)
    assert [(probe.text, probe.hidden) for probe in exercise.probes] == [("1", False), ("books()", True)]


def test_a_keys_fence_gives_the_order(tmp_path):
    keyed = LESSON.replace("order: [price]\n", "").replace(
        "```python accept", "```python keys\n[(1, 2)]\n```\n\n```python accept"
    )
    exercise = the(Exercise, tmp_path, keyed)
    assert exercise.keys
    assert exercise.ordered


def test_an_exercise_may_have_another_world(tmp_path):
    text = LESSON.replace("observe: rows", "observe: rows\nworld: cafe")
    files = {"worlds/cafe/models.py": "", "worlds/cafe/seed.py": ""}
    assert course(tmp_path, text, **files).lessons[1].exercises[0].world == "cafe"


def test_a_kind_adds_keys(tmp_path, monkeypatch):
    def positive(value):
        if value <= 0:
            raise ValueError("must be positive")
        return value

    rows = replace(
        kinds.find()["rows"], keys={"tolerance": Key(Check({"exclusiveMinimum": 0}, positive), "How far off an answer may be.")}
    )
    monkeypatch.setattr(kinds, "find", lambda: {"rows": rows})
    good = course(tmp_path, LESSON.replace("observe: rows", "observe: rows\ntolerance: 0.5")).lessons[1]
    assert good.exercises[0].extra == MappingProxyType({"tolerance": 0.5})
    bad = course(tmp_path, LESSON.replace("observe: rows", "observe: rows\ntolerance: -1")).lessons[1]
    assert [finding.message for finding in bad.findings] == ['"tolerance" must be positive']
    worse = course(tmp_path, LESSON.replace("observe: rows", "observe: rows\ntolerance: much")).lessons[1]
    assert worse.broken


# Names


def test_a_renamed_lesson_keeps_its_learners_work(tmp_path):
    loaded = course(tmp_path)
    lesson = loaded.lesson("models/joins")
    assert lesson
    assert lesson.slug == "models/one-query"
    for former in ("models/one-query#titles", "models/joins#titles-authors", "models/joins#titles"):
        exercise = loaded.exercise(former)
        assert exercise
        assert exercise.key == "models/one-query#titles-authors"
    (quiz,) = lesson.quizzes
    assert quiz.formerly == ("models/joins#lazy",)


def test_links_between_lessons_lead_to_their_pages(tmp_path):
    assert 'href="/lessons/models/first-querysets/#on-laziness"' in the(Prose, tmp_path).html


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("../models/03-first-querysets.md", "/lessons/models/first-querysets/"),
        ("#counting", "#on-counting"),
        ("https://docs.djangoproject.com/", "https://docs.djangoproject.com/"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("/worlds/bookshop/", "/worlds/bookshop/"),
    ],
)
def test_a_link_leads_where_it_should(tmp_path, written, address):
    loaded = course(tmp_path, LESSON.replace("03-first-querysets.md#laziness", written))
    assert lint.check(loaded) == ()
    first = loaded.lessons[1].blocks[0]
    assert isinstance(first, Prose)
    assert f'<a href="{address}"' in first.html


@pytest.mark.parametrize("written", ["04-gone.md", "//evil.example/x", "\\\\evil.example", "ftp://a.example", "file.txt", ""])
def test_a_link_that_leads_nowhere_is_no_link(tmp_path, written):
    loaded = course(tmp_path, LESSON.replace("03-first-querysets.md#laziness", written))
    first = loaded.lessons[1].blocks[0]
    assert isinstance(first, Prose)
    assert '<a rel="noopener">the lesson before</a>' in first.html
    assert [finding.message[:9] for finding in lint.check(loaded)] == ["dead link"]


def test_a_picture_is_served_from_beside_the_lesson(tmp_path):
    root = write(tmp_path, {**FILES, "models/the plan.svg": "<svg/>", "models/05-x.md": BEFORE + "\n![a plan](the%20plan.svg)\n"})
    loaded = load(root, pictures="/pictures/")
    assert lint.check(loaded) == ()
    prose = loaded.lessons[2].blocks[0]
    assert isinstance(prose, Prose)
    assert '<img alt="a plan" src="/pictures/models/the%20plan.svg">' in prose.html


def test_a_picture_that_is_a_link_out_of_the_folder_is_left_out(tmp_path):
    root = write(tmp_path, {**FILES, "models/05-x.md": BEFORE + "\n![a plan](plan.svg)\n"})
    (root / "models/plan.svg").symlink_to("/etc/hostname")
    prose = load(root).lessons[2].blocks[0]
    assert isinstance(prose, Prose)
    assert '<img alt="a plan">' in prose.html


# Digests


def lesson_of(folder: Path, text: str, **files: str) -> Lesson:
    return course(folder, text, **files).lessons[1]


def test_an_exercise_digest_is_about_its_content_and_its_world_only(tmp_path):
    def digest(text: str, **files: str) -> str:
        return lesson_of(tmp_path, text, **files).exercises[0].digest

    plain = digest(LESSON)
    assert digest(LESSON.replace("Watch the query", "Look at the query")) == plain
    assert digest(LESSON.replace("## Counting", "One more line.\n\n## Counting")) == plain
    assert digest(LESSON.replace('order_by("price")', 'order_by("title")')) != plain
    assert digest(LESSON.replace("queries: 1", "queries: 2")) != plain
    assert digest(LESSON.replace("fetches both", "gets both")) != plain
    assert digest(LESSON, **{"worlds/bookshop/seed.py": "def seed(rng, size): pass\n"}) != plain


def test_the_course_digest_changes_with_any_lesson(tmp_path):
    assert course(tmp_path).digest == course(tmp_path).digest
    assert course(tmp_path).digest != course(tmp_path, LESSON + "\nMore.\n").digest


def test_the_course_digest_changes_with_a_world_that_no_lesson_names(tmp_path):
    worlds = {"worlds/kitchen/models.py": "", "worlds/kitchen/seed.py": ""}
    before = course(tmp_path, **worlds)
    after = course(tmp_path, **worlds | {"worlds/kitchen/seed.py": "def seed(rng, size): ...\n"})
    assert before.digest != after.digest
    assert [name for name in before.worlds if before.worlds[name] != after.worlds[name]] == ["kitchen"]


# Files as they come from other systems


@pytest.mark.parametrize("spoil", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text], ids=["CRLF", "BOM"])
def test_line_endings_and_a_byte_order_mark_change_nothing(tmp_path, spoil):
    here = course(tmp_path).lessons[1]
    there = course(tmp_path, spoil(LESSON)).lessons[1]
    assert not there.broken
    assert there.blocks == here.blocks


@pytest.mark.parametrize("fence", ["````", "~~~", "~~~~~~"])
def test_any_fence_may_carry_a_role(tmp_path, fence):
    text = LESSON.replace('```python try\nBook.objects.select_related("author")[:3]\n```', f"{fence}python try\n1\n{fence}")
    assert the(Try, tmp_path, text).code == "1"


def test_the_courses_own_content_has_no_findings():
    loaded = load(Path(__file__).parents[2] / "content")
    assert (*loaded.findings, *lint.check(loaded)) == ()
    assert loaded.lessons
