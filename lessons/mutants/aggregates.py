"""What is counted and summed up."""

import ast
from collections.abc import Iterator

from lessons.mutants.conditions import crosses
from lessons.mutants.sentences import about, brief, paths, within
from lessons.mutants.source import Item, Source, called, items, on, owner, renamed, root, text_of, with_items, written
from lessons.mutants.types import Change, Operator

SWAPS = {"Sum": ("Avg", "Count"), "Avg": ("Sum", "Max"), "Min": ("Max",), "Max": ("Min",), "Count": ("Sum",)}
PLAIN = {"min": "max", "max": "min", "any": "all", "all": "any", "sum": "len", "count": "exists", "exists": "count"}
AGGREGATES = frozenset({*SWAPS, "StdDev", "Variance", "StringAgg"})


def swap(source: Source) -> Iterator[Change]:
    for call in source.calls(SWAPS):
        name = called(call)
        for other in SWAPS[name]:
            words = f"Yours behaves as if {brief(call)} were {brief(renamed(call, other))}."
            left = [item for item in items(call) if not (isinstance(item, ast.keyword) and item.arg == "distinct")]
            yield Change(f"{name}→{other}", call, ast.unparse(with_items(renamed(call, other), left)), words)


def swap_plain(source: Source) -> Iterator[Change]:
    """Python's own ``min``, ``any`` …, and the methods ``count`` and ``exists``."""
    for call in source.calls(PLAIN):
        name = called(call)
        if name in ("count", "exists") if isinstance(call.func, ast.Attribute) else name not in ("count", "exists"):
            words = f"Yours behaves as if `{name}()` were `{PLAIN[name]}()`{within(source, call)}, {of_what(call)}."
            yield Change(f"{name}→{PLAIN[name]}", call, ast.unparse(renamed(call, PLAIN[name])), words)


def of_what(call: ast.Call) -> str:
    """What a plain aggregate is made from."""
    value = owner(call) or (call.args[0] if call.args else call)
    return f"for rows of `{root(value)}`" if isinstance(call.func, ast.Attribute) and root(value) else f"for {brief(value)}"


def distinct(source: Source) -> Iterator[Change]:
    for call in source.calls({"Count", "Sum", "Avg"}):
        flags = [each for each in call.keywords if each.arg == "distinct"]
        left: list[Item] = [item for item in items(call) if item not in flags]
        if flags:
            words = f"Yours behaves as if {brief(call)} were without `distinct=True`: what is equal counts more than once."
            yield Change("drop-distinct", call, ast.unparse(with_items(call, left)), words)
        elif may_repeat(source, call):
            words = f"Yours behaves as if {brief(call)} had `distinct=True`: what is equal counts only once."
            new = with_items(call, [*left, ast.keyword("distinct", ast.Constant(True))])
            yield Change("add-distinct", call, ast.unparse(new), words)


def may_repeat(source: Source, call: ast.Call) -> bool:
    """Whether what is counted can be equal: a column can, a related row only where two relations are joined."""
    names = [text_of(argument) for argument in call.args]
    last = names[0].rpartition("__")[2] if names else ""
    if last in ("pk", "id", "", *source.names.relations) or last in (source.names.many or ()):
        return sum(called(other) in AGGREGATES for other in siblings(source, call)) > 1
    return True


def siblings(source: Source, call: ast.Call) -> list[ast.AST]:
    above = source.parent(source.parent(call) or call)
    return [each.value for each in above.keywords] if isinstance(above, ast.Call) else []


def drop_filter(source: Source) -> Iterator[Change]:
    for call in source.calls(AGGREGATES):
        flags = [each for each in call.keywords if each.arg == "filter"]
        if flags:
            left = [item for item in items(call) if item not in flags]
            words = f"Yours behaves as if {brief(with_items(call, left))} had no `filter`: "
            words += f"nothing is asked of {about([flags[0].value])}."
            yield Change("drop-filter", call, ast.unparse(with_items(call, left)), words)


def drop_coalesce(source: Source) -> Iterator[Change]:
    for call in source.calls({"Coalesce"}):
        if len(call.args) > 1:
            words = f"Yours behaves as if {brief(call.args[0])} had no `Coalesce()` around it: look at rows that have no value."
            yield Change("drop-coalesce", call, written(call.args[0]), words)
    for call in source.calls(AGGREGATES):
        flags = [each for each in call.keywords if each.arg == "default"]
        if flags:
            left = [item for item in items(call) if item not in flags]
            words = f"Yours behaves as if {brief(with_items(call, left))} had no {brief(flags[0])}: look at what no rows give."
            yield Change("drop-default", call, ast.unparse(with_items(call, left)), words)


def swap_order(source: Source) -> Iterator[Change]:
    """``filter`` before ``annotate`` narrows what is counted, behind it does not; only where both go over a relation."""
    for call in source.calls({"filter", "exclude", "annotate"}):
        before = owner(call)
        if not isinstance(before, ast.Call) or {called(before), called(call)} not in ANNOTATED:
            continue
        first = owner(before)
        condition = call if called(before) == "annotate" else before
        if first and any(crosses(source, path) for path in paths(condition)):
            new = on(on(first, called(call), items(call)), called(before), items(before))
            words = (
                f"Yours behaves as if `{called(call)}()` came before `{called(before)}()`: what is asked of {about([condition])} "
                "decides what counts only where it comes first."
            )
            yield Change(f"{called(call)}-first", call, ast.unparse(new), words)


ANNOTATED = ({"filter", "annotate"}, {"exclude", "annotate"})

OPERATORS = (
    Operator("aggregate swap", swap),
    Operator("plain aggregate swap", swap_plain),
    Operator("Count distinct", distinct),
    Operator("drop aggregate filter", drop_filter),
    Operator("drop Coalesce", drop_coalesce),
    Operator("annotate/filter order", swap_order),
)
