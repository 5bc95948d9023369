"""The panels of what probes were answered, and of what was left behind."""

import pytest
from django.template.loader import render_to_string

from lessons.templatetags.woodshed import lines_of
from tests.site.test_kind_panels import SHAPES


def panels(kind, *steps):
    return render_to_string(f"{kind}/panels.html", {"seen": {}, "steps": steps, "card": {"result": {"group": "g"}}})


def step(asked="", seen=None, raised="", queries=0):
    return {"asked": asked, "seen": seen or {}, "raised": raised, "queries": queries}


BOOK = {"model": "shop.Book", "change": "changed", "pk": 3, "values": {"title": "<b>"}}


def test_calls_are_shown_with_what_they_gave_and_left():
    letter = {"to": ["list", ["a@b.org"]], "subject": "Hello", "body": ""}
    asked = step("f('<i>')", {"value": ["list", [1, 2]]}, queries=7), step("g()", raised="ValueError: <no>")
    html = panels("calls", *asked, step(seen={"changes": [BOOK], "mail": [letter], "tasks": [{"task": "shop.count"}]}))
    for words in ("f(&#x27;&lt;i&gt;&#x27;)", "[1, 2]", "<td>7</td>", "ValueError: &lt;no&gt;"):
        assert words in html
    for words in ("Database: Book 3 changed (title=&lt;b&gt;)", "Mail: Hello to", "Task: shop.count"):
        assert words in html
    assert html.count("Afterwards") == 1


def test_calls_that_leave_nothing_say_nothing_of_it():
    assert "Afterwards" not in panels("calls", step("f()", {"value": 1}), step(seen={"changes": [], "mail": [], "tasks": []}))


def test_changes_are_shown_by_table():
    left = {"changes": [BOOK], "counts": {"shop.Book": {"changed": 138}}, "tasks": [{"task": "shop.count"}]}
    html = panels("database", step("Book.objects.count()", {"value": 4}), step(seen=left))
    for words in (
        "Book: 138 rows changed",
        "137 more rows not shown",
        "~ changed",
        "&lt;b&gt;",
        "Task: shop.count",
        "Asked afterwards",
    ):
        assert words in html


def test_a_database_that_is_as_it_was_is_said_to_be():
    html = panels("database", step(seen={"changes": []}))
    assert "The database is as it was." in html
    assert "Asked afterwards" not in html


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", ["calls", "database"])
def test_claims_of_any_shape_are_shown(kind, shape):
    left = {"changes": shape, "mail": shape, "tasks": shape, "counts": shape}
    assert "</details>" in panels(kind, step("f()", {"value": shape}), step(seen=left))


def test_statements_are_grouped_by_line_but_stay_in_order_around_transactions():
    def sent(line, sql, *, counts=True):
        return {"line": line, "sql": sql, "counts": counts}

    rows = [sent(1, "a"), sent(2, "b"), sent(1, "c")]
    assert [(line, len(statements)) for line, statements in lines_of(rows)] == [(1, 2), (2, 1)]
    rows = [sent(1, "BEGIN", counts=False), sent(2, "b"), sent(1, "COMMIT", counts=False)]
    assert [line for line, _ in lines_of(rows)] == [1, 2, 1]
