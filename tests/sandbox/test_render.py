"""The render observer: what templates give for the contexts that the probes hand them."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.client import Sandbox
from sandbox.protocol import SECONDS, File, Job, Observation, Step

TAGS = """from django import template
register = template.Library()

@register.filter
def boom(value):
    return 1 / 0

@register.simple_tag
def shout(word):
    return word + "!"
"""


@pytest.fixture
def ask(sandbox: Sandbox) -> Callable[..., Observation]:
    """``ask(template, probe, …)``: what happened to the probes of a project with this one template, ``page.html``."""

    def ask(template: str, *probes: str, more: tuple[File, ...] = (), seconds: float = SECONDS) -> Observation:
        files = (File("shop/templates/page.html", template), File("shop/templatetags/words.py", TAGS), *more)
        return sandbox.run(
            Job(observer="render", world="library", files=files, options={"probes": list(probes)}, seconds=seconds)
        )

    return ask


@pytest.fixture
def step(ask: Callable[..., Observation]) -> Callable[..., Step]:
    def step(template: str, probe: str = 'render("page.html")', **also: Any) -> Step:
        seen = ask(template, probe, **also)
        assert seen.outcome == "ok", seen
        return seen.results[0].steps[0]

    return step


def html(step: Step) -> str:
    assert step.error is None, step.error
    return "".join(step.seen["html"]["body"])


def test_a_template_is_rendered_with_its_context_and_its_queries_are_counted(step):
    done = step("{% for a in authors %}<li>{{ a.name }}{% endfor %}", 'render("page.html", authors=Author.objects.all()[:2])')
    assert (html(done), done.queries, done.seen["html"]["template"]) == ("<li>Author 0<li>Author 1", 1, "page.html")


def test_templates_on_the_way_are_named(step):
    base = File("shop/templates/base.html", "<main>{% block main %}{% endblock %}</main>")
    done = step('{% extends "base.html" %}{% block main %}x{% endblock %}', more=(base,))
    assert (html(done), done.seen["html"]["templates"]) == ("<main>x</main>", ["page.html", "base.html"])


def test_tags_of_the_learner_s_are_found(step):
    assert html(step("{% load words %}{% shout 'Hi' %}")) == "Hi!"


def test_what_is_rendered_can_be_asked_in_a_probe(step):
    assert step("<b>x</b>", 'len(str(render("page.html")))').seen["value"] == 8
    assert step("<b>x</b>", '"<i>" in render("page.html")').seen["value"] is False


def test_routes_can_be_linked(step):
    urls = File("shop/urls.py", "from django.urls import path\nurlpatterns = [path('a/', print, name='a')]")
    assert html(step('{% url "a" %}', more=(urls,))) == "/a/"


@pytest.mark.parametrize(
    ("template", "error", "line"),
    [
        ("\n{{ x|nothing }}", "TemplateSyntaxError", 2),
        ("\n\n{% fro x %}", "TemplateSyntaxError", 3),
        ("{% for x in y %}\n", "TemplateSyntaxError", 1),
        ("\n{% include 'none.html' %}", "TemplateDoesNotExist", 2),
        ("\n{% url 'none' %}", "ImproperlyConfigured", 2),
    ],
)
def test_a_mistake_is_told_with_the_template_s_line(step, template, error, line):
    found = step(template).error
    assert (found.type, found.path, found.line) == (error, "shop/templates/page.html", line)


@pytest.mark.parametrize(
    ("template", "owner", "name", "meant"),
    [
        ("{{ x|uper }}", "filter", "uper", "upper"),
        ("{% fro x in y %}", "tag", "fro", "for"),
        ("{% url 'detial' %}", "route", "detial", "detail"),
    ],
)
def test_a_name_that_is_nearly_one_there_is_comes_with_that_one(step, template, owner, name, meant):
    urls = File("shop/urls.py", "from django.urls import path\nurlpatterns = [path('a/', print, name='detail')]")
    found = step(template, more=(urls,)).error
    assert (found.owner, found.name, found.near[0]) == (owner, name, meant)


def test_a_name_like_no_other_is_not_guessed(step):
    assert step("{{ x|zzzzzz }}").error.near == ()


def test_what_a_tag_raises_is_told_with_its_own_line_behind_the_template_s(step):
    found = step("{% load words %}\n{{ 3|boom }}").error
    assert [(frame.path, frame.line) for frame in found.frames] == [
        ("shop/templates/page.html", 2),
        ("shop/templatetags/words.py", 6),
    ]
    assert found.path == "shop/templatetags/words.py"


# Hostile templates and tags


def test_an_endless_page_is_a_timeout(ask):
    template = "{% for a in x %}{% for b in x %}{% endfor %}{% endfor %}"
    assert ask(template, 'render("page.html", x=range(10**9))', seconds=1.0).outcome == "timeout"


def test_a_page_that_includes_itself_raises(step):
    assert step("{% include 'page.html' %}").error.type == "RecursionError"


def test_a_huge_page_is_cut(step):
    seen = step("{% for n in x %}<p>{{ n }}</p>{% endfor %}", 'render("page.html", x="x" * 99_999)').seen["html"]
    assert (seen["bytes"], seen["whole"]) == (99_999 * 8, False)
    assert sum(map(len, seen["body"])) == 60_000


@pytest.mark.parametrize(
    "told",
    [
        "property(lambda self: 1 / 0)",
        "{'name': 5, 'line': 'x'}",
        "{'name': 'page.html', 'line': 10**30}",
        "{'name': 'page.html', 'line': 1, 'during': type('E', (), {'__str__': lambda self: 1 / 0})()}",
        "[]",
    ],
)
def test_an_exception_that_lies_about_its_template_is_told_all_the_same(step, told):
    evil = f"class Evil(Exception):\n    template_debug = {told}\ndef go(): raise Evil"
    found = step("", "import evil\nevil.go()", more=(File("evil.py", evil),)).error
    assert found.type == "Evil"


def test_what_only_looks_rendered_is_a_value(step):
    lie = "from sandbox.observers.render import Rendered\nclass Lie(Rendered): pass\nlie = Lie('a', 5, [])"
    assert "html" not in step("", "import lie\nlie.lie", more=(File("lie.py", lie),)).seen
