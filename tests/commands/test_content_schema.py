"""``manage.py content_schema``: what editors complete and check a course by."""

import json


def test_the_schemas_are_printed(command):
    done = command("content_schema")
    assert done.code == 0
    assert set(done.data) == {"lesson", "exercise", "quiz", "course"}


def test_a_course_s_own_worlds_are_completed(command, course):
    done = command("content_schema", "--content", course, "--json")
    assert done.data["lesson"]["properties"]["world"]["enum"] == ["library"]


def test_they_are_written_into_a_folder(command, course, tmp_path):
    done = command("content_schema", "--content", course, "--out", tmp_path / "new" / "schema")
    assert done.code == 0
    assert json.loads((tmp_path / "new" / "schema" / "quiz.json").read_text())["required"] == ["id"]


def test_a_folder_that_cannot_be_written_is_a_usage_error(command, tmp_path):
    (tmp_path / "file").write_text("")
    assert command("content_schema", "--out", tmp_path / "file").code == 2
