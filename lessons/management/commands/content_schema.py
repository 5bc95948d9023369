import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lessons import trials
from lessons.catalogue.schema import schemas
from lessons.catalogue.types import Course
from lessons.management.content_command import ContentCommand, Exit, Stop


class Command(ContentCommand):
    help = (
        "Prints JSON schemas of the YAML in a course (course.yaml, a lesson's front matter, its exercises' and quizzes' blocks), "
        "by which editors complete and check it. With --content, names of that course's worlds and lessons are completed, too. "
        "Exit: 0, 2 usage."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--out", metavar="FOLDER", type=Path, help="write them there, as course.json, lesson.json …")

    def work(self, taught: Course, options: Mapping[str, Any]) -> tuple[Exit, dict[str, Any], str]:
        found = schemas(trials.KINDS, taught if options["content"] else None)
        if options["out"] is None:
            return Exit.OK, found, text(found)
        paths = [write(options["out"], name, one) for name, one in found.items()]
        return Exit.OK, {"written": paths}, "\n".join(f"{path} written" for path in paths)


def write(folder: Path, name: str, schema: Mapping[str, Any]) -> str:
    path = folder / f"{name}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(text(schema) + "\n", encoding="utf-8")
    except OSError as problem:
        raise Stop(Exit.USAGE, f"cannot write {path}: {problem.strerror}") from None
    return str(path)


def text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)
