"""What the linter says about code: that it is Python, and that the answers keep the exercise's own rules."""

import ast
import warnings
from collections.abc import Iterable

from lessons.catalogue import strict_yaml
from lessons.catalogue.fences import Tagged
from lessons.catalogue.rules import Findings, Lint
from lessons.catalogue.scan import Part
from lessons.catalogue.types import Exercise
from lessons.grading.source import names_called


def look(parts: Iterable[Part], report: Findings) -> None:
    """Whether Python is Python, wherever a fence has a role; only what must fail with an error need not be."""
    for part in parts:
        for below in part.everything:
            for fence in below.fences:
                if fence.language == "python" and fence.options.get("expect") != "error":
                    _parse(fence, report)


def _parse(fence: Tagged, report: Findings) -> None:
    try:
        with warnings.catch_warnings(action="ignore"):  # an odd escape in a string is not ours to mend
            ast.parse(fence.text)
    except SyntaxError as error:
        report(Lint.NOT_PYTHON, fence.line + (error.lineno or 1), why=error.msg)
    except (ValueError, RecursionError, MemoryError):
        report(Lint.NOT_PYTHON, fence.line, why="it cannot be parsed")


def judge(exercise: Exercise, part: Part, report: Findings) -> None:
    lines = _key_lines(part)
    _calls(exercise, report)
    if exercise.columns and exercise.keys is None:
        for name in exercise.order:
            if name.removeprefix("-") not in exercise.columns:
                report(Lint.ORDER_COLUMN, lines["order"], name=name.removeprefix("-"))
    said = {
        "queries": exercise.queries is not None,
        "must_use": bool(exercise.must_use),
        "forbid": bool(exercise.forbid),
        "columns": bool(exercise.columns),
        "order": exercise.ordered,
    }
    for wrong in exercise.wrongs:
        if not said.get(wrong.expect, True):
            report(Lint.EXPECT_UNSET, wrong.answer.line, check=wrong.expect)


def _calls(exercise: Exercise, report: Findings) -> None:
    """``must_use`` and ``forbid`` bind every right answer."""
    for answer in (exercise.solution, *exercise.accepts):
        called = names_called(answer.files)
        for name in exercise.must_use:
            if name not in called:
                report(Lint.UNUSED, answer.line, name=name)
        for name in exercise.forbid:
            if name in called:
                report(Lint.FORBIDDEN, answer.line, name=name)


def _key_lines(part: Part) -> dict[str, int]:
    fence = next(fence for fence in part.fences if fence.role == "exercise")
    block = strict_yaml.read(fence.text, fence.line + 1, Findings(""))
    return block.lines if block else {}
