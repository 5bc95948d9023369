"""Descriptors: a run holds its channel, its output and nothing else."""

import fcntl
import os

OUTPUT = 1
CHANNEL = 3
HIGH = 200


def arrange(channel: int, output: int, ruleset: int | None) -> int | None:
    """Put output on 1 and 2 and the channel on 3, close the rest. Returns where the Landlock ruleset now is, still open.

    Everything moves up first: ``dup2`` onto a low number would otherwise close a descriptor that is yet to be moved.
    """
    moved = [raised(descriptor) for descriptor in (channel, output)]
    kept = None if ruleset is None else raised(ruleset)
    nothing = raised(os.open(os.devnull, os.O_RDONLY))
    os.dup2(nothing, 0)
    os.dup2(moved[1], 1)
    os.dup2(moved[1], 2)
    os.dup2(moved[0], CHANNEL)
    os.closerange(CHANNEL + 1, HIGH)
    for descriptor in (*moved, nothing):
        os.close(descriptor)
    os.closerange(HIGH if kept is None else kept + 1, 65_536)
    return kept


def raised(descriptor: int) -> int:
    return fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, HIGH)
