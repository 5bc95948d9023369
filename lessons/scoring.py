"""Mutation score: whether an exercise tells its solution from every mutant of it.

A mutant is an answer like any other: it is run on the visible and on the hidden data, and graded. One that passes *survives*: a
learner's wrong answer would, too.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lessons.catalogue.types import Answer, Exercise
from lessons.grading.grade import grade
from lessons.grading.types import Status, Trial
from lessons.mutants import Mutant, mutants_of
from lessons.trials import KINDS, Reference, Trials
from sandbox.protocol import FILE, File, Outcome

READ_OFF = "read-off"
"""The name of the mutant that has no source: the visible answer itself, written down."""
COMPARED = frozenset({"rows", "value"})
"""The kinds whose answer is what is in a database, and can be read off it."""


@dataclass(frozen=True, slots=True)
class Score:
    """``survivors`` pass and are not waived. ``killed`` do not pass; those that do not even run are not counted."""

    killed: tuple[str, ...]
    survivors: tuple[Mutant, ...]
    waived: tuple[str, ...]
    needless: tuple[str, ...]
    """Waived, but told apart all the same."""
    unknown: tuple[str, ...]
    """Waived, but no mutant has that name."""
    names: tuple[str, ...]
    """Every mutant's name."""


def candidates(
    served: Trials, exercise: Exercise, reference: Reference, right: Sequence[Answer] = ()
) -> Iterator[tuple[Mutant, tuple[File, ...]]]:
    """The mutants of these right answers, by default of the solution, each with the files of the answer that it is.

    Left out are those that could only fail a check which the exercise does not make. Raises what :meth:`Databases.names` raises.
    """
    names = served.databases.names(exercise.world)
    for answer in (right or [exercise.solution]) if KINDS[exercise.observe].mutated else ():
        for mutant, files in mutants_of(answer.files, names):
            if not mutant.asks or getattr(exercise, mutant.asks) is not None:
                yield mutant, files
    if exercise.observe == "rows" and (cut := cut_to_seen(exercise, reference)):
        yield cut, (File(cut.path, cut.source),)


def score(served: Trials, exercise: Exercise) -> Score:
    """Raises BrokenWorldError, or OSError without a sandbox."""
    reference = served.reference(exercise)
    passing, failing, names = [], [], []
    for mutant, files in candidates(served, exercise, reference):
        trial = served.trial(exercise, files)
        names.append(mutant.name)
        if survives(exercise, reference, trial, files):
            passing.append(mutant)
        elif runs(trial, reference):
            failing.append(mutant.name)
    if can_be_read_off(exercise, reference):
        names.append(READ_OFF)
        if all(same_as_visible(exercise, reference)):
            passing.append(read_off(exercise))
        else:
            failing.append(READ_OFF)
    waived = [mutant.name for mutant in passing if mutant.name in exercise.waive]
    return Score(
        killed=tuple(failing),
        survivors=tuple(mutant for mutant in passing if mutant.name not in exercise.waive),
        waived=tuple(waived),
        needless=tuple(name for name in exercise.waive if name in names and name not in waived),
        unknown=tuple(name for name in exercise.waive if name not in names),
        names=tuple(names),
    )


def survives(exercise: Exercise, reference: Reference, trial: Trial, files: Sequence[File]) -> bool:
    """Raises OSError when the sandbox did not run it: then nobody knows."""
    verdict = grade(exercise, expected=reference.trial, observed=trial, files=tuple(files), keys=reference.keys)
    if trial.ours:
        raise OSError(trial.ours.outcome)
    return verdict.status is Status.PASSED


def runs(trial: Trial, reference: Reference) -> bool:
    """Whether a mutant is worth counting: on the visible data it runs to its end, if the solution does."""
    return trial.visible.outcome is Outcome.OK or reference.trial.visible.outcome is not Outcome.OK


def can_be_read_off(exercise: Exercise, reference: Reference) -> bool:
    return exercise.observe in COMPARED and reference.trial.visible.outcome is Outcome.OK


def same_as_visible(exercise: Exercise, reference: Reference) -> list[bool]:
    """For each hidden database, whether the right answer on it is the right answer on the visible one."""
    visible = reference.trial.visible.results[0]
    return [KINDS[exercise.observe].same(exercise, visible, result) for result in reference.trial.hidden.results]


def read_off(exercise: Exercise) -> Mutant:
    words = "Yours gives what there is to be seen here, on any data."
    return Mutant(READ_OFF, READ_OFF, "", words, 1, exercise.solution.files[0].path)


def cut_to_seen(exercise: Exercise, reference: Reference) -> Mutant | None:
    """As many of all rows as there are to be seen; None where the solution gives a slice itself, or no rows."""
    text, seen = exercise.solution.code, reference.trial.visible.results
    total = seen[0].seen.get("total") if seen else None
    body = ast.parse(text).body
    last = body[-1] if body else None
    if not isinstance(total, int) or not total or not isinstance(last, ast.Expr) or is_slice(last.value):
        return None
    body[-1] = ast.Expr(ast.Subscript(last.value, ast.Slice(None, ast.Constant(total))))
    source = ast.unparse(ast.Module(body, []))
    words = f"Yours gives {total} rows where there are more: that is how many there are here."
    return Mutant(f"slice-to-seen@{last.lineno}", "slice to seen", source, words, last.lineno, FILE)


def is_slice(node: ast.expr) -> bool:
    return isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice)
