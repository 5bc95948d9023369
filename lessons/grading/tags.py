"""Mistakes that end a template, told from what Django could not read: it quotes the characters, and not what is wrong with them.

``Source`` is the template, and its line the one that Django was at.
"""

import re

from lessons.grading.braces import open_tag
from lessons.grading.source import Source
from lessons.grading.words import code
from sandbox.protocol import LONGEST_NAME, ErrorReport

type Saying = tuple[str, str]
"""Headline and detail."""

HOLE, TAG, ANY = "hole", "tag", ""
MIDDLE = frozenset({"else", "elif", "empty"})

REMAINDERS: tuple[tuple[str, str, str, str], ...] = (
    # Where it stands, a pattern that what was not understood begins with, headline, detail. ``{before}`` is what was understood,
    # ``{rest}`` what was not, ``{0}`` the pattern's first group.
    (HOLE, r"[^{}]*\}[^}]", "A hole is not closed", "{unclosed} ends with one brace: a hole ends with two, `}}}}`."),
    (TAG, r"[^{}]*\}", "A tag is not closed", "{open} does not end with `%}}`, as a tag does."),
    (ANY, r"\{", "There is a brace too many", "A hole has two on each side: `{{{{ … }}}}`."),
    (ANY, r"\(\)", "A template calls by itself what can be called", "Without brackets: {before}."),
    (TAG, r"\([^)]+$", "An `if` knows no brackets", "Leave them away: `and` binds before `or`."),
    (ANY, r"\((.+)\)$", "A template gives no arguments in brackets", 'A filter takes one, behind a colon: `date:"Y"`.'),
    (ANY, r"\[[\"']?(\w+)[\"']?\]", "A template knows no square brackets", "A dot does for keys and places, too: {dotted}."),
    (HOLE, r"\s*(==|!=|>=|<=|>|<)", "A hole compares nothing", "That is for a tag: {as_if}."),
    (TAG, r"(==|!=|>=|<=|>|<)\S", "There is no space around {0}", "One stands on both sides of it: `x == 3`."),
    (ANY, r"=", "A single `=` compares nothing", "Two values are compared with `==`, and a space on both sides."),
    (ANY, r"\s*&&", "A template does not know `&&`", "It is written `and`."),
    (ANY, r"\s*!", "A template does not know `!`", "It is written `not`."),
    (HOLE, r"\s+or\s", "A hole knows no `or`", "A filter puts something in the place of what is empty: {as_default}."),
    (HOLE, r"\s+(if|and|in|is|not)\s", "A hole knows no {0}", "It holds one value; a tag decides: `{{% if … %}}`."),
    (HOLE, r"\s*[-+*/]\s*[\w\"'(]", "A hole does not calculate", "The filter `add` adds: `value|add:1`. More is for the view."),
    (HOLE, r"\s*:\s+|\s+:", "There is a space at a colon", 'A filter\'s argument follows at once: `default:"none"`.'),
    (ANY, r":$", "There is nothing behind a colon", 'A filter\'s argument follows at once: `default:"none"`.'),
    (HOLE, r":(\w+)", "A filter stands behind a bar", "{as_filter}, and only its argument behind a colon."),
    (ANY, r"\s*\|\s*$", "There is no filter behind a bar", "Name one, or leave the bar away."),
    (ANY, r"[\"']", "A text is not closed", "It begins and ends with the same quote."),
    (TAG, r"/", "A text stands without quotes", "Put it into quotes: {as_text}."),
    (HOLE, r"\s*,|\s+\w", "A hole holds one value", "Each value has a hole of its own: `{{{{ a }}}} {{{{ b }}}}`."),
)


REMAINDER = "Could not parse the remainder: '"


def sign(message: str) -> str:
    """What a remainder begins with: ``[`` of ``["title"]``, ``or`` of `` or "none"``. It tells one mistake from another."""
    _, found, rest = message.partition(REMAINDER)
    begins = re.match(r"\s*([^\w\s\"']+|\w+)", rest)
    return begins[1] if found and begins else ""


def not_understood(report: ErrorReport, source: Source) -> Saying | None:
    """What Django calls the remainder: ``()`` of ``book.title()``."""
    _, found, quoted = report.message.partition(REMAINDER)
    if not found:
        return None
    rest, _, whole = quoted.removesuffix("'").partition("' from '")
    before, place = whole.removesuffix(rest), place_of(whole, source)
    if not place:
        return None
    for wanted, pattern, headline, detail in REMAINDERS:
        if wanted in (ANY, place) and (match := re.match(pattern, rest)):
            parts = [code(group or "") for group in match.groups()]
            return headline.format(*parts), detail.format(*parts, **quotes(before, rest, whole, match), open=opened(source))
    return "Django does not understand a part of the template", f"{code(rest)} in {code(whole)}."


def place_of(whole: str, source: Source) -> str:
    """What Django was reading, a hole or a tag; empty where the source has neither."""
    if any(f"{{{{{space}{whole}" in source.text for space in ("", " ", "  ")):
        return HOLE
    return TAG if "{%" in source.text else ""


def opened(source: Source) -> str:
    found = open_tag(source.text)
    return code(found) if found else "One of them"


def quotes(before: str, rest: str, whole: str, match: re.Match[str]) -> dict[str, str]:
    """The learner's own words as they could have been, each as code."""
    group, behind = match[1] if match.re.groups else "", rest[match.end() :].strip()
    return {
        "before": code(before),
        "unclosed": code(f"{{{{ {whole.partition('}')[0].strip()} }}"),
        "dotted": code(f"{before}.{group}"),
        "as_if": code(f"{{% if {' '.join(whole.split())} %}}"),
        "as_default": code(f"{before}|default:{behind}"),
        "as_filter": code(f"{before}|{group}"),
        "as_text": code(f'"{whole}"'),
    }


def number_of_arguments(report: ErrorReport, source: Source) -> Saying | None:
    """``{{ title|default: "none" }}``, ``{{ title|truncatewords }}``"""
    found = re.search(r"(\w+) requires (\d+) arguments, (\d+) provided", report.message)
    if not found:
        return None
    name, lacks = found[1], int(found[3][:3]) < int(found[2][:3])
    spaced = re.search(rf"\|\s*{name}\s*:\s+([\"'][^\"']*[\"']|[\w.]+)", line_of(source)) if lacks else None
    if spaced:
        together = code(f"{name}:{spaced[1]}")
        return f"There is a space behind the colon of {code(name)}", f"The argument follows at once: {together}."
    if lacks:
        return f"The filter {code(name)} wants an argument", f"It stands behind a colon: {code(f'{name}:…')}."
    return f"The filter {code(name)} takes no argument", "Leave away what stands behind the colon."


def line_of(source: Source) -> str:
    lines = source.text.splitlines()
    return lines[source.line - 1][:LONGEST_NAME] if 0 < source.line <= len(lines) else ""


ELSE_IF = r"Malformed template tag at line \d+: \"else if ([^\"]*)|Invalid block tag on line \d+: '(else?if)'"


def other_words(report: ErrorReport, source: Source) -> Saying | None:
    """``{% else if %}``, ``{% elseif %}``: what other languages call ``{% elif %}``."""
    found = re.search(ELSE_IF, report.message)
    if not found:
        return None
    instead = code(f"{{% elif {found[1] or '…'} %}}")
    return f"There is no tag {code(found[2] or 'else if')}", f"It is called `elif`: {instead}."


def out_of_place(report: ErrorReport, source: Source) -> Saying | None:
    """A tag that ends or parts another, where that one is not open, or another has to end first."""
    found = re.search(r"Invalid block tag on line (\d+): '(\w+)'(?:, expected ([^.]+)\.)?", report.message)
    if not found or not (found[2].startswith("end") or found[2] in MIDDLE):
        return None
    headline = f"Line {code(found[1])} of the template has {code(found[2])} where it ends nothing"
    if found[2] in MIDDLE:
        headline = f"Line {code(found[1])} of the template has {code(found[2])} out of place"
    if unclosed := open_tag(source.text):
        return headline, f"{code(unclosed)} is not closed: a tag ends with `%}}`."
    if found[3]:
        return headline, f"{last_tag(found[3])} is missing before it, or stands behind it."
    return headline, f"No tag that it could belong to is open before it{beginning(found[2])}."


def last_tag(names: str) -> str:
    """The tag that ends a block, of what Django lists: "'elif', 'else' or 'endif'"."""
    return code(f"{{% {(re.findall(r'\w+', names) or ['end'])[-1]} %}}")


def beginning(name: str) -> str:
    opens = name.removeprefix("end") if name.startswith("end") else ""
    return f": {code(f'{{% {opens} %}}')} is missing, or it was ended already" if opens else ""


def never_ended(report: ErrorReport, source: Source) -> Saying | None:
    found = re.search(r"Unclosed tag on line (\d+): '(\w+)'\. Looking for one of: ([\w, ]+)", report.message)
    if not found:
        return None
    headline = f"The tag {code(found[2])} on line {code(found[1])} of the template is not closed"
    return headline, f"{last_tag(found[3])} is missing."


def ill_formed(report: ErrorReport, source: Source) -> Saying | None:
    return next(((headline, detail) for sign, headline, detail in ILL_FORMED if sign in report.message), None)


ILL_FORMED = (
    ("'for' statements should", "A loop is not written like this", "It is written `{% for book in books %}`."),
    ("Empty variable tag", "A hole is empty", "The name of a value stands in it: `{{ book.title }}`."),
    ("Empty block tag", "A tag is empty", "Its name stands first in it: `{% if … %}`."),
    ("expected at least one variable assignment", "`with` gives no name", "No space stands around the sign: `{% with a=b %}`."),
    ("may not begin with underscores", "A name begins with an underscore", "A template does not reach what is private."),
    ("'block' tag takes only one argument", "A block has no name", "It has one of one word: `{% block main %}`."),
    ("appears more than once", "Two blocks have the same name", "Each block of a template has a name of its own."),
    ("must be the first tag", "`extends` is not the first tag", "It stands before every other tag and hole."),
    ("Unexpected end of expression in if", "An `if` lacks a value", "One stands on each side of a comparison, `and` and `or`."),
)


def argument_nowhere(report: ErrorReport, source: Source) -> Saying | None:
    """``{{ subtitle|default:nothing }}``: of all names in a hole, only a filter's argument has to be there."""
    found = re.match(r"Failed lookup for key \[([^\]]*)\]", report.message)
    if not found:
        return None
    return f"A filter's argument {code(found[1])} leads nowhere", 'A text stands in quotes: `default:"none"`.'


SAYINGS = {
    "TemplateSyntaxError": (not_understood, number_of_arguments, other_words, out_of_place, never_ended, ill_formed),
    "VariableDoesNotExist": (argument_nowhere,),
}
"""By the error's type; the first that applies is said."""
