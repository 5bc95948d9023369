"""An exception as an ErrorReport: the learner's lines only, and what a wrong name was probably meant to be."""

import traceback
from collections.abc import Collection
from contextlib import suppress
from types import TracebackType
from typing import Any

from sandbox.encode import shown, text
from sandbox.missing import missing_name, near
from sandbox.operations import in_migration
from sandbox.protocol import CHOICES_KEPT, FRAMES_KEPT, LONGEST_NAME, ErrorReport, Frame
from sandbox.source import NoAnswer
from sandbox.workspace import template_name


def explain(problem: BaseException, paths: Collection[str], *, last_line: int | None = None) -> ErrorReport:
    """What went wrong, where. ``last_line`` is where an answer that fails only when it is evaluated was written."""
    if isinstance(problem, SyntaxError):
        return syntax(problem)
    frames = in_migration(problem, in_template(problem, learners_frames(problem, paths), paths), paths)
    missing = missing_name(problem)
    return ErrorReport(
        type=short(type(problem).__name__),
        message=short(shown(problem, str)),
        path=frames[-1].path if frames else next(iter(paths), ""),
        line=frames[-1].line if frames else problem.line if isinstance(problem, NoAnswer) else last_line,
        frames=tuple(frames[-FRAMES_KEPT:]),
        name=short(missing.name) if missing else "",
        owner=short(missing.owner) if missing else "",
        choices=tuple(short(choice) for choice in sorted(missing.choices)[:CHOICES_KEPT]) if missing else (),
        near=tuple(map(short, near(missing))) if missing else (),
    )


def syntax(problem: SyntaxError) -> ErrorReport:
    return ErrorReport(
        type=short(type(problem).__name__),
        message=short(shown(problem.msg, str)),
        path=short(shown(problem.filename, str)),
        line=whole(problem.lineno),
        column=whole(problem.offset),
    )


def short(value: str) -> str:
    return text(value)[:LONGEST_NAME]


def whole(value: Any) -> int | None:
    """A line or column as Python counts them; None for what a hand-made SyntaxError may hold instead."""
    return value if type(value) is int and 0 <= value <= 100_000 else None


def learners_frames(problem: BaseException, paths: Collection[str]) -> list[Frame]:
    """Outermost first."""
    return [
        Frame(frame.filename, whole(frame.lineno) or 0, short(frame.name), short(frame.line or ""))
        for frame in traceback.extract_tb(problem.__traceback__)
        if frame.filename in paths
    ]


def in_template(problem: BaseException, frames: list[Frame], paths: Collection[str]) -> list[Frame]:
    """The frames, with the line of the learner's template that Django was at. What a tag of theirs did comes after it."""
    told: Any = {}
    with suppress(Exception):
        told = problem.template_debug  # type: ignore[attr-defined]
    if type(told) is not dict:
        return frames
    name, line = told.get("name"), whole(told.get("line"))
    path = next((path for path in paths if type(name) is str and not path.endswith(".py") and template_name(path) == name), "")
    if not path or line is None:
        return frames
    inside = any(frame.filename in paths for frame in after_rendering(problem.__traceback__))
    here = [Frame(path, line, "template", short(shown(told.get("during"), str)))]
    return [*here, *frames] if inside else [*frames, *here]


def after_rendering(start: TracebackType | None) -> list[traceback.FrameSummary]:
    """The frames deeper than the last of Django's template engine."""
    found = list(traceback.extract_tb(start))
    last = max((place for place, frame in enumerate(found) if "/django/template/" in frame.filename), default=len(found))
    return found[last + 1 :]
