"""Hidden data: the small databases that an answer is also tried on, so that one that only fits the visible rows does not pass.

A :class:`Recipe` says how a database is made; the sandbox makes it, by the world's own seed. Today every exercise of a world has
the same two.
"""

import threading
from base64 import b64decode
from dataclasses import dataclass

from lessons.catalogue.types import Exercise
from sandbox.client import Sandbox
from sandbox.protocol import Job, Outcome

SECONDS_TO_MAKE = 10.0


class BrokenWorldError(Exception):
    """A world's seed did not make a database. The message is for its author."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """``seed`` for the world's ``random.Random``; ``size`` as in ``seed(rng, size)``."""

    seed: int
    size: float


SEEDED = (Recipe(seed=101, size=0.1), Recipe(seed=202, size=0.1))


def recipes(exercise: Exercise) -> tuple[Recipe, ...]:
    """The databases to try this exercise's answers on besides the visible one."""
    return SEEDED


class Databases:
    """Makes hidden databases with one sandbox, each once."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._lock = threading.Lock()
        self._made: dict[tuple[str, Recipe], bytes] = {}

    def of(self, exercise: Exercise) -> tuple[bytes, ...]:
        """SQLite images. Raises BrokenWorldError, or OSError while the sandbox is not there to make them."""
        return tuple(self._image(exercise.world, recipe) for recipe in recipes(exercise))

    def _image(self, world: str, recipe: Recipe) -> bytes:
        with self._lock:
            if (world, recipe) not in self._made:
                self._made[world, recipe] = make(self.sandbox, world, recipe)
            return self._made[world, recipe]


def make(sandbox: Sandbox, world: str, recipe: Recipe) -> bytes:
    options = {"seed": recipe.seed, "size": recipe.size}
    seen = sandbox.run(Job(observer="image", world=world, files=(), options=options, seconds=SECONDS_TO_MAKE))
    if seen.ours:
        raise OSError(seen.outcome)
    if seen.outcome is not Outcome.OK:
        why = f"{seen.error.type}: {seen.error.message}" if seen.error else f"{seen.outcome} {seen.limit}".strip()
        raise BrokenWorldError(f"world {world}: seed(random.Random({recipe.seed}), {recipe.size}) gave {why}")
    return b64decode(seen.results[0].seen["image"])
