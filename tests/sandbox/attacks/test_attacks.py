"""Every attack of the table in every level that this machine has, in the identity that the tests have."""

from collections.abc import Iterator

import pytest

from sandbox.lockdown import landlock
from tests.sandbox.attacks.arena import Arena, arena_around
from tests.sandbox.attacks.attack import Attack
from tests.sandbox.attacks.table import ATTACKS, LAYERS
from tests.sandbox.attacks.zygotes import Bent

NO_LANDLOCK = "zygote.lockdown.landlock.version = lambda: 0"
LEVELS = {"full": "pass", "strict": NO_LANDLOCK} if landlock.version() else {"strict": "pass"}


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
