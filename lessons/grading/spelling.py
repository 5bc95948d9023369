"""Syntax errors that one look at the learner's line explains better than Python's message does."""

import re

from lessons.grading.words import code, shorten
from sandbox.protocol import LONGEST_NAME, ErrorReport

INVISIBLE = {
    "00A0": "a non-breaking space",
    "202F": "a narrow non-breaking space",
    "00AD": "a soft hyphen",
    "200B": "a zero-width space",
    "200C": "a zero-width non-joiner",
    "200D": "a zero-width joiner",
    "2060": "a word joiner",
    "FEFF": "a byte order mark",
}
LONGEST_VALUE = 40


def saying(report: ErrorReport, text: str) -> tuple[str, str] | None:
    """Headline and detail; None where Python's message is the better one."""
    lines = text.splitlines()
    line = lines[report.line - 1] if report.line and 1 <= report.line <= len(lines) else ""
    if found := re.search(r"invalid non-printable character U\+(\w+)", report.message):
        return invisible(found[1], report.column)
    if "unterminated string literal" in report.message:
        return apostrophe(line[:LONGEST_NAME])
    if found := JOINED_KEYWORDS.search(line[:LONGEST_NAME]):
        return combined(found[1] or found[2], f"{found[3]}=…")
    if "expression cannot contain assignment" in report.message and line:
        rest = "\n".join([line[max((report.column or 1) - 1, 0) :], *lines[report.line or 0 :]])
        return assignment(rest[:LONGEST_NAME])
    return None


JOINED_KEYWORDS = re.compile(r"\w=[^=,()]{1,100}?\s(?:([|&])|(and|or))\s*(\w+)=(?!=)")
"""``filter(price__lt=10 | in_print=True)``"""


def invisible(number: str, column: int | None) -> tuple[str, str]:
    name = INVISIBLE.get(number, f"the character U+{number}")
    where = f" at column {column}" if column else ""
    instead = "type a plain space there" if "space" in name and "zero" not in name else "delete it"
    return f"There is a character that cannot be seen: {name}", f"It stands{where}: {instead}."


def apostrophe(line: str) -> tuple[str, str] | None:
    """``'The Lamplighter's Ledger'``"""
    found = re.search(r"(?<!\w)'([^'\"]*\w'\w[^'\"]*)'", line)
    if not found:
        return None
    quoted = code(f'"{shorten(found[1], LONGEST_VALUE)}"')
    return "The apostrophe ends the text", f"A text with an apostrophe in it stands in double quotes: {quoted}."


def assignment(rest: str) -> tuple[str, str] | None:
    """``published.year=2020``, ``title.lower()="x"``, ``Q(…) | price__lt=5``: what stands before ``=`` is no plain name."""
    place = top_level(rest, "=")
    if place is None:
        return None
    before, after = rest[:place].strip(), rest[place + 1 :]
    given = " ".join(after[: top_level(after, ",)")].split())
    value = given if 0 < len(given) <= LONGEST_VALUE else "…"
    if found := re.search(r"(?:([|&~^])|\b(and|or|not)\b)\s*\(?\s*(\w+)$", before):
        return combined(found[1] or found[2], f"{found[3]}={value}")
    return path(before, value)


def combined(operator: str, condition: str) -> tuple[str, str]:
    if operator in ("~", "not"):
        return NEEDS_Q, f"Write {code(f'~Q({condition})')}."
    sign = {"and": " Combine with `&`, not with `and`.", "or": " Combine with `|`, not with `or`."}.get(operator, "")
    return NEEDS_Q, f"Wrap it: {code(f'Q({condition})')}.{sign}"


NEEDS_Q = "A condition that is combined needs a `Q`"


def path(before: str, value: str) -> tuple[str, str] | None:
    headline = "Only a plain name can stand before `=`"
    if found := re.fullmatch(r"([\w.]+)\.(lower|upper|casefold)\(\)", before):
        return headline, f"A comparison without regard to case is a lookup: {code(f'{dunder(found[1])}__iexact={value}')}."
    if re.fullmatch(r"\w+(\.\w+)+", before):
        return headline, f"A path is written with two underscores: {code(f'{dunder(before)}={value}')}."
    if found := re.fullmatch(r"(['\"])(\w+)\1", before):
        return headline, f"It stands there without quotes: {code(f'{found[2]}={value}')}."
    return None


def dunder(dotted: str) -> str:
    return dotted.replace(".", "__")


def top_level(text: str, wanted: str) -> int | None:
    """Where one of the characters first stands outside of brackets and quotes; ``==``, ``<=`` and the like are no ``=``."""
    for found in re.finditer(r"'[^'\n]*'|\"[^\"\n]*\"|[=<>!]=|[^'\"]", blanked(text)):
        if len(found[0]) == 1 and found[0] in wanted:
            return found.start()
    return None


def blanked(text: str) -> str:
    """The text with what is in brackets replaced by spaces of the same length."""
    depth, kept = 0, []
    for letter in text:
        depth += letter in "([{"
        kept.append(" " if depth > 0 else letter)
        depth -= letter in ")]}" and depth > 0
    return "".join(kept)
