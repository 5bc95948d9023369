"""What a view answers with, and what it reads of a request."""

import ast
from collections.abc import Iterator

from lessons.mutants.sentences import within
from lessons.mutants.source import Source, called, constant, items, text_of, with_items
from lessons.mutants.types import Change, Operator

STATUSES = {
    200: (201, 204),
    201: (200,),
    204: (200,),
    301: (302,),
    302: (301,),
    400: (404, 422),
    401: (403,),
    403: (401, 404),
    404: (403, 410, 500),
    405: (403, 404),
    409: (400,),
    410: (404,),
    422: (400,),
    429: (503,),
    500: (503, 404),
    503: (500, 404),
}
"""What each is taken for."""
ANSWERS = {
    "HttpResponseRedirect": "HttpResponsePermanentRedirect",
    "HttpResponsePermanentRedirect": "HttpResponseRedirect",
    "HttpResponseNotFound": "HttpResponseForbidden",
    "HttpResponseForbidden": "HttpResponseNotFound",
    "HttpResponseBadRequest": "HttpResponseNotFound",
}
SENT = {"GET": "POST", "POST": "GET"}


def other_status(source: Source) -> Iterator[Change]:
    for node in source.nodes:
        if isinstance(node, ast.keyword) and node.arg in ("status", "status_code"):
            known = constant(node.value)
            for other in STATUSES.get(known, ()) if isinstance(known, int) else ():
                words = f"Yours behaves as if the status were {other} and not {known}{within(source, node)}."
                yield Change(f"{known}→{other}", node.value, str(other), words)


def other_answer(source: Source) -> Iterator[Change]:
    """Taken from Django itself: the file need not have imported it."""
    for call in source.calls(ANSWERS):
        name, other = called(call), ANSWERS[called(call)]
        func = ast.parse(f'__import__("django.http").http.{other}', mode="eval").body
        words = f"Yours behaves as if `{name}` were `{other}`{within(source, call)}."
        yield Change(f"{name}→{other}", call, ast.unparse(with_items(call, items(call), func)), words)


def permanent(source: Source) -> Iterator[Change]:
    for call in source.calls({"redirect"}):
        if not any(each.arg == "permanent" for each in call.keywords):
            new = with_items(call, [*items(call), ast.keyword("permanent", ast.Constant(True))])
            words = f"Yours behaves as if `redirect()` were permanent{within(source, call)}: a browser remembers that for good."
            yield Change("redirect→permanent", call, ast.unparse(new), words)


def elsewhere(source: Source) -> Iterator[Change]:
    for call in source.calls({"redirect"}):
        if call.args and text_of(call.args[0]) != "/":
            left = [each for each in call.keywords if each.arg == "permanent"]
            words = f"Yours behaves as if `redirect()` led to another page{within(source, call)}."
            yield Change("redirect→elsewhere", call, ast.unparse(with_items(call, [ast.Constant("/"), *left])), words)


def sent(source: Source) -> Iterator[Change]:
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and node.attr in SENT:
            old, new = ast.unparse(node), ast.unparse(ast.Attribute(node.value, SENT[node.attr]))
            words = f"Yours behaves as if `{old}` were `{new}`{within(source, node)}."
            yield Change(f"{node.attr}→{SENT[node.attr]}", node, new, words)


def drop_route(source: Source) -> Iterator[Change]:
    lists = [node for node in source.nodes if isinstance(node, ast.List) and len(node.elts) > 1]
    for node in lists:
        for one in node.elts:
            if called(one) in ("path", "re_path") and isinstance(one, ast.Call) and one.args:
                left = ast.List([other for other in node.elts if other is not one])
                words = f"Yours behaves as if there were no `{called(one)}()` for {text_of(one.args[0])!r}."
                yield Change("drop-path", node, ast.unparse(left), words)


OPERATORS = (
    Operator("other status", other_status),
    Operator("other answer", other_answer),
    Operator("redirect permanent", permanent),
    Operator("redirect elsewhere", elsewhere),
    Operator("GET↔POST", sent),
    Operator("drop route", drop_route),
)
