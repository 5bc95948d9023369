"""A quiz: a prompt, and options that each carry their explanation."""

import re

from lessons.catalogue import keys
from lessons.catalogue.around import Around
from lessons.catalogue.rules import Findings, Structure
from lessons.catalogue.scan import OPTION, Part, Text
from lessons.catalogue.types import Option, Quiz


def quiz(part: Part, around: Around) -> Quiz | None:
    values = around.block(part, "quiz", keys.QUIZ)
    prompt, choices = written(part, around.report)
    options = tuple(_option(text, around) for text in choices)
    if not options:
        around.report(Structure.NO_OPTIONS, part.line)
    elif not any(option.right for option in options):
        around.report(Structure.NO_RIGHT, part.line)
    if values is None:
        return None
    return Quiz(
        key=f"{around.slug}#{values['id']}",
        id=values["id"],
        title=part.title,
        prompt_html=around.html(*prompt),
        options=options,
        line=part.line,
        formerly=values["formerly"],
    )


def written(part: Part, report: Findings) -> tuple[list[Text], list[Text]]:
    """The prompt and the options; whatever follows the first option must belong to one."""
    prompt: list[Text] = []
    options: list[Text] = []
    for text in part.texts:
        prompt.append(Text(text.line, []))
        for number, line in enumerate(text.lines, text.line):
            if OPTION.fullmatch(line):
                options.append(Text(number, [line]))
            elif not options:
                prompt[-1].lines.append(line)
            elif not line.strip() or line.startswith("  "):
                options[-1].lines.append(line)
            else:
                report(Structure.AFTER_OPTIONS, number)
    return prompt, options


def _option(option: Text, around: Around) -> Option:
    first, *rest = option.lines
    mark, words = OPTION.fullmatch(first).groups()  # type: ignore[union-attr]  # that is how the option was found
    rest = [line.removeprefix("  ") for line in rest]
    quote = next((place for place, line in enumerate(rest) if line.startswith(">")), len(rest))
    if not words.strip():
        around.report(Structure.EMPTY_OPTION, option.line)
    return Option(
        html=around.inline(Text(option.line, [words, *rest[:quote]])),
        explanation_html=around.html(Text(option.line, [re.sub("^> ?", "", line) for line in rest[quote:]])),
        right=mark != " ",
    )
