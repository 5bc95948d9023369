"""HTML → a flat list of tokens: two documents say the same exactly when their tokens are equal.

What does not matter: the order of attributes and of the names in ``class``, quotes, the case of tags, comments, white space that
no browser shows, end tags that HTML lets one leave out, which CSRF token it is. What does: every word, every other attribute,
where words are glued together, tags that are not closed. The HTML comes from an untrusted process. Its length is the caller's to
bound; reading takes a time that grows with the length and not faster, which the standard library's parser cannot be held to.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape

from lessons.grading.elements import BOOLEAN, CLOSE_P, CLOSED_BY, DRAWN, INLINE, MAY_STAY_OPEN, NO_TAGS_IN, VERBATIM, VOID
from lessons.grading.types import DiffRow, Mark
from lessons.grading.words import shorten

DEEPEST = 200
"""Levels. What is nested deeper is not read as HTML."""
MOST_LINES = 200
LONGEST_LINE = 200


@dataclass(frozen=True, slots=True)
class Token:
    """``what``: ``start``, ``end``, ``word``, ``glue`` (no space between two words), ``verbatim``, ``doctype``, ``stray`` (an end
    tag that ends nothing), ``unclosed`` (an element), ``unfinished`` (a tag). ``text`` is the tag's name or the word."""

    what: str
    text: str = ""
    attributes: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        if self.what == "start":
            return "<" + " ".join([self.text, *(f'{name}="{value}"' if value else name for name, value in self.attributes)]) + ">"
        shapes = {"end": "</{}>", "stray": "</{}>", "unclosed": "no end of <{}>", "doctype": "<!{}>", "glue": ""}
        return shapes.get(self.what, "{}").format(self.text)


class TooDeep(ValueError):
    """More than ``DEEPEST`` levels."""


TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^>=]|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?)*+)>""")
ATTRIBUTE = re.compile(r"""([^\s/=][^\s/=]*+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s]*+))?""")


class Reader:
    """Reads as browsers do: a tag or a comment that never ends swallows the rest."""

    def __init__(self) -> None:
        self.tokens: list[Token] = []
        self.open: list[str] = []
        self.data: list[str] = []
        self.joined = False
        """Whether the next word follows the last one without a space or a block between them."""

    def read(self, html: str) -> list[Token]:
        place = 0
        while 0 <= place < len(html):
            start = html.find("<", place)
            self.data.append(html[place : start if start >= 0 else len(html)])
            place = self.marked(html, start) if start >= 0 else -1
        self.handle_data()
        while self.open:
            self.close_last()
        return self.tokens

    def marked(self, html: str, start: int) -> int:
        """Read what begins with the `<` there; where to go on, or -1."""
        if html.startswith("<!--", start):
            end = html.find("-->", start + 4)
            return end + 3 if end >= 0 else -1
        after = html[start + 1 : start + 3]
        if after[:1] in ("!", "?"):
            return self.declared(html, start)
        if not re.match("/?[a-zA-Z]", after):
            self.data.append("<")
            return start + 1
        self.handle_data()
        tag = TAG.match(html, start)
        if tag is None:
            self.tokens.append(Token("unfinished", html[start : start + LONGEST_LINE]))
            return -1
        return self.tagged(html, tag)

    def declared(self, html: str, start: int) -> int:
        end = html.find(">", start)
        if html[start + 2 : start + 9].lower() == "doctype":
            self.handle_data()
            self.tokens.append(Token("doctype", " ".join(html[start + 2 : end if end >= 0 else len(html)].lower().split())))
        return end + 1 if end >= 0 else -1

    def tagged(self, html: str, tag: re.Match[str]) -> int:
        name, inside = tag[2].lower(), tag[3]
        if tag[1]:
            self.handle_endtag(name)
            return tag.end()
        self.handle_starttag(name, inside)
        if name in DRAWN and inside.endswith("/"):
            self.handle_endtag(name)
        if name not in NO_TAGS_IN:
            return tag.end()
        end = NO_TAGS_IN[name].search(html, tag.end())
        self.data.append(html[tag.end() : end.start() if end else len(html)])
        self.handle_data()
        return end.start() if end else -1

    def handle_starttag(self, tag: str, inside: str) -> None:
        while self.open and self.open[-1] in CLOSED_BY.get(tag, ()):
            self.close_last()
        if tag in CLOSE_P and self.open and self.open[-1] == "p":
            self.close_last()
        self.tokens.append(Token("start", tag, attributes(inside)))
        self.joined = self.joined and tag in INLINE
        if tag not in VOID:
            self.open.append(tag)
        if len(self.open) > DEEPEST:
            raise TooDeep

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if tag not in self.open:
            self.tokens.append(Token("stray", tag))
            return
        while self.open[-1] != tag:
            self.close_last()
        self.open.pop()
        self.ended(tag)

    def close_last(self) -> None:
        """End the innermost element, whose end tag is not there."""
        tag = self.open.pop()
        if tag not in MAY_STAY_OPEN:
            self.tokens.append(Token("unclosed", tag))
        self.ended(tag)

    def ended(self, tag: str) -> None:
        self.tokens.append(Token("end", tag))
        self.joined = self.joined and tag in INLINE

    def handle_data(self) -> None:
        """What has been read since the last tag."""
        raw, self.data = "".join(self.data), []
        data = raw if self.open and self.open[-1] in ("script", "style") else without_references(raw)
        if data and ("pre" in self.open or (self.open and self.open[-1] in VERBATIM)):
            self.tokens.append(Token("verbatim", data.strip() if self.open[-1] in ("script", "style") else data))
            return
        words = WHITE.split(data)
        for place, word in enumerate(words):
            if word:
                if self.joined and place == 0:
                    self.tokens.append(Token("glue"))
                self.tokens.append(Token("word", word))
                self.joined = True
            if place < len(words) - 1:
                self.joined = False


WHITE = re.compile(r"[ \t\n\f\r]+")
"""A non-breaking space is a letter."""


def without_references(text: str) -> str:
    """``"&amp;"`` → ``"&"``. Python refuses numbers of thousands of digits."""
    try:
        return unescape(text)
    except ValueError:
        return text


def attributes(inside: str) -> tuple[tuple[str, str], ...]:
    """Of an attribute that is there twice, browsers take the first."""
    found: dict[str, str] = {}
    for one in ATTRIBUTE.finditer(inside):
        name, value = one[1].lower(), one[2] or ""
        bare = value[1:-1] if value[:1] in ("'", '"') and value[-1:] == value[:1] and len(value) > 1 else value
        found.setdefault(name, attribute(name, without_references(bare)))
    if found.get("name") == "csrfmiddlewaretoken" and TOKEN.fullmatch(found.get("value", "")):
        found["value"] = "a token"
    return tuple(sorted(found.items()))


TOKEN = re.compile("[a-zA-Z0-9]{64}")
"""What `{% csrf_token %}` gives: another one every time."""


def attribute(name: str, value: str) -> str:
    if name == "class":
        return " ".join(sorted(set(value.split())))
    return "" if name in BOOLEAN else value


def tokens(html: str) -> list[Token]:
    """Raises TooDeep."""
    return Reader().read(html)


def same(one: str, other: str) -> bool:
    """Whether both say the same; of what is too deep to be read, only the very same text does."""
    try:
        return one == other or tokens(one) == tokens(other)
    except TooDeep:
        return False


def first_difference(expected: str, given: str) -> str:
    """ "has `<h2>` where `<h1>` is expected"; empty when there is none to tell."""
    try:
        right, found = tokens(expected), tokens(given)
    except TooDeep:
        return f"is nested more than {DEEPEST} levels deep"
    place = next((place for place, (a, b) in enumerate(zip(right, found, strict=False)) if a != b), min(len(right), len(found)))
    wanted, got = piece(right, place), piece(found, place)
    if "glue" in (kind(right, place), kind(found, place)):
        return f"has {'no ' if kind(found, place) == 'glue' else 'a '}space before `{piece(right, place) or got}`"
    if not wanted and not got:
        return ""
    if wanted == got:
        return alike(wanted, kind(right, place), kind(found, place))
    if not got:
        return f"ends where `{wanted}` is expected"
    return f"has `{got}` where {f'`{wanted}` is expected' if wanted else 'it should end'}"


def alike(shown: str, expected: str, given: str) -> str:
    """What is off between two pieces that read the same."""
    if (expected == "start") == (given == "start"):
        return f"has other white space in `{shown}`"
    return f"has {AS[given == 'start']} `{shown}` where {AS[expected == 'start']} `{shown}` is expected"


AS = ("the text", "the tag")


def kind(found: list[Token], place: int) -> str:
    return found[place].what if place < len(found) else ""


def piece(found: list[Token], place: int) -> str:
    """What stands at a place: a tag, or the words up to the next one."""
    if place >= len(found):
        return ""
    if found[place].what not in ("word", "glue"):
        return quoted(str(found[place]))
    return quoted(next(lines(found[place : place + WORDS_TOLD]), ""))


WORDS_TOLD = 24


def quoted(text: str) -> str:
    return shorten(" ".join(text.split()).replace("`", "'"), 80)


def outline(html: str) -> list[str]:
    """The document, one tag or run of words a line, indented by depth; as it is where it is too deep."""
    try:
        found = tokens(html)
    except TooDeep:
        return html.splitlines()
    return list(lines(found))


def lines(found: list[Token]) -> Iterator[str]:
    depth, said = 0, ""
    for token in found:
        if token.what == "word":
            said += token.text if said.endswith(GLUED) else f" {token.text}" if said else token.text
            continue
        if token.what == "glue":
            said += GLUED
            continue
        if said:
            yield line(depth, said)
            said = ""
        depth -= token.what == "end"
        yield line(depth, str(token))
        depth += token.what == "start" and token.text not in VOID
    if said:
        yield line(depth, said)


GLUED = "\u2060"


def line(depth: int, text: str) -> str:
    return shorten("  " * min(max(depth, 0), 20) + text.replace(GLUED, ""), LONGEST_LINE)


def diff_rows(expected: list[str], given: list[str]) -> Iterator[DiffRow]:
    """Lines that are the same, missing or too many, the first ``MOST_LINES`` of each text."""
    right, found = expected[:MOST_LINES], given[:MOST_LINES]
    for what, a, b, c, d in SequenceMatcher(None, right, found, autojunk=False).get_opcodes():
        if what == "equal":
            yield from (DiffRow(Mark.SAME, (text,)) for text in found[c:d])
        else:
            yield from (DiffRow(Mark.EXTRA, (text,)) for text in found[c:d])
            yield from (DiffRow(Mark.MISSING, (text,)) for text in right[a:b])
