"""Whether the learner's tests pass on right code, and whether they fail on wrong code."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from lessons.catalogue.types import Exercise, Probe
from lessons.grading.broken import BrokenExercise
from lessons.grading.types import Check
from lessons.grading.words import code, count, in_words, is_hidden, listing, start
from lessons.kinds import Comparison
from lessons.kinds.tests.read import Test, Version, versions
from sandbox.protocol import Result

MOST_NAMED = 3


def compare(exercise: Exercise, expected: Result, observed: Result, keys: Result | None) -> Comparison:
    """Raises BrokenExercise where the solution's own tests would not pass."""
    replaced, there = {probe.path for probe in exercise.probes}, {file.path for file in exercise.given}
    if replaced - there:
        raise BrokenExercise(f"A probe replaces {listing(sorted(replaced - there))}, which is not given.")
    right, given = versions(expected.seen), versions(observed.seen)
    if problem := off_on_right_code(right) or surviving(right, right):
        raise BrokenExercise(f"Of the solution's tests: {problem}.")
    wrong = off_on_right_code(given) if len(given) == len(right) else "not every version was tried"
    alive = surviving(right, given) if not wrong else ""
    checks = [Check("tests", not wrong, "Not every test passes on right code" if wrong else "Every test passes on right code")]
    if not wrong:
        checks.append(Check("mutants", not alive, "A mutant survives" if alive else killed(right)))
    said = start(wrong or alive)
    if is_hidden(expected):
        told = checks[0].text if wrong else unnamed(exercise, right, given)
        return Comparison(checks=tuple(checks), headline=told if said else "")
    return Comparison(checks=tuple(checks), headline=said, detail=f"{said}." if said else "")


def unnamed(exercise: Exercise, right: Sequence[Version], tried: Sequence[Version]) -> str:
    """Which line of the given code a hidden mutant changes that survives: what it does to it is for the learner to find."""
    mutants = [version for version in right if version.role in ("mutant", "right")]
    alive = [
        probe
        for probe, version, found in zip(exercise.probes, mutants, tried[1:], strict=False)
        if version.role == "mutant" and not found.killers
    ]
    place = changed_line(exercise, alive[0]) if alive else ""
    return f"a mutant that is not named here survives{f': it changes {place}' if place else ''}"


def changed_line(exercise: Exercise, mutant: Probe) -> str:
    """ "line 7 of `shop/postage.py`, `if total >= 30:`" """
    given = next((file.text for file in exercise.given if file.path == mutant.path), "").splitlines()
    text = [line for line in mutant.text.splitlines() if not line.startswith("#")]
    before = [line for line in given if not line.startswith("#")]
    changes = SequenceMatcher(None, before, text, autojunk=False).get_opcodes()
    starts = (start for kind, start, *_ in changes if kind != "equal" and start < len(before))
    first = next((start for start in starts if not before[start].lstrip().startswith('"""')), None)
    if first is None:
        return ""
    line = before[first]
    return f"line {given.index(line) + 1} of {code(mutant.path)}, {code(line.strip())}"


def killed(tried: Sequence[Version]) -> str:
    mutants = sum(version.role == "mutant" for version in tried)
    return f"{start(in_words(mutants))} mutant{' is' if mutants == 1 else 's are'} killed"


def off_on_right_code(tried: Sequence[Version]) -> str:
    """What is wrong with the tests where nothing is wrong with the code."""
    for version in tried:
        if version.role == "mutant":
            continue
        if not version.tests:
            return "there is no test yet: write a function `test_…`, or a `TestCase` with such methods"
        for test in version.tests:
            if not test.passed:
                return f"{code(test.name)} {ending(test)}{on(version)}"
    return ""


def on(version: Version) -> str:
    where = {"right": f" on code that is right, too: {version.name}", "again": " when it is run a second time"}
    return where.get(version.role, " on the code as it is given")


def ending(test: Test) -> str:
    if test.outcome == "skipped":
        return "is skipped"
    line = f" in line {test.line}" if test.line else ""
    text = f", {code(test.text.strip())}," if test.text.strip() else ""
    said = test.said.partition("\n")[0]
    return f"fails{line}{text} ({code(said)})" if said else f"fails{line}{text}"


def surviving(right: Sequence[Version], tried: Sequence[Version]) -> str:
    alive = [wanted.name for wanted, found in zip(right, tried, strict=True) if wanted.role == "mutant" and not found.killers]
    if not alive:
        return ""
    return f"{count(len(alive), 'mutant')} {'survives' if len(alive) == 1 else 'survive'}: {listing(alive, MOST_NAMED)}"


def same(exercise: Exercise, one: Result, other: Result) -> bool:
    """Whether the same mutants survive, and as many tests end in the same ways where nothing is wrong."""
    return list(behaviour(one)) == list(behaviour(other))


def behaved(exercise: Exercise, result: Result) -> object:
    return tuple(behaviour(result))


def behaviour(result: Result) -> Iterator[object]:
    for version in versions(result.seen):
        if version.role == "mutant":
            yield bool(version.killers)
        else:
            yield {test.outcome for test in version.tests}
