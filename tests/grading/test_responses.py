"""The responses kind: what is off in an answer to a request."""

from dataclasses import replace
from typing import Any

import pytest

from lessons.grading.grade import grade
from lessons.grading.types import Trial, Verdict
from lessons.kinds.responses.kind import KIND
from sandbox.protocol import ErrorReport, File, Observation, Outcome, Result, Step
from tests.grading.builders import exercise, files

HTML = [["Content-Type", "text/html; charset=utf-8"]]
JSON = [["Content-Type", "application/json"]]
END = Step(asked="", seen={"changes": [], "mail": [], "tasks": []})
LAYERS = ("in", "shop.Outer"), ("in", "shop.Inner"), ("view", "shop.views.index"), ("out", "shop.Inner"), ("out", "shop.Outer")


def response(body: str = "<p>1</p>", status: Any = 200, headers: Any = HTML, **also: Any) -> dict[str, Any]:
    return {"request": "GET /", "status": status, "headers": headers, "cookies": [], "body": [body], "whole": True, **also}


def way(*points: tuple[str, str], **also: Any) -> list[dict[str, Any]]:
    return [{"at": at, "name": name, "status": None, "queries": 0, **also} for at, name in points]


def step(seen: dict[str, Any], journey: Any = (), error: ErrorReport | None = None) -> Step:
    return Step(asked="client.get('/')", seen={"response": seen, "journey": list(journey)} if seen else {}, error=error)


def run(*steps: Step, label: str = "visible") -> Observation:
    return Observation(outcome=Outcome.OK, results=(Result(label=label, seen={}, steps=(*steps, END)),))


def verdict(expected: Step, given: Step, **extra: Any) -> Verdict:
    asked = exercise("responses", extra=extra)
    trials = [Trial(run(one), run(one, label="hidden 1")) for one in (expected, given)]
    return grade(asked, expected=trials[0], observed=trials[1], files=files())


def off(expected: Step, given: Step, **extra: Any) -> tuple[str, set[str]]:
    found = verdict(expected, given, **extra)
    return found.headline, set(found.failed)


def test_the_same_answer_passes_with_a_check_for_each_part():
    found = verdict(step(response(), way(*LAYERS)), step(response("<p> 1 </p>"), way(*LAYERS)))
    assert found.status == "passed"
    assert [check.name for check in found.checks] == ["responses", "status", "headers", "body", "journey"]


def test_a_status_is_told():
    assert off(step(response()), step(response(status=500))) == (
        "`GET /`: status 500, expected 200",
        {"responses", "status"},
    )


def test_a_missing_route_is_told_with_the_nearest():
    missing = way(("no route", "boks/"), tried=["books/", "shops/"])
    headline, failed = off(step(response()), step(response(status=404), missing))
    assert headline == "`GET /`: status 404, expected 200: no route matches `boks/`. The nearest is `books/`"
    assert failed == {"responses", "status", "body"} - {"body"}


@pytest.mark.parametrize(
    ("name", "tried", "words"),
    [
        ("books", ["books/"], "no route matches `books`: `books/` does, with a slash"),
        ("x", ["books/", "shops/"], "no route matches `x`. There are `books/`, `shops/`"),
        ("x", [], "no route matches `x`, and there are none"),
    ],
)
def test_why_no_route_matches(name, tried, words):
    assert words in off(step(response()), step(response(status=404), way(("no route", name), tried=tried)))[0]


@pytest.mark.parametrize(
    ("point", "words"),
    [
        (("turned back", "shop.Gate"), "`shop.Gate` answers, and the request comes no further"),
        (("caught", "shop.Gate"), "`shop.Gate` answers the exception"),
        (("raised", "Http404"), "`Http404` is raised"),
    ],
)
def test_why_a_status_is_another_one(point, words):
    assert words in off(step(response()), step(response(status=404), way(point)))[0]


def test_a_method_that_is_not_taken_is_told():
    assert "the view does not take this method" in off(step(response()), step(response(status=405)))[0]


@pytest.mark.parametrize(
    ("expected", "given", "words"),
    [
        ([*HTML, ["X-A", "1"]], HTML, "no header `X-A`, expected `1`"),
        (HTML, [*HTML, ["X-A", "1"]], "has a header `X-A` that it should not have"),
        ([["x-a", "1"]], [["X-A", "2"]], "header `x-a` is `2`, expected `1`"),
        ([["Location", "/a/"]], [["Location", "/b/"]], "header `Location` is `/b/`, expected `/a/`"),
    ],
)
def test_a_header_is_told(expected, given, words):
    headline, failed = off(step(response(headers=expected)), step(response(headers=given)))
    assert headline == f"`GET /`: {words}"
    assert failed == {"responses", "headers"}


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        ([["Allow", "GET, POST"]], [["allow", "POST,GET"]]),
        ([["Content-Type", "text/html; charset=utf-8"]], [["Content-Type", "text/html;charset=UTF-8"]]),
        ([["Content-Length", "3"]], []),
    ],
)
def test_headers_that_mean_the_same(expected, given):
    assert not off(step(response(headers=expected)), step(response(headers=given)))[1]


def test_a_header_that_varies_only_has_to_be_there():
    timed = step(response(headers=[["X-Duration", "3"]]))
    assert not off(timed, step(response(headers=[["X-Duration", "4"]])), varying=("X-Duration",))[1]
    assert off(timed, step(response(headers=[])), varying=("X-Duration",))[0] == "`GET /`: no header `X-Duration`"


def test_cookies_are_compared_by_name_value_and_parts():
    wanted = step(response(cookies=[["seen", "seen=1; Path=/; HttpOnly"]]))
    assert not off(wanted, step(response(cookies=[["seen", "seen=1; HttpOnly; Path=/"]])))[1]
    assert "Set-Cookie: seen" in off(wanted, step(response(cookies=[["seen", "seen=1; Path=/"]])))[0]


def test_html_is_compared_as_a_document_and_shown_line_by_line():
    found = verdict(step(response("<h1>Books</h1>")), step(response("<h2>Books</h2>")))
    assert found.headline == "`GET /`: the body has `<h2>` where `<h1>` is expected"
    assert found.diff
    assert [row.cells[0] for row in found.diff.rows] == ["<h2>", "<h1>", "  Books", "</h2>", "</h1>"]


def test_json_is_compared_by_value():
    wanted = step(response('{"a": [1, 2.50], "b": true}', headers=JSON))
    assert not off(wanted, step(response('{"b":true,"a":[1.0,2.5]}', headers=JSON)))[1]
    assert off(wanted, step(response('{"b": 1, "a": [1, 2.5]}', headers=JSON)))[1] == {"responses", "body"}
    assert "is not JSON" in off(wanted, step(response("a: 1", headers=JSON)))[0]


def test_other_text_is_compared_by_its_words():
    plain = [["Content-Type", "text/plain"]]
    assert not off(step(response("a  b\n", headers=plain)), step(response("a b", headers=plain)))[1]
    assert "is `a c`, expected `a b`" in off(step(response("a b", headers=plain)), step(response("a c", headers=plain)))[0]


def test_a_body_that_was_cut_is_compared_by_its_hash():
    one = step(response(whole=False, hash="a"))
    assert not off(one, step(response(whole=False, hash="a")))[1]
    assert off(one, step(response(whole=False, hash="b")))[1] == {"responses", "body"}
    assert off(one, step(response(hash="a")))[1] == {"responses", "body"}


def test_the_order_of_the_layers_is_told():
    swapped = (LAYERS[1], LAYERS[0], LAYERS[2], LAYERS[4], LAYERS[3])
    headline, failed = off(step(response(), way(*LAYERS)), step(response(), way(*swapped)))
    assert headline == "`GET /`: on the way, the request comes to `Inner`, expected: the request comes to `Outer`"
    assert failed == {"responses", "journey"}


def test_where_only_the_ways_differ_they_are_shown_side_by_side():
    found = verdict(step(response(), way(LAYERS[0], ("turned back", "shop.Outer"))), step(response(), way(LAYERS[0], LAYERS[4])))
    assert found.diff
    assert [(row.mark, *row.cells) for row in found.diff.rows] == [
        ("same", "the request comes to Outer"),
        ("extra", "the response leaves Outer"),
        ("missing", "Outer turns the request back"),
    ]


def test_two_views_of_other_names_take_the_same_way():
    other = (*LAYERS[:2], ("view", "shop.views.Index"), *LAYERS[3:])
    assert not off(step(response(), way(*LAYERS)), step(response(), way(*other)))[1]


def test_without_middleware_no_way_is_compared():
    assert not off(step(response(), way(("view", "a"))), step(response(), way()))[1]


def test_only_the_parts_that_are_asked_for_are_compared():
    given = step(response(status=404, headers=[]))
    assert not off(step(response()), given, compare=("body",))[1]


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("client.get('/')", "GET /"),
        ("client.get(f'/{book.pk}/')", "GET /"),
        ("client.get('/', headers={'A': 'b'})", "client.get('/', headers={'A': 'b'})"),
        ("response", "response"),
    ],
)
def test_a_request_is_named_by_its_path_where_that_is_all(asked, name):
    wanted, given = (replace(step(response(status=status)), asked=asked) for status in (200, 404))
    assert verdict(wanted, given).headline.startswith(f"`{name}`: status 404")


def test_an_exception_leads_and_no_part_is_called_right():
    found = verdict(step(response()), step({}, error=ErrorReport(type="ValueError", message="no", line=3)))
    assert found.headline == "`client.get('/')`: raises `ValueError`"
    assert [check.name for check in found.checks] == ["responses"]


def test_of_hidden_data_nothing_is_told():
    asked = exercise("responses")
    good, bad = step(response("secret")), step(response("other", headers=[["X", "secret"]]))
    trials = Trial(run(good), run(good, label="hidden 1")), Trial(run(good), run(bad, label="hidden 1"))
    found = grade(asked, expected=trials[0], observed=trials[1], files=files())
    assert found.failed == {"responses", "headers", "body"}
    assert "secret" not in repr(found)


HOSTILE: list[Any] = [None, 5, "x" * 10_000, [], [[]], {"a": {}}, [None, 5, {}], [["a", 5]], [{"at": [], "name": 5}], True, -1.5]


@pytest.mark.parametrize("shape", HOSTILE)
def test_any_shape_of_an_answer_fails_and_never_raises(shape):
    wanted = step(response(), way(*LAYERS))
    for key in ("status", "headers", "body", "whole", "cookies", "hash", "request"):
        given = step({**response("<p>2</p>"), key: shape}, way(*LAYERS))
        assert "body" in verdict(wanted, given).failed or "responses" in verdict(wanted, given).failed
    for seen in ({"response": shape}, {"response": response(), "journey": shape}, {"value": shape}, {"journey": shape}):
        assert verdict(wanted, Step(asked="x", seen=seen)).status == "failed"


def test_a_body_much_longer_than_the_one_expected_is_not_read():
    assert "is much longer than expected" in off(step(response()), step(response("<a " * 2_000_000)))[0]


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("urlconf", "shop/urls.py", "dotted name"),
        ("middleware", ["shop.A", "b c"], "dotted name"),
        ("settings", {"DEBUG": True}, "must give settings their values"),
        ("varying", ["X Y"], "headers' names"),
        ("compare", ["route"], "must be one of"),
    ],
)
def test_keys_of_an_exercise_are_read_strictly(key, value, words):
    with pytest.raises(ValueError, match=words):
        KIND.keys[key].check(value)


PATH = "shop/templates/shop/book.html"


def passed_over(seen: dict[str, Any], written: str = "book.titel") -> Step:
    note = {"what": "name", "written": written, "name": "titel", "owner": "a Book", "near": ["title"], "path": PATH, "line": 1}
    found = step({**seen, "templates": ["shop/book.html"]})
    return replace(found, seen={**found.seen, "silence": [note]})


def with_template(expected: Step, given: Step, text: str) -> Verdict:
    trials = [Trial(run(one), run(one, label="hidden 1")) for one in (expected, given)]
    return grade(exercise("responses"), expected=trials[0], observed=trials[1], files=(File(PATH, text),))


def test_what_the_template_passed_over_is_told_where_the_body_is_off():
    found = with_template(step(response()), passed_over(response("<p></p>")), "<p>{{ book.titel }}</p>")
    assert found.detail == "`book.titel` leads nowhere, so nothing stands in its place. Did you mean `book.title`?"
    assert (found.path, found.line, set(found.failed)) == (PATH, 1, {"responses", "body"})


def test_where_the_status_is_off_the_template_is_not_why():
    assert "nowhere" not in with_template(step(response()), passed_over(response("<p></p>", 404)), "x").detail


def test_braces_of_a_page_that_no_template_made_are_not_judged():
    given = response("<p>{title}</p>")
    assert "braces" not in with_template(step(response()), step(given), "x").detail
    assert "braces" in with_template(step(response()), step({**given, "templates": ["shop/book.html"]}), "<p>{title}</p>").detail
