"""``manage.py grade``: one answer, one verdict, one exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lessons.catalogue.load import load
from sandbox import client

ROOT = Path(__file__).resolve().parents[2]
KEY = "basics/counting#born"
RIGHT = 'Author.objects.exclude(born=None).order_by("name")'


@pytest.mark.parametrize(
    ("code", "exit_code", "status", "failed"),
    [
        (RIGHT, 0, "passed", set()),
        ("[a for a in Author.objects.order_by('name') if a.born]", 0, "passed", set()),
        ("Author.objects.order_by('name')", 1, "failed", {"rows"}),
        ("Author.objects.exclude(born=None).order_by('-name')", 1, "failed", {"order"}),
        ("Author.objects.filter(", 1, "error", {"error"}),
        ("Author.objects.filter(bron=None)", 1, "error", {"error"}),
        ("", 1, "error", {"error"}),
    ],
)
def test_an_answer_is_graded(command, course, file, code, exit_code, status, failed):
    done = command("grade", KEY, file(code), "--content", course, "--json")
    assert done.code == exit_code
    assert done.data["status"] == status
    assert done.data["passed"] is (status == "passed")
    assert {check["name"] for check in done.data["checks"] if not check["passed"]} == failed


def test_several_files_are_read_from_a_folder(command, tmp_path):
    content = ROOT / "content"
    asked = load(content).exercise("routing/paths-and-converters#books-of-a-year")
    assert asked
    for each in asked.solution.files:
        place = tmp_path / "mine" / each.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(each.text)
    assert command("grade", asked.key, tmp_path / "mine", "--content", content).code == 0
    place.unlink()
    missing = command("grade", asked.key, tmp_path / "mine", "--content", content)
    assert (missing.code, missing.words.strip()) == (2, f"cannot read {place}: No such file or directory")


@pytest.mark.parametrize(
    ("exercise", "name", "template", "words", "line"),
    [
        ("title-and-price", "book", "<h1>{{ book.title }}</h1>\n<p>{{ book.pirce }}</p>", "Did you mean `book.price`?", 2),
        ("title-and-price", "book", "<h1>{{ book.title }</h1>\n<p>{{ book.price }}</p>", "a hole ends with two braces", 1),
        ("author-and-format", "book", "<p>{{ book.author__name }}</p>", "`book.author.name`, not `book.author__name`", 1),
        ("author-and-format", "book", "{{ book.author.name }}\n{{ book.format_display }}", "`book.get_format_display`", 2),
        ("results", "results", "<p>{{ books.count }} books for <b>{{ query }}</b></p>", "write `books|length`", 1),
        ("results", "results", "<p>{{ book|length }} books for <b>{{ query }}</b></p>", "`book` leads nowhere", 1),
        ("results", "results", '<p>{{ books|length }} {{ "book"|pluralize }} for</p>', "a text that is no number", 1),
        ("nothing", "book", '<p>{{ book.subtitle|default: "No subtitle" }}</p>', '`default:"No subtitle"`', 1),
        ("nothing", "book", "<p>\n{% if book.published %}x{% else if book %}</p>", "`{% elif book %}`", 2),
    ],
)
def test_a_mistake_in_a_template_is_named_on_its_line(command, tmp_path, exercise, name, template, words, line):
    place = tmp_path / f"{name}.html"
    place.write_text(template)
    key = f"templates/variables-and-filters#{exercise}"
    done = command("grade", key, place, "--content", ROOT / "content", "--json")
    assert words in done.data["detail"]
    assert (done.code, done.data["path"], done.data["line"]) == (1, f"shop/templates/shop/{name}.html", line)


def test_one_file_is_not_enough_for_an_exercise_of_several(command, file):
    asked = "routing/paths-and-converters#books-of-a-year"
    done = command("grade", asked, file("1"), "--content", ROOT / "content")
    assert done.code == 2
    assert "name a folder that holds shop/urls.py, shop/views.py" in done.words


def test_an_endless_answer_is_stopped(command, course, file):
    done = command("grade", KEY, file("while True: pass"), "--content", course, "--json")
    assert (done.code, done.data["status"], done.data["outcome"]) == (1, "error", "timeout")


def test_an_answer_like_the_authors_wrong_one_gets_the_authors_words(command, course, file):
    done = command(
        "grade", KEY, file("[a for a in Author.objects.order_by('name') if not a.born]"), "--content", course, "--json"
    )
    assert done.data["feedback_title"] == "the other ones"
    assert "<strong>others</strong>" in done.data["feedback_html"]


def test_the_words_for_people_say_the_same(command, course, file):
    done = command("grade", KEY, file("Author.objects.order_by('-name')"), "--content", course)
    assert done.code == 1
    assert done.text.startswith("failed: ")
    assert "✗ rows" in done.text


def test_the_words_for_people_hold_no_markup(command, course, file):
    answer = file("Author.objects.filter(born=None).order_by('name')")
    assert "<p>These are the <strong>others" in command("grade", KEY, answer, "--content", course, "--json").text
    assert "\nThese are the others.\n" in command("grade", KEY, answer, "--content", course).text


def test_rows_that_are_not_shown_are_counted(command, course, file):
    done = command("grade", KEY, file("list(Author.objects.order_by('name')) * 30"), "--content", course)
    assert done.text.splitlines()[-1].strip() == "and 80 rows more"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("basics/counting#bron",), "there is no exercise basics/counting#bron; did you mean basics/counting#born?"),
        (("nonsense",), "there is no exercise nonsense"),
    ],
)
def test_an_unknown_exercise_is_a_usage_error(command, course, file, arguments, words):
    done = command("grade", *arguments, file("1"), "--content", course)
    assert (done.code, done.words.strip()) == (2, words)
    assert command("grade", *arguments, file("1"), "--content", course, "--json").data == {"error": words}


def test_unreadable_input_is_a_usage_error(command, course, tmp_path):
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    for path, why in (
        (tmp_path / "missing.py", "No such file"),
        (tmp_path, "Is a directory"),
        (tmp_path / "binary", "not UTF-8"),
    ):
        done = command("grade", KEY, path, "--content", course, "--json")
        assert done.code == 2
        assert why in done.data["error"]


def test_a_missing_content_folder_is_a_usage_error(command, file, tmp_path, settings):
    settings.WOODSHED_CONTENT = settings.WOODSHED_CONTENT
    done = command("grade", KEY, file("1"), "--content", tmp_path / "nowhere", "--json")
    assert done.code == 2
    assert "nowhere" in done.data["error"]


def test_a_world_that_cannot_be_made_small_is_said(command, course, file):
    seed = course / "worlds" / "library" / "seed.py"
    seed.write_text(seed.read_text().replace("def seed(rng, size):", "def seed(rng, size):\n    1 / (size // 1)"))
    done = command("grade", KEY, file(RIGHT), "--content", course, "--json")
    assert (done.code, done.data["status"]) == (3, "not_graded")
    assert "ZeroDivisionError" in done.data["detail"]


def test_a_sandbox_that_does_not_start_is_exit_three(command, course, file, monkeypatch):
    monkeypatch.setattr(client, "BOOT", "raise SystemExit")
    done = command("grade", KEY, file(RIGHT), "--content", course, "--json")
    assert done.code == 3
    assert "sandbox" in done.data["error"]


def test_from_a_shell_stdout_is_one_json_object_and_nothing_else(course):
    environment = os.environ | {"WOODSHED_CONTENT": str(course)}
    done = subprocess.run(
        [sys.executable, "manage.py", "grade", KEY, "-", "--json"],
        cwd=ROOT,
        env=environment,
        input=RIGHT,
        text=True,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["passed"] is True
    wrong = subprocess.run(
        [sys.executable, "manage.py", "grade", "--json"], cwd=ROOT, env=environment, text=True, capture_output=True, check=False
    )
    assert wrong.returncode == 2
