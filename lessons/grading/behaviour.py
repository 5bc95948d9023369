"""What an answer did, and how it asked for it, as short hashes: equal ones are looked at by authors as one.

A :func:`behaviour` is for wrong answers, a :func:`sql_shape` for right ones.
"""

import hashlib
import re
from collections import Counter

from lessons.catalogue.types import Exercise
from lessons.grading.essence import MOST, TOO_MUCH, mistake, written
from lessons.grading.grade import kinds, sent, weight
from lessons.grading.types import Trial, Verdict
from sandbox.protocol import Observation, Result

LENGTH = 16
"""Characters of a hash."""


def behaviour(exercise: Exercise, trial: Trial, verdict: Verdict) -> str:
    """The same for answers that fail the same checks and do the same on every database, however they are written.

    As in :func:`~lessons.grading.grade.behaves_like`, those with too many queries send as many.
    """
    queries = sent(trial) if "queries" in verdict.failed else ()
    runs = [_run(exercise, seen) for seen in (trial.visible, trial.hidden)]
    return _hash(verdict.status.value, verdict.failed, queries, runs)


def _run(exercise: Exercise, seen: Observation) -> object:
    return seen.outcome.value, mistake(seen.error), [_result(exercise, result) for result in seen.results]


def _result(exercise: Exercise, result: Result) -> object:
    return TOO_MUCH if weight(result) > MOST else kinds()[exercise.observe].essence(exercise, result)


def _hash(*parts: object) -> str:
    return hashlib.sha256(written(parts).encode()).hexdigest()[:LENGTH]


def sql_shape(trial: Trial) -> str:
    """The same for answers that send the same statements on the visible data, whatever values are in them.

    What is sent again for each row counts as sent more than once, and not how often.
    """
    shapes = Counter(shape(one.sql) for result in trial.visible.results for one in result.statements)
    return _hash([(text, times > 1) for text, times in shapes.items()])


SAVEPOINT = re.compile(r'(SAVEPOINT )".*', re.DOTALL)
"""Django names each by its thread."""
LITERAL = re.compile(
    r"""(?P<name>"[^"]*"?)                     # a table, a column or an alias: it stays
      | (?:\bX)?'[^']*'?                       # 'it''s' is two, side by side
      | (?:(?<=[\s(,=])-)?\b\d[\d.]*(?:E[+-]?\d+)?""",
    re.VERBOSE | re.IGNORECASE,
)
SEVERAL = re.compile(r"\?(?:[\s,]*\?)+")
TUPLES = re.compile(r"\(\?\)(?:,\s*\(\?\))+")


def shape(sql: str) -> str:
    """The statement with a question mark for its literals, or for a list of them."""
    plain = LITERAL.sub(lambda found: found["name"] or "?", SAVEPOINT.sub(r"\1", " ".join(sql.split())))
    return TUPLES.sub("(?)", SEVERAL.sub("?", plain))
