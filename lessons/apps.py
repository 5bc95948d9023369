from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks


class LessonsConfig(AppConfig):
    name = "lessons"

    def ready(self) -> None:
        checks.register(content_is_there)
        checks.register(previews_are_there)
        import_module("lessons.ownership")


def content_is_there(**_: Any) -> list[checks.CheckMessage]:
    """Refuse to start without a course, and say where one was looked for."""
    if (Path(settings.WOODSHED_CONTENT) / "course.yaml").is_file():
        return []
    problem = f"there is no course.yaml in {settings.WOODSHED_CONTENT}"
    return [checks.Error(problem, hint="WOODSHED_CONTENT names the content folder.", id="lessons.E001")]


def previews_are_there(**_: Any) -> list[checks.CheckMessage]:
    """Refuse to start with a folder of previews that is none."""
    folder = settings.WOODSHED_PREVIEWS
    if folder is None or Path(folder).is_dir():
        return []
    return [checks.Error(f"there is no folder {folder}", hint="WOODSHED_PREVIEWS names the previews' folder.", id="lessons.E002")]
