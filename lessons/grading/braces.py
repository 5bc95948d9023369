"""What was meant as a hole or a tag of a template and is none, so that it stands on the page as it was written.

Both a page and a template may be hostile: every pattern ends at the next brace, and none can be made to try many ways.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lessons.grading.words import code

LONGEST_READ = 20_000

STANDING = re.compile(
    r"""
      (?P<split> \{\{ [^{}]* \}\} | \{% [^{}]* %\} )
    | (?P<remark> \{\# [^{}]* \#\} )
    | (?P<hole> \{\{ [^{}<\n]* \}? )
    | (?P<tag> \{% [^{}<\n]* \}? )
    | (?P<apart> \{[ ]\{ [^{}\n]* \}[ ]?\} | \{[ ]% [^{}\n]* %[ ]?\} )
    | (?P<single> \$? \{ [ ]* [A-Za-z_] [\w.]* [ ]* (?: \| [^{}\n]* )? \}{1,2} )
    | (?P<foreign> <%=? [^%<>\n]* %> )
    """,
    re.VERBOSE,
)
AS_TEXT = "stands on the page as text"


@dataclass(frozen=True, slots=True)
class Standing:
    """``written`` is the learner's own text, ``kind`` the name of the pattern's part that it is of."""

    kind: str
    written: str

    @property
    def shown(self) -> str:
        return code(self.written.splitlines()[0]) if self.written else ""

    @property
    def inside(self) -> str:
        """What stands between the braces."""
        return " ".join(self.written.strip("{}$%<>=# \n").split())

    @property
    def words(self) -> str:
        """What is wrong with it, in a sentence or two."""
        return WORDS[self.kind].format(self.shown, AS_TEXT, code(f"{{{{ {self.inside} }}}}"))

    @property
    def certain(self) -> bool:
        """Whether it can only be a mistake: a whole hole on one line is there on purpose."""
        return self.kind not in ("split", "remark") or "\n" in self.written


WORDS = {
    "split": "{0} goes on in the next line, and so {1}: a hole or a tag begins and ends on one line.",
    "remark": "{0} goes on in the next line, and so {1}: a comment of several lines is `{{% comment %}}`.",
    "hole": "{0} is not closed, and so {1}: a hole ends with two braces, `}}}}`.",
    "tag": "{0} is not closed, and so {1}: a tag ends with `%}}`.",
    "apart": "There is a space between the signs of {0}, and so it {1}: `{{{{` and `{{%` are written without one.",
    "single": "{0} {1}: a hole has two braces on each side, {2}.",
    "foreign": "{0} {1}: in a template of Django's a hole is `{{{{ … }}}}`, and a tag `{{% … %}}`.",
}
"""By the pattern's part: ``{0}`` is what was written, ``{1}`` :data:`AS_TEXT`, ``{2}`` the hole that it could have been."""


def standing(text: str) -> Iterator[Standing]:
    """What is left of holes and tags in a page."""
    for found in STANDING.finditer(text[:LONGEST_READ]):
        one = Standing(found.lastgroup or "", found[0])
        if one.certain and one.inside:
            yield one


OPEN_TAG = re.compile(r"\{% [^{}%\n]* [^{}%\n] \}", re.VERBOSE)


def open_tag(text: str) -> str:
    """The first tag of a template that ends with a brace alone; empty where there is none."""
    found = OPEN_TAG.search(text[:LONGEST_READ])
    return found[0] if found else ""
