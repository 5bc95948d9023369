"""What a wrong answer is made of."""

from dataclasses import dataclass
from textwrap import dedent

from sandbox.protocol import FILE, File


@dataclass(frozen=True, slots=True)
class Answer:
    """A wrong answer as a learner may give it, and how to know a message that says what is wrong with it.

    ``mistake`` is the real mistake, in a sentence. ``names_it`` are groups of alternatives: of each group at least one stands in
    the message that leads the feedback, in capitals or not.
    """

    name: str
    exercise: str
    files: tuple[File, ...]
    mistake: str
    names_it: tuple[tuple[str, ...], ...]

    def named_in(self, message: str) -> bool:
        """Whether the message, of plain words or of HTML, says what the mistake is."""
        said = message.casefold()
        return all(any(words.casefold() in said for words in group) for group in self.names_it)


def one(text: str, path: str = FILE) -> tuple[File, ...]:
    """An answer of one file."""
    return (File(path, dedent(text).strip() + "\n"),)


def several(**texts: str) -> tuple[File, ...]:
    """An answer of several files, by their paths: ``shop__urls=`` is ``shop/urls.py``."""
    return tuple(File(f"{name.replace('__', '/')}.py", dedent(text).strip() + "\n") for name, text in texts.items())


def word(*words: str) -> tuple[str, ...]:
    """The words as a sentence holds them when they are code or quoted, so that ``lt`` is not found in ``result``."""
    return tuple(f"{before}{one}{after}" for one in words for before, after in SURROUNDINGS)


SURROUNDINGS = (("`", "`"), ("<code>", "</code>"), ("'", "'"), ('"', '"'), ("“", "”"), ("‘", "’"), (" ", " "), (" ", "."))


def lookup(*names: str) -> tuple[str, ...]:
    """The names of lookups, alone or behind a field."""
    return (*(f"__{name}" for name in names), *word(*names))
