"""A content file's text, or the finding that says why there is none."""

import re
import stat
from pathlib import Path

from lessons.catalogue.rules import Findings, Structure

LIMIT_KB = 128
"""A long lesson has about 20 KB."""
TROUBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""Control characters: Markdown marks its own places with some, others hide a line or turn its direction in an editor."""


def read(path: Path, root: Path, report: Findings) -> str | None:
    """The text with plain newlines and without a byte-order mark. ``root`` is the resolved content folder."""
    try:
        if not path.resolve().is_relative_to(root):
            report(Structure.OUTSIDE, 1)
            return None
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):  # opening a named pipe would wait for ever
            report(Structure.NOT_A_FILE, 1)
            return None
        if facts.st_size > LIMIT_KB * 1024:
            report(Structure.TOO_BIG, 1, limit=LIMIT_KB)
            return None
        data = path.read_bytes()
    except (OSError, RuntimeError):  # RuntimeError: a loop of links, before Python 3.13
        report(Structure.NOT_A_FILE, 1)
        return None
    return _decode(data, report)


def _decode(data: bytes, report: Findings) -> str | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        report(Structure.NOT_UTF8, 1 + data.count(b"\n", 0, error.start))
        return None
    text = text.replace("\r\n", "\n")
    if trouble := TROUBLE.search(text):
        line = 1 + text.count("\n", 0, trouble.start())
        report(Structure.CONTROL, line, char=f"U+{ord(trouble.group()):04X}")
        return None
    return text
