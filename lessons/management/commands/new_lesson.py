from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any

from django.utils.text import slugify

from lessons.catalogue.outline import COURSE
from lessons.catalogue.types import Course
from lessons.management.content_command import ContentCommand, Exit, Stop, open_sandbox

SKELETON = Path(__file__).parent.parent / "new_lesson.md"


class Command(ContentCommand):
    help = (
        "Starts a lesson: a file that check_content finds nothing wrong with, to be written over. Exit: 0, 2 usage, 3 no sandbox."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("module", help="the module's slug, as in course.yaml")
        parser.add_argument("title", help='"Window functions"')
        parser.add_argument("--world", default="", help="the world its code runs against (default: the first one)")

    def work(self, taught: Course, options: Mapping[str, Any]) -> tuple[Exit, dict[str, Any], str]:
        title = " ".join(options["title"].split())
        path = new_path(taught, options["module"], title)
        if not taught.worlds:
            raise Stop(Exit.USAGE, f"{taught.root.name}/worlds/ holds no world yet: docs/authoring.md says how one is made")
        world, model = world_of(options["world"])
        text = Template(SKELETON.read_text()).substitute(title=quoted(title), world=world, model=model)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        shown = str(path.relative_to(taught.root.parent))
        return Exit.OK, {"path": shown, "slug": f"{options['module']}/{slugify(title)}"}, f"{shown} is there to be written over"


def new_path(taught: Course, slug: str, title: str) -> Path:
    """Where the lesson goes: after the last one of its module."""
    module = next((one for one in taught.modules if one.slug == slug), None)
    if not taught.modules:
        raise Stop(Exit.USAGE, f"{no_module(taught)}; docs/authoring.md says how a course begins")
    if module is None:
        raise Stop(Exit.USAGE, f"there is no module {slug}; there are: {', '.join(one.slug for one in taught.modules)}")
    name = slugify(title)
    if not name:
        raise Stop(Exit.USAGE, "the title needs letters or digits, for the lesson's address")
    if taught.lesson(f"{slug}/{name}"):
        raise Stop(Exit.USAGE, f"there is a lesson {slug}/{name} already")
    number = max((lesson.number for lesson in module.lessons), default=0) + 1
    return taught.root / slug / f"{number:02}-{name}.md"


def no_module(taught: Course) -> str:
    """Why there is none."""
    place = f"{taught.root.name}/{COURSE}"
    return next((str(one) for one in taught.findings if one.path == place), f"{place} names no module yet")


def world_of(name: str) -> tuple[str, str]:
    """The world to use, and its first model."""
    worlds = open_sandbox().worlds
    name = name or next(iter(worlds), "")
    if name not in worlds:
        raise Stop(Exit.USAGE, f"there is no world {name or 'yet'} that loads; there are: {', '.join(worlds) or 'none'}")
    return name, next(iter(worlds[name]))


def quoted(title: str) -> str:
    """As a double-quoted YAML string, whatever is in it."""
    return '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'
