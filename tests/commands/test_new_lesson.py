"""``manage.py new_lesson``: a file to write over, in which nothing is wrong yet."""

import shutil

import pytest


def test_a_new_lesson_is_right_from_the_start(command, course):
    done = command("new_lesson", "basics", 'Windows: "frames" \\ and more', "--content", course, "--json")
    assert (done.code, done.data["slug"]) == (0, "basics/windows-frames-and-more")
    assert (course / "basics" / "02-windows-frames-and-more.md").exists()
    assert command("check_content", "--content", course, "--json").data["findings"] == []


@pytest.mark.parametrize(
    ("module", "title", "words"),
    [
        ("basics", "Counting", "there is a lesson basics/counting already"),
        ("nothing", "New", "there is no module nothing; there are: basics"),
        ("basics", "…", "the title needs letters or digits, for the lesson's address"),
        ("basics", "../../x", None),
    ],
)
def test_what_cannot_be_started_is_said(command, course, module, title, words):
    before = sorted(course.rglob("*.md"))
    done = command("new_lesson", module, title, "--content", course, "--json")
    if words:
        assert (done.code, done.data, sorted(course.rglob("*.md"))) == (2, {"error": words}, before)
    else:
        assert done.data["path"] == "elsewhere/basics/02-x.md"


def test_an_unknown_world_is_a_usage_error(command, course):
    assert command("new_lesson", "basics", "New", "--world", "nowhere", "--content", course).code == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "course.yaml:1: the content folder has no course.yaml; docs/authoring.md says how a course begins"),
        ("title: [", "course.yaml:1: this YAML cannot be read"),
        ("title: New\nmodules: []", "course.yaml names no module yet; docs/authoring.md says"),
    ],
)
def test_a_course_without_a_module_is_told_what_it_needs(command, tmp_path, text, words):
    (tmp_path / "new").mkdir()
    if text is not None:
        (tmp_path / "new" / "course.yaml").write_text(text)
    done = command("new_lesson", "menu", "New", "--content", tmp_path / "new")
    assert done.code == 2
    assert done.words.startswith(f"new/{words}")


def test_a_course_without_a_world_is_told_what_it_needs(command, course):
    shutil.rmtree(course / "worlds")
    done = command("new_lesson", "basics", "New", "--content", course)
    assert done.code == 2
    assert done.words.startswith("elsewhere/worlds/ holds no world yet")
    assert list(course.glob("basics/02-*")) == []
