"""Errors in plain words, on the learner's line, with what a wrong name was meant to be."""

import json
import re
from dataclasses import asdict

import pytest

from lessons.grading.errors import diagnose, signature
from lessons.grading.grade import behaves_like
from lessons.grading.types import Check, Status, Trial, Verdict
from sandbox.protocol import LONGEST_NAME, ErrorReport, Frame, Observation, Outcome
from tests.grading.builders import error, exercise, files

FIELDS = ("author", "id", "isbn", "pages", "price", "stock", "title", "size", "written")


def said(type_name: str, message: str = "", code: str = "x", line: int | None = 3, **also) -> str:
    found = diagnose(error(type_name, message, line=line, **also), files(code))
    return f"{found.headline}. {found.detail}"


NAMES = {
    "a filter": (
        {"type_name": "TemplateSyntaxError", "name": "uper", "owner": "filter", "choices": ("upper",), "near": ("upper",)},
        "There is no filter `uper`. On line 3. Did you mean `upper`?",
    ),
    "a route": (
        {"type_name": "NoReverseMatch", "name": "detial", "owner": "route", "choices": ("detail",), "near": ("detail",)},
        "There is no route `detial`. On line 3. Did you mean `detail`?",
    ),
    "a field": (
        {"type_name": "FieldError", "name": "nmae", "owner": "Author", "choices": FIELDS, "near": ("name",)},
        "`Author` has no field `nmae`. On line 3. Did you mean `name`?",
    ),
    "a field across a relation": (
        {
            "type_name": "FieldError",
            "name": "nmae",
            "owner": "Author",
            "near": ("name",),
            "code": "Book.filter(author__nmae__gt=1)",
        },
        "`Author` has no field `nmae`. On line 3. Did you mean `author__name__gt`?",
    ),
    "a relation": (
        {"type_name": "FieldError", "name": "autor", "owner": "Book", "near": ("author",), "code": "Book.filter(autor__name=1)"},
        "`Book` has no field `autor`. On line 3. Did you mean `author__name`?",
    ),
    "several that are near": (
        {"type_name": "FieldError", "name": "prise", "owner": "Book", "near": ("price", "praise")},
        "`Book` has no field `prise`. On line 3. Did you mean `price` or `praise`?",
    ),
    "none that is near": (
        {
            "type_name": "FieldError",
            "message": "Cannot resolve keyword 'x' into field",
            "name": "x",
            "owner": "Book",
            "choices": FIELDS,
        },
        "`Book` has no field `x`. On line 3. It has `author`, `id`, `isbn`, `pages`, `price`, `stock`, `title`, `size` and more.",
    ),
    "a lookup": (
        {
            "type_name": "FieldError",
            "name": "gtt",
            "owner": "DecimalField",
            "near": ("gt", "gte"),
            "code": "Book.filter(price__gtt=1)",
        },
        "A `DecimalField` has no lookup `gtt`. On line 3. Did you mean `price__gt` or `price__gte`?",
    ),
    "a lookup of a one-to-one field": (
        {"type_name": "FieldError", "name": "gtt", "owner": "OneToOneField", "near": ("gt",)},
        "A `OneToOneField` has no lookup `gtt`. On line 3. Did you mean `gt`?",
    ),
    "a method of a QuerySet": (
        {
            "type_name": "AttributeError",
            "name": "fliter",
            "owner": "a QuerySet of Book",
            "choices": ("filter",),
            "near": ("filter",),
        },
        "A QuerySet of `Book` has no `fliter`. On line 3. Did you mean `filter`?",
    ),
    "an attribute far from all": (
        {"type_name": "AttributeError", "name": "zzz", "owner": "a Book", "choices": ("title",)},
        "A `Book` has no `zzz`. On line 3.",
    ),
    "a variable": (
        {"type_name": "NameError", "name": "Bok", "choices": ("Book",), "near": ("Book",)},
        "`Bok` is not defined. On line 3. Did you mean `Book`?",
    ),
    "a field without quotes": (
        {"type_name": "NameError", "name": "price", "choices": ("Book", "slice"), "near": ("slice",)},
        "`price` is not defined. On line 3. Did you mean `slice`? A field's name stands in quotes.",
    ),
    "a text without quotes": (
        {"type_name": "NameError", "name": "price", "choices": ("Book",)},
        "`price` is not defined. On line 3. A field's name stands in quotes or before `=`; a text stands in quotes.",
    ),
    "an argument of a model": (
        {"type_name": "TypeError", "name": "titel", "owner": "Book", "choices": FIELDS, "near": ("title",)},
        "`Book` has no field `titel`. On line 3. Did you mean `title`?",
    ),
}


@pytest.mark.parametrize(("report", "words"), NAMES.values(), ids=NAMES)
def test_a_wrong_name_comes_with_the_right_one(report, words):
    assert said(**report) == words


MESSAGES = [
    ("TypeError", "Cannot filter a query once a slice has been taken.", "A sliced QuerySet cannot be changed any more"),
    ("TypeError", "f() got an unexpected keyword argument 'x'", "`f` takes no argument called `x`"),
    ("TypeError", "Book() got unexpected keyword arguments: 'x'", "`Book` takes no argument called `x`"),
    ("TypeError", "Book() got unexpected keyword arguments: 'x', 'y'", "`Book` takes no argument called `x`, `y`"),
    ("TypeError", "f() missing 1 required positional argument: 'x'", "`f` is called without `x`"),
    ("TypeError", "f() missing 2 required positional arguments: 'x' and 'y'", "`f` is called without `x`, `y`"),
    ("TypeError", "f() missing 3 required keyword-only arguments: 'x', 'y', and 'z'", "`f` is called without `x`, `y`, `z`"),
    ("TypeError", "'int' object is not iterable", "An `int` cannot be looped over"),
    ("TypeError", "'tuple' object is not callable", "A `tuple` cannot be called"),
    ("FieldError", "Unsupported lookup 'x' for UUIDField", "A `UUIDField` has no lookup `x`"),
    ("FieldError", "Unsupported lookup 'x' for IntegerField", "An `IntegerField` has no lookup `x`"),
    ("KeyError", "('a', 'b')", "There is no key `('a', 'b')`"),
    ("OperationalError", "no such table: shop_book", "`shop_book` is not in the database"),
    (
        "TypeError",
        "QuerySet.count() takes 1 positional argument but 2 were given",
        "`QuerySet.count` is given too many arguments",
    ),
    ("TypeError", "'method' object is not iterable", "A method is not called"),
    ("TypeError", "'NoneType' object is not iterable", "`None` stands where something else is needed"),
    ("TypeError", "unsupported operand type(s) for +: 'int' and 'str'", "`+` does not work between `int` and `str`"),
    ("AttributeError", "'NoneType' object has no attribute 'name'", "`name` is asked of `None`"),
    ("NoReverseMatch", "Reverse for 'x' not found. 'x' is not a valid view function or pattern name.", "No route is called `x`"),
    ("NoReverseMatch", "Reverse for 'x' with no arguments not found. 1 pattern(s) tried: ['a']", "The route `x` needs arguments"),
    (
        "NoReverseMatch",
        "Reverse for 'x' with arguments '(1.5,)' not found. 1 pattern(s)",
        "The route `x` does not take these arguments",
    ),
    ("NoReverseMatch", "Reverse for 'x' with keyword arguments '{}' not found.", "The route `x` does not take these arguments"),
    ("NoReverseMatch", "'shop' is not a registered namespace", "There is no namespace `shop`"),
    ("ImproperlyConfigured", "URL route 'a/<in:pk>/' uses invalid converter 'in'.", "There is no converter `in`"),
    ("ImproperlyConfigured", "Middleware factory shop.stamp returned None.", "`shop.stamp` gives no middleware"),
    (
        "ValueError",
        "The view shop.views.index didn't return an HttpResponse object. It returned None instead.",
        "`shop.views.index` returns `None`",
    ),
    ("TemplateDoesNotExist", "shop/list.html", "There is no template `shop/list.html`"),
    (
        "TemplateSyntaxError",
        "Invalid filter: 'uper'",
        "There is no filter `uper`",
    ),
    (
        "TemplateSyntaxError",
        "Invalid block tag on line 3: 'endfor'. Did you forget",
        "Line `3` of the template has `endfor` where it ends nothing",
    ),
    (
        "TemplateSyntaxError",
        "Invalid block tag on line 3: 'fro x'. Did you forget",
        "Line `3` of the template has a tag `fro x` that there is not",
    ),
    (
        "TemplateSyntaxError",
        "Unclosed tag on line 3: 'if'. Looking for one of: endif.",
        "The tag `if` on line `3` of the template is not closed",
    ),
    (
        "TemplateSyntaxError",
        "Could not parse the remainder: '}' from 'a}'",
        "The template has a mistake",
    ),
    ("AttributeError", "Manager isn't accessible via Book instances", "`objects` is asked of one `Book`"),
    ("ValueError", "Field 'id' expected a number but got 'Emma'.", "`id` takes a number, not `Emma`"),
    ("ValueError", 'Cannot assign "5": "Book.author" must be a "Author" instance.', "An `Author` object is asked for"),
    ("ValueError", "invalid literal for int() with base 10: 'x'", "`x` is not a number"),
    ("TypeError", "'<' not supported between instances of 'int' and 'str'", "`<` does not work between `int` and `str`"),
    ("TypeError", "list indices must be integers or slices, not str", "Rows are asked for by number"),
    (
        "ValueError",
        'Cannot use QuerySet for "Book": Use a QuerySet for "Author".',
        "A QuerySet of `Book` stands where one of `Author` is asked for",
    ),
    ("ValueError", "Negative indexing is not supported.", "A QuerySet cannot be counted from its end"),
    ("ValueError", "Cannot use None as a query value", "`None` cannot be compared"),
    ("DoesNotExist", "Book matching query does not exist.", "`.get()` found no row"),
    ("MultipleObjectsReturned", "get() returned more than one Book -- it returned 2!", "`.get()` found more than one row"),
    ("ValidationError", "['“x” value has an invalid date format.']", "A value has the wrong form"),
    ("ZeroDivisionError", "division by zero", "Something is divided by zero"),
    ("NoAnswer", "", "The last line gives no answer"),
    ("ModuleNotFoundError", "No module named 'requests'", "`requests` cannot be imported"),
    ("PermissionError", "[Errno 13] Permission denied: '/etc/passwd'", "The sandbox is closed"),
    ("NotSupportedError", "Calling QuerySet.filter() after union() is not supported.", "`filter` cannot follow `union`"),
    (
        "TransactionManagementError",
        "An error occurred … until the end of the 'atomic' block.",
        "A statement failed inside `atomic()`",
    ),
    (
        "IntegrityError",
        "UNIQUE constraint failed: bookshop_book.isbn",
        "`bookshop_book.isbn` must be unique, and that value is taken",
    ),
    (
        "ProtectedError",
        "(\"instances of model 'Book' because they are referenced through protected foreign keys: 'Line.book'.\", {1})",
        "A `Book` that others point to cannot be deleted",
    ),
    ("TypeError", "'decimal.Decimal' object is not callable", "A `Decimal` cannot be called"),
    ("TypeError", "'day' is an invalid keyword argument for F.__new__()", "`F` takes no argument called `day`"),
    ("FieldError", "Related Field got invalid lookup: gt", "A relation has no lookup `gt`"),
    ("SystemExit", "0", "The code ended itself"),
    ("Strange", "what is this {0} `thing`", "The code raises `Strange`"),
]


@pytest.mark.parametrize(("type_name", "message", "headline"), MESSAGES)
def test_a_common_error_is_said_in_plain_words(type_name, message, headline):
    assert said(type_name, message).startswith(f"{headline}. On line 3.")


def test_any_other_error_keeps_its_message():
    assert said("Strange", "what is {this}") == "The code raises `Strange`. On line 3. what is {this}"


def test_a_long_message_is_cut_to_one_line():
    found = diagnose(error("Strange", "{<Line: 1>,\n <Line: 2>}\n" * 60), files())
    assert len(found.detail) < 250
    assert "\n" not in found.detail
    assert len(found.traceback.splitlines()) == 4
    assert len(found.traceback.splitlines()[-1]) <= 300


def test_a_validation_error_says_what_is_asked_for():
    assert said("ValidationError", "['“x” value must be a decimal number.']").endswith(
        "On line 3. “x” value must be a decimal number."
    )


def test_an_error_without_a_line_of_the_learner_names_none():
    assert said("KeyError", "'x'", line=None) == "There is no key `x`. "


SYNTAX = [
    ("Book.objects.filter(", "`(` is never closed"),
    ("[1, 2)", "`[` is closed by `)`"),
    ("x = )", "`)` closes nothing"),
    ("Book.objects.get(title='Emma)", "A quote is missing"),
    ('"""Emma', "A text in three quotes is never closed"),
    ("if x = 1:\n    pass", "`=` stands where `==` is meant"),
    ("f(a.b=1)", "Only a plain name can stand before `=`"),
    ("for x in y\n    pass", "A colon is missing"),
    ("if x:\npass", "An indented line is missing"),
    ("  x = 1", "This line starts too far right"),
    ("if x:\n    a\n  b", "This line's indentation fits no line above"),
    ("def f():\n\tx\n        y", "Tabs and spaces are mixed"),
    ("f(a=)", "A value is missing after `=`"),
    ("f(a b)", "A comma is missing"),
    ("f(x=1, 2)", "An argument without a name comes after a named one"),
    ("f(x=1, x=2)", "`x` is given twice"),
    ("print x", "`print` needs brackets"),
    ("“Emma”", "A character that Python does not know"),
    ("return 5", "`return` stands outside a function"),
    ("f(None=2)", "A value cannot be given to `None`"),
    ("x = 1abc", "A number runs into a letter"),
    ("x = 012", "A number starts with a zero"),
    ("f(not=3)", "Python cannot read this line"),
    ("del f()", "Python cannot read this line"),
]


def syntax_report(code: str) -> ErrorReport:
    """What this Python says of the code, whichever version it is."""
    with pytest.raises(SyntaxError) as caught:
        compile(code, "answer.py", "exec")
    problem = caught.value
    return ErrorReport(type=type(problem).__name__, message=problem.msg, line=problem.lineno, column=problem.offset)


@pytest.mark.parametrize(("code", "headline"), SYNTAX, ids=[code for code, _ in SYNTAX])
def test_a_syntax_error_is_said_in_plain_words(code, headline):
    report = syntax_report(code)
    found = diagnose(Observation(outcome=Outcome.ERROR, error=report), files(code))
    assert found.headline == headline
    assert found.line == report.line
    assert found.detail.startswith(f"On line {report.line}. ")
    assert found.traceback.splitlines()[-1] == f"{report.type}: {report.message}"


def test_the_traceback_has_the_learners_frames_only():
    frames = (Frame("answer.py", 4, "<module>", "cheap()"), Frame("answer.py", 2, "cheap", "    return 1 / 0"))
    report = ErrorReport(type="ZeroDivisionError", message="division by zero", line=2, frames=frames)
    found = diagnose(Observation(outcome=Outcome.ERROR, error=report), files())
    assert found.traceback.splitlines() == [
        "Traceback (most recent call last):",
        '  File "answer.py", line 4, in <module>',
        "    cheap()",
        '  File "answer.py", line 2, in cheap',
        "    return 1 / 0",
        "ZeroDivisionError: division by zero",
    ]


def test_a_syntax_errors_traceback_points_at_the_place():
    report = ErrorReport(type="SyntaxError", message="invalid syntax", line=2, column=5)
    found = diagnose(Observation(outcome=Outcome.ERROR, error=report), files("x = 1\n  y = = 2"))
    assert found.traceback.splitlines() == ['  File "answer.py", line 2', "    y = = 2", "      ^", "SyntaxError: invalid syntax"]


@pytest.mark.parametrize("column", [None, -5, 0, 5, 300_000_000])
def test_a_claimed_column_puts_the_caret_no_further_than_the_end_of_the_line(column):
    report = ErrorReport(type="SyntaxError", message="boom", line=1, column=column)
    found = diagnose(Observation(outcome=Outcome.ERROR, error=report), files("x = 1"))
    assert len(found.traceback.splitlines()[2]) <= len("    x = 1^")


def test_words_of_the_learner_do_not_break_the_backticks():
    assert said("NameError", name="a`b\nc", near=("d",)).startswith("`a'b c` is not defined")


class TestMessagesOfAMegabyte:
    """The learner's code makes messages, and a search through a long one holds up everybody: only its beginning is looked at."""

    LONG = 1_000_000
    SHAPES = (
        "x",
        "'",
        "''\"",
        " 'x' ",
        "Cannot assign ",
        "cannot assign to ",
        "Field 'x' expected a number but got ",
        "it returned ",
        "invalid literal for int() ",
        "f() missing 1 required ",
        "f() takes 1 ",
        "unsupported operand type(s) for ",
        "no such x",
        "1",
        "Choices are:",
    )
    TYPES = ("ValueError", "TypeError", "SyntaxError", "MultipleObjectsReturned", "KeyError", "OperationalError", "FieldError")

    @pytest.fixture
    def longest(self, monkeypatch):
        """The length of each text in which something was searched for."""
        lengths = []

        def counted(search):
            def search_and_count(pattern, *rest, **also):
                lengths.append(len(rest[-1]))
                return search(pattern, *rest, **also)

            return search_and_count

        for name in ("search", "match", "fullmatch", "findall", "sub", "split"):
            monkeypatch.setattr(re, name, counted(getattr(re, name)))
        return lambda: max(lengths, default=0)

    @pytest.mark.parametrize("shape", SHAPES)
    @pytest.mark.parametrize("type_name", TYPES)
    def test_only_their_beginning_is_searched(self, longest, shape, type_name):
        message = (shape * (self.LONG // len(shape) + 1))[: self.LONG]
        seen = error(type_name, message)
        run = Trial(seen, seen)
        verdict = Verdict(status=Status.ERROR, headline="", checks=(Check("error", False, ""),))
        diagnose(seen, files("x"))
        diagnose(seen, files("x"), hidden=True)
        assert behaves_like(exercise(), run, run, verdict_a=verdict, verdict_b=verdict)
        assert longest() <= LONGEST_NAME

    def test_long_names_and_long_lists_of_them_are_cut_too(self, longest):
        name = "x" * self.LONG
        frames = (Frame(name, 1, name, name),) * 1_000
        report = ErrorReport(
            type=name,
            message=name,
            path=name,
            line=1,
            frames=frames,
            name=name,
            owner=name,
            choices=(name,) * 9,
            near=(name,) * 9,
        )
        found = diagnose(Observation(outcome=Outcome.ERROR, error=report), files("x"))
        assert len(json.dumps(asdict(found))) < 100_000
        assert longest() <= LONGEST_NAME


HOSTILE = {
    "a long chain of attributes": f"Book.objects.filter({'.'.join(['a'] * 3_000)} >= 1)",
    "a long sum": f"Book.objects.filter(price >= {'+'.join(['1'] * 3_000)})",
    "many brackets": f"Book.objects.filter(price >= {'(' * 150}1{')' * 150})",
    "many calls": f"[{'Book.objects.filter(price >= 1), ' * 2_000}]",
}


@pytest.mark.parametrize("code", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("type_name", ["NameError", "ValueError", "TypeError", "FieldError", "SyntaxError", "NoAnswer"])
def test_no_source_is_too_strange_to_look_at(code, type_name):
    report = error(type_name, "expression cannot contain assignment", name="price", choices=("Book",))
    assert diagnose(report, files(code)).headline


def test_two_runs_of_one_mistake_are_alike_whatever_address_the_message_names():
    one, other = (
        ErrorReport(type="IrreversibleError", message=f"Operation <RunPython <function fill at {address}>> is not reversible")
        for address in ("0x7fdcc8a95d00", "0x7f3344aba0c0")
    )
    assert signature(one) == signature(other)
