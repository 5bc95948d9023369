from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lessons import previews
from lessons.management.content_command import Exit
from lessons.views.previews import KEY

DAYS = 30
MOST_DAYS = 366
THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")


class Command(BaseCommand):
    help = (
        "Prints a link that shows a preview (a folder in WOODSHED_PREVIEWS) to whoever has it: its path, and the whole address "
        "for each name of the site that is known. Exit: 0, 2 usage."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="NAME", help="the preview's folder: window-functions")
        parser.add_argument("--days", type=days, default=DAYS, help=f"how long the link works (default: {DAYS})")

    def handle(self, *, name: str, days: int, **options: Any) -> None:
        if previews.folder_of(name) is None:
            raise CommandError(missing(name), returncode=Exit.USAGE)
        key = previews.key(name, until=timezone.now() + timedelta(days=days))
        path = f"{previews.address(name)}?{urlencode({KEY: key}, safe=':')}"
        self.stdout.write("\n".join([path, *(f"{host}{path}" for host in hosts())]))


def days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_DAYS:
        raise ArgumentTypeError(f"{text} is not a number of days from 1 to {MOST_DAYS}")
    return int(text)


def missing(name: str) -> str:
    """Why there is no such preview, and which there are."""
    if settings.WOODSHED_PREVIEWS is None:
        return "there are no previews: WOODSHED_PREVIEWS, the folder that they are in, is not set"
    try:
        found = ", ".join(previews.names()) or "none"
    except OSError as problem:
        return f"the previews' folder {settings.WOODSHED_PREVIEWS} cannot be read: {problem.strerror}"
    rule = f"lower-case letters, digits and single hyphens, at most {previews.LONGEST_NAME} characters"
    said = "" if previews.is_name(name) else f" (a preview's folder is named in {rule})"
    return f"there is no preview {name}{said}; there are: {found}"


def hosts() -> Iterator[str]:
    """The site's addresses, as far as the settings name them."""
    scheme = "https" if settings.SESSION_COOKIE_SECURE else "http"
    return (f"{scheme}://{name}" for name in settings.ALLOWED_HOSTS if name[0] not in ".*" and name not in THIS_MACHINE)
