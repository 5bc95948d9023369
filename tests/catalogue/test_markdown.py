"""Prose becomes HTML that is safe on a page, and looks as it does on a git host."""

import re

import pytest

from lessons.catalogue.markdown import Renderer, slug, with_ids

from .audit import ATTACKS, trouble

render = Renderer().html


AROUND = ["{}", "- {}", "> {}", "1. x\n\n    {}", "<div markdown='1'>\n\n{}\n\n</div>", "## {}"]


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_comes_out_harmless(attack):
    html, headings = with_ids("".join(render(around.format(attack)) for around in AROUND), set())
    assert trouble(html) == []
    assert all("<" not in heading.id and " " not in heading.id for heading in headings)


def test_the_audit_itself_sees_trouble():
    assert trouble('<p onclick="x"><script></script><!-- --><a href="javascript:x" style="">') == [
        "p onclick=x",
        "script",
        "comment",
        "a href=javascript:x",
        "a style=",
    ]


@pytest.mark.parametrize(("name", "title"), [("NOTE", "Note"), ("TIP", "Tip"), ("WARNING", "Warning")])
def test_a_callout_is_an_aside_with_a_title(name, title):
    html = render(f"> [!{name}]\n> Look *twice*.").replace("\n", "")
    paragraphs = f'<p class="note-title">{title}</p><p>Look <em>twice</em>.</p>'
    assert html == f'<aside class="note note-{name.lower()}" role="note">{paragraphs}</aside>'


def test_a_callout_may_hold_a_list_and_a_fence():
    html = render("> [!NOTE]\n>\n> - one\n>\n> ```python\n> 1\n> ```")
    assert html.startswith('<aside class="note note-note" role="note">\n<p class="note-title">Note</p>')
    assert "<li>" in html
    assert '<div class="highlight">' in html


def test_two_callouts_in_a_row_stay_two_and_a_quote_stays_a_quote():
    html = render("> [!TIP]\n> one\n\n> [!NOTE]\n> two\n\n> three")
    assert re.findall(r"<(aside class=\"note note-\w+\"|blockquote)", html) == [
        'aside class="note note-tip"',
        'aside class="note note-note"',
        "blockquote",
    ]


def test_an_aligned_table_has_classes_and_no_style():
    html = render("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |")
    assert '<th class="align-left">a</th>' in html
    assert '<td class="align-center">2</td>' in html
    assert '<td class="align-right">3</td>' in html
    assert "style" not in html


def test_code_is_highlighted_with_classes():
    html = render('```python\nx = "y"\n```')
    assert html.startswith('<div class="highlight"><pre tabindex="0">')
    assert '<span class="s2">"y"</span>' in html


def test_code_keeps_its_tabs_and_blank_lines():
    assert "a:\n\tb\n\n\n\tc" in re.sub(r"<[^>]*>", "", render("```text\na:\n\tb\n\n\n\tc\n```"))


@pytest.mark.parametrize("fence", ["````", "~~~", "~~~~~"])
def test_a_longer_fence_holds_a_shorter_one(fence):
    assert "```python" in render(f"{fence}text\n```python\n1\n```\n{fence}")


def test_a_link_is_told_to_forget_its_opener():
    assert render("[x](https://a.example)") == '<p><a href="https://a.example" rel="noopener">x</a></p>'


def test_links_and_pictures_go_where_the_address_function_says():
    renderer = Renderer(lambda tag, url: {"a": f"/there/{url}", "img": None}[tag])
    assert renderer.html("[x](y) ![z](z.svg)") == '<p><a href="/there/y" rel="noopener">x</a> <img alt="z"></p>'


def test_strikethrough_works_as_on_a_git_host():
    assert render("~~no~~ H~2~O") == "<p><del>no</del> H~2~O</p>"


def test_inline_drops_a_single_paragraph_only():
    renderer = Renderer()
    assert renderer.inline("a `b`") == "a <code>b</code>"
    assert renderer.inline("a\n\nb") == "<p>a</p>\n<p>b</p>"


def test_headings_get_ids_of_their_own():
    taken = {"on-taken"}
    html, headings = with_ids(render("## A `filter()` & *more*\n\n### Inner\n\n## Taken\n\n## Taken\n\n## 日本\n\n## !!!"), taken)
    assert re.findall(r'id="([^"]*)"', html) == [
        "on-a-filter--more",
        "on-inner",
        "on-taken-1",
        "on-taken-2",
        "on-日本",
        "on-section",
    ]
    assert [heading.title for heading in headings] == ["A filter() & more", "Taken", "Taken", "日本", "!!!"]


def test_a_slug_is_the_git_hosts():
    assert slug('Q and F: "or", not-and') == "q-and-f-or-not-and"


def test_after_a_text_that_cannot_be_converted_the_next_is_as_ever():
    with pytest.raises(ValueError, match="Markdown gave up"):
        render("1. " * 600)
    assert render("a\n\nb") == "<p>a</p>\n<p>b</p>"
