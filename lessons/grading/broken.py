"""The one way in which grading itself can fail."""


class BrokenExercise(ValueError):
    """The exercise, not the answer, is at fault: its solution or its keys fence gives nothing to compare with."""
