from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from typing import Any

from lessons import checking, recipes
from lessons.catalogue.types import Course, Exercise
from lessons.distil import Distilled, distil, needs_databases
from lessons.hidden import BrokenWorldError
from lessons.management.content_command import ContentCommand, Exit, Stop, open_sandbox


class Command(ContentCommand):
    help = (
        "Chooses the hidden data of every exercise, so that it tells the solution from each small mistake in it, and writes how "
        "it is made to hidden.json in the content folder. Takes minutes. Exit: 0 done, 2 usage, 3 no sandbox."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--only", metavar="PREFIX", default="", help="only lessons whose slug starts so; the others keep what they have"
        )

    def work(self, taught: Course, options: Mapping[str, Any]) -> tuple[Exit, dict[str, Any], str]:
        exercises = [one for one in exercises_of(taught) if one.key.startswith(options["only"])]
        if not exercises and options["only"]:
            raise Stop(Exit.USAGE, f"no exercise starts with {options['only']}")
        if exercises:
            open_sandbox()
        done = {exercise.key: chosen(exercise) for exercise in exercises}
        changed = write(taught, {key: one.chosen for key, one in done.items()})
        lines = [line(key, one) for key, one in done.items()]
        lines.append(f"{recipes.FILE} {'written' if changed else 'is as it was'}: {len(done)} exercises")
        return Exit.OK, {"changed": changed, "exercises": {key: as_json(one) for key, one in done.items()}}, "\n".join(lines)


def exercises_of(taught: Course) -> Iterator[Exercise]:
    return (one for lesson in taught.lessons for one in lesson.exercises if needs_databases(one))


def chosen(exercise: Exercise) -> Distilled:
    try:
        return distil(checking.checker(), exercise)
    except BrokenWorldError as problem:
        raise Stop(Exit.USAGE, str(problem)) from None
    except OSError as problem:
        raise Stop(Exit.NO_SANDBOX, f"the sandbox is not available: {problem}") from None


def write(taught: Course, found: Mapping[str, recipes.Chosen]) -> bool:
    """What was not asked about stays as it is; exercises that are gone go from the file."""
    known = {exercise.key for exercise in exercises_of(taught)}
    kept = {key: one for key, one in recipes.read(taught.root).chosen.items() if key in known}
    return recipes.write(taught.root, kept | dict(found))


def line(key: str, done: Distilled) -> str:
    databases = f"{len(done.chosen.databases)} databases"
    left = f", not told apart: {', '.join(done.survivors)}" if done.survivors else ""
    return f"{key}: {databases} tell {done.counted - len(done.survivors)} of {done.counted} mutants apart{left}"


def as_json(done: Distilled) -> dict[str, Any]:
    return {
        "databases": [recipes.plain(one) for one in done.chosen.databases],
        "mutants": done.counted,
        "survivors": list(done.survivors),
    }
