"""The render kind: what is off in a rendered page."""

from typing import Any

import pytest

from lessons.grading.grade import grade
from lessons.grading.types import Trial, Verdict
from sandbox.protocol import ErrorReport, Observation, Outcome, Result, Step
from tests.grading.builders import exercise, files

END = Step(asked="", seen={"changes": [], "mail": [], "tasks": []})
ASKED = "render('shop/list.html')"


def page(html: str, **also: Any) -> Step:
    return Step(asked=ASKED, seen={"html": {"template": "shop/list.html", "body": [html], "bytes": 9, "whole": True, **also}})


def value(found: Any) -> Step:
    return Step(asked=ASKED, seen={"value": found})


def trial(step: Step, hidden: Step) -> Trial:
    labelled = (("visible", step), ("hidden 1", hidden))
    runs = [Observation(outcome=Outcome.OK, results=(Result(label=name, seen={}, steps=(one, END)),)) for name, one in labelled]
    return Trial(*runs)


def verdict(expected: Step, given: Step, hidden: Step | None = None) -> Verdict:
    trials = trial(expected, expected), trial(given, hidden or given)
    return grade(exercise("render"), expected=trials[0], observed=trials[1], files=files())


def test_the_same_document_passes():
    assert verdict(page("<p class='a b'>x</p>"), page('<p class="b a">\n x\n</p>')).status == "passed"


@pytest.mark.parametrize(
    ("expected", "given", "words"),
    [
        (page("<p>a</p>"), page("<p>b</p>"), "the HTML has `b` where `a` is expected"),
        (page("<p>a</p>"), page(""), "the HTML is empty"),
        (page("<p>a</p>"), page("<p>a</p>", whole=False), "the HTML is longer or shorter than expected"),
        (page("<p>a</p>"), value(3), "gives `3`, expected `9 bytes of HTML`"),
        (value(3), value(4), "gives `4`, expected `3`"),
    ],
)
def test_what_is_off_is_told(expected, given, words):
    found = verdict(expected, given)
    assert found.headline == f"`{ASKED}`: {words}"
    assert found.failed == {"render"}


def test_the_two_pages_stand_side_by_side():
    found = verdict(page("<p>a</p>"), page("<p>b</p>"))
    assert found.diff
    assert found.diff.columns == ("HTML of shop/list.html",)
    assert [(row.mark, *row.cells) for row in found.diff.rows] == [
        ("same", "<p>"),
        ("extra", "  b"),
        ("missing", "  a"),
        ("same", "</p>"),
    ]


def test_an_exception_is_told_with_the_template_s_line():
    report = ErrorReport(type="TemplateSyntaxError", message="Invalid filter: 'uper'", path="answer.py", line=1)
    found = verdict(page("a"), Step(asked=ASKED, seen={}, error=report))
    assert (found.path, found.line) == ("answer.py", 1)
    assert "There is no filter `uper`" in found.detail


def test_of_hidden_data_nothing_is_told():
    found = verdict(page("secret"), page("secret"), hidden=page("other"))
    assert found.failed == {"render"}
    assert "secret" not in repr(found)


@pytest.mark.parametrize("shape", [None, 5, "x", [], [[]], {"a": {}}, [None, 5, {}], True])
def test_any_shape_of_a_page_fails_and_never_raises(shape):
    assert verdict(page("<p>a</p>"), Step(asked=ASKED, seen={"html": shape})).status == "failed"
    for key in ("body", "whole", "hash", "template", "bytes"):
        assert verdict(page("<p>a</p>"), page("<p>b</p>", **{key: shape})).status == "failed"
