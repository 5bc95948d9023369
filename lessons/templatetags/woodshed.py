"""Filters for what learners and authors wrote. Everything is escaped first; only then is it marked up."""

import re
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.token import Keyword

from lessons.grading.words import show

register = template.Library()

PLAIN = HtmlFormatter(nowrap=True)
CLAUSES = frozenset(
    {
        "FROM",
        "WHERE",
        "INNER",
        "LEFT",
        "RIGHT",
        "CROSS",
        "GROUP",
        "HAVING",
        "ORDER",
        "LIMIT",
        "UNION",
        "INTERSECT",
        "EXCEPT",
        "SET",
    }
)

register.filter("shown", show)


@register.filter
def ticks(text: str) -> SafeString:
    """Plain text with `code` in backticks, as HTML."""
    return mark_safe(re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text)))  # noqa: S308  escaped in the same breath


@register.filter
def plain(text: str) -> str:
    """The text without its backticks, for reading aloud."""
    return text.replace("`", "")


@register.filter
def highlighted(code: str, language: str) -> SafeString:
    """Code in colour. Pygments escapes what it is given."""
    return mark_safe(highlight(code, get_lexer_by_name(language, stripnl=False), PLAIN))  # noqa: S308


@register.filter
def clauses(sql: str) -> str:
    """One statement with each clause on a line of its own; strings and names are left alone."""
    lexer = get_lexer_by_name("sql", stripnl=False, ensurenl=False)
    return "".join(_broken(kind, text) for kind, text in lexer.get_tokens(sql)).strip()


def _broken(kind: Any, text: str) -> str:
    return f"\n{text}" if kind in Keyword and text.upper() in CLAUSES else text


@register.filter
def lines_of(statements: list[dict[str, Any]]) -> list[tuple[int | None, list[dict[str, Any]]]]:
    """Statements by the learner's line that sent them, in the order in which each line first did."""
    found: dict[int | None, list[dict[str, Any]]] = {}
    for statement in statements:
        found.setdefault(statement["line"], []).append(statement)
    return list(found.items())


@register.filter
def rows_for(text: str) -> int:
    """How many lines an editor needs to show the text with room to go on."""
    return min(max(text.count("\n") + 2, 4), 24)


@register.filter
def rows_snug(text: str) -> int:
    """How many lines an example needs, and no more."""
    return min(text.rstrip().count("\n") + 1, 24)


@register.filter
def line_of(text: str, number: int) -> str:
    """The line with this number (from 1), without its indentation; empty when there is none."""
    lines = text.split("\n")
    return lines[number - 1].strip() if 0 < number <= len(lines) else ""
