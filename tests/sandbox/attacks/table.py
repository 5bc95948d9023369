"""Every attack, of every kind, that this processor knows."""

import os

from tests.sandbox.attacks.attack import Attack
from tests.sandbox.attacks.rows import cpu, files, memory, network, output, processes

ALL: list[Attack] = [*files.ATTACKS, *network.ATTACKS, *processes.ATTACKS, *memory.ATTACKS, *cpu.ATTACKS, *output.ATTACKS]
ATTACKS = [attack for attack in ALL if attack.machine in ("", os.uname().machine)]
LAYERS = ("descriptors", "identity", "landlock", "resources", "seccomp", "database", "client")
