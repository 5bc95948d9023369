"""What is said of a template that Django does not understand, by the message that Django gives."""

import pytest

from lessons.grading.errors import diagnose, signature
from sandbox.protocol import ErrorReport, File, Observation, Outcome

PATH = "shop/templates/page.html"


def told(template: str, message: str, *, type_name: str = "TemplateSyntaxError") -> str:
    report = ErrorReport(type=type_name, message=f"Template: page.html, {message}", path=PATH, line=1)
    found = diagnose(Observation(outcome=Outcome.ERROR, error=report), (File(PATH, template),))
    return f"{found.headline}. {found.detail}"


def remainder(rest: str, whole: str) -> str:
    return f"Could not parse the remainder: '{rest}' from '{whole}'"


@pytest.mark.parametrize(
    ("template", "rest", "whole", "words"),
    [
        ("{{ a }</h1>{{ b }}", " }</h1>{{ b", "a }</h1>{{ b", "`{{ a }` ends with one brace"),
        ("{% if a }<p>{% endif %}", "}<p>{%", "}<p>{%", "`{% if a }` does not end with `%}`"),
        ("{{{ a }}}", "{ a", "{ a", "There is a brace too many"),
        ("{{ a.b() }}", "()", "a.b()", "Without brackets: `a.b`"),
        ("{% for a in b.c() %}", "()", "b.c()", "Without brackets: `b.c`"),
        ('{{ a|date("Y") }}', '("Y")', 'a|date("Y")', "behind a colon"),
        ('{{ a["b"] }}', '["b"]', 'a["b"]', "`a.b`"),
        ("{{ a[0] }}", "[0]", "a[0]", "`a.0`"),
        ("{{ a == b }}", " == b", "a == b", "`{% if a == b %}`"),
        ("{% if a==3 %}", "==3", "a==3", "There is no space around `==`"),
        ("{% if a = b %}", "=", "=", "compared with `==`"),
        ("{% if a && b %}", "&&", "&&", "It is written `and`"),
        ("{% if !a %}", "!a", "!a", "It is written `not`"),
        ('{{ a or "b" }}', ' or "b"', 'a or "b"', '`a|default:"b"`'),
        ("{{ a if b else c }}", " if b else c", "a if b else c", "A hole knows no `if`"),
        ("{{ a + 1 }}", " + 1", "a + 1", "`value|add:1`"),
        ('{{ a|default : "b" }}', ' : "b"', 'a|default : "b"', "There is a space at a colon"),
        ("{{ a:upper }}", ":upper", "a:upper", "`a|upper`"),
        ("{{ a|default: }}", ":", "a|default:", "nothing behind a colon"),
        ("{{ a| }}", "|", "a|", "no filter behind a bar"),
        ('{{ "a }}', '"a', '"a', "A text is not closed"),
        ("{% include shop/a.html %}", "/a.html", "shop/a.html", '`"shop/a.html"`'),
        ("{% if (a or b) and c %}", "(a", "(a", "An `if` knows no brackets"),
        ("{{ a, b }}", ", b", "a, b", "`{{ a }} {{ b }}`"),
        ("{{ a ~ b }}", " ~ b", "a ~ b", "`~ b` in `a ~ b`"),
    ],
)
def test_what_django_does_not_understand_is_explained(template, rest, whole, words):
    assert words in told(template, remainder(rest, whole))


@pytest.mark.parametrize(
    ("template", "message", "words"),
    [
        ('{{ a|default: "b" }}', "default requires 2 arguments, 1 provided", 'The argument follows at once: `default:"b"`'),
        (
            "{{ a|truncatewords }}",
            "truncatewords requires 2 arguments, 1 provided",
            "The filter `truncatewords` wants an argument",
        ),
        ("{{ a|upper:1 }}", "upper requires 1 arguments, 2 provided", "The filter `upper` takes no argument"),
        ("{% else if b %}", 'Malformed template tag at line 1: "else if b"', "`{% elif b %}`"),
        ("{% elseif b %}", "Invalid block tag on line 1: 'elseif', expected 'elif', 'else' or 'endif'. Did", "`elif`"),
        (
            "{% if a %}{% endfor %}",
            "Invalid block tag on line 1: 'endfor', expected 'else' or 'endif'. Did",
            "`{% endif %}` is missing",
        ),
        ("{% endfor %}", "Invalid block tag on line 1: 'endfor'. Did you", "`{% for %}` is missing"),
        ("{% else %}", "Invalid block tag on line 1: 'else'. Did you", "has `else` out of place"),
        ("{% if a }{% endif %}", "Invalid block tag on line 1: 'endif'. Did you", "`{% if a }` is not closed"),
        ("{% for a in b %}", "Unclosed tag on line 1: 'for'. Looking for one of: empty, endfor.", "`{% endfor %}` is missing"),
        ("{% for a of b %}", "'for' statements should use the format 'for x in y': for a of b", "`{% for book in books %}`"),
        ("{% block %}", "'block' tag takes only one argument", "`{% block main %}`"),
        ("{% block a %}", "'block' tag with name 'a' appears more than once", "Two blocks have the same name"),
        ("x{% extends 'a' %}", "{% extends 'a' %} must be the first tag in 'page.html'.", "`extends` is not the first tag"),
        ("{{ }}", "Empty variable tag on line 1", "A hole is empty"),
        ("{% with a = b %}", "'with' expected at least one variable assignment", "`{% with a=b %}`"),
        ("{{ a._b }}", "Variables and attributes may not begin with underscores: 'a._b'", "does not reach what is private"),
    ],
)
def test_other_mistakes_are_explained(template, message, words):
    assert words in told(template, message)


def test_an_argument_that_leads_nowhere_is_explained():
    report = ErrorReport(type="VariableDoesNotExist", message="Failed lookup for key [b] in 3", path=PATH, line=1)
    found = diagnose(Observation(outcome=Outcome.ERROR, error=report), (File(PATH, "{{ a|default:b }}"),))
    assert found.headline == "A filter's argument `b` leads nowhere"


@pytest.mark.parametrize(
    "message",
    [
        "Could not parse the remainder: '",
        remainder("x" * 2_000, "x" * 2_000),
        remainder("`}{0}{", "`}{0}{"),
        "default requires " + "9" * 900 + " arguments, 1 provided",
        "Invalid block tag on line 1: 'end'. ",
        "Unclosed tag on line 1: 'x'. Looking for one of: ,.",
    ],
)
def test_a_message_of_any_form_is_told(message):
    assert told("{{ x }}{% x %}", message)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (remainder('["title"]', 'book["title"]'), remainder("['price']", "book['price']"), True),
        (remainder('["title"]', 'book["title"]'), remainder(' or "none"', 'book.title or "none"'), False),
        (remainder("()", "book.title()"), remainder('("Y")', 'day|date("Y")'), False),
        (remainder(" == 1", "n == 1"), remainder(" == 2", "x == 2"), True),
        ("Invalid filter: 'uper'", "Invalid filter: 'lowr'", True),
    ],
)
def test_two_mistakes_are_one_where_django_stumbles_over_the_same(one, other, alike):
    signs = [signature(ErrorReport(type="TemplateSyntaxError", message=message)) for message in (one, other)]
    assert (signs[0] == signs[1]) is alike
