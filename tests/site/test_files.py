"""A file's path says how it is shown."""

from dataclasses import replace

import pytest

from lessons import course
from lessons.catalogue.types import Answer
from lessons.state import LessonState
from lessons.templatetags.files import coloured
from lessons.views.cards import bench
from sandbox.protocol import FILE, File


def test_python_is_coloured_and_anything_else_is_text():
    assert '<span class="k">def</span>' in coloured("def f(): ...", "shop/views.py")
    assert coloured("<b>{{ x }}</b>", "shop/templates/a.html") == "&lt;b&gt;{{ x }}&lt;/b&gt;"


@pytest.mark.parametrize(
    ("paths", "shown"), [([FILE], False), (["shop/urls.py"], True), (["shop/urls.py", "shop/views.py"], True)]
)
def test_a_path_is_shown_where_the_learner_s_file_has_a_place(paths, shown):
    lesson = course.current().lessons[0]
    asked = replace(lesson.exercises[0], starter=Answer(tuple(File(path, "") for path in paths), 1))
    assert bench(replace(lesson, blocks=(asked,)), asked, LessonState()).named_files is shown
