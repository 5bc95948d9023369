"""Holes and tags that were not read as such, and stand on the page as text."""

import pytest

from lessons.grading.braces import LONGEST_READ, open_tag, standing


def words(text: str) -> list[str]:
    return [one.words for one in standing(text)]


@pytest.mark.parametrize(
    ("page", "written", "told"),
    [
        ("<p>{{ book.title }</p>", "{{ book.title }", "a hole ends with two braces, `}}`"),
        ("<p>{{ book.title</p>", "{{ book.title", "is not closed"),
        ("{{ book.title } }", "{{ book.title }", "a hole ends with two braces"),
        ("{% if book }x", "{% if book }", "a tag ends with `%}`"),
        ("{ { book } }", "{ { book } }", "There is a space between the signs"),
        ("{ % if x % }", "{ % if x % }", "There is a space between the signs"),
        ("<p>{book.title}</p>", "{book.title}", "`{{ book.title }}`"),
        ("<p>{ book.title|upper }}</p>", "{ book.title|upper }}", "`{{ book.title|upper }}`"),
        ("<p>${title}</p>", "${title}", "`{{ title }}`"),
        ("<p><%= title %></p>", "<%= title %>", "a tag `{% … %}`"),
        ("<p>{{ book\n.title }}</p>", "{{ book\n.title }}", "`{{ book` goes on in the next line"),
        ("{% if a\nor b %}", "{% if a\nor b %}", "`{% if a` goes on in the next line"),
        ("{# a\nb #}", "{# a\nb #}", "`{% comment %}`"),
    ],
)
def test_what_is_not_read_as_a_hole_or_a_tag_is_said(page, written, told):
    (one,) = standing(page)
    assert one.written == written
    assert told in one.words


@pytest.mark.parametrize(
    "page",
    [
        "p { color: red; } a{}",
        "function () { return x; }",
        "{{ verbatim }} {% verbatim %} {# verbatim #}",
        "{} {{}} { } {{ { }} } a < b % c > d",
        '{"title": "Salt", "price": 3}',
    ],
)
def test_other_braces_are_left_alone(page):
    assert words(page) == []


def test_of_a_huge_page_the_beginning_is_read():
    assert len(words("{x}" * 100_000)) == LONGEST_READ // 3


@pytest.mark.parametrize(
    ("template", "tag"),
    [
        ("{% if x %}{% endif %}", ""),
        ("<p>{% if x }a{% endif %}", "{% if x }"),
        ("{{ x }} {% x", ""),
    ],
)
def test_the_first_tag_that_ends_with_a_brace_is_found(template, tag):
    assert open_tag(template) == tag
