"""What a row of the attack table is."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

ERROR, OK, CRASHED, TIMEOUT, MEMORY, OUTPUT = (
    frozenset({one}) for one in ("error", "ok", "crashed", "timeout", "memory", "output")
)

LONG = 30.0


@dataclass(frozen=True, slots=True)
class Attack:
    """One thing that a hostile learner might try.

    ``code`` runs after the names of :mod:`tests.sandbox.attacks.arms` and the arena's addresses, in capitals. ``ends`` are the
    outcomes it may end in; that it did no harm is known only from what the arena looks at outside. An attack that gathers what
    its tries gave it ends "ok": the arena looks for the loot in what came back.

    ``layers`` name those that must each stop it alone. ``harmless``: it may be let loose without any of them, to see that it
    would have worked. ``beside`` is the code of another run that is under way meanwhile and must come back well.
    ``landlock`` is the first version of Landlock that knows the matter. ``machine``: only there. ``privileged``: without any
    layer it would work for root only. ``engines_refuse``: nor would it in a container under an engine's own filter.
    """

    name: str
    about: str
    code: str
    ends: AbstractSet[str] = ERROR
    layers: tuple[str, ...] = ()
    seconds: float = 2.0
    harmless: bool = True
    beside: str = ""
    landlock: int = 1
    machine: str = ""
    privileged: bool = False
    engines_refuse: bool = False

    @property
    def deadline(self) -> float:
        """In seconds. What should end by itself has long: a busy machine would else end it first."""
        return self.seconds if "timeout" in self.ends else max(self.seconds, LONG)

    def __str__(self) -> str:
        return f"{self.about}: {self.name}".replace(" ", "-")


def kernel_has_it_off(switch: str) -> bool:
    """Whether a switch below /proc/sys/kernel, by which a machine may refuse what an attack tries, is at 0 or not there."""
    path = Path("/proc/sys/kernel") / switch
    return not path.exists() or path.read_text().strip() == "0"
