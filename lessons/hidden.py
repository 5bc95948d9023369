"""Hidden data: the small databases that an answer is also tried on, so that one that only fits the visible rows does not pass.

``manage.py distil_content`` chooses each exercise's (see :mod:`lessons.distil`) and commits how they are made; the sandbox makes
them. An exercise without any, or whose were chosen for another version of it, is tried on ``SEEDED``.
"""

import hashlib
import threading
from base64 import b64decode
from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from lessons import recipes
from lessons.catalogue.rules import Findings
from lessons.catalogue.types import Exercise, plain
from lessons.catalogue.worlds import worlds
from lessons.grading.grade import kinds
from lessons.grading.samples import table_of
from lessons.grading.types import Sample
from lessons.mutants import Names
from lessons.recipes import Chosen, Recipe, Seeded
from sandbox.client import Sandbox
from sandbox.protocol import Job, Outcome

SECONDS_TO_MAKE = 10.0
MOST_ROWS_SHOWN = 60
"""Of a database that is shown as an example: more than that, nobody reads."""
SEEDED: tuple[Recipe, ...] = (Seeded(seed=101, size=0.1), Seeded(seed=202, size=0.1), Seeded(seed=303, size=1.2))
"""The last one is larger than the visible database: whoever takes as many rows as there are to be seen leaves some out."""


class BrokenWorldError(Exception):
    """A hidden database could not be made. The message is for the world's author."""


def digest(exercise: Exercise, world: str) -> str:
    """Changes with what the choice of hidden data depends on; ``world`` is the digest of the exercise's world.

    Prompts, hints and feedback may be rewritten without choosing again.
    """
    answers = exercise.solution.files, exercise.keys and exercise.keys.files, exercise.setup, exercise.given
    probes = [(probe.text, probe.hidden, probe.path) for probe in exercise.probes]
    asked = exercise.columns, exercise.order, exercise.queries, exercise.must_use, exercise.forbid, sorted(exercise.extra.items())
    about = (exercise.observe, exercise.world, world, answers, probes, asked)
    return hashlib.sha256(repr(about).encode()).hexdigest()[:16]


def mark(root: Path) -> Hashable:
    """Changes when the recipes in a content folder do."""
    try:
        facts = (root / recipes.FILE).stat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_size


class Databases:
    """Makes hidden databases with one sandbox, each once, by the recipes that its content folder has when this is made."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        root = sandbox.worlds.parent
        self.shelf = recipes.read(root)
        self.worlds: Mapping[str, str] = worlds(root.resolve(), Findings(""))
        self._lock = threading.Lock()
        self._made: dict[Hashable, Any] = {}

    def of(self, exercise: Exercise) -> tuple[bytes, ...]:
        """SQLite images. Raises BrokenWorldError, or OSError while the sandbox is not there to make them."""
        return tuple(self.image(exercise.world, recipe) for recipe in self.recipes(exercise))

    def recipes(self, exercise: Exercise) -> tuple[Recipe, ...]:
        """The databases to try this exercise's answers on besides the visible one: one will do where data is nothing to them."""
        if not kinds()[exercise.observe].hides_data:
            return SEEDED[:1]
        chosen = self.chosen(exercise)
        return chosen.databases if chosen and chosen.digest == self.digest(exercise) else SEEDED

    def chosen(self, exercise: Exercise) -> Chosen | None:
        """What ``hidden.json`` has for this exercise, for whichever version of it."""
        return self.shelf.chosen.get(plain(exercise.key))

    def digest(self, exercise: Exercise) -> str:
        return digest(exercise, self.worlds.get(exercise.world, ""))

    def image(self, world: str, recipe: Recipe) -> bytes:
        return self._once((world, recipe), lambda: make(self.sandbox, world, recipe))

    def names(self, world: str) -> Names:
        """What mutants may know of the world's models. Raises as :meth:`of`."""
        return self._once(world, lambda: names(self.sandbox, world))

    def _once[T](self, key: Hashable, work: Callable[[], T]) -> T:
        with self._lock:
            if key not in self._made:
                self._made[key] = work()
            return cast("T", self._made[key])


def make(sandbox: Sandbox, world: str, recipe: Recipe) -> bytes:
    """One database. Raises BrokenWorldError when the recipe gives none in this world, OSError without a sandbox."""
    how = f"seed(random.Random({recipe.seed}), {recipe.size})" if isinstance(recipe, Seeded) else f"build {recipe.build}"
    return b64decode(_asked(sandbox, world, recipes.plain(recipe), how)["image"])


def names(sandbox: Sandbox, world: str) -> Names:
    found = _asked(sandbox, world, {"names": True}, "the models' names")["names"]
    return Names(
        alike={name: tuple(others) for name, others in found["alike"].items()},
        many=frozenset(found["many"]),
        closed=frozenset(found["closed"]),
        relations=tuple(found["relations"]),
    )


def tables(sandbox: Sandbox, world: str, image: bytes, names: Sequence[str]) -> list[Sample]:
    """The world's tables of these names in one database, those without rows left out; none of a database with many rows."""
    asked = _asked(sandbox, world, {"tables": list(names)}, "its tables", databases=(image,))["tables"]
    return [table_of(one) for one in asked if one["rows"]] if sum(one["total"] for one in asked) <= MOST_ROWS_SHOWN else []


def _asked(sandbox: Sandbox, world: str, options: Mapping[str, Any], what: str, **also: Any) -> Mapping[str, Any]:
    seen = sandbox.run(Job(observer="image", world=world, files=(), options=options, seconds=SECONDS_TO_MAKE, **also))
    if seen.ours:
        raise OSError(seen.outcome)
    if seen.outcome is not Outcome.OK:
        why = f"{seen.error.type}: {seen.error.message}" if seen.error else f"{seen.outcome} {seen.limit}".strip()
        raise BrokenWorldError(f"world {world}: {what} gave {why}")
    return seen.results[0].seen
