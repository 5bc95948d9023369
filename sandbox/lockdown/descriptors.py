"""Descriptors: a run holds its channel, its output and nothing else."""

import fcntl
import os

OUTPUT = 1
CHANNEL = 3
HIGH = 200
MOST = 1 << 20


def arrange(channel: int, output: int, ruleset: int | None) -> int | None:
    """Put output on 1 and 2 and the channel on 3, close the rest. Returns where the Landlock ruleset now is, still open.

    Everything moves up first: ``dup2`` onto a low number would otherwise close a descriptor that is yet to be moved.
    """
    nothing_to_read, _ = os.pipe()  # its other end is closed with the rest; /dev/null is not for the zygote to open
    high_channel, high_output, nothing = (raised(one) for one in (channel, output, nothing_to_read))
    kept = None if ruleset is None else raised(ruleset)
    for high, low in ((nothing, 0), (high_output, 1), (high_output, 2), (high_channel, CHANNEL)):
        os.dup2(high, low)
    os.closerange(CHANNEL + 1, MOST if kept is None else kept)
    if kept is not None:
        os.closerange(kept + 1, MOST)
    return kept


def raised(descriptor: int) -> int:
    return fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, HIGH)
