"""``manage.py run_code``: what code does in a world."""

from dataclasses import replace

import pytest

from lessons.management.commands.run_code import described
from sandbox.protocol import ErrorReport, Observation, Outcome


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


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("from decimal import Decimal\n[('Emma', Decimal('16.50'))]", "Emma | 16.50"),
        ("import datetime\n[datetime.date(2020, 1, 31)]", "2020-01-31"),
        ("from decimal import Decimal\n{'price': Decimal('16.50')}", "{'price': 16.50}"),
        ("Author.objects.get(pk=1)", "Author 0"),
    ],
)
def test_the_words_for_people_hold_no_encoded_values(command, course, file, code, line):
    assert line in run(command, course, file(code)).text.splitlines()


def test_an_error_names_its_line_if_it_has_one():
    report = ErrorReport(type="ValueError", message="odd", line=2)
    assert described(Observation(outcome=Outcome.ERROR, error=report)) == "error\nline 2: ValueError: odd"
    assert described(Observation(outcome=Outcome.ERROR, error=replace(report, line=None))) == "error\nValueError: odd"


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
