"""Python itself: comparisons, conditions, calls that are left out, arguments that change places."""

import ast
from collections.abc import Iterator
from itertools import pairwise

from lessons.mutants.sentences import LONGEST, brief, made_by, within
from lessons.mutants.source import Source, called, items, on, owner, text_of, with_items, written
from lessons.mutants.types import Change, Operator
from lessons.mutants.vocabulary import CONDITIONS

ON_BY_DEFAULT = frozenset({"USE_TZ", "USE_I18N", "APPEND_SLASH", "SESSION_COOKIE_HTTPONLY", "SECURE_CONTENT_TYPE_NOSNIFF"})
"""The settings that Django has switched on where nothing is said; the others are off."""
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
                words = f"Yours behaves as if {instead(node, changed)}{within(source, node)}{both_equal(sign, other())}."
                yield Change(label, node, written(changed), words)


def instead(old: ast.expr, new: ast.expr) -> str:
    """Both conditions whole: they differ in a sign or a word."""
    return f"{brief(old, 2 * LONGEST)} were {brief(new, 2 * LONGEST)}"


def both_equal(sign: ast.cmpop, other: ast.cmpop) -> str:
    """Where a limit shows: of ``>`` and ``>=``, where both sides are equal."""
    return ": look at where both are equal" if spelt(sign)[0] == spelt(other)[0] in "<>" else ""


def spelt(sign: ast.cmpop) -> str:
    """``<=``, ``not in``"""
    return ast.unparse(ast.Compare(ast.Name("a"), [sign], [ast.Name("b")])).removeprefix("a ").removesuffix(" b")


def and_or(source: Source) -> Iterator[Change]:
    for node in source.nodes:
        if isinstance(node, ast.BoolOp):
            both = isinstance(node.op, ast.And)
            changed = ast.BoolOp(ast.Or() if both else ast.And(), node.values)
            words = f"Yours behaves as if {instead(node, changed)}{within(source, node)}."
            yield Change("and→or" if both else "or→and", node, written(changed), words)
            yield from drop_operands(source, node)


def drop_operands(source: Source, node: ast.BoolOp) -> Iterator[Change]:
    for value in node.values:
        left = [one for one in node.values if one is not value]
        changed = left[0] if len(left) == 1 else ast.BoolOp(node.op, left)
        words = f"Yours behaves as if {brief(value)} were not asked{within(source, node)}."
        yield Change("drop-operand", node, written(changed), words)


def branches(source: Source) -> Iterator[Change]:
    for node in source.nodes:
        if isinstance(node, ast.If | ast.IfExp | ast.While) or (isinstance(node, ast.comprehension) and node.ifs):
            for test in node.ifs if isinstance(node, ast.comprehension) else [node.test]:
                if not (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)):
                    words = f"Yours behaves as if the condition {brief(test)} were turned round{within(source, node)}."
                    yield Change("if→if-not", test, f"(not {written(test)})", words)
                if isinstance(node, ast.comprehension):
                    words = f"Yours behaves as if nothing were left out for want of {brief(test)}{within(source, test)}."
                    yield Change("drop-if", test, "True", words)


def drop_call(source: Source) -> Iterator[Change]:
    """A statement that is a call; not the last of the file, whose value is the answer."""
    last = source.tree.body[-1] if source.tree.body else None
    for node in source.nodes:
        if isinstance(node, ast.Expr) and node is not last and isinstance(node.value, ast.Call | ast.Await):
            call = node.value.value if isinstance(node.value, ast.Await) else node.value
            name = called(call) or "call"
            value = owner(call) if isinstance(call, ast.Call) else None
            what = f"`{name}()` of {brief(value)}" if value else f"`{name}()`"
            words = f"Yours behaves as if {what} were not called{within(source, node)}{LOST.get(name, '')}."
            yield Change(f"drop-{name}", node, "pass", words)


LOST = dict.fromkeys(("save", "create", "bulk_create", "update", "bulk_update"), ": nothing is written to the database there") | {
    "full_clean": ": what may not be stored is not refused",
    "delete": ": the rows stay in the database",
}
"""What a call that is left out would have done, where there is more to say than its name."""


def drop_raise(source: Source) -> Iterator[Change]:
    for node in source.nodes:
        if isinstance(node, ast.Raise) and node.exc:
            name = called(node.exc) or ast.unparse(node.exc)
            yield Change(f"drop-{name}", node, "pass", f"Yours behaves as if `{name}` were not raised{within(source, node)}.")


def drop_setting(source: Source) -> Iterator[Change]:
    """``book.in_print = False``, ``response["X-Shop"] = "open"``, and a setting that is not Django's own default."""
    for node in source.nodes:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and is_setting(source, node, node.targets[0]):
            name = ast.unparse(node.targets[0])
            words = f"Yours behaves as if `{name}` were not set{within(source, node)}."
            yield Change("drop-set", node, "pass", words)


def is_setting(source: Source, node: ast.Assign, target: ast.expr) -> bool:
    if isinstance(target, ast.Name):
        default = isinstance(node.value, ast.Constant) and node.value.value is (target.id in ON_BY_DEFAULT)
        return target.id.isupper() and source.parent(node) is source.tree and not default
    return isinstance(target, ast.Attribute | ast.Subscript)


def drop_wrapper(source: Source) -> Iterator[Change]:
    """Decorators, and ``with`` blocks that give no name."""
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for decorator in node.decorator_list:
                name = ast.unparse(decorator.func if isinstance(decorator, ast.Call) else decorator)
                words = (
                    f"Yours behaves as if `@{name}` did not stand above `{node.name}`{UNDONE.get(name.rpartition('.')[2], '')}."
                )
                yield Change(f"drop-{name}", decorator, "(lambda decorated: decorated)", words)
        elif isinstance(node, ast.With):
            for item in node.items:
                if item.optional_vars is None:
                    name = called(item.context_expr) or "with"
                    words = f"Yours behaves as if `with {name}` were not there{within(source, node)}{UNDONE.get(name, '')}."
                    yield Change(f"drop-{name}", item.context_expr, NOTHING, words)


UNDONE = {"atomic": ": what was written before something goes wrong stays written"}


def swap_arguments(source: Source) -> Iterator[Change]:
    for node in source.nodes:
        if not isinstance(node, ast.Call) or called(node) in ANY_ORDER or any(isinstance(one, ast.Starred) for one in node.args):
            continue
        for place, (one, other) in enumerate(pairwise(node.args)):
            swapped = [*node.args[:place], other, one, *node.args[place + 2 :]]
            first, second, name = brief(one), brief(other), called(node) or "a call"
            words = f"Yours behaves as if {second} came before {first} in `{name}()`{within(source, node)}."
            yield Change("swap-arguments", node, ast.unparse(with_items(node, [*swapped, *node.keywords])), words)


def returned(source: Source) -> Iterator[Change]:
    for node in source.nodes:
        if (
            isinstance(node, ast.Return)
            and node.value
            and not (isinstance(node.value, ast.Constant) and node.value.value is None)
        ):
            words = f"Yours behaves as if nothing were returned{within(source, node)}, where {brief(node.value)} should be."
            yield Change("return→none", node, "return None", words)


def drop_option(source: Source) -> Iterator[Change]:
    """A keyword argument of an ordinary call, such as ``status=404`` or ``on_delete=…``."""
    for node in source.nodes:
        if isinstance(node, ast.Call) and called(node) not in QUERYSETS:
            for each in node.keywords:
                if each.arg and each.arg != "flat":
                    left = [item for item in items(node) if item is not each]
                    where = made_by(source, node) or f"`{called(node) or 'a call'}()`"
                    words = f"Yours behaves as if {brief(each)} were not given to {where}{within(source, node)}."
                    yield Change(f"drop-{each.arg}", node, ast.unparse(with_items(node, left)), words)


def drop_default(source: Source) -> Iterator[Change]:
    """What a mapping or the environment gives for a key that is not there."""
    for call in source.calls({"get", "getenv", "pop"}):
        if len(call.args) == 2 and text_of(call.args[0]):
            what = f"{brief(call.args[1])} were not given to `{called(call)}()` beside {brief(call.args[0])}"
            words = f"Yours behaves as if {what}{within(source, call)}: look at what happens where there is none."
            yield Change("drop-default", call, ast.unparse(with_items(call, call.args[:1])), words)


def may_be_missing(source: Source) -> Iterator[Change]:
    """``os.environ["SECRET_KEY"]`` raises where there is none; ``get`` gives None."""
    for node in source.nodes:
        if isinstance(node, ast.Subscript) and ast.unparse(node.value).rpartition(".")[2] == "environ" and text_of(node.slice):
            get = on(node.value, "get", [node.slice])
            words = f"Yours behaves as if {brief(node)} were {brief(get)}{within(source, node)}: it may not be missing."
            yield Change("key→get", node, ast.unparse(get), words)


QUERYSETS = CONDITIONS | {"asc", "desc", "sorted", "sort", "Count", "Sum", "Avg", "Min", "Max", "annotate", "alias", "timedelta"}
"""Calls whose keywords have operators of their own."""

OPERATORS = (
    Operator("comparison", comparisons),
    Operator("and↔or", and_or),
    Operator("branch", branches),
    Operator("drop call", drop_call),
    Operator("drop raise", drop_raise),
    Operator("drop assignment", drop_setting),
    Operator("drop wrapper", drop_wrapper),
    Operator("swap arguments", swap_arguments),
    Operator("return nothing", returned),
    Operator("drop option", drop_option),
    Operator("drop default", drop_default),
    Operator("may be missing", may_be_missing),
)
