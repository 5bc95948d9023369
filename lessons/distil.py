"""Chooses hidden data: the fewest databases that tell an exercise's solution from every mutant of it.

Candidates are some databases of the world's own seed, and some that are built around the exercise's constants. One that cannot be
made, or on which the solution does not run, is left out. All of them are tried in one run of each mutant.
"""

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import combinations

from lessons import recipes
from lessons.catalogue.types import Exercise
from lessons.grading.grade import grade
from lessons.grading.types import Status, Trial, Verdict
from lessons.hidden import SEEDED, BrokenWorldError, Databases
from lessons.mutants.constants import DATES, SIGNS, number, written_date
from lessons.mutants.lookups import NAMING
from lessons.mutants.source import called, constant, text_of
from lessons.recipes import Around, Built, Chosen, Recipe, Seeded
from lessons.scoring import READ_OFF, can_be_read_off, candidates, same_as_visible
from lessons.trials import Reference, Trials
from sandbox.protocol import File, Observation, Outcome, Result

SMALL, LARGE = 0.1, 1.2
SEEDS: tuple[Recipe, ...] = (
    *(Seeded(seed, SMALL) for seed in (101, 202, 404, 505, 606, 707)),
    *(Seeded(seed, LARGE) for seed in (303, 808)),
)
BUILDS = tuple((build, rows) for build, rows in zip(range(1, 25), (4, 6, 8, 10) * 6, strict=True))
EMPTY = Seeded(1, 0)
"""The last resort: on no rows at all, answers that are equally right may differ."""
FEWEST, MOST = 2, 4
DONE = Observation(outcome=Outcome.OK)


@dataclass(frozen=True, slots=True)
class Distilled:
    """``survivors`` are the names of the mutants that no candidate tells apart; ``counted`` is how many mutants there were."""

    chosen: Chosen
    survivors: tuple[str, ...]
    counted: int


def needs_databases(exercise: Exercise) -> bool:
    """Hidden probes are an author's own hidden data."""
    return not exercise.probes


class Shortlist(Databases):
    """Databases that every run of the laboratory is given, whatever the exercise."""

    def __init__(self, known: Databases) -> None:
        super().__init__(known.sandbox)
        self.images: tuple[bytes, ...] = ()
        self._known = known

    def of(self, exercise: Exercise) -> tuple[bytes, ...]:
        return self.images

    def image(self, world: str, recipe: Recipe) -> bytes:
        return self._known.image(world, recipe)


class Laboratory(Trials):
    """Tries answers on other databases than the chosen ones, in the sandbox of somebody else."""

    def __init__(self, served: Trials) -> None:
        super().__init__(served.sandbox.worlds)
        self.sandbox = served.sandbox
        self.databases: Shortlist = Shortlist(served.databases)

    def results(self, exercise: Exercise, files: tuple[File, ...]) -> tuple[Observation, list[Result | None]]:
        """What an answer did on the visible data, and on each database: None where it did not run to its end."""
        images, found = self.databases.images, list[Result | None]()
        try:
            while True:
                self.databases.images = images[len(found) :]
                trial = self.trial(exercise, files)
                if trial.ours:
                    raise OSError(trial.ours.outcome)
                found += trial.hidden.results
                if trial.visible.outcome is Outcome.OK and len(found) < len(images):
                    found.append(None)
                if trial.visible.outcome is not Outcome.OK or len(found) == len(images):
                    return trial.visible, found
        finally:
            self.databases.images = images


def distil(served: Trials, exercise: Exercise) -> Distilled:
    """Raises BrokenWorldError for a world whose own seed gives nothing, and OSError without a sandbox."""
    laboratory = Laboratory(served)
    usable = where_right(laboratory, exercise, makeable(laboratory, exercise))
    digest = served.databases.digest(exercise)
    if not usable:
        return Distilled(Chosen(digest, SEEDED), (), 0)
    laboratory.databases.images = tuple(image for _, image in usable)
    reference = laboratory.reference(exercise)
    kills = told_apart(laboratory, exercise, reference)
    needed = [*kills.values(), *wrongs_told_apart(laboratory, exercise, reference)]
    chosen = fewest([recipe for recipe, _ in usable], needed)
    survivors = tuple(name for name, killed in kills.items() if not killed)
    return Distilled(Chosen(digest, tuple(chosen)), survivors, len(kills))


def makeable(laboratory: Laboratory, exercise: Exercise) -> list[tuple[Recipe, bytes]]:
    around = constants(exercise)
    wanted = [*SEEDS, *(Built(build, rows, around) for build, rows in BUILDS), EMPTY]
    found: list[tuple[Recipe, bytes]] = []
    for recipe in wanted:
        try:
            found.append((recipe, laboratory.databases.image(exercise.world, recipe)))
        except BrokenWorldError:
            if recipe in SEEDED:
                raise
    return found


def where_right(laboratory: Laboratory, exercise: Exercise, made: Sequence[tuple[Recipe, bytes]]) -> list[tuple[Recipe, bytes]]:
    """The databases on which the solution runs to its end; none, if it is meant to raise."""
    laboratory.databases.images = tuple(image for _, image in made)
    visible, found = laboratory.results(exercise, exercise.solution.files)
    if visible.outcome is not Outcome.OK:
        return []
    return [one for one, result in zip(made, found, strict=True) if result]


def told_apart(laboratory: Laboratory, exercise: Exercise, reference: Reference) -> dict[str, frozenset[int]]:
    """For each mutant that runs, the places of the databases on which it is not right."""
    kills: dict[str, frozenset[int]] = {}
    for mutant, files in candidates(laboratory, exercise, reference):
        if (verdicts := on_each(laboratory, exercise, reference, files)) is not None:
            kills[mutant.name] = places(verdict is None or verdict.status is not Status.PASSED for verdict in verdicts)
    if can_be_read_off(exercise, reference):
        kills[READ_OFF] = places(not same for same in same_as_visible(exercise, reference))
    return kills


def wrongs_told_apart(laboratory: Laboratory, exercise: Exercise, reference: Reference) -> list[frozenset[int]]:
    """The same for the author's wrong answers, which have to fail for their stated reason."""
    found = []
    for wrong in exercise.wrongs:
        verdicts = on_each(laboratory, exercise, reference, wrong.answer.files) or []
        found.append(places(verdict is not None and wrong.expect in verdict.failed for verdict in verdicts))
    return found


def places(found: Iterable[bool]) -> frozenset[int]:
    return frozenset(place for place, yes in enumerate(found) if yes)


def on_each(
    laboratory: Laboratory, exercise: Exercise, reference: Reference, files: tuple[File, ...]
) -> list[Verdict | None] | None:
    """The verdict on each database by itself, graded as if it were the visible one: None where the answer did not run to its end.

    None at all where it does not even run on the visible data.
    """
    visible, found = laboratory.results(exercise, files)
    if visible.outcome is not Outcome.OK:
        return None
    split = len(reference.trial.visible.results)
    verdicts: list[Verdict | None] = []
    for place, (right, result) in enumerate(zip(reference.trial.hidden.results, found, strict=True)):
        if result is None:
            verdicts.append(None)
            continue
        expected = Trial(replace(DONE, results=(right,)), DONE)
        observed = Trial(replace(DONE, results=(result,)), DONE)
        keys = reference.keys and (reference.keys[split + place],)
        verdicts.append(grade(exercise, expected=expected, observed=observed, files=files, keys=keys))
    return verdicts


# Choosing


def fewest(offered: Sequence[Recipe], kills: Sequence[frozenset[int]]) -> list[Recipe]:
    """The smallest set that kills what can be killed. Among equals: of both sorts, few large ones, each mutant killed often."""
    needed = [killed for killed in kills if killed]
    last = {place for place, recipe in enumerate(offered) if recipe == EMPTY}
    pool = [place for place in range(len(offered)) if place not in last or any(killed <= last for killed in needed)]
    for size in range(min(FEWEST, len(pool)), MOST + 1):
        covering = [places for places in combinations(pool, size) if all(killed.intersection(places) for killed in needed)]
        if covering:
            best = max(covering, key=lambda places: worth([offered[place] for place in places], places, needed))
            return [offered[place] for place in best]
    return [offered[place] for place in greedy(pool, needed)]


def worth(chosen: Sequence[Recipe], places: Sequence[int], needed: Sequence[frozenset[int]]) -> tuple[int, int, int]:
    sorts = len({type(recipe) for recipe in chosen})
    large = sum(isinstance(recipe, Seeded) and recipe.size > SMALL for recipe in chosen)
    return sorts, -large, sum(len(killed.intersection(places)) for killed in needed)


def greedy(pool: Sequence[int], needed: Sequence[frozenset[int]]) -> list[int]:
    """The one that kills most of what is left, as often as a list of recipes may be long."""
    chosen: list[int] = []
    while len(chosen) < recipes.MOST_DATABASES and (left := [killed for killed in needed if not killed.intersection(chosen)]):
        chosen.append(max(pool, key=lambda place: sum(place in killed for killed in left)))
    return sorted(chosen)


# An exercise's constants


def constants(exercise: Exercise) -> Around:
    """What its solution and its probes name: around these values lie the rows on which a nearly right answer goes wrong."""
    texts = [file.text for file in exercise.solution.files if file.path.endswith(".py")]
    texts += [probe.text for probe in exercise.probes if probe.path.endswith(".py")]
    nodes = [node for text in texts for node in _nodes(text)]
    names = {id(argument) for node in nodes if called(node) in NAMING for argument in getattr(node, "args", ())}
    dated = {id(argument) for node in nodes if called(node) in DATES for argument in getattr(node, "args", ())}
    return Around(
        texts=_once(text_of(node) for node in nodes if isinstance(node, ast.Constant) and id(node) not in names),
        numbers=_once(str(number(node)) for node in nodes if number(node) is not None and id(node) not in dated),
        dates=_once(day.isoformat() for node in nodes if (day := day_of(node))),
        seconds=_once(span for node in nodes if (span := seconds_of(node))),
        exact=any((isinstance(node, ast.BinOp) and type(node.op) in SIGNS) or called(node) in SUMS for node in nodes),
    )


SUMS = frozenset({"Sum", "Avg", "sum"})


def _nodes(text: str) -> list[ast.AST]:
    try:
        return list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError):
        return []


def _once[T](values: Iterable[T]) -> tuple[T, ...]:
    """In the order of the source, each once, nothing empty."""
    return tuple(dict.fromkeys(value for value in values if value))


def day_of(node: ast.AST) -> date | None:
    """Of ``date(2020, 1, 1)``, ``datetime(2020, 1, 1, 12)`` and ``"2020-01-01"``."""
    if isinstance(node, ast.Call) and called(node) in DATES:
        parts = [value for one in node.args[:3] if isinstance(value := constant(one), int)]
        try:
            return date(*parts) if len(parts) == 3 else None
        except ValueError:
            return None
    known = written_date(node) if isinstance(node, ast.Constant) else None
    return known.date() if isinstance(known, datetime) else known


def seconds_of(node: ast.AST) -> float:
    """Of ``timedelta(days=3)``; 0 for anything else."""
    if not isinstance(node, ast.Call) or called(node) != "timedelta":
        return 0
    named = {each.arg: constant(each.value) for each in node.keywords}
    try:
        return timedelta(*(constant(one) for one in node.args), **named).total_seconds()  # type: ignore[arg-type]
    except (TypeError, OverflowError):
        return 0
