"""Slips that the text of a wrong answer shows by itself."""

import pytest

from lessons.grading.oversights import oversight
from sandbox.protocol import FILE, File


def said(text, *, path=FILE, answers=False, unsaved=False):
    return oversight((File(path, text),), answers=answers, unsaved=unsaved)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "def f(book):\n    book.in_print == False\n    book.save()",
            "Line 2, `book.in_print == False`, compares and does nothing",
        ),
        ("class M:\n    def process_exeption(self, request, exception): ...", "Did you mean `process_exception`?"),
        ("class T:\n    def setup(self): ...", "Did you mean `setUp`?"),
        ("def process_exception(self, exception, request): ...", "is called with `request, exception`, in that order"),
        ("apps = list(APPS)\napps = apps.remove('x')", "`.remove()` on line 2 gives `None`"),
        ("def f(book):\n    return book.save()", "`.save()` on line 2 gives `None`"),
        ("import os\nDEBUG = os.environ.get('DEBUG') == 1", 'never equal to `1`: compare with a text, such as `"1"`'),
        ("import os\nDEBUG = True == os.environ['DEBUG']", "never equal to `True`"),
        ("Book.objects.filter(format__in='ebook')", "`format__in` is given one text"),
        ("def test_a(self):\n    self.assertTrue(total(), 3)", "`assertTrue` on line 2 looks at its first argument only"),
        ("def test_a(self):\n    with self.captureOnCommitCallbacks():\n        assert cancel()", "without `execute=True`"),
        ("def test_a():\n    cancel()", "`test_a` asserts nothing"),
    ],
)
def test_a_slip_is_named(text, words):
    assert words in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "book.in_print == False",
        "x = 1 == 2",
        "class M:\n    def process_exception(self, request, exception): ...\n    def process(self): ...",
        "class T:\n    def setUp(self): ...",
        "apps.remove('x')",
        "n = books.update(price=1)",
        "import os\nDEBUG = os.environ.get('DEBUG') == '1'",
        "Book.objects.filter(format__in=['ebook'], title='x')",
        "def test_a(self):\n    self.assertTrue(total(), 'a total')\n    self.assertEqual(total(), 3)",
        "def test_a():\n    with pytest.raises(ValueError):\n        cancel()",
        "this is no Python",
        "",
    ],
)
def test_sound_code_is_left_alone(text):
    assert said(text, answers=True) == ""


def test_a_setting_that_django_does_not_read_is_named():
    assert said("MIDDLEWARES = []", path="settings.py") == "Django reads no setting `MIDDLEWARES`. Did you mean `MIDDLEWARE`?"
    assert said("MIDDLEWARE = []\nMIDDLEWARES = []", path="settings.py") == ""
    assert said("MIDDLEWARES = []", path="shop/views.py") == ""
    assert said("PAGE_SIZE = 20", path="settings.py") == ""


def test_what_is_changed_in_memory_only_is_named_where_rows_are_off():
    text = "for order in Order.objects.all():\n    order.status = 'cancelled'"
    assert "`order.status` is changed in memory only" in said(text, unsaved=True)
    assert said(text) == ""
    assert said(f"{text}\n    order.save()", unsaved=True) == ""
    assert said("class A:\n    def __init__(self):\n        self.status = 1", unsaved=True) == ""


def test_the_first_file_with_a_slip_is_named_and_templates_are_not_read():
    files = (File("shop/a.html", "{% if x == 1 %}"), File("shop/b.py", "def f(x):\n    x == 1"))
    assert "Line 2" in oversight(files, answers=False, unsaved=False)
