"""Habits from elsewhere that Django does not share, told from the learner's own line so that the words can quote it."""

import ast
import re
from collections.abc import Callable, Sequence

from lessons.grading import tags
from lessons.grading.migrating import models_of_today, no_model, only_fields, two_arguments
from lessons.grading.source import Source, name_called
from lessons.grading.words import code
from sandbox.protocol import ErrorReport, File

type Saying = tuple[str, str]
"""Headline and detail."""


def saying(report: ErrorReport, source: Source, files: Sequence[File]) -> Saying | None:
    if report.type == "NoAnswer":
        return no_answer(source, files)
    return next(filter(None, (say(report, source) for say in SAYINGS.get(report.type, ()))), None)


def no_answer(source: Source, files: Sequence[File]) -> Saying | None:
    if not any(Source(file.text, 0).tree.body for file in files):
        return "There is no code yet", "Write the answer in the editor."
    match source.tree.body[-1:]:
        case [ast.Assign(targets=[ast.Name(id=name)])]:
            return NO_ANSWER, f"End with a line {code(name)}."
        case [ast.For() | ast.While() | ast.If() | ast.With() | ast.Try()] if "answer" in names_given(source.tree):
            return NO_ANSWER, "End with a line `answer`."
    return None


NO_ANSWER = "The last line gives no answer"


def names_given(tree: ast.Module) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def field_as_text(report: ErrorReport, source: Source) -> Saying | None:
    """``filter(quantity__lt="reorder_at")``"""
    if report.near != (report.name,):
        return None
    as_field = code(f'F("{report.name}")')
    return f"{code(report.name)} is a field, but stands here as a text", f"The value of that field is {as_field}."


def condition_without_name(report: ErrorReport, source: Source) -> Saying | None:
    """``get("Emma")``, ``filter("in_print")``, ``get(5)``"""
    if not re.search("values to unpack|cannot unpack non-iterable", report.message):
        return None
    given = next((call.args[0] for call in source.conditions if call.args and isinstance(call.args[0], ast.Constant)), None)
    if given is None:
        return None
    return "A condition needs a field's name", f"Write the field, `=` and the value: {code(example(given.value, source, given))}."


def example(value: object, source: Source, node: ast.expr) -> str:
    if isinstance(value, str) and re.fullmatch(r"[a-z_0-9]+", value):
        return f"{value}=…"
    return f"title={source.quote(node)}" if isinstance(value, str) else f"pk={source.quote(node)}"


def date_asked_for(report: ErrorReport, source: Source) -> Saying | None:
    """``filter(published=2020)``"""
    if "fromisoformat: argument must be str" not in report.message:
        return None
    if called := not_called(source):
        return f"{code(called)} is not called", f"That is the function, not the moment: {code(f'{called}()')}."
    years = ((path, value) for path, value in source.keywords if isinstance(value, ast.Constant) and type(value.value) is int)
    found = next((f"{of_year(path)}={source.quote(value)}" for path, value in years), "published__year=2020")
    return "A date is asked for, not a number", f"A day is `datetime.date(2020, 1, 31)`; a whole year is {code(found)}."


def not_called(source: Source) -> str:
    """``placed_at=timezone.now``, in any call of the line or of the file."""
    given = (value for call in source.calls for value in (*call.args, *(each.value for each in call.keywords)))
    return next((ast.unparse(one) for one in given if isinstance(one, ast.Attribute) and one.attr in MOMENTS), "")


MOMENTS = frozenset({"now", "today", "utcnow", "localdate", "localtime"})


def of_year(path: str) -> str:
    """``published__year__gt`` for ``published__gt``"""
    field, _, last = path.rpartition("__")
    return f"{field}__year__{last}" if last in ("gt", "gte", "lt", "lte", "range", "in") else f"{path}__year"


def number_asked_for(report: ErrorReport, source: Source) -> Saying | None:
    """``filter(placed_at__month="March")``, ``filter(born="")``, ``filter(author="Jane")``"""
    found = re.search(r"^Field '(\w+)' expected a number but got (.+)\.$", report.message)
    if not found:
        return None
    given = found[2].strip("'")
    texts = ((path, value) for path, value in source.keywords if isinstance(value, ast.Constant))
    path = next((path for path, value in texts if repr(value.value) == found[2]), "")
    last = path.rpartition("__")[2]
    is_relation = found[1] != "None" and found[1] not in path.split("__")
    subject = code((last or "the lookup") if found[1] == "None" else last if path and is_relation else found[1])
    if not given:
        return f"{subject} takes a number, not an empty text", f"What is empty is found with {code(f'{path}__isnull=True')}."
    if is_relation:
        tip = "For the name of a related object, go on with `__`."
    else:
        tip = "Months are numbered: January is 1." if last == "month" else ""
    return f"{subject} takes a number, not {code(given)}", tip


def several_asked_for(report: ErrorReport, source: Source) -> Saying | None:
    """``price__range=10``, ``price__in=10``"""
    if not re.search("object is not iterable|index out of range|number of bindings", report.message):
        return None
    for path, value in source.keywords:
        if path.endswith("__range") and not is_pair(value):
            return "`range` takes a pair", f"The lowest and the highest value: {code(f'{path}=(10, 20)')}."
        if path.endswith("__in") and isinstance(value, ast.Constant):
            return "`in` takes a list", f"Even one value stands in brackets: {code(f'{path}=[{source.quote(value)}]')}."
    return None


def is_pair(value: ast.expr) -> bool:
    return not isinstance(value, ast.Constant) and (not isinstance(value, ast.Tuple | ast.List) or len(value.elts) == 2)


def unknown_argument(report: ErrorReport, source: Source) -> Saying | None:
    """``timedelta(day=3)``, ``F(quantity__lt=3)``: Python names the ``__new__`` or the ``__init__`` that was called."""
    found = re.search(r"^([\w.]*)\(\) got an unexpected keyword argument '(\w+)'(?:\. Did you mean '(\w+)'\?)?", report.message)
    other = re.search(r"^'(\w+)' is an invalid keyword argument for ([\w.]+)\(\)", report.message)
    if not (found or other):
        return None
    name = found[2] if found else other[1] if other else ""
    owner = callable_name(found[1] if found else other[2] if other else "") or called_with(name, source)
    if not owner:
        return None
    near = found[3] if found else None
    tip = '`F` takes a field\'s name as a text: `F("…")`.' if owner == "F" else f"Did you mean {code(near)}?" if near else ""
    return f"{code(owner)} takes no argument called {code(name)}", tip


def callable_name(qualified: str) -> str:
    """``"F"`` of ``"F.__init__"``; empty for a bare ``"__new__"``."""
    return re.sub(r"\.?__(?:new|init)__$", "", qualified)


def called_with(argument: str, source: Source) -> str:
    calls = (call for call in source.calls if any(each.arg == argument for each in call.keywords))
    return next(map(name_called, calls), "")


def lacking_argument(report: ErrorReport, source: Source) -> Saying | None:
    found = re.search(r"^([\w.]+)\.__init__\(\) missing \d+ required [\w-]+ arguments?: (.+)", report.message)
    return (f"{code(found[1])} is called without {code(', '.join(re.findall(r"'(\w+)'", found[2])))}", "") if found else None


def module_called(report: ErrorReport, source: Source) -> Saying | None:
    """``datetime(2020, 1, 31)``"""
    if not report.message.startswith("'module' object is not callable"):
        return None
    return "A module cannot be called", "Name what is in it: `datetime.date(…)`, `datetime.datetime(…)`."


SAYINGS: dict[str, tuple[Callable[[ErrorReport, Source], Saying | None], ...]] = {
    "ValueError": (field_as_text, condition_without_name, number_asked_for, models_of_today),
    "ValidationError": (field_as_text,),
    "TypeError": (
        two_arguments,
        condition_without_name,
        date_asked_for,
        several_asked_for,
        unknown_argument,
        lacking_argument,
        module_called,
    ),
    "AttributeError": (only_fields,),
    "OperationalError": (models_of_today,),
    "KeyError": (no_model,),
    "IndexError": (several_asked_for,),
    "ProgrammingError": (several_asked_for,),
    **tags.SAYINGS,
}
"""By the error's type; the first that applies is said."""
