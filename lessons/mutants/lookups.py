"""How a field is asked about: the lookup behind its name, and which field it is."""

import ast
from collections.abc import Iterator

from lessons.mutants.source import Source, constant, keyword, text_of, with_items
from lessons.mutants.types import Change, Operator

LIMITS = {"gt": ("gte", "lt"), "gte": ("gt", "lte"), "lt": ("lte", "gt"), "lte": ("lt", "gte")}
TEXTS = {
    "exact": ("iexact",),
    "iexact": ("exact", "icontains"),
    "contains": ("icontains", "startswith"),
    "icontains": ("contains", "istartswith"),
    "startswith": ("istartswith", "contains"),
    "istartswith": ("startswith", "icontains"),
    "endswith": ("iendswith", "contains"),
    "iendswith": ("endswith", "icontains"),
    "regex": ("iregex",),
    "iregex": ("regex",),
}
PARTS = ("year", "iso_year", "month", "day", "week", "week_day", "quarter", "hour", "minute", "second", "date", "time")
LOOKUPS = frozenset({*LIMITS, *TEXTS, *PARTS, "in", "range", "isnull"})
NAMING = frozenset(
    {
        "F",
        "OuterRef",
        "Sum",
        "Avg",
        "Min",
        "Max",
        "Count",
        "Lower",
        "Upper",
        "Length",
        "Coalesce",
        "order_by",
        "values",
        "values_list",
    }
    | {"only", "defer", "distinct", "earliest", "latest", "aggregate", "annotate", "select_related", "prefetch_related"}
)
"""Calls whose texts are fields' names."""

CONDITIONS = frozenset({"filter", "exclude", "get", "Q", "When", "get_object_or_404", "get_list_or_404"})


def asked(source: Source) -> Iterator[tuple[ast.keyword, str, str]]:
    """Every lookup: its keyword, its path, and the lookup at its end ("exact" where none is written)."""
    for call in source.calls(CONDITIONS):
        for each in call.keywords:
            if each.arg and each.arg != "then":
                path, _, last = each.arg.rpartition("__")
                yield (each, path, last) if path and last in LOOKUPS else (each, each.arg, "exact")


def limits(source: Source) -> Iterator[Change]:
    for each, path, lookup in asked(source):
        for other in LIMITS.get(lookup, ()):
            words = f"Yours behaves as if `__{lookup}` were `__{other}`: {edge(lookup, other, each.value)}."
            yield Change(f"{lookup}→{other}", each, keyword(f"{path}__{other}", each.value), words)


def edge(lookup: str, other: str, value: ast.expr) -> str:
    if lookup[0:2] != other[0:2]:
        return "it looks the other way"
    known = constant(value)
    return f"look at {known} itself" if known is not None else "look at rows where both are equal"


def range_ends(source: Source) -> Iterator[Change]:
    """Both ends belong to a range."""
    for each, path, lookup in asked(source):
        if lookup != "range" or not isinstance(each.value, ast.Tuple | ast.List) or len(each.value.elts) != 2:
            continue
        low, high = each.value.elts
        for label, one, other, end in (("range→gt", "gt", "lte", low), ("range→lt", "gte", "lt", high)):
            known = constant(end)
            words = f"Yours behaves as if a range left out its {'first' if end is low else 'last'} value"
            words += f": look at {known} itself." if known is not None else "."
            new = f"{keyword(f'{path}__{one}', low)}, {keyword(f'{path}__{other}', high)}"
            yield Change(label, each, new, words)


def texts(source: Source) -> Iterator[Change]:
    for each, path, lookup in asked(source):
        if not text_of(each.value) or path.split("__")[-1] in source.names.closed:
            continue
        for other in TEXTS.get(lookup, ()):
            yield Change(f"{lookup}→{other}", each, keyword(f"{path}__{other}", each.value), spoken(lookup, other))


def spoken(lookup: str, other: str) -> str:
    how = f"Yours behaves as if `__{lookup}` were `__{other}`"
    if lookup.removeprefix("i") == other.removeprefix("i"):
        return f"{how}: {'capital letters' if other.startswith('i') else 'small and capital letters'} make the difference."
    return f"{how}: look at texts with more before it or behind it."


def drop_lookup(source: Source) -> Iterator[Change]:
    for each, path, lookup in asked(source):
        if lookup not in ("exact", "isnull") and each.arg != path:
            words = f"Yours behaves as if `__{lookup}` were not there: it asks for the value itself."
            yield Change(f"{lookup}→exact", each, keyword(path, each.value), words)


def isnull(source: Source) -> Iterator[Change]:
    for each, path, lookup in asked(source):
        none = lookup == "exact" and isinstance(each.value, ast.Constant) and each.value.value is None
        value = True if none else constant(each.value) if lookup == "isnull" else None
        if isinstance(value, bool):
            words = f"Yours behaves as if it asked for rows that {'have' if value else 'lack'} a value there."
            yield Change("isnull-flip", each, f"{path}__isnull={not value}", words)


def other_field(source: Source) -> Iterator[Change]:
    for each, path, _ in asked(source):
        for old, new in confused(source, path):
            changed = each.arg.replace(path, new, 1) if each.arg else new
            yield Change(label(old, new, path), each, keyword(changed, each.value), mistaken(old, new, path))


def other_name(source: Source) -> Iterator[Change]:
    """In ``F("price")``, ``order_by("-price")`` and the like, and in ``book.price``."""
    for call in source.calls(NAMING):
        for place, argument in enumerate(call.args):
            name = text_of(argument)
            sign = "-" if name.startswith("-") else ""
            for old, new in confused(source, name.removeprefix("-")):
                changed = [*call.args[:place], ast.Constant(sign + new), *call.args[place + 1 :]]
                text = ast.unparse(with_items(call, [*changed, *call.keywords]))
                yield Change(label(old, new, name.removeprefix("-")), call, text, mistaken(old, new, name.removeprefix("-")))
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and not is_called(source, node):
            for old, new in confused(source, node.attr):
                yield Change(f"{old}→{new}", node, ast.unparse(ast.Attribute(node.value, new)), mistaken(old, new, node.attr))


def is_called(source: Source, node: ast.AST) -> bool:
    parent = source.parent(node)
    return isinstance(parent, ast.Call) and parent.func is node


def confused(source: Source, path: str) -> Iterator[tuple[str, str]]:
    """The path, and the path with another field in the place of the last."""
    before, _, last = path.rpartition("__")
    for other in source.names.alike.get(last, ()):
        yield path, f"{before}__{other}" if before else other


def label(old: str, new: str, path: str) -> str:
    return f"{path.rpartition('__')[2]}→{new.rpartition('__')[2]}"


def mistaken(old: str, new: str, path: str) -> str:
    return f"Yours behaves as if it looked at `{new}` and not at `{path}`."


OPERATORS = (
    Operator("gt/gte/lt/lte", limits),
    Operator("range ends", range_ends),
    Operator("exact↔iexact, contains↔startswith", texts),
    Operator("drop lookup", drop_lookup),
    Operator("isnull flip", isnull),
    Operator("field swap", other_field),
    Operator("name swap", other_name),
)
