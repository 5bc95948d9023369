"""A frame from inside is an untrusted claim."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import codec
from sandbox.protocol import ErrorReport, File, Frame, Job, Observation, Outcome, Result, Statement

FULL = Observation(
    outcome=Outcome.ERROR,
    limit="",
    error=ErrorReport(
        type="FieldError", message="no", line=2, column=None, frames=(Frame("answer.py", 2, "f", "x"),), name="x", near=("y",)
    ),
    results=(
        Result(
            label="visible", seen={"rows": [1, None]}, queries=1, statements=(Statement(sql="S", line=1, ms=0.5, counts=True),)
        ),
    ),
)


def framed(text: bytes) -> bytes:
    return codec.LENGTH.pack(len(text)) + text


def payload() -> dict:
    return json.loads(codec.write_observation(FULL)[codec.LENGTH.size :])


def test_an_observation_comes_back_as_it_went():
    assert codec.read_observation(codec.write_observation(FULL)) == FULL


def test_a_job_comes_back_as_it_went():
    job = Job(
        observer="rows", world="w", files=(File("a.py", "x\ud800"),), options={"a": [1]}, databases=(b"one", b""), seconds=2.0
    )
    data = memoryview(codec.write_job(job))

    def read(size):
        nonlocal data
        part, data = bytes(data[:size]), data[size:]
        return part

    assert codec.read_job(read) == job
    assert not data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\0",
        framed(b"{}")[:-1],
        framed(b"{}") + b"x",
        codec.write_observation(FULL) * 2,
        b"\xff\xff\xff\xff{}",
        framed(b"{}"),
        framed(b"[]"),
        framed(b"null"),
        framed(b"\xff"),
        framed(b'{"outcome": NaN}'),
        framed(b'{"outcome": Infinity}'),
        framed(b"9" * 5000),
        framed(b"1e999"),
        framed(b"[" * 100_000),
        framed(b"[" * 100 + b"]" * 100),
    ],
)
def test_a_broken_frame_is_refused(data):
    with pytest.raises(codec.BadFrame):
        codec.read_observation(data)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("outcome",), "busy"),
        (("outcome",), "unavailable"),
        (("outcome",), "passed"),
        (("outcome",), "ok"),
        (("outcome",), 1),
        (("error",), None),
        (("error", "line"), "2"),
        (("error", "line"), True),
        (("error", "near"), "name"),
        (("error", "frames", 0, "line"), 1.5),
        (("limit",), None),
        (("results",), {}),
        (("results", 0, "seen"), []),
        (("results", 0, "queries"), -1),
        (("results", 0, "queries"), True),
        (("results", 0, "label"), 7),
        (("results", 0, "statements"), [{}]),
        (("results", 0, "statements", 0, "ms"), -1),
        (("results", 0, "statements", 0, "ms"), 1e300),
        (("results", 0, "statements", 0, "counts"), 1),
        (("results", 0, "statements", 0, "plan"), [None]),
        (("results", 0, "statements", 0, "sql"), "x" * 11_000),
        (("results", 0, "seen"), {"rows": [1] * 10_001}),
        (("results", 0, "seen"), {"rows": [[[1] * 1000] * 100] * 6}),
        (("results", 0, "seen"), {"x" * 11_000: 1}),
        (("results", 0, "seen"), {"value": "\ud800"}),
        (("error", "message"), "x" * 1_001),
        (("error", "name"), "\udfff"),
        (("error", "line"), 300_000_000),
        (("error", "column"), -1),
        (("error", "choices"), ["x"] * 61),
        (("error", "frames"), [{"path": "a", "line": 1, "name": "f", "text": "x"}] * 11),
    ],
)
def test_a_frame_of_the_wrong_shape_is_refused(path, value):
    data = payload()
    target = data
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    with pytest.raises(codec.BadFrame):
        codec.read_observation(framed(json.dumps(data).encode()))


def test_too_many_statements_are_refused():
    data = payload()
    data["results"][0]["statements"] *= 101
    with pytest.raises(codec.BadFrame):
        codec.read_observation(framed(json.dumps(data).encode()))


def test_signs_in_texts_are_not_values():
    data = payload()
    data["results"][0]["seen"] = {"rows": [',[{"\\,\\"' * 1_000] * 400}
    assert not codec.too_many_values(json.dumps(data).encode())
    read = codec.read_observation(framed(json.dumps(data).encode()))
    assert read.results[0].seen == data["results"][0]["seen"]


@pytest.mark.parametrize(
    "text", [b"[" * 500_001, b'{"a":' * 500_001, b"[0" + b",0" * 500_001, b'[""' + b',""' * 500_001, b'"' * 1_000_001]
)
def test_too_many_values_are_seen_before_they_are_made(text):
    assert codec.too_many_values(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(st.binary(max_size=300) | JSON.map(lambda value: framed(json.dumps(value).encode())))
def test_every_input_is_an_observation_or_refused(data):
    try:
        assert isinstance(codec.read_observation(data), Observation)
    except codec.BadFrame:
        return


@given(st.data())
def test_every_mutation_of_a_good_frame_is_an_observation_or_refused(data):
    whole = target = found = payload()
    while isinstance(found, dict | list) and found:
        target, key = found, data.draw(st.sampled_from(sorted(found) if isinstance(found, dict) else list(range(len(found)))))
        found = target[key]
    target[key] = data.draw(JSON)
    try:
        assert isinstance(codec.read_observation(framed(json.dumps(whole).encode())), Observation)
    except codec.BadFrame:
        return
