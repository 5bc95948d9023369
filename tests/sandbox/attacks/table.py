"""Every attack, of every kind."""

from tests.sandbox.attacks.attack import Attack
from tests.sandbox.attacks.rows import files, network

ATTACKS: list[Attack] = [*files.ATTACKS, *network.ATTACKS]
LAYERS = ("descriptors", "identity", "landlock", "resources", "seccomp", "database", "client")
