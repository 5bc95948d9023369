"""The ``tests`` kind: the learner's tests, tried on right code and on wrong code."""

from lessons.kinds import Kind
from lessons.kinds.tests.compare import behaved, compare, same

KIND = Kind(
    name="tests",
    checks=("tests", "mutants"),
    compare=compare,
    same=same,
    essence=behaved,
    probed=True,
    hides_data=False,
    mutated=False,
)
