"""What a right answer is made of."""

from dataclasses import dataclass

from sandbox.protocol import File


@dataclass(frozen=True, slots=True)
class Right:
    """``why`` says how it is right."""

    exercise: str
    why: str
    files: tuple[File, ...]
