"""Chain: how many rows there are after each call of the answer's chain, so that the call that loses or gains some can be seen.

``seen``: ``{"calls": [{"code": "Book.objects", "rows": 300}, {"code": ".filter(in_print=True)", "rows": 212}, …]}``, empty when
no statement of the answer has a chain of calls on a QuerySet. Each part is evaluated before its statement is run, on the visible
data.
"""

import ast
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Manager, QuerySet

from sandbox.encode import text
from sandbox.names import NAMES
from sandbox.run import Run
from sandbox.source import module

MOST_CALLS = 30
"""A longer chain is shown from its end."""


def observe(run: Run) -> Mapping[str, Any]:
    setup, answer = run.sources[:-1], run.job.files[-1]
    namespace = module({**run.world.models, **NAMES})
    for source in setup:
        source.run(namespace)
    calls: list[dict[str, Any]] = []
    for statement in ast.parse(answer.text).body:
        calls += of_statement(statement, vars(namespace))
        exec(compile(ast.Module([statement], []), answer.path, "exec"), vars(namespace))
    return {"calls": calls[-MOST_CALLS:]}


def of_statement(statement: ast.stmt, namespace: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The outermost chains of calls, attributes and slices on a QuerySet; those in their arguments are left alone."""
    inside: set[ast.AST] = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Call | ast.Subscript) and node not in inside:
            parts = list(unrolled(node))
            found = counted(parts[::-1], namespace)
            inside.update(ast.walk(node) if found else parts)
            yield from found


def unrolled(node: ast.expr) -> Iterator[ast.expr]:
    """The expression, then what it was called on, and so on inwards."""
    while isinstance(node, ast.Call | ast.Subscript | ast.Attribute):
        if not isinstance(node, ast.Attribute) or node.attr == "objects":
            yield node
        match node:
            case ast.Call(func=ast.Attribute(value=inner)) | ast.Subscript(value=inner) | ast.Attribute(value=inner):
                node = inner
            case _:
                return
    yield node


def counted(parts: list[ast.expr], namespace: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts that are QuerySets, with their numbers of rows."""
    found: list[dict[str, Any]] = []
    before = ""
    for part in parts:
        value = evaluated(part, namespace)
        if isinstance(value, QuerySet | Manager):
            whole = ast.unparse(part)
            code = whole.removeprefix(before) if before and whole.startswith(before) else whole
            found.append({"code": text(code), "rows": value.count()})
            before = whole
    return found if len(found) > 1 else []


def evaluated(part: ast.expr, namespace: dict[str, Any]) -> Any:
    """None for what cannot be evaluated by itself, such as a part that names a comprehension's variable."""
    try:
        return eval(compile(ast.Expression(part), "answer.py", "eval"), namespace)
    except Exception:
        return None
