"""What of a run says how an answer behaved: plain values whose :func:`written` texts are equal where the answers did the same.

They are for finding answers that are alike among thousands, each looked at alone. So there is no reference to measure by, and in
doubt two answers are told apart: :func:`lessons.grading.grade.behaves_like`, which holds two side by side, may still find them
alike. What was seen is a claim of an untrusted process: nothing has to be there, and nothing makes these functions raise.
"""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from lessons.grading import numbers
from lessons.grading.canonical import DEEPEST, READERS, Form, Yardstick, read_number, size, tag
from lessons.grading.errors import brief, signature
from lessons.grading.words import NOT_CALLED
from sandbox.protocol import ROWS_COMPARED, Encoded, ErrorReport, Result, Step

MOST = 5 * ROWS_COMPARED
"""Values. Of what holds more, only that is told."""
DIGITS = 9
BAGS = frozenset({"changes", "mail", "tasks"})
"""What is left behind in no order that counts."""
VOLATILE = frozenset({"counts", "journey"})
"""What changes from run to run, or says the same as its neighbours."""


def whole(result: Result) -> object:
    """Everything that was seen: for kinds that do not know better."""
    return anything(result.seen), tuple((step.asked, mistake(step.error), told(step)) for step in result.steps)


def mistake(report: ErrorReport | None) -> object:
    return report and signature(brief(report))


def value(type_name: object, encoded: Encoded) -> object:
    """One value that came back. Methods that were not called are one mistake, whichever they are."""
    return "not called" if isinstance(type_name, str) and type_name in NOT_CALLED else form(encoded)


def form(encoded: Encoded) -> Form:
    if encoded is None or isinstance(encoded, str | bool):
        return (type(encoded).__name__, encoded)
    return TOO_MUCH if size(encoded) > MOST else Yardstick([encoded]).form(encoded)


TOO_MUCH = "too much"


def bag(parts: Iterable[object]) -> tuple[str, ...]:
    """The parts in no order, each as often as it is there."""
    return tuple(sorted(map(written, parts)))


def anything(seen: Any, depth: int = 0) -> object:
    """An observer's own shape, with encoded values in it."""
    if depth > DEEPEST:
        return TOO_MUCH
    if isinstance(seen, Mapping):
        return {name: _part(name, one, depth + 1) for name, one in seen.items() if name not in VOLATILE}
    if isinstance(seen, list) and tag(seen) not in READERS and read_number(seen) is None:
        return tuple(anything(one, depth + 1) for one in seen)
    return form(seen)


def _part(name: str, seen: Any, depth: int) -> object:
    if name in BAGS and isinstance(seen, list):
        return bag(anything(one, depth) for one in seen)
    return anything(seen, depth)


def told(step: Step) -> object:
    """What one step gave or left behind."""
    return anything(step.seen)


# As text


def written(part: object) -> str:
    """The part's one text. Numbers are rounded, for floats carry noise; forms that equal nothing are alike here."""
    match part:
        case ("number", str(text)) if isinstance(part, tuple):
            return rounded(text)
        case tuple() | list():
            return f"[{','.join(map(written, part))}]"
        case set() | frozenset():
            return f"{{{','.join(bag(part))}}}"
        case dict():
            return f"{{{','.join(bag(part.items()))}}}"
    return json.dumps(part) if part is None or isinstance(part, str | bool | int | float) else "?"


def rounded(text: str) -> str:
    """A whole number keeps all of its digits."""
    found = numbers.number(text)
    if found is None or found.value == found.value.to_integral_value():
        return text
    return numbers.written(Decimal(f"{found.value:.{DIGITS}g}"))
