"""Prints, when the tests have run, as whom the sandbox was attacked in them, and what attacks it in the ways left out."""

import os
from pathlib import Path

from sandbox import zygote
from sandbox.lockdown import identity, landlock

WAYS = {
    "as root with an open Python": "scripts/attack_everywhere.sh",
    "as root with a closed Python": "scripts/attack_everywhere.sh",
    "as an ordinary user": "scripts/attack_everywhere.sh",
    "in a container": "scripts/attack_in_container.sh",
}


def here() -> set[str]:
    """What of WAYS holds of this process."""
    contained = {"in a container"} if "Seccomp:\t2" in Path("/proc/self/status").read_text() else set()
    if os.geteuid() != 0:
        return {"as an ordinary user", *contained}
    opened = identity.choose(zygote.readable()) is not None
    return {f"as root with {'an open' if opened else 'a closed'} Python", *contained}


if __name__ == "__main__":
    tried = here()
    levels = "full and strict" if landlock.version() else "strict (there is no Landlock here)"
    print(f"The sandbox was attacked {', '.join(sorted(tried))}; levels: {levels}.")
    left = {way: script for way, script in WAYS.items() if way not in tried}
    print(f"Not here: {', '.join(left)}. For these: {', '.join(sorted(set(left.values())))}.")
