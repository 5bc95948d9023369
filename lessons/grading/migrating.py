"""What goes wrong in a learner's migration because it is one, told from its own lines."""

import ast
import re

from lessons.grading.source import Source, name_called
from lessons.grading.words import code
from sandbox.protocol import ErrorReport

type Saying = tuple[str, str]


def is_migration(report: ErrorReport) -> bool:
    return "/migrations/" in report.path


def models_of_today(report: ErrorReport, source: Source) -> Saying | None:
    """``from shop.models import Book`` in a migration after which more columns were added."""
    behind = re.search(r"no such column|has no column named|must be an? \"\w+\" instance", report.message)
    if not (behind and is_migration(report) and imports_models(source)):
        return None
    words = "`models.py` has moved on since then. `apps.get_model(…)` gives a model as it is at this point."
    return "A migration works with the models of today", words


def imports_models(source: Source) -> bool:
    imports = [node for node in ast.walk(source.tree) if isinstance(node, ast.ImportFrom)]
    return any((node.module or "").split(".")[-1] == "models" and node.module != "django.db.models" for node in imports)


def no_model(report: ErrorReport, source: Source) -> Saying | None:
    """``AddField("level", "card", …)``"""
    found = re.fullmatch(r"\('(\w+)', '(\w+)'\)", report.message)
    if not (found and report.frames and report.frames[-1].name == "operations"):
        return None
    headline = f"{code(found[1])} has no model {code(found[2])} at this point"
    return (headline, "An operation names the model first, then the field.") if not report.near else None


def only_fields(report: ErrorReport, source: Source) -> Saying | None:
    """A method, a property or a manager of the model, asked of what ``apps.get_model`` gives."""
    historical = any(name_called(call) == "get_model" for call in source.calls)
    if report.near or not (is_migration(report) and historical and re.match("an? ", report.owner)):
        return None
    headline = f"In a migration, {report.owner} has no {code(report.name)}"
    return headline, "`apps.get_model()` gives a model with its fields only, without the methods and managers of `models.py`."


def two_arguments(report: ErrorReport, source: Source) -> Saying | None:
    """``def fill(apps): …``"""
    found = re.search(r"^(\w+)\(\) takes \d+ positional arguments? but 2 were given", report.message)
    if not (found and is_migration(report)):
        return None
    return f"{code(f'{found[1]}()')} is called with two arguments", f"Write {code(f'def {found[1]}(apps, schema_editor):')}."
