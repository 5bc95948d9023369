"""What a wrong answer is like, where no author has foreseen it: found by trying more, not by reading its text.

The first that applies leads the feedback: it is right as long as the database is SQLite; its text shows a slip; a mutant of a
right answer does the same on every database. Besides, there may be a small database on which it can be seen to go wrong.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from lessons.catalogue.types import Answer, Exercise
from lessons.grading.grade import behaves_like, grade, wrong_only_on
from lessons.grading.oversights import oversight
from lessons.grading.portable import leaning
from lessons.grading.samples import sample
from lessons.grading.types import Counterexample, Trial, Verdict
from lessons.hidden import tables
from lessons.mutants import Mutant
from lessons.scoring import COMPARED, candidates
from lessons.trials import KINDS, Reference, Trials
from sandbox.protocol import TWIN, File, Observation, Outcome, Result

SECONDS_FOR_A_MUTANT = 0.5
"""One that takes longer than this is not worth waiting for: few learners wait for theirs either."""

MOST_NAMES = 1_000
QUICK_MS = 1000.0
"""What took longer on hidden data is not tried in other ways: it would take as long each time."""

type Sign = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A wrong answer: what it did, what should have been done, and the verdict so far."""

    exercise: Exercise
    files: tuple[File, ...]
    reference: Reference
    seen: Trial
    verdict: Verdict

    @property
    def hidden_only(self) -> tuple[int, ...]:
        """The places of the hidden databases on which it is off, if it is right on the data that the learner sees."""
        return wrong_only_on(self.exercise, expected=self.reference.trial, observed=self.seen, keys=self.reference.keys)


@dataclass(frozen=True, slots=True)
class Suspect:
    """A mutant that does not pass. ``sign`` is equal for answers that do the same, and cheap to compare."""

    mutant: Mutant
    files: tuple[File, ...]
    sign: Sign


def explained(trials: Trials, case: Case) -> Verdict:
    """The verdict with what was found out. Without the sandbox, the verdict as it was."""
    try:
        return found_out(trials, case) if case.seen.visible.outcome is Outcome.OK else case.verdict
    except OSError:
        return case.verdict


def found_out(trials: Trials, case: Case) -> Verdict:
    if way := leans_on(trials, case):
        return leaning(case.verdict, way)
    said = slip(case) or getattr(mutant_like(trials, case), "words", "")
    return replace(case.verdict, likely=said, counterexample=counterexample(trials, case))


def slip(case: Case) -> str:
    """What the text itself shows to be without effect."""
    own = case.exercise.observe in COMPARED
    return oversight(case.files, answers=own, unsaved="database" in case.verdict.failed)


# Only on SQLite


def leans_on(trials: Trials, case: Case) -> str:
    """The way of ``TWIN`` in which another database makes a wrong answer of one that is right on SQLite; empty for any other."""
    if case.seen.hidden.ms > QUICK_MS or not case.hidden_only or wrong_on_twin(trials, case, ()):
        return ""
    return next((way for way in TWIN if wrong_on_twin(trials, case, (way,))), "")


def wrong_on_twin(trials: Trials, case: Case, twin: tuple[str, ...]) -> bool:
    """Raises OSError when nobody knows, as the sandbox did not run it."""
    seen, reference = trials.trial(case.exercise, case.files, twin), trials.reference(case.exercise, twin)
    if ours := seen.ours or reference.trial.ours:
        raise OSError(ours.outcome)
    verdict = grade(case.exercise, expected=reference.trial, observed=seen, files=case.files, keys=reference.keys)
    return bool(verdict.failed)


# As a mutant does


def mutant_like(trials: Trials, case: Case) -> Mutant | None:
    """A mutant that does the same on every database: of the right answer whose text is most like the learner's, if it has one.

    Of several, again the one that is most like it.
    """
    own = sign(case.seen, case.verdict)
    every = (case.exercise.solution, *case.exercise.accepts)
    for right in sorted(every, key=lambda one: likeness(one.files, case.files), reverse=True):
        same = [one for one in known_suspects(trials, case, right) if one.sign == own and does_the_same(trials, case, one)]
        if same:
            return max(same, key=lambda one: likeness(one.files, case.files)).mutant
    return None


def known_suspects(trials: Trials, case: Case, right: Answer) -> tuple[Suspect, ...]:
    """Empty while somebody else is trying them."""
    key = case.exercise.digest, "suspects", right.line
    found = trials.known.get_now(key, lambda: suspects(trials, case, right), lambda found: found is not None)
    return found or ()


def suspects(trials: Trials, case: Case, right: Answer) -> tuple[Suspect, ...] | None:
    """Every mutant of a right answer that fails; None when the sandbox had no time for one."""
    exercise, reference = case.exercise, case.reference
    found = []
    for mutant, files in candidates(trials, exercise, reference, (right,)):
        trial = trials.trial(exercise, files, seconds=SECONDS_FOR_A_MUTANT)
        if trial.ours:
            return None
        verdict = grade(exercise, expected=reference.trial, observed=trial, files=files, keys=reference.keys)
        if trial.visible.outcome is Outcome.OK and verdict.failed:
            found.append(Suspect(mutant, files, sign(trial, verdict)))
    return tuple(found)


def sign(trial: Trial, verdict: Verdict) -> Sign:
    runs = trial.visible, trial.hidden
    totals = tuple((result.seen.get("total"), len(result.steps)) for seen in runs for result in seen.results)
    return verdict.failed, tuple(seen.outcome for seen in runs), tuple(map(str, totals))


def does_the_same(trials: Trials, case: Case, suspect: Suspect) -> bool:
    theirs, reference = trials.remembered(case.exercise, suspect.files), case.reference
    judged = grade(case.exercise, expected=reference.trial, observed=theirs, files=suspect.files, keys=reference.keys)
    return behaves_like(case.exercise, case.seen, theirs, verdict_a=case.verdict, verdict_b=judged)


def likeness(files: Iterable[File], others: Iterable[File]) -> float:
    theirs = {file.path: file.text for file in others}
    return sum(SequenceMatcher(None, file.text, theirs.get(file.path, ""), autojunk=False).quick_ratio() for file in files)


# Where it can be seen


def counterexample(trials: Trials, case: Case) -> Counterexample | None:
    """The smallest hidden database on which the answer is off. None where it is probes that are hidden."""
    if KINDS[case.exercise.observe].probed or not case.hidden_only:
        return None
    images = trials.databases.of(case.exercise)
    place = min((one for one in case.hidden_only if one < len(images)), key=lambda one: len(images[one]), default=None)
    if place is None:
        return None
    own, right = result_at(case.seen.hidden, place), result_at(case.reference.trial.hidden, place)
    named = sorted({name for result in (own, right) if result for name in tables_of(result)})[:MOST_NAMES]
    found = tables(trials.sandbox, case.exercise.world, images[place], named)
    return Counterexample(tuple(found), sample(own.seen) if own else None) if found else None


def result_at(seen: Observation, place: int) -> Result | None:
    return seen.results[place] if place < len(seen.results) else None


def tables_of(result: Result) -> Iterator[str]:
    """The names in quotes in its SQL: tables are among them. What SQL there was is a claim."""
    for statement in result.statements:
        yield from filter(str.isidentifier, statement.sql.split('"')[1::2])
