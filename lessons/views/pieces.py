"""Pages put together of pieces that are made once: rendered, compressed, and kept under a key of all that they show.

In a template a piece stands between ``{% kept key name=value … %}`` and ``{% endkept %}``. It is rendered with nothing but the
values named there, so what it does not name (the user, the request) cannot get into it, nor into anybody else's page. What
differs from answer to answer all the same is a hole, and filled each time: the CSRF token, and the page's name (``tab``).
"""

import re
import secrets
import struct
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CSRF_TOKEN_LENGTH, get_token
from django.middleware.gzip import re_accepts_gzip
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

MARK = secrets.token_hex(16)
"""What stands in a text for a hole or a piece. It is this process's own and never sent, so nobody can write it into theirs."""
CSRF, TAB = f"{MARK}csrf;", f"{MARK}tab;"
MARKED = re.compile(rf"{MARK}(\w+);")
TAB_BYTES = 8
LENGTHS = {"csrf": CSRF_TOKEN_LENGTH, "tab": len(secrets.token_urlsafe(TAB_BYTES))}
FILLED: Mapping[str, Callable[[HttpRequest], str]] = {
    "csrf": get_token,
    "tab": lambda request: secrets.token_urlsafe(TAB_BYTES),
}
MOST_BYTES = 64 * 1024 * 1024
HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
END = b"\x03\x00"
"""The last block, an empty one."""


@dataclass(frozen=True, slots=True)
class Text:
    """Bytes of a page, as they are and as whole deflated blocks."""

    plain: bytes
    deflated: bytes


type Piece = tuple[Text | str, ...]
"""Texts, and the names of the holes between them."""


class Shelf:
    """The pieces and texts that are kept. Those go first that were asked for the longest ago."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.most, self.size = most, 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Piece | str] = OrderedDict()

    def get(self, key: Hashable) -> Any:
        """What was put there; None where there is nothing, or nothing any more."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Hashable, one: Piece | str) -> None:
        if settings.DEBUG:  # a template that is being worked on shows its changes at once
            return
        with self._lock:
            self.size += _size(one) - _size(self._kept.pop(key, ""))
            self._kept[key] = one
            while self.size > self.most:
                _, oldest = self._kept.popitem(last=False)
                self.size -= _size(oldest)

    def clear(self) -> None:
        with self._lock:
            self.size = 0
            self._kept.clear()


shelf = Shelf()


class Placed:
    """The pieces of one page, in the order in which its template placed them."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []

    def place(self, piece: Piece) -> str:
        """What stands for the piece in the page's text."""
        self.pieces.append(piece)
        return f"{MARK}{len(self.pieces) - 1};"


def page(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """As Django's ``render``, for a template that holds pieces."""
    placed = Placed()
    html = render_to_string(template, {**context, "placed": placed}, request)
    texts = list(_filled(request, html, placed))
    response = HttpResponse(status=status)
    patch_vary_headers(response, ("Accept-Encoding",))
    if re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")):
        response.content = gzipped(texts)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response.content = b"".join(text.plain for text in texts)
    return response


def piece(html: str) -> Piece:
    """The text between its holes, ready to be sent.

    Compressed in one go, so that later parts refer to earlier ones. A hole is as many bytes as will be there, of a kind that no
    text has: nothing can refer to them.
    """
    deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)

    def blocks(plain: bytes) -> bytes:
        return deflate.compress(plain) + deflate.flush(zlib.Z_SYNC_FLUSH)

    parts: list[Text | str] = []
    for place, text in enumerate(MARKED.split(html)):
        if place % 2:
            blocks(b"\xff" * LENGTHS[text])
            parts.append(text)
        else:
            parts.append(Text(text.encode(), blocks(text.encode())))
    return tuple(parts)


def gzipped(texts: list[Text]) -> bytes:
    """The texts as one gzip stream; nothing is compressed again.

    No secret is compressed beside what somebody else chose, so the length tells nothing of one.
    """
    check = size = 0
    for text in texts:
        check, size = zlib.crc32(text.plain, check), size + len(text.plain)
    return b"".join([HEADER, *(text.deflated for text in texts), END, struct.pack("<II", check, size & 0xFFFFFFFF)])


def _filled(request: HttpRequest, html: str, placed: Placed) -> Iterator[Text]:
    """The page's texts in order. A hole has one value throughout the page."""
    deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    values: dict[str, Text] = {}
    for place, text in enumerate(MARKED.split(html)):
        if place % 2 == 0:
            plain = text.encode()
            yield Text(plain, deflate.compress(plain) + deflate.flush(zlib.Z_FULL_FLUSH))
            continue
        for part in placed.pieces[int(text)]:
            if isinstance(part, Text):
                yield part
            else:
                yield values[part] if part in values else values.setdefault(part, _stored(FILLED[part](request)))


def _stored(value: str) -> Text:
    """As a block that is not compressed."""
    plain = value.encode()
    return Text(plain, struct.pack("<BHH", 0, len(plain), len(plain) ^ 0xFFFF) + plain)


def _size(one: Piece | str) -> int:
    if isinstance(one, str):
        return len(one)
    return sum(len(part.plain) + len(part.deflated) for part in one if isinstance(part, Text))
