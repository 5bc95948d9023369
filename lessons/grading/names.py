"""What is said of a name that does not exist: what it was looked for on, and what was probably meant."""

import ast
import re
from collections.abc import Callable

from lessons.grading.source import Source, dotted
from lessons.grading.words import CHOICES_LISTED, a, code, either, listing, shorten, start
from sandbox.protocol import ErrorReport

FIELDS = frozenset({"FieldError", "FieldDoesNotExist", "TypeError", "ImportError"})
"""Errors whose choices are few enough to be worth reading."""

LISTED = frozenset({"TemplateSyntaxError", "NoReverseMatch", "NodeNotFoundError", "KeyError", "LookupError"})
"""Errors whose owner is not what has the name, but what is called so: a filter, a route, a migration, a model."""

EVERYDAY = (
    *("exact", "iexact", "contains", "icontains", "startswith", "gt", "gte", "lt", "lte", "in", "range", "isnull"),
    *("year", "month", "day", "date", "hour", "week_day"),
)
"""The lookups to list first."""
LOOKUPS_LISTED = 13

OTHER_WORDS = {
    "between": "range",
    "like": "contains",
    "ilike": "icontains",
    "includes": "contains",
    "has": "contains",
    "equals": "exact",
    "equal": "exact",
    "eq": "exact",
    "is": "exact",
    "is_null": "isnull",
    "null": "isnull",
    "isempty": "isnull",
    "starts_with": "startswith",
    "ends_with": "endswith",
    "begins": "startswith",
    "ge": "gte",
    "le": "lte",
    "less": "lt",
    "greater": "gt",
    "more": "gt",
    "before": "lt",
    "after": "gt",
}
"""What a lookup is called elsewhere."""
NOT_EQUAL = frozenset({"ne", "neq", "not", "isnot", "is_not", "not_equal", "notin", "not_in", "isnotnull", "notnull"})
DATETIME = frozenset({"date", "time", "timedelta", "timezone"})


def wrong_name(report: ErrorReport) -> str:
    name, owner = code(report.name), owner_words(report.owner)
    if report.type == "NameError" or not report.owner:
        return f"{name} is not defined"
    if report.type in LISTED:
        return f"There is no {shorten(report.owner, 20)} {name}"
    if on_field(report):
        return f"{start(a(owner))} has no lookup {name}"
    if report.type in ("FieldError", "FieldDoesNotExist", "TypeError"):
        return f"{owner} has no field {name}"
    return f"{start(owner)} has no {name}"


def on_field(report: ErrorReport) -> bool:
    return report.type == "FieldError" and report.owner.endswith("Field")


def owner_words(owner: str) -> str:
    """A class's name as code; "a QuerySet of Book" as it is, with its class as code."""
    head, _, name = owner.rpartition(" ")
    return f"{head} {code(name)}".strip()


def meant(report: ErrorReport, source: Source) -> str:
    return next(filter(None, (say(report, source) for say in SAYINGS.get(report.type, ()))), "") or nearest(report, source)


def nearest(report: ErrorReport, source: Source) -> str:
    if report.near:
        words = f"Did you mean {either([whole_path(report.name, near, source) for near in report.near])}?"
        return f"{words} A field's name stands in quotes." if report.type == "NameError" and report.name.islower() else words
    if on_field(report) and report.choices:
        return f"It has {listing(sorted(report.choices, key=everyday), LOOKUPS_LISTED)}."
    if report.type in FIELDS and report.choices:
        return f"It has {listing(report.choices, CHOICES_LISTED)}."
    if report.type == "NameError":
        return "A field's name stands in quotes or before `=`; a text stands in quotes."
    return ""


def everyday(lookup: str) -> int:
    return EVERYDAY.index(lookup) if lookup in EVERYDAY else len(EVERYDAY)


def whole_path(name: str, near: str, source: Source) -> str:
    """``author__name`` for ``nmae`` when the learner wrote ``author__nmae``: the path with only that segment put right."""
    for word in re.findall(r"\w+", source.text):
        segments = word.split("__")
        if name in segments[1:] or (name in segments and len(segments) > 1):
            return "__".join(near if segment == name else segment for segment in segments)
    return near


def comparison(report: ErrorReport, source: Source) -> str:
    """``filter(price >= 10)``"""
    for call in source.conditions:
        for part in (node for given in call.args for node in ast.walk(given)):
            if isinstance(part, ast.Compare) and len(part.ops) == 1 and (keyword := as_keyword(part, report.name, source)):
                return f"Comparisons are written as keywords here: {code(keyword)}."
    return ""


def as_keyword(part: ast.Compare, name: str, source: Source) -> str:
    """``price__gte=10`` of ``price >= 10``; empty when the name is not what is compared."""
    operator, sides = part.ops[0], (part.left, part.comparators[0])
    if dotted(sides[1])[:1] == [name]:
        operator, sides = MIRRORED.get(type(operator), type(operator))(), sides[::-1]
    path = "__".join(dotted(sides[0]))
    lookup = LOOKUP_OF.get(type(operator))
    if lookup is None or dotted(sides[0])[:1] != [name]:
        return ""
    value = source.quote(sides[1])
    if value == "None":
        lookup, value = "__isnull", str(isinstance(operator, ast.Eq | ast.Is))
        return f"{path}{lookup}={value}"
    keyword = f"{path}{lookup}={value}"
    return f"~Q({keyword})" if isinstance(operator, ast.NotEq | ast.NotIn | ast.IsNot) else keyword


LOOKUP_OF: dict[type[ast.cmpop], str] = {
    ast.Gt: "__gt",
    ast.GtE: "__gte",
    ast.Lt: "__lt",
    ast.LtE: "__lte",
    ast.Eq: "",
    ast.NotEq: "",
    ast.Is: "",
    ast.IsNot: "",
    ast.In: "__in",
    ast.NotIn: "__in",
}
MIRRORED: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Gt: ast.Lt, ast.GtE: ast.LtE, ast.Lt: ast.Gt, ast.LtE: ast.GtE}


def of_datetime(report: ErrorReport, source: Source) -> str:
    known = report.name in DATETIME and "datetime" in report.choices
    return f"It is in a module: {code(f'datetime.{report.name}')}." if known else ""


def other_field(report: ErrorReport, source: Source) -> str:
    """``filter(quantity__lt=reorder_at)``"""
    values = (value for _, value in source.keywords if source.covers(value))
    if report.near or not any(isinstance(value, ast.Name) and value.id == report.name for value in values):
        return ""
    as_field = code(f'F("{report.name}")')
    return f"A field of the same row is {as_field}; a text stands in quotes."


def negation(report: ErrorReport, source: Source) -> str:
    if report.name not in NOT_EQUAL:
        return ""
    path = whole_path(report.name, "", source).strip("_") or "field"
    lookup = {"notin": "__in", "not_in": "__in", "isnotnull": "__isnull", "notnull": "__isnull"}.get(report.name, "")
    if lookup == "__isnull":
        return f"That something is there is {code(f'{path}__isnull=False')}."
    return f"The opposite of a condition is {code(f'.exclude({path}{lookup}=…)')} or {code(f'~Q({path}{lookup}=…)')}."


def other_word(report: ErrorReport, source: Source) -> str:
    lookup = OTHER_WORDS.get(report.name)
    if lookup is None or not on_field(report):
        return ""
    lookups = ("contains", "icontains") if lookup == "contains" else (lookup,)
    words = f"Did you mean {either([whole_path(report.name, each, source) for each in lookups])}?"
    return f"{words} It takes a pair: the lowest and the highest value." if lookup == "range" else words


def underscores(report: ErrorReport, source: Source) -> str:
    near = next(iter(report.near), "")
    if "__" not in near or near.replace("__", "_") != report.name:
        return ""
    return f"Two underscores stand before what follows a field: {code(whole_path(report.name, near, source))}."


def ordering(report: ErrorReport, source: Source) -> str:
    """``order_by("price desc")``"""
    if found := re.fullmatch(r"-?(\w+) +(asc|desc)", report.name, re.IGNORECASE):
        falling = found[2].lower() == "desc"
        return (
            f"Falling order is asked for with a minus sign: {code('-' + found[1])}."
            if falling
            else (f"Rising order is asked for with the name alone: {code(found[1])}.")
        )
    names = re.split(" *, *", report.name)
    if len(names) == 1:
        return ""
    apart = ", ".join(f'"{name}"' for name in names)
    return f"Each name is a text of its own: {code(apart)}."


def manager(report: ErrorReport, source: Source) -> str:
    near = next(iter(report.near), "")
    return f"Queries start at {code('objects')}: {code(f'{report.owner}.{near}')}." if near.startswith("objects.") else ""


SAYINGS: dict[str, tuple[Callable[[ErrorReport, Source], str], ...]] = {
    "NameError": (comparison, of_datetime, other_field),
    "FieldError": (negation, other_word, underscores, ordering),
    "AttributeError": (manager,),
}
"""By the error's type: what is meant, told from the learner's own line; the first that is not empty is said."""
