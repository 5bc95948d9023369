"""Mutants: what a piece of code looks like with one small mistake in it, of the kind that learners make.

:func:`mutants` takes source text and gives every mutant of it. It knows no exercise, no kind and no database; what it may know of
the models' names comes in as :class:`Names`. Operators are functions, one module for each part of the language, and say of each
mutant in a sentence what a learner did whose answer behaves the same.
"""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from lessons.mutants import aggregates, conditions, lookups, migrations, order, plain, rows, values, web, writes
from lessons.mutants.source import Source
from lessons.mutants.types import UNKNOWN, Change, Mutant, Names, Operator
from sandbox.protocol import FILE, File

__all__ = ["OPERATORS", "Mutant", "Names", "Operator", "mutants", "mutants_of"]

OPERATORS: tuple[Operator, ...] = (
    *conditions.OPERATORS,
    *lookups.OPERATORS,
    *values.OPERATORS,
    *order.OPERATORS,
    *rows.OPERATORS,
    *aggregates.OPERATORS,
    *writes.OPERATORS,
    *web.OPERATORS,
    *migrations.OPERATORS,
    *plain.OPERATORS,
)


def mutants_of(files: Sequence[File], names: Names = UNKNOWN) -> tuple[tuple[Mutant, tuple[File, ...]], ...]:
    """Every mutant of several files, with the files as they are then. Files that are not Python have none."""
    return tuple(
        (mutant, tuple(File(file.path, mutant.source) if file.path == mutant.path else file for file in files))
        for one in files
        if one.path.endswith(".py")
        for mutant in mutants(one.text, names, path=one.path)
    )


def mutants(text: str, names: Names = UNKNOWN, *, path: str = FILE) -> tuple[Mutant, ...]:
    """Every mutant of the source, no two alike, in the order of the source. None for a source that does not parse.

    Names are the same as long as the line they name is the same.
    """
    try:
        source = Source(text, names)
    except (SyntaxError, ValueError):
        return ()
    return tuple(_named(_other(source, _changes(source)), path))


def _changes(source: Source) -> list[tuple[Operator, Change]]:
    found = [(operator, change) for operator in OPERATORS for change in operator.find(source)]
    return sorted(found, key=lambda each: source.start(each[1].node))


def _other(source: Source, changes: Iterable[tuple[Operator, Change]]) -> Iterator[tuple[Operator, Change, int, str]]:
    """The changes that make another program, each program once: with the line and the text."""
    seen = {ast.dump(source.tree)}
    for operator, change in changes:
        text = source.replaced(change.node, change.new)
        try:
            program = ast.dump(ast.parse(text))
        except (SyntaxError, ValueError):
            continue
        if program not in seen:
            seen.add(program)
            yield operator, change, source.line(change.node), text


def _named(changes: Iterable[tuple[Operator, Change, int, str]], path: str) -> Iterator[Mutant]:
    """``gt→gte@2``; a second one of a line is ``gt→gte@2.2``; where there are several files, ``gt→gte@shop/views.py:2``."""
    counts: Counter[str] = Counter()
    for operator, change, line, text in changes:
        where = str(line) if path == FILE else f"{path}:{line}"
        name = f"{change.label}@{where}"
        counts[name] += 1
        number = f".{counts[name]}" if counts[name] > 1 else ""
        yield Mutant(f"{name}{number}", operator.name, text, change.words, line, path, operator.asks)
