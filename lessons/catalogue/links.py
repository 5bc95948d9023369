"""Where a link or a picture in a lesson leads on the site."""

import os.path
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from lessons.catalogue.markdown import Address, anchor
from lessons.catalogue.types import Course

PICTURES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif"})
ELSEWHERE = re.compile(r"(?:https?://|mailto:)[^\s]+", re.IGNORECASE)


SERVED_AT = "/content/"
"""The URL under which the site serves the content folder's pictures."""
LESSONS_AT = "/lessons/"
"""The URL under which it serves the lessons."""


class DeadLinkError(ValueError):
    """Says why, in words that follow a colon."""


@dataclass(frozen=True, slots=True)
class Places:
    """``slugs`` maps each lesson's file, as a path from the content folder, to its slug. ``root`` is resolved."""

    root: Path
    slugs: Mapping[str, str]
    pictures: str
    """The URL under which the content folder's pictures are served, with a slash at its end."""
    lessons: str
    """The same for the lessons."""

    def address(self, folder: str) -> Address:
        """For a lesson in this folder: what the renderer asks for each link."""

        def find(tag: str, url: str) -> str | None:
            try:
                return self.resolve(folder, tag, url)
            except DeadLinkError:
                return None  # the linter reports it; the page shows the words without a link

        return find

    def resolve(self, folder: str, tag: str, url: str) -> str:
        """The address on the site. Raises DeadLinkError."""
        return self._picture(folder, url) if tag == "img" else self._link(folder, url)

    def _link(self, folder: str, url: str) -> str:
        path, hash_sign, fragment = url.partition("#")
        ending = f"#{anchor(unquote(fragment))}" if hash_sign else ""
        if ELSEWHERE.fullmatch(url) or re.match(r"/(?![/\\])", url):
            return url
        if not path and fragment:
            return ending
        slug = self.slugs.get(_inside(folder, path))
        if slug is None:
            raise DeadLinkError("no lesson has this file; addresses elsewhere start with https://")
        return f"{self.lessons}{slug}/{ending}"

    def _picture(self, folder: str, url: str) -> str:
        path = _inside(folder, url)
        file = self.root / path
        if Path(path).suffix.lower() not in PICTURES:
            raise DeadLinkError(f"a picture is a file beside the lesson ({', '.join(sorted(PICTURES))})")
        if not _is_file(file) or not file.resolve().is_relative_to(self.root):
            raise DeadLinkError("there is no such file in the content folder")
        return self.pictures + quote(path)


def places_of(course: Course) -> Places:
    """The places of a course that has been loaded."""
    files = {lesson.file: lesson.slug for lesson in course.lessons}
    return Places(course.root.resolve(), files, course.pictures_at, course.lessons_at)


def _inside(folder: str, url: str) -> str:
    """The path from the content folder; one that leads out starts with ``..`` and is found nowhere."""
    return os.path.normpath(f"{folder}/{unquote(url)}").replace(os.sep, "/")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name too long, or with a NUL
        return False
