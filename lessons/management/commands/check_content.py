from argparse import ArgumentParser
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from lessons.catalogue import lint
from lessons.catalogue.types import Course, Finding, Lesson
from lessons.management import coverage
from lessons.management.content_command import ContentCommand, Exit, Stop, open_sandbox
from lessons.proving import Proof, prove


class Command(ContentCommand):
    help = (
        "Checks the content, from cheap to dear: structure, links, worlds; starters fail, solutions and accepted answers pass; "
        "wrong answers fail for their stated reason, mutants of the solution fail; all the same in three fresh sandboxes. "
        "Exit: 0 clean, 1 findings, 2 usage, 3 no sandbox."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--only", metavar="PREFIX", default="", help="only lessons whose slug starts so: models/, models/lookups"
        )
        parser.add_argument("--coverage", action="store_true", help="only say which of Django's names are practised; run nothing")
        parser.add_argument("--again", action="store_true", help="run what was found right before, too")

    def work(self, taught: Course, options: Mapping[str, Any]) -> tuple[Exit, dict[str, Any], str]:
        return covered(taught) if options["coverage"] else checked(taught, options)


def checked(taught: Course, options: Mapping[str, Any]) -> tuple[Exit, dict[str, Any], str]:
    lessons = [lesson for lesson in taught.lessons if lesson.slug.startswith(options["only"])]
    if not lessons and options["only"]:
        raise Stop(Exit.USAGE, f"no lesson starts with {options['only']}")
    cheap = {*taught.findings, *lint.check(taught)}
    proof = dear(taught, lessons, again=options["again"])
    findings = sorted(mine(cheap, lessons, taught) | proof.findings)
    notes = sorted(proof.notes)
    advice = [] if findings else sorted(mine(set(lint.advice(taught)), lessons, taught))
    exercises = sum(len(lesson.exercises) for lesson in lessons)
    quizzes = sum(len(lesson.quizzes) for lesson in lessons)
    data = {
        "ok": not findings,
        "lessons": len(lessons),
        "exercises": exercises,
        "quizzes": quizzes,
        "findings": [asdict(finding) for finding in findings],
        "notes": [asdict(finding) for finding in notes],
        "advice": [asdict(finding) for finding in advice],
        "mutants": {"killed": proof.killed, "passing": proof.passing, "waived": proof.waived},
    }
    closing = f"{len(lessons)} lessons, {exercises} exercises, {quizzes} quizzes: {len(findings) or 'no'} findings"
    said = [*map(str, findings), *(f"{one} (note)" for one in notes), *(f"{one} (advice)" for one in advice), closing]
    return (Exit.NOT_RIGHT if findings else Exit.OK), data, "\n".join(said)


def covered(taught: Course) -> tuple[Exit, dict[str, Any], str]:
    found = coverage.practised(taught)
    data = {title: {"practised": sorted(used), "missing": sorted(missing)} for title, (used, missing) in found.items()}
    return Exit.OK, data, "\n".join(coverage.report(taught))


def dear(taught: Course, lessons: list[Lesson], *, again: bool) -> Proof:
    """What running finds. A course without a world has nothing to run, and needs no sandbox to be told what it lacks."""
    if not taught.worlds:
        return Proof()
    try:
        return prove(taught, lessons, again=again, before_running=open_sandbox)
    except OSError as problem:
        raise Stop(Exit.NO_SANDBOX, f"the sandbox went away: {problem}") from None


def mine(findings: set[Finding], lessons: list[Lesson], taught: Course) -> set[Finding]:
    """The findings about these lessons, and those about no lesson at all."""
    others = {str(lesson.path.relative_to(taught.root.parent)) for lesson in taught.lessons if lesson not in lessons}
    return {finding for finding in findings if finding.path not in others}
