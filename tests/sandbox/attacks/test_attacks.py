"""Every attack of the table in every level that this machine has, in the identity that the tests have."""

import secrets
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from sandbox import codec, flight
from sandbox.flight import Flight
from sandbox.protocol import FRAME_BYTES, Outcome
from tests.sandbox.attacks.arena import Arena, arena_around, job
from tests.sandbox.attacks.attack import Attack
from tests.sandbox.attacks.table import ATTACKS, LAYERS
from tests.sandbox.attacks.zygotes import LEVELS, MB, Bent


@pytest.fixture(scope="session", params=LEVELS)
def arena(request: pytest.FixtureRequest) -> Iterator[Arena]:
    sandbox = Bent(LEVELS[request.param])
    assert sandbox.status().level == request.param, sandbox.status()
    with arena_around(sandbox) as arena:
        yield arena


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_an_attack_does_no_harm(arena: Arena, attack: Attack) -> None:
    assert arena.harm(attack) == []


def test_the_table_is_whole():
    assert len({str(attack) for attack in ATTACKS}) == len(ATTACKS)
    assert {layer for attack in ATTACKS for layer in attack.layers} <= set(LAYERS)


def test_the_zygote_never_held_what_a_learner_wrote(arena: Arena) -> None:
    text = "w" + secrets.token_hex(20)
    assert arena.sandbox.run(job(f"# {text}\nprint({text!r})\n{text} = [1]\n[{text!r}]")).outcome is Outcome.OK
    held = memory_of(arena.sandbox._ready().process.pid)
    assert sum(b"Author" in part for part in held) > 0  # it can be read
    assert not any(needle in part for part in held for needle in (text.encode(), arena.plants.token.encode()))


def memory_of(pid: int) -> list[bytes]:
    """What it may write to, a region each."""
    with open(f"/proc/{pid}/mem", "rb", 0) as memory:  # noqa: PTH123
        regions = []
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            ends, rights = line.split()[:2]
            start, end = (int(one, 16) for one in ends.split("-"))
            if rights.startswith("rw"):
                memory.seek(start)
                regions.append(memory.read(end - start))
        return regions


def test_a_run_that_answers_byte_by_byte_does_not_keep_the_site_busy(arena: Arena, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = []

    def turn(flights: Sequence[Flight]) -> None:
        turns.append(time.monotonic())
        honest(flights)

    honest = flight.turn
    monkeypatch.setattr(flight, "turn", turn)
    monkeypatch.setattr(flight, "QUICK_TURNS", 10)
    assert arena.sandbox.run(job("import os\nwhile True: os.write(3, b'x')", seconds=1.0)).outcome is Outcome.TIMEOUT
    slow = turns[flight.QUICK_TURNS :]
    assert len(slow) - 1 <= (slow[-1] - slow[0]) / flight.SECONDS_BETWEEN_TURNS


@pytest.mark.parametrize("coding", ["utf-8", "utf-16-le", "utf-32-be"])
@pytest.mark.parametrize("filling", ["[]", "{}", '"x"', "1.5"])
def test_a_claim_of_eight_megabytes_is_not_taken_apart(filling: str, coding: str) -> None:
    width = len("x".encode(coding))
    # The escaped quote is one for who counts them byte by byte in a wider coding: all that follows would then be inside a text.
    text = ('["\\"",' + (filling + ",") * ((FRAME_BYTES - 100) // width // (len(filling) + 1)) + "1]").encode(coding)
    tracemalloc.start()
    with pytest.raises(codec.BadFrame):
        codec.read_observation(codec.LENGTH.pack(len(text)) + text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 80 * MB
