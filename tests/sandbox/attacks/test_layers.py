"""Each layer alone, all others off: the attacks that name it must come to nothing. Then none at all: those attacks must work.

So no layer is decoration, and no row of the table is one that could not fail. The client's layer, which is the deadline, the
limit of output and the mistrust of frames, is never off: it is what looks on.
"""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from sandbox.lockdown import landlock
from tests.sandbox.attacks.arena import Arena, arena_around
from tests.sandbox.attacks.attack import Attack
from tests.sandbox.attacks.table import ATTACKS, LAYERS
from tests.sandbox.attacks.zygotes import Bent

OFF = {
    "descriptors": "zygote.lockdown.descriptors.arrange = open_descriptors(zygote.lockdown.descriptors)",
    # An ordinary user's Landlock and seccomp need no_new_privs: that much of the identity's layer always stays.
    "identity": "identity = zygote.lockdown.identity; identity.drop = lambda *_: None; identity.seal = identity.gain_nothing",
    "landlock": "zygote.lockdown.landlock.restrict = lambda *_: None",
    "resources": "zygote.resources.limit = lambda *_: None",
    "seccomp": "zygote.seccomp.install = lambda *_: None",
    "database": "zygote.database.harden = lambda *_: None",
}
FEWEST = 3
ABI = landlock.version()


def without(*layers: str) -> str:
    """The boot text for a zygote that lacks these layers. What stands in for one is in bent.py."""
    bent = (Path(__file__).parent / "bent.py").read_text()
    lines = [OFF[layer] for layer in layers]
    if "landlock" in layers and "seccomp" not in layers:
        # As where there is no Landlock: what is tried is that seccomp holds all by itself.
        lines.append("zygote.lockdown.landlock.version = lambda: 0")
    return f"exec({bent!r}); {'; '.join(lines)}"


def own_rows(layer: str) -> list[Attack]:
    return [attack for attack in ATTACKS if layer in attack.layers and (layer != "landlock" or attack.landlock <= ABI)]


def works_bare(attack: Attack) -> bool:
    if not attack.harmless or not set(attack.layers) - {"client"}:
        return False
    return (os.geteuid() == 0 or not attack.privileged) and not (attack.engines_refuse and filtered())


def filtered() -> bool:
    """Whether these tests themselves run under a seccomp filter, as in a container."""
    return "Seccomp:\t2" in Path("/proc/self/status").read_text()


class Arenas:
    """One at a time: the zygotes of all layers would fill the memory of a small machine."""

    def __init__(self, stack: ExitStack) -> None:
        self.stack, self.boot = stack, ""

    def lacking(self, *layers: str) -> Arena:
        boot = without(*layers)
        if boot != self.boot:
            self.stack.close()
            self.arena = self.stack.enter_context(arena_around(Bent(boot, unproven=True)))
            self.boot = boot
        return self.arena


@pytest.fixture(scope="module")
def arenas() -> Iterator[Arenas]:
    with ExitStack() as stack:
        yield Arenas(stack)


@pytest.mark.parametrize(("layer", "attack"), [(layer, attack) for layer in LAYERS for attack in own_rows(layer)], ids=str)
def test_a_layer_alone_stops_what_is_its_own(arenas: Arenas, layer: str, attack: Attack) -> None:
    assert arenas.lacking(*(one for one in OFF if one != layer)).harm_around(attack) == []


@pytest.mark.parametrize("attack", [one for one in ATTACKS if works_bare(one)], ids=str)
def test_without_any_layer_it_would_work(arenas: Arenas, attack: Attack) -> None:
    assert arenas.lacking(*OFF).harm_around(attack) != []


def test_every_layer_has_rows_of_its_own():
    count = Counter(layer for attack in ATTACKS for layer in attack.layers)
    assert [layer for layer in LAYERS if count[layer] < FEWEST] == []
