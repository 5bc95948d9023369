"""What a template passes over in silence is noted, and nothing is rendered otherwise for it."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.sandbox.probing import asked, steps

PAGE = "shop/templates/page.html"
CONTEXT = 'render("page.html", book=Book.objects.get(pk=1), books=[1, 2], shop={"name": "Ink"}, empty="", nobody=None)'


@pytest.fixture
def rendered(sandbox) -> Callable[..., tuple[str, list[Mapping[str, Any]]]]:
    """``rendered(template)``: the page, and what was noted."""

    def rendered(template: str, probe: str = CONTEXT, **more: str) -> tuple[str, list[Mapping[str, Any]]]:
        files = {PAGE: template, **{f"shop/{name}.py": text for name, text in more.items()}}
        step = steps(asked(sandbox, "render", files, probe))[0]
        assert step.error is None, step.error
        return "".join(step.seen["html"]["body"]), list(step.seen.get("silence", []))

    return rendered


@pytest.fixture
def noted(rendered) -> Callable[..., list[Mapping[str, Any]]]:
    return lambda *given, **more: rendered(*given, **more)[1]


def test_a_name_that_leads_nowhere_is_noted_with_its_place_and_what_is_near(noted):
    assert noted("<p>\n{{ book.titel.upper }}") == [
        {
            "what": "name",
            "written": "book.titel.upper",
            "name": "titel",
            "owner": "a Book",
            "near": ["title"],
            "choices": [],
            "path": PAGE,
            "line": 2,
        }
    ]


@pytest.mark.parametrize(
    ("template", "name", "owner", "near"),
    [
        ("{{ bok.title }}", "bok", "", ["book", "books"]),
        ("{{ title|upper }}", "title", "", []),
        ("{{ book.author__name }}", "author__name", "a Book", ["author"]),
        ("{{ book.autor__name }}", "autor__name", "a Book", ["author", "author_id"]),
        ("{{ shop.nane }}", "nane", "a dict", ["name"]),
        ("{{ books.7 }}", "7", "a list", []),
        ("{% for one in boks %}{% endfor %}", "boks", "", ["books", "book"]),
        ("{% for one in books %}{{ forloop.count }}{% endfor %}", "count", "a dict", ["counter", "counter0"]),
        ("{% regroup boks by title as groups %}", "boks", "", ["books", "book"]),
        ("{% widthratio book.pagse 10 10 %}", "pagse", "a Book", []),
    ],
)
def test_wherever_a_name_is_needed_it_is_noted(noted, template, name, owner, near):
    (note,) = noted(template)
    assert (note["what"], note["name"], note["owner"], note["near"][:2]) == ("name", name, owner, near)


def test_of_the_context_and_of_a_dict_it_is_said_what_there_is(noted):
    assert noted("{{ title }}")[0]["choices"] == ["book", "books", "empty", "nobody", "shop"]
    assert noted("{{ shop.x }}")[0]["choices"] == ["name"]


def test_a_method_that_wants_an_argument_is_its_own_case(noted):
    (note,) = noted("{% if books.count %}{% endif %}{{ books.count.real }}")[:1]
    assert (note["what"], note["written"], note["name"], note["owner"]) == ("call", "books.count", "count", "a list")


def test_a_method_that_changes_data_is_its_own_case(noted):
    assert [(note["what"], note["name"]) for note in noted("{{ book.delete }}")] == [("alters", "delete")]


@pytest.mark.parametrize(
    ("template", "owner"),
    [
        ('{{ "book"|pluralize }}', "a text"),
        ('{{ book.title|pluralize:"y,ies" }}', "a text"),
        ("{{ book|pluralize }}", "a Book"),
    ],
)
def test_pluralize_without_a_number_is_noted(noted, template, owner):
    (note,) = noted(template)
    assert (note["what"], note["owner"]) == ("pluralize", owner)
    assert f"{{{{ {note['written']} }}}}" == template


@pytest.mark.parametrize("value", ["1", '"1"', '"2.5"', "books", "books|length", "shop", "empty", "nobody", "book.pk"])
def test_pluralize_of_a_number_or_a_list_or_nothing_is_not_noted(noted, value):
    assert noted(f"{{{{ {value}|pluralize }}}}") == []


@pytest.mark.parametrize(
    "template",
    [
        "{% if title %}{% elif book.x and not y.z %}{% endif %}",
        "{% with a=book.x b=title %}{% endwith %}",
        '{{ title|default:"a" }}{{ book.x|upper|default_if_none:"b" }}{{ book.x|yesno:"a,b" }}',
        '{% firstof title book.x "c" %}',
        "{% for one in books %}{% ifchanged title %}{% endifchanged %}{% endfor %}",
        "{{ nobody.name }}{{ empty.name }}",
        "{{ book.title }}{{ books.0 }}{{ shop.name }}{{ shop.items }}",
        "{% autoescape off %}{{ book.title }}{% endautoescape %}",
    ],
)
def test_a_name_that_is_only_tried_out_is_not_noted(noted, template):
    assert noted(template) == []


def test_what_a_method_did_not_find_is_not_the_names_fault(noted):
    one = """
from library.models import Book
class One:
    @property
    def book(self): return Book.objects.get(pk=0)
"""
    assert noted("{{ one.book.title }}", 'from shop.one import One\nrender("page.html", one=One())', one=one) == []


def test_what_djangos_own_templates_ask_is_not_noted(noted):
    form = "from django import forms\nclass Order(forms.Form):\n    copies = forms.IntegerField()"
    probe = 'from shop.order import Order\nrender("page.html", form=Order({}))'
    assert noted("{{ form.as_p }}{{ form }}{{ form.copies }}{{ form.copies.errors }}", probe, order=form) == []
    assert noted("{{ form.copise }}", probe, order=form)[0]["near"] == ["copies"]


def test_what_a_given_template_asks_is_not_noted(sandbox):
    base = [["shop/templates/base.html", "{{ nothing }}"]]
    seen = asked(sandbox, "render", {PAGE: '{% extends "base.html" %}'}, CONTEXT, given=base)
    assert "silence" not in steps(seen)[0].seen


def test_nothing_is_rendered_otherwise(rendered):
    page, notes = rendered('[{{ title|upper }}|{{ books.count|default:"a" }}|{{ book.delete }}|{{ "x"|pluralize:"a,b" }}]')
    assert page == "[|a||]"
    assert [note["what"] for note in notes] == ["name", "call", "alters", "pluralize"]


def test_a_name_is_noted_once_for_a_line(noted):
    found = noted("{% for one in books %}{{ one.x }}{{ one.x }}\n{{ one.x }}{% endfor %}")
    assert [(note["written"], note["line"]) for note in found] == [("one.x", 1), ("one.x", 2)]


def test_what_is_none_at_first_may_lead_nowhere_later(noted):
    (note,) = noted("{% for one in all %}{{ one.x }}{% endfor %}", 'render("page.html", all=[None, 7, "a"])')
    assert (note["written"], note["owner"]) == ("one.x", "a int")


def test_each_step_has_its_own(sandbox):
    probe = 'render("page.html")\nrender("none.html")\nrender("page.html", title=1)\nstr(render("page.html"))'
    found = [step.seen.get("silence", []) for step in steps(asked(sandbox, "render", {PAGE: "{{ title }}"}, probe)) if step.asked]
    assert [len(notes) for notes in found] == [1, 0, 0, 1]


def test_a_response_has_what_its_templates_passed_over(sandbox):
    view = "from django.shortcuts import render\ndef page(request): return render(request, 'page.html', {'book': 1})"
    urls = "from django.urls import path\nfrom shop.views import page\nurlpatterns = [path('', page)]"
    files = {PAGE: "\n{{ bok }}", "shop/views.py": view, "shop/urls.py": urls}
    (note,) = steps(asked(sandbox, "responses", files, 'client.get("/")'))[0].seen["silence"]
    assert (note["written"], note["near"], note["line"], note["choices"]) == ("bok", ["book"], 2, ["book", "request"])


# Hostile objects

HOSTILE = """
class Loud:
    def __getattr__(self, name):
        print("asked for", name)
        raise AttributeError(name)
    def __dir__(self): print("dir"); return []
    def __repr__(self): raise SystemExit
    __str__ = __eq__ = __repr__
    __hash__ = None

class Raises:
    def __getattr__(self, name): raise KeyError(name)

class Markup:
    pass
setattr(Markup, "<b onclick=x>`titel`</b>", 1)
setattr(Markup, "title\\ud800", 1)
Markup.__name__ = "<script>"
many = type("Many", (), {f"title{n}": 1 for n in range(50_000)})
"""
ASK_HOSTILE = 'from shop.hostile import *\nrender("page.html", one={}())'


def test_an_object_is_looked_at_without_asking_it(sandbox):
    files = {PAGE: "{{ one.titel }}", "shop/hostile.py": HOSTILE}
    seen = asked(sandbox, "render", files, ASK_HOSTILE.format("Loud"))
    (note,) = steps(seen)[0].seen["silence"]
    assert (note["name"], note["owner"]) == ("titel", "a Loud")
    # Django asks for the attribute, and whether it is in dir(), before it gives up.
    assert seen.printed == "asked for titel\ndir\n"


def test_what_an_object_raises_is_raised_as_ever(sandbox):
    seen = asked(sandbox, "render", {PAGE: "{{ one.titel }}", "shop/hostile.py": HOSTILE}, ASK_HOSTILE.format("Raises"))
    assert steps(seen)[0].error.type == "KeyError"


def test_markup_for_a_name_is_text_like_any_other(noted):
    (note,) = noted("{{ one.titel }}", ASK_HOSTILE.format("Markup"), hostile=HOSTILE)
    assert (note["owner"], note["near"]) == ("a <script>", ["title?"])


def test_an_object_of_very_many_names_is_read_in_part(noted):
    (note,) = noted("{{ one.titel }}", ASK_HOSTILE.format("many"), hostile=HOSTILE)
    assert len(note["near"]) <= 3


def test_a_path_of_any_length_is_cut(noted):
    (note,) = noted("{{ " + "a" * 100_000 + " }}")
    assert (len(note["written"]), len(note["name"]), note["near"]) == (1_000, 1_000, [])
    (note,) = noted("{{ book" + ".titel" * 20_000 + " }}")
    assert (len(note["written"]), note["near"]) == (1_000, ["title"])


def test_of_ten_thousand_names_the_first_are_noted(noted):
    found = noted("".join(f"{{{{ book.x{number} }}}}" for number in range(10_000)))
    assert [note["name"] for note in found] == [f"x{number}" for number in range(20)]
