"""Syntax errors in plain words. Python's own messages are good, but are written for people who know its grammar."""

import re

from lessons.grading import spelling
from lessons.grading.words import code, start
from sandbox.protocol import ErrorReport

TYPES = frozenset({"SyntaxError", "IndentationError", "TabError"})

MEANINGS: tuple[tuple[str, str, str], ...] = (
    (r"'(.)' was never closed", "{0} is never closed", "Its other half is missing, further right or on a later line."),
    (r"unterminated triple-quoted", "A text in three quotes is never closed", "End it with the same three quotes."),
    (r"unterminated f?-?string", "A quote is missing", "A text starts on this line and does not end on it."),
    (r"f-string: expecting '\}'", "A brace is missing in an f-string", "Every `{{` needs its `}}`."),
    (r"unmatched '(.)'", "{0} closes nothing", "Take it away, or add the bracket that it closes."),
    (
        r"closing parenthesis '(.)' does not match opening parenthesis '(.)'",
        "{1} is closed by {0}",
        "Close each bracket with its own.",
    ),
    (
        r"expression cannot contain assignment",
        "Only a plain name can stand before `=`",
        "A path to a field is written with `__`, as in `author__name=…`.",
    ),
    (
        r"Maybe you meant '=='",
        "`=` stands where `==` is meant",
        "`==` compares, `=` gives a name a value.",
    ),
    (r"expected ':'", "A colon is missing", "`if`, `for`, `def` and the like end their line with `:`."),
    (
        r"expected an indented block",
        "An indented line is missing",
        "The lines after a colon start further right, by four spaces.",
    ),
    (r"unexpected indent", "This line starts too far right", "Only lines after a colon are indented."),
    (r"unindent does not match", "This line's indentation fits no line above", "Line it up with the block that it belongs to."),
    (r"inconsistent use of tabs", "Tabs and spaces are mixed", "Indent with spaces only."),
    (r"Perhaps you forgot a comma", "A comma is missing", "Two things stand side by side with nothing between them."),
    (
        r"positional argument follows keyword",
        "An argument without a name comes after a named one",
        "Put those with `name=` last.",
    ),
    (r"keyword argument repeated: (\w+)", "{0} is given twice", "Each name can be given once; `Q` objects can repeat one."),
    (r"Missing parentheses in call to 'print'", "`print` needs brackets", "Write `print(…)`."),
    (r"invalid character '(.)'", "A character that Python does not know", "Type quotes and dashes anew: this one is {0}."),
    (
        r"'return' outside function",
        "`return` stands outside a function",
        "Here the last line gives the answer by itself: leave `return` out.",
    ),
    (r"'await' outside", "`await` stands outside a function", "Use the method without the `a` in front."),
    (r"cannot assign to ([\w -]{1,40}?)(?: here|$)", "A value cannot be given to {0}", "Only a name can stand left of `=`."),
    (r"[Ee]xpected argument value", "A value is missing after `=`", "Write `name=value`."),
    (r"invalid decimal literal", "A number runs into a letter", "A name cannot start with a digit."),
    (r"leading zeros in decimal", "A number starts with a zero", "Write it without, or in quotes if the zero counts."),
    (r"Generator expression must be parenthesized", "An inner `for` needs brackets of its own", "Put `(` and `)` around it."),
    (r"source code (?:string|cannot) contain null bytes", "The code holds a null character", "Delete it: it cannot be seen."),
)
"""Pattern of Python's message, headline, detail. ``{0}`` is the pattern's first group as code."""


def explain(report: ErrorReport, text: str) -> tuple[str, str]:
    """Headline and detail. ``text`` is the learner's file."""
    if told := spelling.saying(report, text):
        return told
    for pattern, headline, detail in MEANINGS:
        if found := re.search(pattern, report.message):
            groups = [code(group or "") for group in found.groups()]
            return headline.format(*groups), detail.format(*groups)
    if report.message in ("invalid syntax", ""):
        return "Python cannot read this line", "Look for a missing bracket, comma or operator on it, or just before it."
    return "Python cannot read this line", f"{start(report.message)}."
