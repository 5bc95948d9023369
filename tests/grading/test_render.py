"""The render kind: what is off in a rendered page."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from lessons.grading.grade import grade
from lessons.grading.types import Trial, Verdict
from sandbox.protocol import ErrorReport, File, Observation, Outcome, Result, Step
from tests.grading.builders import exercise, files

END = Step(asked="", seen={"changes": [], "mail": [], "tasks": []})
ASKED = "render('shop/list.html')"
LABELS = ("visible", "hidden 1")
PATH = "shop/templates/shop/list.html"


def page(html: str, **also: Any) -> Step:
    return Step(asked=ASKED, seen={"html": {"template": "shop/list.html", "body": [html], "bytes": 9, "whole": True, **also}})


def value(found: Any) -> Step:
    return Step(asked=ASKED, seen={"value": found})


def trial(step: Step, hidden: Step) -> Trial:
    labelled = (("visible", step), ("hidden 1", hidden))
    runs = [Observation(outcome=Outcome.OK, results=(Result(label=name, seen={}, steps=(one, END)),)) for name, one in labelled]
    return Trial(*runs)


def verdict(expected: Step, given: Step, hidden: Step | None = None, template: str = "") -> Verdict:
    trials = trial(expected, expected), trial(given, hidden or given)
    written = (File(PATH, template),) if template else files()
    return grade(exercise("render"), expected=trials[0], observed=trials[1], files=written)


def silent(*notes: Mapping[str, Any], html: str = "<p></p>") -> Step:
    """A page whose template passed something over."""
    step = page(html)
    return replace(step, seen={**step.seen, "silence": list(notes)})


def note(written: str, what: str = "name", **also: Any) -> dict[str, Any]:
    name = written.rpartition(".")[2]
    return {
        "what": what,
        "written": written,
        "name": name,
        "owner": "",
        "near": [],
        "choices": [],
        "path": PATH,
        "line": 2,
        **also,
    }


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


# What the template passed over in silence


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (
            note("book.autor", owner="a Book", near=["author"]),
            "`book.autor` leads nowhere, so nothing stands in its place. Did you mean `book.author`?",
        ),
        (
            note("book.autor.name", name="autor", owner="a Book", near=["author", "author_id", "x"]),
            "`book.autor.name` leads nowhere, so nothing stands in its place. Did you mean `book.author.name`",
        ),
        (note("bok.title", name="bok", near=["book", "books"]), "Did you mean `book.title` or `books.title`?"),
        (
            note("book.author__name", owner="a Book", near=["author"]),
            "In a template a relation is followed by a dot: `book.author.name`, not `book.author__name`.",
        ),
        (note("book.autor__name__x", owner="a Book", near=["author"]), "`book.author.name.x`, not `book.autor__name__x`"),
        (note("title", choices=["book", "query"]), "The context has no `title`: it has `book`, `query`."),
        (note("title"), "The context has no `title`."),
        (note("shop.x", owner="a dict", choices=["name"]), "`shop` has no `x`: it has `name`."),
        (note("book.isbn13", owner="an Edition"), "An `Edition` has no `isbn13`."),
        (note("order.x", owner="a Order"), "An `Order` has no `x`."),
        (note("books.x", owner="a QuerySet of Book"), "A QuerySet of `Book` has no `x`."),
        (note("books.length", owner="a list"), "How many there are is `books|length`."),
        (note("loop.index", name="loop"), "It is called `forloop.counter` here."),
        (
            note("books.count", "call", owner="a list"),
            "`books.count` wants an argument here, and a template gives none, so nothing stands in its place. For the length",
        ),
        (note("books.count", "call", owner="a list"), "For the length of a list write `books|length`."),
        (note("prices.get.x", "call", name="get", owner="a dict"), "`prices.get` wants an argument here"),
        (note("prices.get", "call", owner="a dict"), "A dot is enough for a key: `prices.key`."),
        (note("book.delete", "alters", owner="a Book"), "`book.delete` changes data, so a template does not call it"),
        (
            note('"book"|pluralize', "pluralize", owner="a text"),
            'In `"book"|pluralize` the filter `pluralize` is given a text that is no number, so it gives nothing.',
        ),
        (note("book|pluralize", "pluralize", owner="a Order"), "is given an `Order` that is no number"),
    ],
)
def test_what_led_nowhere_leads_the_detail_and_its_line_is_marked(found, words):
    told = verdict(page("<p>a</p>"), silent(found), template="<p>\n{{ x }}\n</p>")
    assert words in told.detail
    assert (told.path, told.line, set(told.failed)) == (PATH, 2, {"render"})
    assert told.headline == f"`{ASKED}`: the HTML has `</p>` where `a` is expected"


def test_other_names_that_lead_nowhere_are_listed():
    told = verdict(page("<p>a</p>"), silent(note("a"), note("b"), note("a", line=5), note("c", "call")))
    assert told.detail.endswith("The context has no `a`. `b` leads nowhere, too.")
    told = verdict(page("<p>a</p>"), silent(*(note(name) for name in "abcdef")))
    assert told.detail.endswith("`b`, `c`, `d` and more lead nowhere, too.")


def test_where_the_page_is_right_nothing_is_said_of_it():
    assert verdict(page("<p>a</p>"), silent(note("a"), html="<p>a</p>")).detail == ""


def test_what_leads_nowhere_in_the_solution_too_is_not_what_is_wrong():
    told = verdict(silent(note("subtitle"), html="<p>a</p>"), silent(note("subtitle"), note("title")))
    assert told.detail.startswith("`title` leads nowhere")
    assert verdict(silent(note("subtitle"), html="<p>a</p>"), silent(note("subtitle"))).line is None


def test_of_several_pages_the_one_that_can_be_explained_is():
    ways = [(page("<p>a</p>"), page("<p>b</p>")), (page("<p>a</p>"), silent(note("title")))]
    steps = [tuple(pair[side] for pair in ways) for side in (0, 1)]
    trials = [
        Trial(*(Observation(outcome=Outcome.OK, results=(Result(label=label, seen={}, steps=(*each, END)),)) for label in LABELS))
        for each in steps
    ]
    told = grade(exercise("render"), expected=trials[0], observed=trials[1], files=files())
    assert told.detail.startswith("`title` leads nowhere")
    assert told.detail.endswith(f"`{ASKED}`: the HTML has `b` where `a` is expected.")


def test_an_exception_leads_before_what_led_nowhere():
    report = ErrorReport(type="TemplateSyntaxError", message="Invalid filter: 'uper'", path=PATH, line=1)
    told = verdict(page("a"), Step(asked=ASKED, seen={"silence": [note("title")]}, error=report))
    assert told.detail.startswith("There is no filter `uper`")


@pytest.mark.parametrize(
    ("html", "words", "line"),
    [
        ("<p>{{ book.title }</p>", "`{{ book.title }` is not closed, and so stands on the page as text", 2),
        ("<p>{{ book\n.title }}</p>", "`{{ book` goes on in the next line", 2),
        ("<p>{book.title}</p>", "a hole has two braces on each side, `{{ book.title }}`", 2),
    ],
)
def test_what_stands_on_the_page_as_it_was_written_is_said_first(html, words, line):
    told = verdict(page("<p>a</p>"), silent(note("other"), html=html), template=f"<h1>x</h1>\n{html}")
    assert words in told.detail
    assert "other" not in told.detail
    assert (told.path, told.line) == (PATH, line)


def test_braces_that_the_solution_shows_too_are_no_mistake():
    assert verdict(page("<p>{x}</p>"), page("<p>{x}</p><b>b</b>")).detail.startswith(f"`{ASKED}`")


@pytest.mark.parametrize(
    "place", [{"line": 99}, {"line": 0}, {"line": -1}, {"path": "elsewhere.html"}, {"path": 3}, {"line": True}]
)
def test_a_place_that_there_is_not_is_not_marked(place):
    told = verdict(page("<p>a</p>"), silent(note("title", **place)), template="<p>\n</p>")
    assert (told.path, told.line) == ("", None)
    assert told.detail.startswith("`title` leads nowhere")


def test_of_hidden_data_no_name_is_told():
    told = verdict(page("<p>a</p>"), page("<p>a</p>"), hidden=silent(note("secret")))
    assert told.failed == {"render"}
    assert "secret" not in repr(told)


@pytest.mark.parametrize(
    "shape", [None, 5, "x", {"a": {}}, [None, 5, {}, [[]]], [{"what": "name"}], [note("")], [note("x", "no")]]
)
def test_any_shape_of_what_was_passed_over_is_read(shape):
    given = page("<p></p>")
    told = verdict(page("<p>a</p>"), replace(given, seen={**given.seen, "silence": shape}))
    assert (told.status, told.line) == ("failed", None)


@pytest.mark.parametrize("key", ["what", "written", "name", "owner", "near", "choices", "path", "line"])
@pytest.mark.parametrize("shape", [None, 5, [], [[], 5, "x"], {}, "`<b>`\n{0}", "x" * 100_000, ["<i>" * 2_000] * 1_000])
def test_any_shape_of_a_note_is_read_and_cut(key, shape):
    told = verdict(page("<p>a</p>"), silent(*[{**note("book.x"), key: shape}] * 100))
    assert told.status == "failed"
    assert len(told.detail) < 4_000
