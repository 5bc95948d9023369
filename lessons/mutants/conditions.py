"""Which rows: ``filter`` and ``exclude``, what stands in their brackets, ``Q`` and ``Exists``."""

import ast
from collections.abc import Iterator
from itertools import pairwise

from lessons.mutants.sentences import about, brief, paths, within
from lessons.mutants.source import Item, Source, called, items, manager, on, owner, root, with_items, written
from lessons.mutants.types import Change, Operator
from lessons.mutants.vocabulary import CONDITIONS, LOOKUPS

FILTERS = {"filter": "exclude", "exclude": "filter"}
SIGNS: dict[type[ast.operator], tuple[str, type[ast.operator], str]] = {
    ast.BitAnd: ("and→or", ast.BitOr, "|"),
    ast.BitOr: ("or→and", ast.BitAnd, "&"),
    ast.BitXor: ("xor→or", ast.BitOr, "|"),
}
WRITTEN = {ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^"}


def opposite(source: Source) -> Iterator[Change]:
    for call in source.calls(FILTERS):
        value, name = owner(call), called(call)
        if value and items(call):
            words = f"Yours behaves as if `{name}()` were `{FILTERS[name]}()` for what is asked of {about(items(call))}: "
            words += "it keeps the rows that should go, and loses those that should stay."
            yield Change(f"{name}→{FILTERS[name]}", call, ast.unparse(on(value, FILTERS[name], items(call))), words)


def drop_filter(source: Source) -> Iterator[Change]:
    for call in source.calls(FILTERS):
        value = owner(call)
        if value and items(call):
            words = f"Yours behaves as if nothing were asked of {about(items(call))}: the `{called(call)}()` is missing."
            yield Change(f"drop-{called(call)}", call, written(manager(value)), words)


def drop_condition(source: Source) -> Iterator[Change]:
    for call in source.calls(CONDITIONS):
        parts = conditions(call)
        for part in parts if len(parts) > 1 else ():
            left = [item for item in items(call) if item is not part]
            words = f"Yours behaves as if nothing were asked of {about([part])}: "
            words += f"one of the conditions in `{called(call)}()` is missing."
            yield Change(f"drop-{short(part)}", call, ast.unparse(with_items(call, left)), words)


def any_of(source: Source) -> Iterator[Change]:
    for call in source.calls(CONDITIONS - {"When"}):
        parts = conditions(call)
        if len(parts) > 1:
            others = [item for item in items(call) if item not in parts]
            either = parse(" | ".join(as_q(part) for part in parts))
            new = either if called(call) == "Q" and not others else with_items(call, [*others, either])
            words = f"Yours behaves as if one of the conditions on {about(parts)} were enough: all of them must hold."
            yield Change("all→any", call, written(new), words)


def as_q(part: Item) -> str:
    return f"Q({ast.unparse(part)})" if isinstance(part, ast.keyword) else written(part)


def parse(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def conditions(call: ast.Call) -> list[Item]:
    """What is asked for: not the model that ``get_object_or_404`` looks in, nor what ``When`` gives, nor a key of a mapping."""
    left = items(call)[1:] if called(call).startswith("get_") else items(call)
    return [item for item in left if not isinstance(item, ast.Starred | ast.Constant) and not is_option(item)]


def is_option(item: Item) -> bool:
    return isinstance(item, ast.keyword) and (item.arg is None or item.arg == "then" or item.arg.startswith("_"))


def split(source: Source) -> Iterator[Change]:
    """One ``filter`` on a relation to many is about one related row; two may be about different ones."""
    for call in source.calls(FILTERS):
        value, name, parts = owner(call), called(call), conditions(call)
        if not value or len(parts) < 2 or (name == "filter" and not share_many(source, parts)):
            continue
        apart = value
        for part in parts:
            apart = on(apart, name, [part])
        words = f"Yours behaves as if each condition on {about(parts)} stood in its own `{name}()`: {APART[name]}."
        yield Change(f"split-{name}", call, ast.unparse(apart), words)


APART = {
    "filter": "they must hold for the same related row",
    "exclude": "a row should go only where all of them hold, and one is enough now",
}
TOGETHER = {
    "filter": "they may hold for different related rows",
    "exclude": "a row should go where one of them holds, and now all of them must",
}


def merge(source: Source) -> Iterator[Change]:
    for call in source.calls(FILTERS):
        before, name = owner(call), called(call)
        if not isinstance(before, ast.Call) or called(before) != name or not isinstance(before.func, ast.Attribute):
            continue
        both = [*conditions(before), *conditions(call)]
        if no_name_twice(both) and (name == "exclude" or share_many(source, both)):
            words = f"Yours behaves as if the conditions on {about(both)} stood in one `{name}()`: {TOGETHER[name]}."
            yield Change(f"merge-{name}", call, ast.unparse(on(before.func.value, name, both)), words)


def no_name_twice(parts: list[Item]) -> bool:
    named = [part.arg for part in parts if isinstance(part, ast.keyword)]
    return len(set(named)) == len(named)


def share_many(source: Source, parts: list[Item]) -> bool:
    """Whether two of the conditions go over the same relation, which may lead to many rows."""
    heads = [{path.split("__")[0] for path in paths(part) if crosses(source, path)} for part in parts]
    return any(one & other for place, one in enumerate(heads) for other in heads[place + 1 :])


def crosses(source: Source, path: str) -> bool:
    names = path.split("__")
    if source.names.many is not None:
        return any(name in source.names.many for name in names)
    return len(names) > 1 and names[1] not in LOOKUPS


def short(part: Item) -> str:
    found = paths(part)
    return found[0] if found else "condition"


def signs(source: Source) -> Iterator[Change]:
    for node, old in combined(source):
        label, new, sign = SIGNS[old]
        left, right = two_sides(node)
        words = f"Yours behaves as if `{WRITTEN[old]}` were `{sign}` between {left} and {right}."
        yield Change(label, node, written(ast.BinOp(node.left, new(), node.right)), words)


def drop_side(source: Source) -> Iterator[Change]:
    for node, _ in combined(source):
        for name, gone, left in zip(("left", "right"), two_sides(node), (node.right, node.left), strict=True):
            words = f"Yours behaves as if nothing were asked of {gone}: one side of the condition is missing."
            yield Change(f"drop-{name}", node, written(left), words)


def two_sides(node: ast.BinOp) -> tuple[str, str]:
    """What each side asks about, so that the two can be told apart."""
    left, right = about([node.left]), about([node.right])
    return (left, right) if left != right else (brief(node.left), brief(node.right))


def combined(source: Source) -> Iterator[tuple[ast.BinOp, type[ast.operator]]]:
    return ((node, type(node.op)) for node in source.nodes if isinstance(node, ast.BinOp) and type(node.op) in SIGNS)


def drop_not(source: Source) -> Iterator[Change]:
    for node in source.nodes:
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert | ast.Not):
            what = f"the `~` before {brief(node.operand)}" if isinstance(node.op, ast.Invert) else f"the `not` of {brief(node)}"
            yield Change(
                "drop-not", node, written(node.operand), f"Yours behaves as if {what} were not there{within(source, node)}."
            )


def not_exists(source: Source) -> Iterator[Change]:
    for call in source.calls({"Exists"}):
        if call.args and not isinstance(source.parent(call), ast.UnaryOp):
            words = f"Yours behaves as if `Exists()` were `~Exists()`: it keeps the rows that have no `{root(call.args[0])}`."
            yield Change("exists→not-exists", call, f"(~{ast.unparse(call)})", words)


def outer_ref(source: Source) -> Iterator[Change]:
    for call in source.calls({"OuterRef"}):
        name = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
        if not isinstance(name, str):
            continue
        words = f"Yours behaves as if `OuterRef({name!r})` were `F({name!r})`: it sees its own row, not the one outside."
        yield Change("outerref→f", call, f"F({name!r})", words)
        for other in dict.fromkeys(("pk", *source.names.relations)):
            if other != name:
                words = f"Yours behaves as if `OuterRef({name!r})` were `OuterRef({other!r})`."
                yield Change(f"outerref→{other}", call, f"OuterRef({other!r})", words)


def swapped_sides(source: Source) -> Iterator[Change]:
    """``a.difference(b)`` for ``b.difference(a)``."""
    for call in source.calls({"difference"}):
        value = owner(call)
        for one, _ in pairwise([*call.args, None]):
            if value and one and len(call.args) == 1:
                words = (
                    "Yours behaves as if the two sides of `difference()` had changed places: it gives what only the second has."
                )
                yield Change("swap-sides", call, ast.unparse(on(one, "difference", [value])), words)


OPERATORS = (
    Operator("filter↔exclude", opposite),
    Operator("drop filter", drop_filter),
    Operator("drop condition", drop_condition),
    Operator("conditions→OR", any_of),
    Operator("split filter", split),
    Operator("merge filters", merge),
    Operator("&↔|", signs),
    Operator("drop side", drop_side),
    Operator("drop not", drop_not),
    Operator("Exists↔~Exists", not_exists),
    Operator("wrong OuterRef", outer_ref),
    Operator("swap sides", swapped_sides),
)
