"""How the server's threads are shared between learners' code, which keeps one for as long as it runs or waits, and pages."""

import os

from django.core.exceptions import ImproperlyConfigured

MOST_SLOTS = 4
SHARE_FOR_PAGES = 5
"""One thread in so many is kept for pages, and never fewer than two."""


def cores() -> int:
    """Those that this process may use: in a container, maybe fewer than the machine has."""
    return len(os.sched_getaffinity(0))


def shared(threads: int, *, slots: int = 0, line: int | None = None) -> tuple[int, int]:
    """How many runs may go on at once, and how many more may wait in line.

    ``slots`` 0: as many as there are cores, at most ``MOST_SLOTS``. ``line`` None: what leaves the pages their share of threads.
    Raises ImproperlyConfigured when runs could take every thread: endless loops would then keep lessons from loading.
    """
    slots = slots or max(1, min(cores(), MOST_SLOTS, threads - 2))
    line = max(1, threads - slots - max(2, threads // SHARE_FOR_PAGES)) if line is None else line
    if slots + line >= threads:
        raise ImproperlyConfigured(
            f"With {threads} threads (THREADS), {slots} runs at once (WOODSHED_RUNS) and {line} waiting in line (WOODSHED_LINE), "
            "none would be left to serve pages. There must be more threads than both together."
        )
    return slots, line
