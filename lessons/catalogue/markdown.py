"""Prose → HTML that is safe on a page: what is not allowed below does not come out, whoever wrote it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser
from itertools import chain, count
from threading import Lock
from typing import Any
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.blockprocessors import BlockQuoteProcessor
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from pygments.token import STANDARD_TYPES

from lessons.catalogue.types import Heading

TITLES = {"NOTE": "Note", "TIP": "Tip", "WARNING": "Warning"}
ALIGNMENTS = ("left", "center", "right")

TAGS = {
    *("a", "blockquote", "br", "code", "del", "em", "hr", "img", "kbd", "p", "pre", "span", "strong", "sub", "sup"),
    *("aside", "div", "h2", "h3", "h4", "li", "ol", "ul", "table", "tbody", "td", "th", "thead", "tr"),
}
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}
CLASSES = {
    "aside": {"note", *(f"note-{name.lower()}" for name in TITLES)},
    "p": {"note-title"},
    "div": {"highlight"},
    "span": set(STANDARD_TYPES.values()) - {""},
    "th": {f"align-{side}" for side in ALIGNMENTS},
    "td": {f"align-{side}" for side in ALIGNMENTS},
}
FORCED = {"aside": {"role": "note"}, "pre": {"tabindex": "0"}, "table": {"tabindex": "0"}}
"""A wide text or table scrolls by itself, and so must be reached by keyboard."""
SCHEMES = {"http", "https", "mailto"}

type Address = Callable[[str, str], str | None]
"""Takes a tag ("a" or "img") and the address as written; gives the address on the site, or None to leave it out."""


class _Quotes(BlockQuoteProcessor):
    """A blank line ends a quote, as on GitHub; otherwise two callouts in a row would become one."""

    def lastChild(self, parent: Element) -> Element | None:  # noqa: N802
        return None


class _Callouts(Treeprocessor):
    """``> [!TIP]`` → ``<aside class="note note-tip">`` with a title."""

    def run(self, root: Element) -> None:
        for quote in root.iter("blockquote"):
            first = next(iter(quote), None)
            marker = re.match(r"\[!(NOTE|TIP|WARNING)\][ ]*(?:\n|$)", (first.text or "") if first is not None else "")
            if first is not None and first.tag == "p" and marker:
                self._turn(quote, first, marker)

    def _turn(self, quote: Element, first: Element, marker: re.Match[str]) -> None:
        quote.tag = "aside"
        quote.set("class", f"note note-{marker[1].lower()}")
        first.text = (first.text or "")[marker.end() :]
        if not first.text and not len(first):
            quote.remove(first)
        title = Element("p", {"class": "note-title"})
        title.text = TITLES[marker[1]]
        quote.insert(0, title)


class _Alignment(Treeprocessor):
    """The table extension's ``align`` becomes a class; its ``style`` would be blocked by the page's CSP."""

    def run(self, root: Element) -> None:
        for cell in root.iter():
            if cell.tag in ("td", "th") and (side := cell.attrib.pop("align", None)):
                cell.set("class", f"align-{side}")


class _Ours(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.parser.blockprocessors.register(_Quotes(md.parser), "quote", 20)
        md.treeprocessors.register(_Callouts(md), "callouts", 15)  # after the inline patterns, which have 20
        md.treeprocessors.register(_Alignment(md), "alignment", 14)


_EXTENSIONS: list[str | Extension] = [
    "tables",
    "sane_lists",
    "pymdownx.superfences",
    "pymdownx.highlight",
    "pymdownx.saneheaders",
    "pymdownx.tilde",
    _Ours(),
]
_CONFIGS: dict[str, dict[str, Any]] = {
    "tables": {"use_align_attribute": True},
    "pymdownx.highlight": {"guess_lang": False, "stripnl": False},
    "pymdownx.superfences": {"preserve_tabs": True, "disable_indented_code_blocks": False},
    "pymdownx.tilde": {"subscript": False},
}


def _fresh() -> Markdown:
    return Markdown(extensions=_EXTENSIONS, extension_configs=_CONFIGS, output_format="html")


_converter = _fresh()
_ONE_AT_A_TIME = Lock()  # a converter keeps state, and a server that reloads content has threads


@lru_cache(maxsize=10_000)
def _convert(text: str) -> str:
    """Markdown's own HTML, not yet safe. Cached: when one lesson changes, the others cost nothing."""
    global _converter
    with _ONE_AT_A_TIME:
        try:
            return _converter.reset().convert(text)
        except Exception:
            _converter = _fresh()  # a conversion that broke off leaves its nesting behind
            raise


class Renderer:
    """Renders one lesson's prose, or a folder's: ``address`` says where its links lead."""

    def __init__(self, address: Address = lambda tag, url: url) -> None:
        def attribute(tag: str, name: str, value: str) -> str | None:
            return address(tag, value) if name in ("href", "src") else value

        self._cleaner = nh3.Cleaner(
            tags=TAGS,
            attributes=ATTRIBUTES,
            attribute_filter=attribute,
            allowed_classes=CLASSES,
            set_tag_attribute_values=FORCED,
            url_schemes=SCHEMES,
            link_rel="noopener",
        )

    def html(self, text: str) -> str:
        """Safe HTML. Raises ValueError when the text cannot be converted."""
        try:
            return self._cleaner.clean(_convert(text)).strip()
        except Exception as error:  # what a course contains must not decide whether the site starts
            raise ValueError("Markdown gave up") from error

    def inline(self, text: str) -> str:
        """The same without the paragraph around it, when there is but one: for a label."""
        html = self.html(text)
        only = re.fullmatch(r"<p>((?:(?!</?p>).)*)</p>", html, re.DOTALL)
        return only[1] if only else html


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link ("a") or a picture ("img") leads, as written; a picture's words."""

    tag: str
    url: str
    words: str


class _Targets(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Target] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        name = {"a": "href", "img": "src"}.get(tag)
        if name in values:
            self.found.append(Target(tag, values[name] or "", values.get("alt") or ""))


def targets(text: str) -> list[Target]:
    """Every link and picture in prose that can be rendered."""
    parser = _Targets()
    parser.feed(_convert(text))
    return parser.found


def slug(title: str) -> str:
    """The anchor that GitHub gives a heading: ``Q and F: "or"`` → ``q-and-f-or``."""
    return re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-")


def anchor(fragment: str) -> str:
    """A heading's id on the page. The prefix keeps it apart from the page's own ids, whatever an author's heading says."""
    return f"on-{fragment}"


def with_ids(html: str, taken: set[str]) -> tuple[str, tuple[Heading, ...]]:
    """The HTML with an id on every heading, and its second-level headings. ``taken`` holds the page's ids and grows."""
    headings = []

    def number(heading: re.Match[str]) -> str:
        level, inner = heading.groups()
        title = unescape(re.sub(r"<[^>]*>", "", inner)).strip()
        first = anchor(slug(title) or "section")
        unique = next(name for name in chain([first], (f"{first}-{number}" for number in count(1))) if name not in taken)
        taken.add(unique)
        if level == "2":
            headings.append(Heading(unique, title))
        return f'<h{level} id="{unique}">{inner}</h{level}>'

    numbered = re.sub(r"<h([234])>(.*?)</h\1>", number, html, flags=re.DOTALL)
    return numbered, tuple(headings)
