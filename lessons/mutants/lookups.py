"""How a field is asked about: the lookup behind its name, and which field it is."""

import ast
from collections.abc import Iterator

from lessons.mutants.constants import DATES
from lessons.mutants.sentences import brief, field, value, within
from lessons.mutants.source import Source, called, constant, items, keyword, on, owner, text_of, with_items
from lessons.mutants.types import Change, Operator
from lessons.mutants.vocabulary import CONDITIONS, LIMITS, LOOKUPS, TEXTS

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


def asked(source: Source) -> Iterator[tuple[ast.keyword, str, str]]:
    """Every lookup: its keyword, its path, and the lookup at its end ("exact" where none is written)."""
    for call in source.calls(CONDITIONS):
        for each in call.keywords:
            if each.arg and each.arg != "then":
                yield (each, *parted(each.arg))


def parted(name: str) -> tuple[str, str]:
    path, _, last = name.rpartition("__")
    return (path, last) if path and last in LOOKUPS else (name, "exact")


def limits(source: Source) -> Iterator[Change]:
    for each, path, lookup in asked(source):
        for other in LIMITS.get(lookup, ()):
            words = f"Yours behaves as if `{each.arg}` were `{path}__{other}`: {edge(path, lookup, other, each.value)}."
            yield Change(f"{lookup}→{other}", each, keyword(f"{path}__{other}", each.value), words)


def edge(path: str, lookup: str, other: str, limit: ast.expr) -> str:
    if lookup[0:2] != other[0:2]:
        return f"it looks on the wrong side of {value(limit)}"
    return f"look at {value(limit)} itself" if is_known(limit) else f"look at rows where {field(path)} equals {value(limit)}"


def is_known(limit: ast.expr) -> bool:
    return constant(limit) is not None or called(limit) in {*DATES, "Decimal"}


def range_ends(source: Source) -> Iterator[Change]:
    """Both ends belong to a range."""
    for each, path, lookup in asked(source):
        if lookup != "range" or not isinstance(each.value, ast.Tuple | ast.List) or len(each.value.elts) != 2:
            continue
        low, high = each.value.elts
        for label, one, other, end in (("range→gt", "gt", "lte", low), ("range→lt", "gte", "lt", high)):
            words = f"Yours behaves as if a range left out its {'first' if end is low else 'last'} value: "
            words += f"look at {value(end)} itself, in {field(path)}."
            new = f"{keyword(f'{path}__{one}', low)}, {keyword(f'{path}__{other}', high)}"
            yield Change(label, each, new, words)


def texts(source: Source) -> Iterator[Change]:
    for each, path, lookup in asked(source):
        if text_of(each.value) and not is_closed(source, path):
            for other in TEXTS.get(lookup, ()):
                yield Change(f"{lookup}→{other}", each, keyword(f"{path}__{other}", each.value), spoken(each, path, other))


def is_closed(source: Source, path: str) -> bool:
    return path.split("__")[-1] in source.names.closed


def spoken(each: ast.keyword, path: str, other: str) -> str:
    _, lookup = parted(str(each.arg))
    how = f"Yours behaves as if `{each.arg}` were `{path}__{other}`"
    if lookup.removeprefix("i") == other.removeprefix("i"):
        makes = "no difference to it, and they should" if other.startswith("i") else "a difference to it, and they should not"
        return f"{how}: capital letters make {makes}."
    more = {"startswith": "behind", "endswith": "before"}.get(other.removeprefix("i"), "before or behind")
    if lookup.removeprefix("i") == "exact":
        return f"{how}: it also finds texts with more {more} {brief(each.value)}."
    return f"{how}: look at texts with something before or behind {brief(each.value)}."


def part_of_text(source: Source) -> Iterator[Change]:
    """``get`` by a whole text, for the first that has it somewhere: ``get`` itself would find too many."""
    for call in source.calls({"get"}):
        rows, only = owner(call), [each for each in items(call) if isinstance(each, ast.keyword) and each.arg]
        for each in only if len(only) == len(items(call)) else ():
            path, lookup = parted(str(each.arg))
            if not rows or lookup != "exact" or not text_of(each.value) or is_closed(source, path):
                continue
            for other, does in PART.items():
                left = [ast.keyword(f"{path}__{other}", each.value) if one is each else one for one in only]
                words = f"Yours behaves as if the first row were taken whose `{path}` {does.format(brief(each.value))}: "
                words += "there may be others before the one that is meant."
                yield Change(f"get→first-{other}", call, ast.unparse(on(on(rows, "filter", left), "first")), words)


PART = {"contains": "contains {}", "startswith": "begins with {}", "iexact": "is {} in any capitals"}


def capitals(source: Source) -> Iterator[Change]:
    """A text that is compared exactly, or written, in other capitals; so is the label of a choice."""
    for call in source.calls(CONDITIONS | WRITES):
        for each in call.keywords:
            path, lookup = parted(each.arg or "")
            text = text_of(each.value)
            if text and lookup == "exact" and (other := recased(text)):
                closed = "what is stored counts, and not its label" if is_closed(source, path) else "capital letters count"
                words = f"Yours behaves as if {field(path)} were `{other!r}` and not `{text!r}`, in `{called(call)}()`: {closed}."
                yield Change("other-capitals", each.value, repr(other), words)


WRITES = frozenset({"create", "update"})


def recased(text: str) -> str:
    """The same text as people type it: a small text with a capital at its start, any other in small letters."""
    other = text.lower() if text.lower() != text else text[:1].upper() + text[1:]
    return other if other != text else ""


def fewer_of_a_list(source: Source) -> Iterator[Change]:
    for each, path, lookup in asked(source):
        if lookup == "in" and isinstance(each.value, ast.List | ast.Tuple | ast.Set) and len(each.value.elts) > 1:
            for place, one in enumerate(each.value.elts, 1):
                left = ast.List([other for other in each.value.elts if other is not one])
                words = f"Yours behaves as if {value(one)} were missing from what {field(path)} may be."
                yield Change(f"in-without-{place}", each, keyword(str(each.arg), left), words)


def years(source: Source) -> Iterator[Change]:
    """``published__year=2020``, for that year and those after it or before it."""
    for each, _, lookup in asked(source):
        if lookup == "year":
            for other, more in (("gte", "after"), ("lte", "before")):
                words = f"Yours behaves as if `{each.arg}` were `{each.arg}__{other}`: "
                words += f"it means the years {more} {value(each.value)}, too."
                yield Change(f"year→{other}", each, keyword(f"{each.arg}__{other}", each.value), words)


def drop_lookup(source: Source) -> Iterator[Change]:
    for each, path, lookup in asked(source):
        if lookup not in ("exact", "isnull") and each.arg != path:
            words = f"Yours behaves as if `{each.arg}` were `{path}` alone: it asks for {value(each.value)} itself."
            yield Change(f"{lookup}→exact", each, keyword(path, each.value), words)


def isnull(source: Source) -> Iterator[Change]:
    for each, path, lookup in asked(source):
        none = lookup == "exact" and isinstance(each.value, ast.Constant) and each.value.value is None
        flag = True if none else constant(each.value) if lookup == "isnull" else None
        if isinstance(flag, bool):
            does = "took away the" if called(source.parent(each)) == "exclude" else "asked for"
            has, other = ("has a value", "has none") if flag else ("has no value", "has one")
            words = f"Yours behaves as if it {does} rows where `{path}` {has}: those where it {other} are meant."
            yield Change("isnull-flip", each, f"{path}__isnull={not flag}", words)


def other_field(source: Source) -> Iterator[Change]:
    for each, path, _ in asked(source):
        for old, new in confused(source, path):
            changed = each.arg.replace(path, new, 1) if each.arg else new
            words = mistaken(old, new, source.parent(each))
            yield Change(label(old, new), each, keyword(changed, each.value), words)


def other_name(source: Source) -> Iterator[Change]:
    """In ``F("price")``, ``order_by("-price")`` and the like, and in ``book.price``."""
    for call in source.calls(NAMING):
        for place, argument in enumerate(call.args):
            name = text_of(argument)
            sign = "-" if name.startswith("-") else ""
            for old, new in confused(source, name.removeprefix("-")):
                changed = [*call.args[:place], ast.Constant(sign + new), *call.args[place + 1 :]]
                text = ast.unparse(with_items(call, [*changed, *call.keywords]))
                yield Change(label(old, new), call, text, mistaken(old, new, call))
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and not is_called(source, node):
            for old, new in confused(source, node.attr):
                other = ast.Attribute(node.value, new)
                seen = f"Yours behaves as if it looked at `{new}` and not at `{node.attr}`{within(source, node)}."
                yield Change(label(old, new), node, ast.unparse(other), seen)


def is_called(source: Source, node: ast.AST) -> bool:
    parent = source.parent(node)
    return isinstance(parent, ast.Call) and parent.func is node


def confused(source: Source, path: str) -> Iterator[tuple[str, str]]:
    """The path, and the path with another field in the place of the last."""
    before, _, last = path.rpartition("__")
    for other in source.names.alike.get(last, ()):
        yield path, f"{before}__{other}" if before else other


def label(old: str, new: str) -> str:
    return f"{old.rpartition('__')[2]}→{new.rpartition('__')[2]}"


def mistaken(old: str, new: str, call: ast.AST | None) -> str:
    return f"Yours behaves as if it looked at `{new}` and not at `{old}`, in `{called(call)}()`."


OPERATORS = (
    Operator("gt/gte/lt/lte", limits),
    Operator("range ends", range_ends),
    Operator("exact↔iexact, contains↔startswith", texts),
    Operator("a part of the text", part_of_text),
    Operator("other capitals", capitals),
    Operator("fewer of a list", fewer_of_a_list),
    Operator("years before and after", years),
    Operator("drop lookup", drop_lookup),
    Operator("isnull flip", isnull),
    Operator("field swap", other_field),
    Operator("name swap", other_name),
)
