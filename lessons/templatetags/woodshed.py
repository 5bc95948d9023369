"""Filters for what learners and authors wrote. Everything is escaped first; only then is it marked up."""

import re
from html import unescape
from itertools import groupby
from operator import itemgetter
from typing import Any

from django import template
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.token import Keyword

from lessons.grading.leftovers import in_short, told_of
from lessons.grading.types import Check, Status, Verdict
from lessons.grading.words import a, class_name, show, start
from lessons.kinds.claim import dicts, text
from lessons.kinds.database.tables import tables
from lessons.kinds.schema.read import schema
from lessons.kinds.tests.read import versions
from sandbox.protocol import Encoded

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

SHORT = 60
"""Characters of a value that is told in passing."""
ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
BLOCK_END = re.compile("</(p|li|pre|h[1-6])>")
FIRST_WORDS = {Status.PASSED: "Passed", Status.FAILED: "Not yet"}

register.filter("shown", show)
register.filter("tables", tables)
register.filter("schema", schema)
register.filter("versions", versions)


@register.filter
def ticks(text: str) -> SafeString:
    """Plain text with `code` in backticks, as HTML."""
    return mark_safe(re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text)))  # noqa: S308  escaped in the same breath


@register.filter
def plain(text: str) -> str:
    """The text without its backticks, for reading aloud."""
    return text.replace("`", "")


@register.filter
def words(html: str) -> str:
    """The text of HTML, for reading aloud."""
    return " ".join(unescape(strip_tags(BLOCK_END.sub(" ", html))).split())


@register.filter
def spoken(verdict: Verdict) -> str:
    """The verdict in a few sentences for reading aloud: what is off, and what its author says first about it."""
    feedback = verdict.feedback_title or verdict.likely or first_sentence(words(verdict.feedback_html))
    parts = (FIRST_WORDS.get(verdict.status, ""), verdict.headline, feedback, verdict.detail)
    said = {bare(part): start(plain(part)).rstrip(".") for part in parts if part}
    return " ".join(f"{sentence}." for sentence in said.values())


def first_sentence(text: str) -> str:
    return re.split(r"(?<=[.?:])\s", text, maxsplit=1)[0]


@register.filter
def news(verdict: Verdict) -> tuple[Check, ...]:
    """The checks that say something which the lines above them do not."""
    if len(verdict.checks) == 1 and not verdict.checks[0].passed:
        return ()
    headline, detail = verdict.headline, verdict.detail
    said = {bare(headline), bare(detail), bare(f"{headline}. {detail}")}
    return tuple(check for check in verdict.checks if bare(check.text) not in said)


@register.filter
def own_detail(verdict: Verdict) -> str:
    """The detail, unless the headline says the same."""
    return "" if bare(verdict.detail) == bare(verdict.headline) else verdict.detail


def bare(text: str) -> str:
    return text.strip(" .").casefold()


@register.filter
def value(encoded: Encoded) -> str:
    """A value that stands alone. Of an object it is said what it is, and never where it lies in memory."""
    match encoded:
        case ["model", str(label), pk, str(name), dict()]:
            return f"{start(a(class_name(label)))}, primary key {show(pk)}: {name}"
        case ["other", str(kind), str(text)] if ADDRESS.search(text):
            return f"An object of the type {kind}"
    return ADDRESS.sub("", show(encoded))


@register.filter
def findings(steps: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What Django's checks found in any of the steps, each once: ``[{"id", "text"}, …]``."""
    told = [one for step in steps for one in dicts(step["seen"].get("findings"))]
    return list({text(one.get("id")): {"id": text(one.get("id")), "text": text(one.get("text"))} for one in told}.values())


@register.filter
def left_behind(seen: dict[str, Any]) -> list[str]:
    """What a probe left in the database, the mailbox and the queue, one line each."""
    return [f"{what}: {in_short(entry)}" for what, entry in told_of(seen)]


@register.filter
def asked(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps that a probe asked for, without those that say what was left behind."""
    return [step for step in steps if step["asked"]]


@register.filter
def sent_out(seen: dict[str, Any]) -> list[str]:
    """The mail and the tasks among what was left behind, one line each."""
    return [f"{what}: {in_short(entry)}" for what, entry in told_of({**seen, "changes": []})]


@register.filter
def not_shown(panels: dict[str, Any]) -> int:
    """How many queries there were besides those whose statements were kept."""
    queries: int = panels["queries"]
    return max(queries - sum(bool(statement["counts"]) for statement in panels["statements"]), 0)


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
    """Statements by the learner's line that sent them, in the order in which each line first did.

    Where there are transactions, in the order in which they were sent: what stands between BEGIN and COMMIT is in it.
    """
    if not all(statement["counts"] for statement in statements):
        return [(line, list(sent)) for line, sent in groupby(statements, key=itemgetter("line"))]
    found: dict[int | None, list[dict[str, Any]]] = {}
    for statement in statements:
        found.setdefault(statement["line"], []).append(statement)
    return list(found.items())


@register.filter
def thousands(number: int) -> str:
    return f"{number:,}"


@register.filter
def in_a_line(panels: dict[str, Any]) -> str:
    """What a run gave, in short: "214 · 1 query · 0.2 ms", of which the time is the database's."""
    seen, queries = panels["seen"] or {}, panels["queries"]
    ms = sum(statement["ms"] for statement in panels["statements"])
    parts = [_in_short(seen), f"{queries} {'query' if queries == 1 else 'queries'}", f"{ms:.1f} ms" if queries else ""]
    return " · ".join(filter(None, parts))


def _in_short(seen: dict[str, Any]) -> str:
    match seen.get("kind"):
        case "not_rows":
            words = value(seen.get("value"))
            return words if len(words) <= SHORT else f"{words[:SHORT]}…"
        case None | "nothing":
            return "no value"
    total = seen.get("total")
    return f"{show(total)} row{'' if total == 1 else 's'}"


@register.filter
def first_line(text: str) -> str:
    """The first line with something in it."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


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
