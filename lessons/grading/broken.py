"""The one way in which grading itself can fail."""


class BrokenExercise(ValueError):
    """The exercise, not the answer, is at fault: its solution or its keys fence gives nothing to compare with."""


NEVER_EXPECTED = frozenset(
    {"SyntaxError", "IndentationError", "TabError", "NameError", "NoAnswer", "ImportError", "ModuleNotFoundError"}
)
"""Exceptions that say that a solution is broken, not that it is meant to raise."""
