"""How one request's answer differs from the reference's. What was seen is a claim: nothing has to be there."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lessons.catalogue.types import Exercise
from lessons.grading import bodies, dom
from lessons.grading.essence import told
from lessons.grading.steps import Pairs, different_ends, same_value, shown_value
from lessons.grading.types import Check, Diff, Remark
from lessons.grading.words import code, count
from lessons.kinds.render import silence
from lessons.kinds.responses.journey import path_of, way_off, words_of
from lessons.kinds.responses.reasons import because
from sandbox.protocol import Step

PARTS = {
    "status": ("Every status is right", "Not every status is right"),
    "headers": ("Every header is right", "Not every header is right"),
    "body": ("Every body is right", "Not every body is right"),
    "journey": ("Goes through the layers as it should", "Does not go through the layers as it should"),
}
"""By check: what is said where it is right or wrong."""
NOT_COMPARED = frozenset(("content-length", "date"))
IN_ANY_ORDER = frozenset(("allow", "vary", "cache-control"))
RANDOM_COOKIES = frozenset(("csrftoken", "sessionid"))

type Headers = dict[str, tuple[str, str]]
"""By lower-case name: the name as it was written, and the value."""


def answer(step: Step) -> Mapping[str, Any] | None:
    found = step.seen.get("response")
    return found if isinstance(found, dict) else None


def differ(exercise: Exercise, expected: Step, observed: Step) -> str:
    return next((words for _, words in differences(exercise, expected, observed)), "")


def differences(exercise: Exercise, expected: Step, observed: Step) -> Iterator[tuple[str, str]]:
    """The checks that fail on one step, each with what is off. The first is the one to tell."""
    right, given = answer(expected), answer(observed)
    compared = exercise.extra.get("compare", tuple(PARTS))
    if (right is None) != (given is None):
        yield "responses", f"gives {shown(observed)}, expected {shown(expected)}"
    elif right is None and (words := same_value(exercise, expected, observed)):
        yield "responses", words
    elif right is not None and given is not None:
        parts = (("status", status_off), ("headers", headers_off), ("body", body_off))
        yield from ((name, words) for name, off in parts if name in compared and (words := off(exercise, right, given, observed)))
    if "journey" in compared and (words := way_off(path_of(expected.seen), path_of(observed.seen))):
        yield "journey", words


def finer(exercise: Exercise, pairs: Pairs) -> Iterator[Check]:
    """One check for each part of the responses. What raised has no parts, and then no part is called right."""
    asked = [pair for pair in pairs if pair[0].asked]
    whole = [pair for pair in asked if not different_ends(*pair)]
    off = {name for pair in whole for name, _ in differences(exercise, *pair)}
    for name, (right, wrong) in PARTS.items():
        if name in off:
            yield Check(name, False, wrong)
        elif len(whole) == len(asked) and looked_at(exercise, name, asked):
            yield Check(name, True, right)


def looked_at(exercise: Exercise, name: str, asked: Pairs) -> bool:
    if name not in exercise.extra.get("compare", tuple(PARTS)):
        return False
    return any(path_of(expected.seen) if name == "journey" else answer(expected) for expected, _ in asked)


# Parts


def status_off(exercise: Exercise, right: Mapping[str, Any], given: Mapping[str, Any], observed: Step) -> str:
    if right.get("status") == given.get("status"):
        return ""
    return f"status {status(given)}, expected {status(right)}{because(given, observed.seen)}"


def headers_off(exercise: Exercise, right: Mapping[str, Any], given: Mapping[str, Any], observed: Step) -> str:
    wanted, found = headers(right), headers(given)
    varying = {name.lower() for name in exercise.extra.get("varying", ())}
    for key in [*wanted, *(key for key in found if key not in wanted)]:
        if key not in found:
            return f"no header {code(wanted[key][0])}" + ("" if key in varying else f", expected {code(wanted[key][1])}")
        if key not in wanted:
            return f"has a header {code(found[key][0])} that it should not have"
        if key not in varying and alike(key, wanted[key][1]) != alike(key, found[key][1]):
            return f"header {code(wanted[key][0])} is {code(found[key][1])}, expected {code(wanted[key][1])}"
    return ""


def headers(response: Mapping[str, Any]) -> Headers:
    """Cookies are headers that come once for each name."""
    found = {name.lower(): (name, value) for name, value in texts(response.get("headers"))}
    cookies = {f"set-cookie {name}": (f"Set-Cookie: {name}", value) for name, value in texts(response.get("cookies"))}
    return {key: pair for key, pair in {**found, **cookies}.items() if key not in NOT_COMPARED}


def texts(pairs: Any) -> Iterator[tuple[str, str]]:
    for pair in pairs if isinstance(pairs, list) else ():
        match pair:
            case [str(name), str(value)]:
                yield name, value


def alike(key: str, value: str) -> object:
    """The value, without what does not matter in it."""
    if key in IN_ANY_ORDER:
        return frozenset(part.strip().lower() for part in value.split(","))
    if key == "content-type":
        return value.lower().replace(" ", "")
    if key.startswith("set-cookie"):
        name, _, rest = value.partition("=")
        parts = rest.split("; ")
        return frozenset(parts[1:] if name in RANDOM_COOKIES else parts)
    return value.strip()


def body_off(exercise: Exercise, right: Mapping[str, Any], given: Mapping[str, Any], observed: Step) -> str:
    words = bodies.off(form_of(right), right, given)
    return f"the body {words}" if words else ""


def form_of(response: Mapping[str, Any]) -> str:
    return bodies.form_of(headers(response).get("content-type", ("", ""))[1])


# Alone


def behaved(exercise: Exercise, step: Step) -> object:
    """The response's parts that are compared, and the way to it."""
    response = answer(step)
    if response is None:
        return told(step), path_of(step.seen)
    varying = {name.lower() for name in exercise.extra.get("varying", ())}
    known = {key: "" if key in varying else alike(key, value) for key, (_, value) in headers(response).items()}
    return status(response), known, bodies.essence(form_of(response), response), path_of(step.seen)


# For people


def status(response: Mapping[str, Any]) -> str:
    found = response.get("status")
    return str(found) if type(found) is int else "?"


def shown(step: Step) -> str:
    response = answer(step)
    if response is None:
        return code(shown_value(step)).strip("`")
    where = headers(response).get("location")
    size = response.get("bytes")
    return f"{status(response)}{f' to {where[1]}' if where else ''}, {count(size if type(size) is int else 0, 'byte')}"


def named(step: Step) -> str:
    """``GET /books/7/``; the statement as the probe has it, where there is more to it than a path."""
    response = answer(step)
    request = response.get("request") if response else None
    return request if isinstance(request, str) and request and ONLY_A_PATH.fullmatch(step.asked) else step.asked


ONLY_A_PATH = re.compile(r"""client\.\w+\(f?('[^']*'|"[^"]*")\)""")


def closer(exercise: Exercise, expected: Step, observed: Step) -> Diff | None:
    """The two bodies or the two ways, line by line, where that is what is off."""
    right, given = answer(expected), answer(observed)
    match [name for name, _ in differences(exercise, expected, observed)][:1]:
        case ["body"] if right and given:
            return bodies.diff(form_of(right), f"Body of {named(expected)}", right, given)
        case ["journey"]:
            rows = dom.diff_rows(words_of(path_of(expected.seen)), words_of(path_of(observed.seen)))
            return Diff(columns=(f"Way of {named(expected)}",), rows=tuple(rows))
    return None


def why(exercise: Exercise, expected: Step, observed: Step) -> Remark | None:
    """What the template passed over, where there is one and the body is what is off."""
    right, given = answer(expected), answer(observed)
    if not (right and given and given.get("templates")):
        return None
    off = [name for name, _ in differences(exercise, expected, observed)]
    return silence.why(expected, observed, bodies.joined(right), bodies.joined(given)) if off[:1] == ["body"] else None
