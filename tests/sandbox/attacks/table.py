"""Every attack, of every kind, that this processor knows."""

import os

from tests.sandbox.attacks.attack import Attack
from tests.sandbox.attacks.rows import cheating, cpu, django, files, leaks, memory, network, output, privileges, processes, sqlite

KINDS = (files, network, processes, privileges, memory, cpu, output, sqlite, django, cheating, leaks)
ATTACKS: list[Attack] = [one for kind in KINDS for one in kind.ATTACKS if one.machine in ("", os.uname().machine)]
LAYERS = ("descriptors", "identity", "landlock", "resources", "seccomp", "database", "client")
