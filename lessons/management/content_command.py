"""What the authors' commands share: the content folder, one JSON object on request, and exit codes that say whose fault it is."""

import json
import logging
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from enum import IntEnum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from lessons import checking, course
from lessons.catalogue.types import Course
from sandbox.client import Status
from sandbox.protocol import File

LONGEST_FILE = 1_000_000


class Exit(IntEnum):
    OK = 0
    NOT_RIGHT = 1
    USAGE = 2
    NO_SANDBOX = 3


class Stop(Exception):
    """End with this exit code and these words."""

    def __init__(self, code: Exit, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


class ContentCommand(BaseCommand):
    """``work`` returns the exit code, a JSON object, and the text to print when no JSON is asked for."""

    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--content", metavar="DIR", type=Path, help="the content folder (default: WOODSHED_CONTENT, else content/)"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object on stdout, and nothing else")

    def handle(self, **options: Any) -> None:
        logging.getLogger("woodshed.sandbox").setLevel(logging.WARNING)  # that it holds is news in a log, not on a terminal
        try:
            if options["content"]:
                settings.WOODSHED_CONTENT = options["content"].resolve()
            code, data, text = self.work(served(), options)
        except Stop as stop:
            code, data, text = stop.code, {"error": stop.message}, ""
            if not options["json"]:
                self.stderr.write(stop.message)
        if options["json"]:
            self.stdout.write(in_json(data))
        elif text:
            self.stdout.write(text)
        if code:
            sys.exit(code)

    def work(self, taught: Course, options: Mapping[str, Any]) -> tuple[Exit, dict[str, Any], str]:
        """To be written by each command."""
        raise Stop(Exit.USAGE, "this command does nothing")


def in_json(data: object) -> str:
    """One line of JSON. What is not seen is escaped, beyond what JSON asks for: in it may be text of learners, for a terminal."""
    text = json.dumps(data, ensure_ascii=False)
    return "".join(one if one.isprintable() else json.dumps(one).strip('"') for one in text)


def served() -> Course:
    try:
        return course.current()
    except (FileNotFoundError, NotADirectoryError):
        raise Stop(Exit.USAGE, f"there is no content folder at {settings.WOODSHED_CONTENT}") from None


def read_answer(path: str, named: str) -> File:
    """The file at ``path`` (``-``: standard input), under the name a traceback shall give it."""
    try:
        data = sys.stdin.buffer.read(LONGEST_FILE + 1) if path == "-" else Path(path).read_bytes()
    except OSError as problem:
        raise Stop(Exit.USAGE, f"cannot read {path}: {problem.strerror}") from None
    if len(data) > LONGEST_FILE:
        raise Stop(Exit.USAGE, f"{path} is larger than {LONGEST_FILE:,} bytes")
    try:
        return File(named, data.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise Stop(Exit.USAGE, f"cannot read {path}: it is not UTF-8 text (byte {problem.start})") from None


def open_sandbox() -> Status:
    """The sandbox's status. Stops with NO_SANDBOX where it does not start or hold."""
    status = checking.sandbox_status()
    if status.level == "refused" and not status.problems:
        raise Stop(Exit.NO_SANDBOX, f"the sandbox is not available: {status.note}")
    return status
