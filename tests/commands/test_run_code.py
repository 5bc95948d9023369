"""``manage.py run_code``: what code does in a world."""

import pytest


def run(command, course, path, *more):
    return command("run_code", "--world", "library", path, "--content", course, *more)


def test_rows_come_back_as_json(command, course, file):
    done = run(command, course, file("print('hello')\nAuthor.objects.filter(born=None).values('name')"), "--json")
    assert done.code == 0
    assert (done.data["outcome"], done.data["printed"], done.data["queries"]) == ("ok", "hello\n", 1)
    assert done.data["result"]["rows"] == [["dict", [["name", "Author 0"]]]]
    assert done.data["statements"][0]["line"] == 2


def test_a_value_comes_back_too(command, course, file):
    done = run(command, course, file("Author.objects.count()"), "--json")
    assert (done.code, done.data["result"]["value"]) == (0, 6)


@pytest.mark.parametrize(
    ("code", "outcome"),
    [("1 / 0", "error"), ("Author.objects.", "error"), ("while 1: pass", "timeout"), ("[0] * 10 ** 10", "memory")],
)
def test_code_that_does_not_run_to_its_end_is_exit_one(command, course, file, code, outcome):
    done = run(command, course, file(code), "--json")
    assert (done.code, done.data["outcome"], done.data["result"]) == (1, outcome, None)
    assert (done.data["error"] is None) == (outcome != "error")


def test_the_words_for_people_show_rows_and_sql(command, course, file):
    done = run(command, course, file("Author.objects.filter(pk=1).values_list('name')"))
    assert done.code == 0
    assert "Author 0" in done.text
    assert "SELECT" in done.text


def test_an_unknown_world_is_a_usage_error(command, course, file):
    done = command("run_code", "--world", "nowhere", file("1"), "--content", course, "--json")
    assert (done.code, done.data) == (2, {"error": "there is no world nowhere; there are: library"})


def test_a_world_that_does_not_load_is_named_with_its_line(command, course, file):
    (course / "worlds" / "library" / "models.py").write_text("from django.db import models\n\nx = 1 / 0\n")
    done = run(command, course, file("1"), "--json")
    assert done.code == 2
    assert "models.py:3: ZeroDivisionError" in done.data["error"]


def test_unreadable_input_is_a_usage_error(command, course, tmp_path):
    assert run(command, course, tmp_path / "missing.py", "--json").code == 2
