"""Python itself: comparisons, conditions, calls that are left out, arguments that change places."""

import ast
from collections.abc import Iterator
from itertools import pairwise

from lessons.mutants.lookups import CONDITIONS
from lessons.mutants.source import Source, called, items, with_items, written
from lessons.mutants.types import Change, Operator

COMPARED: dict[type[ast.cmpop], tuple[tuple[str, type[ast.cmpop]], ...]] = {
    ast.Gt: (("gt→gte", ast.GtE), ("gt→lt", ast.Lt)),
    ast.GtE: (("gte→gt", ast.Gt), ("gte→lte", ast.LtE)),
    ast.Lt: (("lt→lte", ast.LtE), ("lt→gt", ast.Gt)),
    ast.LtE: (("lte→lt", ast.Lt), ("lte→gte", ast.GtE)),
    ast.Eq: (("eq→ne", ast.NotEq),),
    ast.NotEq: (("ne→eq", ast.Eq),),
    ast.In: (("in→not-in", ast.NotIn),),
    ast.NotIn: (("not-in→in", ast.In),),
    ast.Is: (("is→is-not", ast.IsNot),),
    ast.IsNot: (("is-not→is", ast.Is),),
}
ANY_ORDER = frozenset(
    {*CONDITIONS, "order_by", "values", "values_list", "only", "defer", "select_related", "prefetch_related", "print", "union"}
    | {"min", "max", "isinstance", "hasattr", "date", "datetime"}
)
"""Calls whose arguments may stand in any order, or have an operator of their own."""
NOTHING = '__import__("contextlib").nullcontext()'


def comparisons(source: Source) -> Iterator[Change]:
    for node in source.nodes:
        if not isinstance(node, ast.Compare):
            continue
        for place, sign in enumerate(node.ops):
            for label, other in COMPARED[type(sign)]:
                changed = ast.Compare(node.left, [*node.ops[:place], other(), *node.ops[place + 1 :]], node.comparators)
                old, new = spelt(sign), spelt(other())
                yield Change(label, node, written(changed), f"Yours behaves as if `{old}` were `{new}`.")


def spelt(sign: ast.cmpop) -> str:
    """``<=``, ``not in``"""
    return ast.unparse(ast.Compare(ast.Name("a"), [sign], [ast.Name("b")])).removeprefix("a ").removesuffix(" b")


def and_or(source: Source) -> Iterator[Change]:
    for node in source.nodes:
        if isinstance(node, ast.BoolOp):
            both = isinstance(node.op, ast.And)
            label, words = ("and→or", "`and` were `or`") if both else ("or→and", "`or` were `and`")
            changed = ast.BoolOp(ast.Or() if both else ast.And(), node.values)
            yield Change(label, node, written(changed), f"Yours behaves as if {words}.")
            yield from drop_operands(node)


def drop_operands(node: ast.BoolOp) -> Iterator[Change]:
    for value in node.values:
        left = [one for one in node.values if one is not value]
        changed = left[0] if len(left) == 1 else ast.BoolOp(node.op, left)
        words = f"Yours behaves as if `{ast.unparse(value)}` were not asked."
        yield Change("drop-operand", node, written(changed), words)


def branches(source: Source) -> Iterator[Change]:
    for node in source.nodes:
        if isinstance(node, ast.If | ast.IfExp | ast.While) or (isinstance(node, ast.comprehension) and node.ifs):
            for test in node.ifs if isinstance(node, ast.comprehension) else [node.test]:
                if not (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)):
                    words = "Yours behaves as if a condition were turned round."
                    yield Change("if→if-not", test, f"(not {written(test)})", words)
                if isinstance(node, ast.comprehension):
                    yield Change("drop-if", test, "True", "Yours behaves as if it left nothing out.")


def drop_call(source: Source) -> Iterator[Change]:
    """A statement that is a call; not the last of the file, whose value is the answer."""
    last = source.tree.body[-1] if source.tree.body else None
    for node in source.nodes:
        if isinstance(node, ast.Expr) and node is not last and isinstance(node.value, ast.Call | ast.Await):
            call = node.value.value if isinstance(node.value, ast.Await) else node.value
            name = called(call) or "call"
            yield Change(f"drop-{name}", node, "pass", f"Yours behaves as if `{name}()` were not called.")


def drop_wrapper(source: Source) -> Iterator[Change]:
    """Decorators, and ``with`` blocks that give no name."""
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for decorator in node.decorator_list:
                name = ast.unparse(decorator.func if isinstance(decorator, ast.Call) else decorator)
                words = f"Yours behaves as if `@{name}` were not there."
                yield Change(f"drop-{name}", decorator, "(lambda decorated: decorated)", words)
        elif isinstance(node, ast.With):
            for item in node.items:
                if item.optional_vars is None:
                    name = called(item.context_expr) or "with"
                    yield Change(f"drop-{name}", item.context_expr, NOTHING, f"Yours behaves as if `with {name}` were not there.")


def swap_arguments(source: Source) -> Iterator[Change]:
    for node in source.nodes:
        if not isinstance(node, ast.Call) or called(node) in ANY_ORDER or any(isinstance(one, ast.Starred) for one in node.args):
            continue
        for place, (one, other) in enumerate(pairwise(node.args)):
            swapped = [*node.args[:place], other, one, *node.args[place + 2 :]]
            words = f"Yours behaves as if two arguments of `{called(node) or 'a call'}` had changed places."
            yield Change("swap-arguments", node, ast.unparse(with_items(node, [*swapped, *node.keywords])), words)


def returned(source: Source) -> Iterator[Change]:
    for node in source.nodes:
        if (
            isinstance(node, ast.Return)
            and node.value
            and not (isinstance(node.value, ast.Constant) and node.value.value is None)
        ):
            yield Change("return→none", node, "return None", "Yours behaves as if nothing were returned.")


def drop_option(source: Source) -> Iterator[Change]:
    """A keyword argument of an ordinary call, such as ``status=404`` or ``on_delete=…``."""
    for node in source.nodes:
        if isinstance(node, ast.Call) and called(node) not in QUERYSETS:
            for each in node.keywords:
                if each.arg:
                    left = [item for item in items(node) if item is not each]
                    words = f"Yours behaves as if `{each.arg}=` were not given."
                    yield Change(f"drop-{each.arg}", node, ast.unparse(with_items(node, left)), words)


QUERYSETS = CONDITIONS | {"asc", "desc", "sorted", "sort", "Count", "Sum", "Avg", "Min", "Max", "annotate", "alias", "timedelta"}
"""Calls whose keywords have operators of their own."""

OPERATORS = (
    Operator("comparison", comparisons),
    Operator("and↔or", and_or),
    Operator("branch", branches),
    Operator("drop call", drop_call),
    Operator("drop wrapper", drop_wrapper),
    Operator("swap arguments", swap_arguments),
    Operator("return nothing", returned),
    Operator("drop option", drop_option),
)
