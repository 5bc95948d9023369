"""Jobs and observations as bytes, and back.

A frame is four bytes of length (big-endian) and that many bytes of UTF-8 JSON. A job's frame is followed by its databases, whose
sizes it names. An observation's frame comes from a process in which a learner's code has run, so :func:`read_observation`
trusts nothing: it accepts exactly one whole frame, of the right shape, with no NaN, no huge number, no deep nesting, and nothing
after it. Everything else is :class:`BadFrame`.
"""

import json
import struct
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from sandbox.protocol import FRAME_BYTES, STATEMENTS_KEPT, ErrorReport, File, Frame, Job, Observation, Outcome, Result, Statement

LENGTH = struct.Struct("!I")
DEEPEST = 64
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


def read_observation(data: bytes) -> Observation:
    """The observation in one whole frame. Raises BadFrame for anything else."""
    if len(data) < LENGTH.size:
        raise BadFrame("no frame")
    (length,) = LENGTH.unpack_from(data)
    if length > FRAME_BYTES or length != len(data) - LENGTH.size:
        raise BadFrame("not one whole frame")
    try:
        payload = json.loads(data[LENGTH.size :], parse_constant=_refuse, parse_int=_int, parse_float=_float)
    except (ValueError, RecursionError) as problem:
        raise BadFrame(str(problem)) from None
    _check_depth(payload)
    try:
        return _observation(payload)
    except (KeyError, TypeError, ValueError) as problem:
        raise BadFrame(str(problem)) from None


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


def _check_depth(payload: Any) -> None:
    level, depth = [payload], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise BadFrame("nested too deep")
        level = [child for value in level if isinstance(value, dict | list) for child in _children(value)]


def _children(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value


def _exactly[T](value: Any, kind: type[T]) -> T:
    if type(value) is not kind:
        raise TypeError(f"{type(value).__name__} where {kind.__name__} was expected")
    return value


def _number(value: Any) -> float:
    if type(value) not in (int, float) or not 0 <= value < 1e9:
        raise TypeError("not a time")
    return float(value)


def _line(value: Any) -> int | None:
    return None if value is None else _exactly(value, int)


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(_exactly(text, str) for text in _exactly(value, list))


def _observation(payload: Any) -> Observation:
    payload = _exactly(payload, dict)
    outcome = Outcome(_exactly(payload["outcome"], str))
    if outcome not in FROM_INSIDE:
        raise ValueError(f"{outcome} cannot be claimed from inside")
    if (outcome is Outcome.ERROR) != (payload["error"] is not None):
        raise ValueError("an error without a report, or a report without an error")
    return Observation(
        outcome=outcome,
        limit=_exactly(payload["limit"], str),
        error=None if payload["error"] is None else _error(payload["error"]),
        results=tuple(_result(one) for one in _exactly(payload["results"], list)),
    )


def _error(data: Mapping[str, Any]) -> ErrorReport:
    return ErrorReport(
        type=_exactly(data["type"], str),
        message=_exactly(data["message"], str),
        path=_exactly(data["path"], str),
        line=_line(data["line"]),
        column=_line(data["column"]),
        frames=tuple(_frame(one) for one in _exactly(data["frames"], list)),
        name=_exactly(data["name"], str),
        owner=_exactly(data["owner"], str),
        choices=_texts(data["choices"]),
        near=_texts(data["near"]),
    )


def _frame(data: Mapping[str, Any]) -> Frame:
    return Frame(
        _exactly(data["path"], str), _exactly(data["line"], int), _exactly(data["name"], str), _exactly(data["text"], str)
    )


def _result(data: Mapping[str, Any]) -> Result:
    statements = _exactly(data["statements"], list)
    if len(statements) > STATEMENTS_KEPT:
        raise ValueError("too many statements")
    queries = _exactly(data["queries"], int)
    if queries < 0:
        raise ValueError("fewer than no queries")
    return Result(
        label=_exactly(data["label"], str),
        seen=_exactly(data["seen"], dict),
        statements=tuple(_statement(one) for one in statements),
        queries=queries,
    )


def _statement(data: Mapping[str, Any]) -> Statement:
    return Statement(
        sql=_exactly(data["sql"], str),
        line=_line(data["line"]),
        ms=_number(data["ms"]),
        counts=_exactly(data["counts"], bool),
        plan=_texts(data["plan"]),
    )
