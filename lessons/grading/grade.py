"""What happened, held against what should have happened → a verdict. Pure functions: nothing is run, read or stored here.

Every database is compared by the exercise's kind. A check passes when it passes on all of them; what goes wrong on the data
that the learner sees is told and shown, what goes wrong only on hidden data is told without any row or value.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from lessons.catalogue.types import Exercise, Wrong
from lessons.grading.broken import NEVER_EXPECTED, BrokenExercise
from lessons.grading.canonical import size
from lessons.grading.errors import Diagnosis, brief, diagnose, signature
from lessons.grading.source import names_called
from lessons.grading.types import Check, Remark, Status, Trial, Verdict
from lessons.grading.words import code, in_words, listing, uncapital
from lessons.kinds import Comparison, Kind, find
from sandbox.protocol import MOST_VALUES, ErrorReport, File, Observation, Outcome, Result


@cache
def kinds() -> dict[str, Kind]:
    return find()


@dataclass(frozen=True, slots=True)
class Part:
    """One run, compared: the comparisons of the databases that were finished, and what ended the run if it did not end well."""

    comparisons: tuple[Comparison, ...]
    trouble: Observation | None = None

    @property
    def off(self) -> Comparison | None:
        """The first comparison in which something is off."""
        return next((one for one in self.comparisons if not all(check.passed for check in one.checks)), None)


def grade(
    exercise: Exercise, *, expected: Trial, observed: Trial, files: tuple[File, ...], keys: tuple[Result, ...] | None = None
) -> Verdict:
    """The verdict on an answer.

    ``expected`` is what the exercise's solution did on the same databases, ``files`` is the learner's source, ``keys`` are the
    results of the keys fence, in the order of the solution's results: visible first, then hidden.
    """
    ours = expected.ours or observed.ours
    if ours is not None:
        return not_graded(ours.outcome)
    kind = kinds()[exercise.observe]
    split = len(expected.visible.results)
    if not split and expected.visible.outcome is Outcome.OK:
        return broken("The solution gives nothing.")
    try:
        visible = compare(exercise, kind, expected.visible, observed.visible, keys and keys[:split])
        hidden = compare(exercise, kind, expected.hidden, observed.hidden, keys and keys[split:])
    except BrokenExercise as problem:
        return broken(str(problem))
    if visible.trouble:
        return failed_run(visible.trouble, files)
    checks = [*merged(kind, visible, hidden), *other_checks(exercise, observed, files)]
    if hidden.trouble and not visible.off:
        return failed_run(hidden.trouble, files, checks=checks, hidden=True)
    if hidden.trouble:
        checks.append(hidden_check(hidden.trouble))
    return verdict(kind, visible, hidden, checks, files)


def wrong_only_on(exercise: Exercise, *, expected: Trial, observed: Trial, keys: tuple[Result, ...] | None) -> tuple[int, ...]:
    """The places (from 0) of the hidden databases on which an answer is off that is right on the visible data; else none."""
    kind = kinds()[exercise.observe]
    split = len(expected.visible.results)
    try:
        visible = compare(exercise, kind, expected.visible, observed.visible, keys and keys[:split])
        hidden = compare(exercise, kind, expected.hidden, observed.hidden, keys and keys[split:])
    except BrokenExercise:
        return ()
    if visible.trouble or visible.off:
        return ()
    off = [place for place, one in enumerate(hidden.comparisons) if not all(check.passed for check in one.checks)]
    return (*off, len(hidden.comparisons)) if hidden.trouble else tuple(off)


def not_graded(outcome: Outcome) -> Verdict:
    words = {Outcome.BUSY: "Too many people are running code just now"}.get(outcome, "The sandbox does not answer just now")
    return Verdict(
        status=Status.NOT_GRADED,
        headline=words,
        detail="Your code is safe and nothing was counted. Try again in a moment.",
        outcome=outcome,
    )


def broken(problem: str) -> Verdict:
    detail = f"That is our mistake: your code is safe and nothing was counted. {problem}"
    return Verdict(status=Status.NOT_GRADED, headline="This exercise is broken", detail=detail)


def failed_run(trouble: Observation, files: tuple[File, ...], *, checks: Sequence[Check] = (), hidden: bool = False) -> Verdict:
    found = diagnose(trouble, files, hidden=hidden)
    headline = found.headline
    if hidden and trouble.error is None:
        headline = f"Right on this data, but on other data: {uncapital(headline)}"
    return Verdict(
        status=Status.ERROR,
        headline=headline,
        detail=found.detail,
        checks=(*checks, hidden_check(trouble) if hidden else run_check(trouble, found)),
        outcome=trouble.outcome,
        path=found.path,
        line=found.line,
        traceback=found.traceback,
    )


def run_check(trouble: Observation, found: Diagnosis) -> Check:
    """Named as ``expect=`` names it: ``error``, ``timeout`` and so on."""
    return Check(trouble.outcome.value, False, found.headline)


def hidden_check(trouble: Observation) -> Check:
    return Check(trouble.outcome.value, False, "Does not run to its end on other data")


def compare(
    exercise: Exercise, kind: Kind, expected: Observation, observed: Observation, keys: tuple[Result, ...] | None
) -> Part:
    """One run against the reference's. Raises BrokenExercise when the reference's is nothing to compare with."""
    must_raise = expected_error(exercise, expected)
    if exercise.keys is not None and len(keys or ()) < len(expected.results):
        raise BrokenExercise("The keys fence did not run to its end.")
    fences: Sequence[Result | None] = keys or [None] * len(expected.results)
    comparisons = [
        compare_results(exercise, kind, *each) for each in zip(expected.results, observed.results, fences, strict=False)
    ]
    if observed.outcome is Outcome.ERROR and must_raise and len(observed.results) == len(expected.results):
        return raised(kind, comparisons, must_raise, observed)
    if observed.outcome is not Outcome.OK:
        return Part(tuple(comparisons), observed)
    if must_raise:
        comparisons.append(failing(kind, f"Nothing was raised, expected {code(must_raise.type)}"))
    elif len(observed.results) < len(expected.results):
        comparisons.append(failing(kind, "Nothing came back"))
    return Part(tuple(comparisons))


def compare_results(exercise: Exercise, kind: Kind, expected: Result, observed: Result, keys: Result | None) -> Comparison:
    if weight(observed) > MOST_VALUES:
        return failing(kind, "Too much came back to be compared")
    return kind.compare(exercise, expected, observed, keys)


def expected_error(exercise: Exercise, expected: Observation) -> ErrorReport | None:
    """The exception that the answer must raise. Raises BrokenExercise when the solution was not meant to end as it did."""
    if expected.outcome is Outcome.OK:
        return None
    if expected.error is None:
        raise BrokenExercise(f"The solution did not run to its end: {expected.outcome.value}.")
    if exercise.observe != "value" or expected.error.type in NEVER_EXPECTED:
        raise BrokenExercise(f"The solution raises {code(expected.error.type)}.")
    return expected.error


def raised(kind: Kind, comparisons: Sequence[Comparison], wanted: ErrorReport, observed: Observation) -> Part:
    if observed.error is None or observed.error.type != wanted.type:
        return Part(tuple(comparisons), observed)
    right = Comparison(checks=(Check(kind.checks[0], True, f"Raises {code(wanted.type)}"),))
    return Part((*comparisons, right))


def failing(kind: Kind, words: str) -> Comparison:
    return Comparison(checks=(Check(kind.checks[0], False, "Not the answer asked for"),), headline=words)


def merged(kind: Kind, visible: Part, hidden: Part) -> Iterator[Check]:
    """One check for each of the kind's, over all databases."""
    for name in kind.checks:
        here, there = named(visible, name), named(hidden, name)
        wrong_here = next((check for check in here if not check.passed), None)
        wrong_there = next((check for check in there if not check.passed), None)
        if wrong_here:
            yield wrong_here
        elif wrong_there:
            yield Check(name, False, f"{elsewhere(kind)}: {uncapital(wrong_there.text)}")
        elif here or there:
            yield Check(name, True, f"{(here or there)[0].text}{where(len(there)) if kind.hides_data else ''}")


def named(part: Part, name: str) -> list[Check]:
    return [check for comparison in part.comparisons for check in comparison.checks if check.name == name]


def elsewhere(kind: Kind) -> str:
    return "On other data" if kind.hides_data else "Hidden"


def where(hidden: int) -> str:
    return f", on this data and on {in_words(hidden)} hidden {'set' if hidden == 1 else 'sets'}" if hidden else ""


def other_checks(exercise: Exercise, observed: Trial, files: tuple[File, ...]) -> Iterator[Check]:
    """The budget of queries, and the names that must or must not be called."""
    if exercise.queries is not None:
        yield budget(exercise.queries, most_queries(observed.visible), most_queries(observed.hidden))
    called = names_called(files)
    if exercise.must_use:
        lacking = [name for name in exercise.must_use if name not in called]
        yield Check(
            "must_use", not lacking, f"Does not call {listing(lacking)}" if lacking else f"Calls {listing(exercise.must_use)}"
        )
    if exercise.forbid:
        used = [name for name in exercise.forbid if name in called]
        yield Check("forbid", not used, f"Calls {listing(used)}" if used else f"Does without {listing(exercise.forbid)}")


def most_queries(seen: Observation) -> int:
    """Where an answer is asked by probes, the budget is for each of their steps."""
    return max((queries for result in seen.results for queries in by_step(result)), default=0)


def by_step(result: Result) -> list[int]:
    return [step.queries for step in result.steps] or [result.queries]


def budget(most: int, here: int, there: int) -> Check:
    """How many queries were sent on hidden data is not told: it is not what the meter below the answer shows."""
    if here <= most < there:
        return Check("queries", False, f"Within the budget of {queries(most)} on this data, but not on other data")
    return Check("queries", here <= most, f"{queries(here)}, budget {most}")


def queries(number: int) -> str:
    return "1 query" if number == 1 else f"{number:,} queries"


ADVICE = {
    "queries": ("Right, but with too many queries", "Everything that is needed can be asked for in fewer."),
    "must_use": ("Right, but not in the way asked for", "The exercise names what the answer is to call."),
    "forbid": ("Right, but not in the way asked for", "The exercise names what the answer is to do without."),
}
"""Headline and detail where the answer itself is right."""


def verdict(kind: Kind, visible: Part, hidden: Part, checks: Sequence[Check], files: tuple[File, ...]) -> Verdict:
    """The first thing that is off leads: on the visible data, then on hidden data, then what is not about the answer."""
    notes = tuple(dict.fromkeys(note for comparison in visible.comparisons for note in comparison.notes))
    first = next((check for check in checks if not check.passed), None)
    if first is None:
        return Verdict(status=Status.PASSED, headline="Passed", checks=tuple(checks), notes=notes)
    diff = visible.off.diff if visible.off else None
    headline, detail = leading(kind, visible.off, hidden.off, first)
    found = Verdict(status=Status.FAILED, headline=headline, detail=detail, checks=tuple(checks), notes=notes, diff=diff)
    if visible.off and visible.off.error:
        return with_error(found, visible.off.error, files)
    return with_place(found, visible.off.remark, files) if visible.off and visible.off.remark else found


def with_error(verdict: Verdict, error: ErrorReport, files: tuple[File, ...]) -> Verdict:
    """The verdict with the words, the line and the traceback of an exception that a probe met."""
    found = diagnose(Observation(outcome=Outcome.ERROR, error=error), files)
    detail = f"{found.headline}. {found.detail}".strip()
    return replace(verdict, detail=detail, path=found.path, line=found.line, traceback=found.traceback)


def with_place(verdict: Verdict, remark: Remark, files: tuple[File, ...]) -> Verdict:
    """The verdict with the line marked that a remark is about, if there is such a line."""
    path, line = place(remark, files)
    return replace(verdict, path=path, line=line)


def place(remark: Remark, files: tuple[File, ...]) -> tuple[str, int | None]:
    for file in files:
        lines = file.text.count("\n") + 1
        if remark.line and file.path == remark.path and 0 < remark.line <= lines:
            return file.path, remark.line
        if not remark.line and remark.written and remark.written in file.text:
            return file.path, file.text.partition(remark.written)[0].count("\n") + 1
    return "", None


def leading(kind: Kind, visible: Comparison | None, hidden: Comparison | None, first: Check) -> tuple[str, str]:
    if visible:
        return visible.headline, visible.detail
    if hidden:
        headline = (
            "Right on this data, but not on other data" if kind.hides_data else "Right as far as you see, but not all the way"
        )
        return headline, f"{elsewhere(kind)}: {uncapital(hidden.headline)}."
    return ADVICE.get(first.name, (first.text, ""))


def behaves_like(exercise: Exercise, a: Trial, b: Trial, *, verdict_a: Verdict, verdict_b: Verdict) -> bool:
    """Whether two wrong answers fail the same checks and do the same on every database.

    Answers that send too many queries are alike only if they send as many: a query for each row is one mistake, two for each
    is another.
    """
    if not verdict_a.failed or verdict_a.failed != verdict_b.failed:
        return False
    if "queries" in verdict_a.failed and sent(a) != sent(b):
        return False
    kind = kinds()[exercise.observe]
    return all(same_run(exercise, kind, *runs) for runs in ((a.visible, b.visible), (a.hidden, b.hidden)))


def sent(trial: Trial) -> list[int]:
    return [result.queries for seen in (trial.visible, trial.hidden) for result in seen.results]


def same_run(exercise: Exercise, kind: Kind, a: Observation, b: Observation) -> bool:
    if a.outcome is not b.outcome or len(a.results) != len(b.results):
        return False
    if a.error and b.error and signature(brief(a.error)) != signature(brief(b.error)):
        return False
    pairs = list(zip(a.results, b.results, strict=True))
    return all(of_like_size(*pair) for pair in pairs) and all(kind.same(exercise, *pair) for pair in pairs)


def of_like_size(one: Result, other: Result) -> bool:
    """Whether it is worth holding two results side by side: it is done for each of the authors' wrong answers."""
    smaller, larger = sorted((weight(one), weight(other)))
    return larger <= min(LIKE_SIZE * smaller + LIKE_SIZE**2, MOST_VALUES)


def weight(result: Result) -> int:
    return size([result.seen, *(step.seen for step in result.steps)])


LIKE_SIZE = 10
"""One value of the same meaning may be encoded as several."""


def with_feedback(verdict: Verdict, wrong: Wrong) -> Verdict:
    """The verdict with the author's words about a wrong answer that behaves the same."""
    return replace(verdict, feedback_html=wrong.feedback_html, feedback_title=wrong.title)
