from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import DatabaseError

from lessons.catalogue.types import Course
from lessons.grading.words import count
from lessons.management.commands.grade import find
from lessons.management.content_command import ContentCommand, Exit, Stop, open_sandbox
from lessons.triage import MOST, Group, Triage, triage, waiting


class Command(ContentCommand):
    help = (
        "Lists what learners' answers could teach the course: wrong ones that nothing in the lesson has words for, and right "
        "ones with other SQL than its own, each checked again and ready to be pasted into the lesson. The code is learners' own "
        "text: read it before you paste it. Exit: 0 all were looked at, 2 usage, 3 no sandbox."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--exercise", metavar="EXERCISE", help="only this one: models/one-query#titles-authors")
        which.add_argument(
            "--only", metavar="PREFIX", default="", help="only lessons whose slug starts so: models/, models/lookups"
        )
        parser.add_argument("--least", metavar="N", type=counting, default=1, help="only what at least N learners gave")
        parser.add_argument(
            "--most", metavar="N", type=counting, default=MOST, help=f"the most groups of each exercise (default: {MOST})"
        )

    def work(self, taught: Course, options: Mapping[str, Any]) -> tuple[Exit, dict[str, Any], str]:
        wanted = chosen(taught, options["exercise"], options["only"])
        open_sandbox()
        try:
            stored = [(one.lesson, one.exercise) for one in waiting(taught) if one.exercise.key in wanted]
            found = [triage(taught, *each, least=options["least"], most=options["most"]) for each in stored]
        except DatabaseError as problem:
            raise Stop(Exit.USAGE, f"the site's database cannot be read ({problem}): has manage.py migrate been run?") from None
        told = [one for one in found if one.groups or one.untried]
        code = Exit.NO_SANDBOX if any(one.untried for one in told) else Exit.OK
        return code, as_json(told), "\n".join(described(told))


def counting(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:9])):
        raise ArgumentTypeError(f"{text!r} is not a number from 1 up")
    return int(text[:9])


def chosen(taught: Course, key: str | None, prefix: str) -> frozenset[str]:
    """The keys of the exercises asked for. Raises Stop for names that nothing has."""
    if key:
        return frozenset({find(taught, key).key})
    lessons = [lesson for lesson in taught.lessons if lesson.slug.startswith(prefix)]
    if prefix and not lessons:
        raise Stop(Exit.USAGE, f"no lesson starts with {prefix}")
    return frozenset(exercise.key for lesson in lessons for exercise in lesson.exercises)


def as_json(found: list[Triage]) -> dict[str, Any]:
    return {"exercises": [of_exercise(one) for one in found], "groups": sum(len(one.groups) for one in found)}


def of_exercise(one: Triage) -> dict[str, Any]:
    return {
        "exercise": one.exercise.key,
        "path": one.path,
        "wrong": [of_group(group) for group in one.wrong],
        "accept": [of_group(group) for group in one.right],
        "untried": one.untried,
        "more": one.more,
    }


def of_group(group: Group) -> dict[str, Any]:
    return {
        "headline": group.verdict.headline,
        "failed": sorted(group.verdict.failed),
        "answers": group.answers,
        "learners": group.learners,
        "since": group.since.date().isoformat(),
        "files": [[file.path, file.text] for file in group.files],
        "line": group.line,
        "block": group.block,
        "problem": group.problem,
    }


def described(found: list[Triage]) -> Iterator[str]:
    """The blocks stand between their places and nothing else, so that they can be copied from a terminal."""
    for one in found:
        yield f"{one.exercise.key}\n"
        for group in one.groups:
            yield f"{one.path}:{group.line}: {summary(group)}\n"
            yield group.block or f"{group.problem}\n\n{group.code}\n"
        if one.untried:
            yield f"{count(one.untried, 'group')} could not be checked again just now.\n"
        if one.more:
            yield "There are more, which fewer learners gave: --most says how many are listed.\n"
    number = sum(len(one.groups) for one in found)
    yield f"{count(number, 'group') if number else 'nothing'} to learn from"


def summary(group: Group) -> str:
    what = "right, with other SQL" if group.passed else group.headline
    return f"{count(group.answers, 'answer')} by {count(group.learners, 'learner')} since {group.since:%Y-%m-%d}: {what}"
