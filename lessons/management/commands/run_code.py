from argparse import ArgumentParser
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from lessons import checking, trials
from lessons.catalogue.types import Course
from lessons.grading.words import show
from lessons.management.content_command import ContentCommand, Exit, Stop, open_sandbox, read_answer
from sandbox.protocol import FILE, Observation, Outcome


class Command(ContentCommand):
    help = "Runs a file against a world's visible data. Exit: 0 it ran, 1 it did not run to its end, 2 usage, 3 no sandbox."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--world", required=True)
        parser.add_argument("code", metavar="FILE", help="the code; - for standard input")

    def work(self, taught: Course, options: Mapping[str, Any]) -> tuple[Exit, dict[str, Any], str]:
        code = read_answer(options["code"], FILE)
        if options["world"] not in taught.worlds:
            raise Stop(Exit.USAGE, f"there is no world {options['world']}; there are: {', '.join(taught.worlds) or 'none'}")
        problems = open_sandbox().problems
        if options["world"] in problems:
            raise Stop(Exit.USAGE, f"the world {options['world']} does not load: {problems[options['world']]}")
        seen = checking.run(trials.job("rows", options["world"], (code,), ()))
        return exit_of(seen), as_json(seen), described(seen)


def exit_of(seen: Observation) -> Exit:
    if seen.ours:
        return Exit.NO_SANDBOX
    return Exit.OK if seen.outcome is Outcome.OK else Exit.NOT_RIGHT


def as_json(seen: Observation) -> dict[str, Any]:
    """The observation; what was seen stands in ``result``, and is None where the code did not run to its end."""
    result = seen.results[0] if seen.results else None
    return {
        "outcome": seen.outcome,
        "limit": seen.limit,
        "error": seen.error and asdict(seen.error),
        "printed": seen.printed,
        "result": dict(result.seen) if result else None,
        "queries": result.queries if result else None,
        "statements": [asdict(statement) for statement in result.statements] if result else [],
        "ms": seen.ms,
    }


def described(seen: Observation) -> str:
    lines = [f"{seen.outcome} {seen.limit}".strip(), seen.printed.rstrip()]
    if seen.error:
        where = f"line {seen.error.line}: " if seen.error.line else ""
        lines += [f"{where}{seen.error.type}: {seen.error.message}"]
    for result in seen.results:
        lines += [" | ".join(result.seen.get("columns", ()))]
        lines += [" | ".join(map(show, row)) for row in result.seen.get("cells", ())]
        lines += [show(result.seen["value"])] if "value" in result.seen else []
        lines += [f"-- line {statement.line}: {statement.sql}" for statement in result.statements]
    return "\n".join(line for line in lines if line)
