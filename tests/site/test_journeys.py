"""The panels of a request: what was answered, and the way it took."""

import pytest
from django.template.loader import render_to_string

EVIL = "<script>alert(1)</script>"
SHAPES: list[object] = [
    None,
    5,
    "x",
    [],
    [5],
    [[[]]],
    {"items": 1},
    [{}],
    [{"at": "in", "name": 5}],
    [["a", ["b"]]],
    True,
    [None],
]


def event(at, name="", status=None):
    return {"at": at, "name": name, "status": status, "queries": 0}


def response(**also):
    shape = {"request": "GET /", "status": 200, "headers": [["X-A", "1"]], "cookies": [], "body": ["<p>1</p>"], "bytes": 8}
    return {**shape, "templates": ["shop/list.html"], **also}


def panels(seen, kind="responses", asked="client.get('/')", raised=""):
    step = {"asked": asked, "seen": seen, "raised": raised, "queries": 2}
    return " ".join(render_to_string(f"{kind}/panels.html", {"steps": [step], "card": {"result": {"group": "g"}}}).split())


def journey(*events):
    return panels({"response": response(), "journey": [event("request", "GET /"), *events]})


def test_a_response_is_shown_with_its_headers_and_its_body_as_text():
    html = panels({"response": response(status=404, headers=[["X-A", "1"], ["Location", "/b/"]]), "journey": []})
    for words in (
        "404 Not Found",
        "<dt>X-A</dt><dd>1</dd>",
        "to <code>/b/</code>",
        "&lt;p&gt;1&lt;/p&gt;",
        "8 bytes, from shop/list.html",
    ):
        assert words in html


def test_layers_stand_within_layers():
    html = journey(
        event("in", "a.Outer"),
        event("in", "a.Inner"),
        event("view", "a.view"),
        event("out", "a.Inner", 200),
        event("out", "a.Outer", 200),
    )
    outer, inner, view = (html.index(words) for words in ("Into <code>a.Outer", "Into <code>a.Inner", "View a.view"))
    out = [html.index(f"Out of <code>a.{name}</code> with 200 OK") for name in ("Inner", "Outer")]
    assert outer < inner < view < out[0] < out[1]
    assert html.count('<ol class="journey">') == 3


def test_it_is_said_where_a_request_turned_back():
    html = journey(event("in", "a.Gate"), event("turned back", "a.Gate", 503))
    assert "Turned back here with 503 Service Unavailable" in html


def test_a_layer_that_nothing_came_out_of_is_told():
    html = journey(event("in", "a.Gate"), event("raised", "ValueError"))
    assert "ValueError is raised" in html
    assert "Nothing came out" in html


@pytest.mark.parametrize("name", ["route", "no route", "view", "raised", "caught", "answer"])
def test_each_point_of_the_way_has_its_words(name):
    assert "<li class" in journey(event(name, "x", 200))


def test_markup_of_a_learner_s_stays_text():
    dangerous = response(request=EVIL, headers=[[EVIL, EVIL]], cookies=[["a", EVIL]], body=[EVIL], templates=[EVIL])
    way = [event("request", EVIL), event("in", EVIL), event("no route", EVIL), event("turned back", EVIL, 200)]
    html = panels({"response": dangerous, "journey": way}, asked=EVIL) + panels({}, raised=EVIL)
    assert EVIL not in html
    assert html.count("&lt;script&gt;") > 10


def test_a_thousand_layers_are_not_drawn_within_each_other():
    assert journey(*[event("in", f"a.L{n}") for n in range(1_000)]).count('<ol class="journey">') < 20


@pytest.mark.parametrize("shape", SHAPES)
def test_a_response_of_any_shape_is_shown(shape):
    assert "Requests" in panels({"response": shape, "journey": shape, "value": shape})
    assert "Requests" in panels({"response": dict.fromkeys(response(), shape)})


def rendered(**also):
    return panels(
        {"html": {"template": "a.html", "body": ["<b>x</b>"], "bytes": 8, "templates": ["a.html"], **also}}, kind="render"
    )


def test_rendered_html_is_shown_as_text_without_empty_lines():
    html = rendered(body=["<ul>\n\n  \n<li>x</li></ul>"])
    assert "<code>&lt;ul&gt; &lt;li&gt;x&lt;/li&gt;&lt;/ul&gt;</code>" in html
    assert "8 bytes, 2 queries, from a.html" in html


def test_rendered_markup_is_never_part_of_the_page():
    evil = dict.fromkeys(("template", "bytes"), EVIL)
    assert EVIL not in rendered(**evil, body=[EVIL], templates=[EVIL])


@pytest.mark.parametrize("shape", SHAPES)
def test_a_page_of_any_shape_is_shown(shape):
    assert "HTML" in panels({"html": shape, "value": shape}, kind="render")
    assert "HTML" in panels({"html": dict.fromkeys(("template", "body", "bytes", "templates"), shape)}, kind="render")
