"""Two documents are the same, or what is off in the second."""

import pytest

from lessons.grading import dom

ALIKE = [
    ('<p class="a b" id=x>Hi</p>', "<P id='x' class='b  a'>\n  Hi\n</P>"),
    ("<ul><li>a</li> <li>b</li></ul>", "<ul><li>a<li>b</ul>"),
    ("<table><tr><td>a</td><td>b</td></tr></table>", "<table><tr><td>a<td>b</table>"),
    ("<p>a</p><p>b</p>", "<p>a<p>b"),
    ("<input checked>", '<input checked="checked" />'),
    ("<p>caf\u00e9 &lt; 3 &amp; more</p>", "<p>caf&eacute; < 3 & more</p>"),
    ("<p>a<!-- no matter -->b</p>", "<p>ab</p>"),
    ("<a> x </a> y", "<a>x</a> y"),
    ("<!DOCTYPE html><p>a", "<!doctype  HTML>\n<p>a</p>"),
    ('<a title="1 > 0" href=/x/>x</a>', "<a href='/x/' title='1 &gt; 0'>x</a>"),
    ("<svg><path d='m'/></svg>", "<svg><path d='m'></path></svg>"),
    ("<br>", "<br/>"),
]
UNLIKE = [
    ("<p>a</p>", "<p>b</p>", "has `b` where `a` is expected"),
    ("<h1>Books</h1>", "<h2>Books</h2>", "has `<h2>` where `<h1>` is expected"),
    ("<div>a</div>", "<div>a", "has `no end of <div>` where `</div>` is expected"),
    ("a <b>b</b>", "a<b>b</b>", "has no space before `b`"),
    ("a<b>b</b>", "a <b>b</b>", "has a space before `b`"),
    ("<p>a</p>", "<p>a</p></p>", "has `</p>` where it should end"),
    ("<p>a</p><p>b</p>", "<p>a</p>", "ends where `<p>` is expected"),
    ('<a href="/a/">x</a>', '<a href="/b/">x</a>', 'has `<a href="/b/">` where `<a href="/a/">` is expected'),
    ("<p>&lt;b&gt;</p>", "<p><b></p>", "has the tag `<b>` where the text `<b>` is expected"),
    ("<pre>a  b</pre>", "<pre>a b</pre>", "has other white space in `a b`"),
    ("<script>a < b</script>", "<script>a < c</script>", "has `a < c` where `a < b` is expected"),
    ("<textarea><p></textarea>", "<textarea><b></textarea>", "has `<b>` where `<p>` is expected"),
    ("<p>a</p>", "<p>a</p><a href='x", "has `<a href='x` where it should end"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_what_browsers_show_alike_is_the_same(one, other):
    assert dom.same(one, other)
    assert dom.first_difference(one, other) == ""


@pytest.mark.parametrize(("expected", "given", "words"), UNLIKE)
def test_what_is_off_is_told(expected, given, words):
    assert not dom.same(expected, given)
    assert dom.first_difference(expected, given) == words


def test_one_csrf_token_is_as_good_as_another_but_not_as_none():
    one, other, none = (f'<input type="hidden" name="csrfmiddlewaretoken" value="{value}">' for value in ("a" * 64, "B" * 64, ""))
    assert dom.same(one, other)
    assert not dom.same(one, none)


def test_a_space_that_does_not_break_is_a_letter():
    assert not dom.same("<p>\u00a0</p>", "<p> </p>")


N = 60_000
EVIL = [
    "<",
    "<a ",
    "<!--",
    "</",
    "<![CDATA[",
    "&",
    "&#",
    '<a b="',
    "<?",
    "<p>",
    "</p>",
    "<a b='",
    "<a/",
    "<a =",
    "<svg><g/>",
    "\x00<",
]


@pytest.mark.parametrize("piece", EVIL)
def test_no_text_takes_long_to_read(piece):
    """A reader that starts again at each sign needs minutes for some of them."""
    for text in (piece * (N // len(piece)), "<script>" + piece * (N // len(piece)), f"<a {piece * (N // len(piece))}>"):
        assert not dom.same("<p>a</p>", text)


def test_deep_nesting_is_not_read_but_compared_as_text():
    deep = "<div>" * 5_000
    assert dom.same(deep, deep)
    assert not dom.same(deep, deep + "</div>")
    assert "levels deep" in dom.first_difference("<p>", deep)
    assert dom.outline(deep) == [deep]


def test_a_number_of_thousands_of_digits_is_text():
    assert dom.same(f"&#{'9' * 9_000};", f"&#{'9' * 9_000};")
    assert not dom.same("a", f"&#{'9' * 9_000};")


def test_an_outline_has_a_line_for_each_tag():
    assert dom.outline("<ul><li>a <b>b</b>c<br></ul>") == [
        "<ul>",
        "  <li>",
        "    a",
        "    <b>",
        "      b",
        "    </b>",
        "    c",
        "    <br>",
        "  </li>",
        "</ul>",
    ]
