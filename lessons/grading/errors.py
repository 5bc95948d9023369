"""Says in plain words why an answer did not run to its end: on the learner's line, with what a wrong name was meant to be."""

import builtins
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lessons.grading import habits, syntax, tags
from lessons.grading.meanings import BY_MESSAGE, ON_HIDDEN
from lessons.grading.names import meant, wrong_name
from lessons.grading.source import Source
from lessons.grading.words import code, listing, shorten, with_articles
from sandbox.protocol import CHOICES_KEPT, FRAMES_KEPT, LONGEST_NAME, ErrorReport, File, Frame, Observation, Outcome


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Plain text with `code` in backticks. ``line`` is the learner's, from 1."""

    headline: str
    detail: str = ""
    path: str = ""
    line: int | None = None
    traceback: str = ""


def diagnose(seen: Observation, files: Sequence[File], *, hidden: bool = False) -> Diagnosis:
    """What ended a run. Of a run on hidden data nothing is told that could hold a value of it."""
    if seen.error is None:
        return Diagnosis(*over_limit(seen))
    report = brief(seen.error)
    if hidden:
        return on_hidden(report, files)
    headline, detail = explain(report, files)
    where = f"On line {report.line}. " if report.line else ""
    return Diagnosis(headline, (where + detail).strip(), report.path, report.line, traceback(report, files))


def brief(report: ErrorReport) -> ErrorReport:
    """The report with every text and list in it cut to the protocol's size: the learner's code makes them, of any length, and a
    pattern that is searched for in a megabyte can hold up the whole site."""
    return replace(
        report,
        type=cut(report.type),
        message=cut(report.message),
        path=cut(report.path),
        frames=tuple(Frame(cut(one.path), one.line, cut(one.name), cut(one.text)) for one in report.frames[-FRAMES_KEPT:]),
        name=cut(report.name),
        owner=cut(report.owner),
        choices=tuple(map(cut, report.choices[:CHOICES_KEPT])),
        near=tuple(map(cut, report.near[:NEAR_NAMED])),
    )


def cut(text: str) -> str:
    return text[:LONGEST_NAME]


NEAR_NAMED = 3


def explain(report: ErrorReport, files: Sequence[File]) -> tuple[str, str]:
    """Headline and detail of an exception."""
    source = Source.of(report, files)
    if report.type in syntax.TYPES:
        return syntax.explain(report, source.text)
    if told := habits.saying(report, source, files):
        return told
    named = (wrong_name(report), meant(report, source)) if report.name else None
    if named and (report.near or report.choices):
        return named
    return meaning(report) or named or (f"The code raises {code(report.type)}", one_line(report.message, MESSAGE_TOLD))


def one_line(text: str, longest: int) -> str:
    return shorten(" ".join(text.split()), longest)


MESSAGE_TOLD = 200
MESSAGE_IN_TRACEBACK = 300
"""Characters: Django's messages list every field there is, and the reprs of rows."""


def meaning(report: ErrorReport) -> tuple[str, str] | None:
    for types, pattern, headline, detail in BY_MESSAGE:
        found = re.search(pattern, report.message) if report.type in types.split() else None
        if found:
            groups = [quoted(group or "") for group in found.groups()]
            return with_articles(headline.format(*groups)), detail.format(
                *groups, message=one_line(report.message.strip("[]'"), MESSAGE_TOLD)
            )
    return None


def quoted(part: str) -> str:
    """A part of a message as code, without its quotes; ``'x' and 'y'`` as two names."""
    several = re.fullmatch(r"'\w+'(?:(?:,| and|, and) '\w+')+", part)
    return listing(re.findall(r"\w+(?=')", part)) if several else code(part.rstrip(".").strip("'"))


def traceback(report: ErrorReport, files: Sequence[File]) -> str:
    """As Python prints it, with only the learner's own frames."""
    last = one_line(f"{report.type}: {report.message}", MESSAGE_IN_TRACEBACK) if report.message else report.type
    if report.type in syntax.TYPES:
        return "\n".join([*syntax_lines(report, files), last])
    lines = ["Traceback (most recent call last):"]
    for frame in report.frames:
        lines += [f'  File "{frame.path}", line {frame.line}, in {frame.name}', f"    {frame.text.strip()}"]
    return "\n".join([*(lines if report.frames else []), last])


def syntax_lines(report: ErrorReport, files: Iterable[File]) -> list[str]:
    text = next((file.text for file in files if file.path == report.path), "")
    lines = text.splitlines()
    if not report.line or not 0 < report.line <= len(lines):
        return []
    line = lines[report.line - 1]
    caret = max((report.column or 1) - 1 - (len(line) - len(line.lstrip())), 0)
    # The column is a claim: code can raise a SyntaxError of its own making, with any column in it.
    before = " " * min(caret, len(line.strip()))
    return [f'  File "{report.path}", line {report.line}', f"    {line.strip()}", f"    {before}^"]


KNOWN = frozenset(name for name in dir(builtins) if name.endswith(("Error", "Exception", "Iteration", "Exit"))) | {
    "DoesNotExist",
    "MultipleObjectsReturned",
    "FieldError",
    "IntegrityError",
    "IrreversibleError",
    "OperationalError",
    "NotSupportedError",
    "TransactionManagementError",
    "ValidationError",
}
"""Names of exceptions that can be told. The learner's code names its own, and could name one after a hidden value."""


def on_hidden(report: ErrorReport, files: Iterable[File]) -> Diagnosis:
    name = code(report.type) if report.type in KNOWN else "an exception"
    why = ON_HIDDEN.get(report.type) if report.type != "AttributeError" or "NoneType" in report.owner + report.message else None
    lines = max((file.text.count("\n") + 1 for file in files if file.path == report.path), default=0)
    line = report.line if report.line and 0 < report.line <= lines else None
    where = f" on line {line}" if line else ""
    words = f"There it raises {name}{where}{f': {why}' if why else ''}."
    return Diagnosis("Right on this data, but it fails on other data", words, report.path if line else "", line)


LIMITS = {
    Outcome.TIMEOUT: (
        "Stopped after {limit}",
        "too long a time",
        "Look for a loop that never ends, or a join that multiplies rows.",
    ),
    Outcome.MEMORY: ("Stopped at {limit}", "the memory limit", "Take fewer rows into memory: filter and slice in the database."),
    Outcome.OUTPUT: ("Stopped at {limit}", "the output limit", "Print or give back less: filter or slice."),
    Outcome.CRASHED: (
        "The run ended abruptly",
        "",
        "Endless recursion does that, and so does ending the process on purpose.",
    ),
}


def over_limit(seen: Observation) -> tuple[str, str]:
    """Headline and detail. The limit's text is a claim from inside, so only the known kinds of limit are repeated."""
    headline, unnamed, detail = LIMITS.get(seen.outcome, ("The code did not run to its end", "", ""))
    known = re.fullmatch(r"[\d,.]{1,12} (seconds?|MB|rows|KB of printed text)", seen.limit)
    memory = " of memory" if seen.outcome is Outcome.MEMORY and known else ""
    return headline.format(limit=f"{seen.limit}{memory}" if known else unnamed), detail


def signature(error: ErrorReport) -> tuple[str, str, str]:
    """What two errors have in common that are one mistake: not their numbers and addresses, nor what their messages quote."""
    message = re.sub(r"""'[^']*'|"[^"]*"|0x[0-9a-f]+|\d+|Choices are:.*""", "", error.message)
    return error.type, error.name, tags.sign(error.message) or message
