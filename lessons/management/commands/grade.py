from argparse import ArgumentParser
from collections.abc import Mapping
from difflib import get_close_matches
from html import unescape
from pathlib import Path
from typing import Any

from django.utils.html import strip_tags

from lessons import checking
from lessons.catalogue.types import Course, Exercise
from lessons.grading.types import Mark, Sample, Status, Verdict
from lessons.grading.words import count
from lessons.management.content_command import ContentCommand, Exit, Stop, open_sandbox, read_answer
from sandbox.protocol import File

EXITS = {Status.PASSED: Exit.OK, Status.FAILED: Exit.NOT_RIGHT, Status.ERROR: Exit.NOT_RIGHT, Status.NOT_GRADED: Exit.NO_SANDBOX}
SIGNS = {Mark.SAME: " ", Mark.MISSING: "+", Mark.EXTRA: "-", Mark.REPEATED: "x", Mark.MOVED: "~"}


class Command(ContentCommand):
    help = "Grades an answer in a file, as a Check in the page does. Exit: 0 passed, 1 not, 2 usage, 3 no sandbox."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("exercise", metavar="EXERCISE", help="models/one-query#titles-authors")
        parser.add_argument("answer", metavar="FILE", help="the answer; - for standard input; a folder for several files")

    def work(self, taught: Course, options: Mapping[str, Any]) -> tuple[Exit, dict[str, Any], str]:
        exercise = find(taught, options["exercise"])
        files = answer(options["answer"], exercise)
        open_sandbox()
        checked = checking.check(exercise, files)
        verdict = checked.verdict
        data = (
            {"exercise": exercise.key, "passed": verdict.status is Status.PASSED}
            | verdict.as_json()
            | {"ms": checked.trial.visible.ms}
        )
        return EXITS[verdict.status], data, described(verdict)


def answer(path: str, exercise: Exercise) -> tuple[File, ...]:
    """One file, or the exercise's several in a folder, by their paths."""
    if len(exercise.paths) == 1:
        return (read_answer(path, exercise.paths[0]),)
    if not Path(path).is_dir():
        raise Stop(Exit.USAGE, f"this exercise has several files: name a folder that holds {', '.join(exercise.paths)}")
    return tuple(read_answer(str(Path(path) / one), one) for one in exercise.paths)


def find(taught: Course, key: str) -> Exercise:
    exercise = taught.exercise(key)
    if exercise is None:
        near = get_close_matches(key, [one.key for lesson in taught.lessons for one in lesson.exercises], n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise Stop(Exit.USAGE, f"there is no exercise {key}{hint}")
    return exercise


def described(verdict: Verdict) -> str:
    feedback = unescape(strip_tags(verdict.feedback_html)).strip()
    lines = [f"{verdict.status}: {verdict.headline}", verdict.likely or feedback, verdict.detail, *verdict.notes]
    lines += [f"  {'✓' if check.passed else '✗'} {check.name}: {check.text}" for check in verdict.checks]
    if verdict.diff:
        lines += ["    " + " | ".join(verdict.diff.columns)]
        lines += [f"  {SIGNS[row.mark]} " + " | ".join(row.cells) for row in verdict.diff.rows]
        lines += [f"    and {count(verdict.diff.left_out, 'row')} more"] if verdict.diff.left_out else []
    if verdict.counterexample:
        lines += ["Where it goes wrong:", *(line for one in verdict.counterexample.tables for line in listed(one))]
        lines += ["Yours gives there:", *listed(verdict.counterexample.given)] if verdict.counterexample.given else []
    return "\n".join(line for line in [*lines, verdict.traceback] if line)


def listed(sample: Sample) -> list[str]:
    more = [f"    and {count(sample.left_out, 'row')} more"] if sample.left_out else []
    head = f"{sample.name}: " if sample.name else ""
    return [f"    {head}{' | '.join(sample.columns)}", *(f"    {' | '.join(row)}" for row in sample.rows), *more]
