"""Jobs and observations as bytes, and back.

A frame is four bytes of length (big-endian) and that many bytes of UTF-8 JSON. A job's frame is followed by its databases, whose
sizes it names. An observation's frame comes from a process in which a learner's code has run, so :func:`read_observation`
trusts nothing: it accepts exactly one whole frame, of the right shape, with no NaN, no huge number, no deep nesting, and nothing
after it. Everything else is :class:`BadFrame`.
"""

import json
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sandbox.protocol import (
    CHOICES_KEPT,
    FRAME_BYTES,
    FRAMES_KEPT,
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_VALUES,
    ROWS_COMPARED,
    STATEMENTS_KEPT,
    STEPS_KEPT,
    ErrorReport,
    File,
    Frame,
    Job,
    Observation,
    Outcome,
    Result,
    Statement,
    Step,
)

LENGTH = struct.Struct("!I")
DEEPEST = 64
LONGEST = LONGEST_TEXT + 100  # a text that was cut says so at its end
HIGHEST_LINE = 1_000_000
FROM_INSIDE = (Outcome.OK, Outcome.ERROR, Outcome.MEMORY, Outcome.OUTPUT, Outcome.TIMEOUT)


class BadFrame(Exception):
    """What came back is not an observation."""


def write_job(job: Job) -> bytes:
    head = {
        "observer": job.observer,
        "world": job.world,
        "files": [asdict(file) for file in job.files],
        "options": dict(job.options),
        "seconds": job.seconds,
        "twin": job.twin,
        "sizes": [len(image) for image in job.databases],
    }
    text = json.dumps(head).encode()
    return b"".join((LENGTH.pack(len(text)), text, *job.databases))


def read_job(read: Callable[[int], bytes]) -> Job:
    """``read(n)`` returns exactly n bytes. The client is trusted: no checks."""
    (length,) = LENGTH.unpack(read(LENGTH.size))
    head = json.loads(read(length))
    return Job(
        observer=head["observer"],
        world=head["world"],
        files=tuple(File(**file) for file in head["files"]),
        options=head["options"],
        seconds=head["seconds"],
        twin=tuple(head["twin"]),
        databases=tuple(read(size) for size in head["sizes"]),
    )


def write_observation(observation: Observation) -> bytes:
    text = json.dumps(
        {
            "outcome": observation.outcome,
            "limit": observation.limit,
            "error": observation.error and asdict(observation.error),
            "results": [asdict(result) for result in observation.results],
        },
        allow_nan=False,
    ).encode()
    return LENGTH.pack(len(text)) + text


def whole(data: bytes | bytearray) -> bool:
    """Whether this is one frame of a permitted length, without a byte too many."""
    return len(data) >= LENGTH.size and LENGTH.unpack_from(data)[0] == len(data) - LENGTH.size <= FRAME_BYTES


def read_observation(data: bytes, *, longest: int = LONGEST) -> Observation:
    """The observation in one whole frame, no text in it over ``longest`` characters. Raises BadFrame for anything else."""
    if not whole(data):
        raise BadFrame("not one whole frame")
    text = data[LENGTH.size :]
    if too_many_values(text):
        raise BadFrame("too many values")
    try:
        # Of bytes, json would also take UTF-16 and UTF-32, in which values and quotes are not what was counted.
        payload = json.loads(text.decode(), parse_constant=_refuse, parse_int=_int, parse_float=_float)
    except (ValueError, RecursionError) as problem:
        raise BadFrame(str(problem)) from None
    _check_size(payload, longest)
    try:
        return _observation(payload)
    except (KeyError, TypeError, ValueError) as problem:
        raise BadFrame(str(problem)) from None


def too_many_values(text: bytes) -> bool:
    """Seen without parsing it, which would make them all first: a text is between two quotes, a value behind one sign outside."""
    plain = text.replace(b"\\\\", b"").replace(b'\\"', b"")
    if plain.count(b'"') > 2 * MOST_VALUES:
        return True
    outside = b"".join(plain.split(b'"')[::2])
    return sum(outside.count(sign) for sign in (b"[", b"{", b",")) > MOST_VALUES


def _refuse(text: str) -> Any:
    raise ValueError(f"{text} is not a number")


def _int(text: str) -> int:
    if len(text) > 20:
        raise ValueError("a number of too many digits")
    return int(text)


def _float(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError("a number too large")
    return number


def fits(steps: Sequence[Step], most: int) -> bool:
    """Whether all steps together hold no more than ``most`` values: an encoder counts those of one."""
    try:
        _check_size([step.seen for step in steps], LONGEST, most)
    except BadFrame:
        return False
    return True


def _check_size(payload: Any, longest: int, most: int = MOST_VALUES) -> None:
    """What comes after this works value by value: no more of them, no deeper and no longer than an honest run sends."""
    level, depth, values = [payload], 0, 0
    while level:
        depth, values = depth + 1, values + len(level)
        if depth > DEEPEST or values > most:
            raise BadFrame("too deep or too many values")
        for text in (value for value in level if isinstance(value, str)):
            _check_text(text, longest)
        level = [child for value in level if isinstance(value, dict | list) for child in _children(value)]


def _check_text(text: str, longest: int) -> None:
    if len(text) > longest:
        raise BadFrame("too long a text")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise BadFrame("half a surrogate pair") from None


def _children(value: Any) -> list[Any]:
    return [*value, *value.values()] if isinstance(value, dict) else value


def _exactly[T](value: Any, kind: type[T]) -> T:
    if type(value) is not kind:
        raise TypeError(f"{type(value).__name__} where {kind.__name__} was expected")
    return value


def _number(value: Any) -> float:
    if type(value) not in (int, float) or not 0 <= value < 1e9:
        raise TypeError("not a time")
    return float(value)


def _queries(value: Any) -> int:
    if _exactly(value, int) < 0:
        raise ValueError("fewer than no queries")
    return int(value)


def _line(value: Any) -> int | None:
    if value is None:
        return None
    if not 0 <= _exactly(value, int) <= HIGHEST_LINE:
        raise ValueError("no line has this number")
    return int(value)


def _name(value: Any) -> str:
    if len(_exactly(value, str)) > LONGEST_NAME:
        raise ValueError("too long a name")
    return str(value)


def _list(value: Any, most: int) -> list[Any]:
    if len(_exactly(value, list)) > most:
        raise ValueError(f"more than {most}")
    return list(value)


def _names(value: Any, most: int) -> tuple[str, ...]:
    return tuple(_name(text) for text in _list(value, most))


def _observation(payload: Any) -> Observation:
    payload = _exactly(payload, dict)
    outcome = Outcome(_exactly(payload["outcome"], str))
    if outcome not in FROM_INSIDE:
        raise ValueError(f"{outcome} cannot be claimed from inside")
    if (outcome is Outcome.ERROR) != (payload["error"] is not None):
        raise ValueError("an error without a report, or a report without an error")
    return Observation(
        outcome=outcome,
        limit=_name(payload["limit"]),
        error=None if payload["error"] is None else _error(payload["error"]),
        results=tuple(_result(one) for one in _exactly(payload["results"], list)),
    )


def _error(data: Mapping[str, Any]) -> ErrorReport:
    return ErrorReport(
        type=_name(data["type"]),
        message=_name(data["message"]),
        path=_name(data["path"]),
        line=_line(data["line"]),
        column=_line(data["column"]),
        frames=tuple(_frame(one) for one in _list(data["frames"], FRAMES_KEPT)),
        name=_name(data["name"]),
        owner=_name(data["owner"]),
        choices=_names(data["choices"], CHOICES_KEPT),
        near=_names(data["near"], CHOICES_KEPT),
    )


def _frame(data: Mapping[str, Any]) -> Frame:
    return Frame(path=_name(data["path"]), line=_line(data["line"]) or 0, name=_name(data["name"]), text=_name(data["text"]))


def _result(data: Mapping[str, Any]) -> Result:
    return Result(
        label=_name(data["label"]),
        seen=_seen(data["seen"]),
        statements=tuple(_statement(one) for one in _list(data["statements"], STATEMENTS_KEPT)),
        queries=_queries(data["queries"]),
        steps=tuple(_step(one) for one in _list(data["steps"], STEPS_KEPT)),
    )


def _step(data: Mapping[str, Any]) -> Step:
    error = data["error"]
    return Step(
        asked=_name(data["asked"]),
        seen=dict(_exactly(data["seen"], dict)),
        error=None if error is None else _error(error),
        queries=_queries(data["queries"]),
    )


def _seen(data: Any) -> Mapping[str, Any]:
    for value in _exactly(data, dict).values():
        if isinstance(value, list):
            _list(value, ROWS_COMPARED)
    return dict(data)


def _statement(data: Mapping[str, Any]) -> Statement:
    return Statement(
        sql=_exactly(data["sql"], str),
        line=_line(data["line"]),
        ms=_number(data["ms"]),
        counts=_exactly(data["counts"], bool),
        plan=tuple(_exactly(text, str) for text in _exactly(data["plan"], list)),
    )
