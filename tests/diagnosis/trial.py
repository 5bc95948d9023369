"""The trial of diagnosis: what leads the feedback on each of the wrong answers, and whether it names the mistake.

.venv/bin/python -m tests.diagnosis.trial > docs/diagnosis.md
"""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass

import django

from tests.diagnosis.answers.answer import Answer

LONGEST = 300
ENOUGH = 50 / 60
"""The share of the answers whose mistake has to be named."""


@dataclass(frozen=True, slots=True)
class Tried:
    answer: Answer
    kind: str
    message: str
    """What stands above the checks: the headline, what is said of the mistake, and the detail."""
    passed: bool

    @property
    def named(self) -> bool:
        return not self.passed and self.answer.named_in(self.message)


def tried(answers: Iterable[Answer]) -> list[Tried]:
    from lessons import checking, course  # when Django has been set up
    from lessons.grading.types import Status
    from lessons.templatetags.woodshed import own_detail, words

    found = []
    for answer in answers:
        exercise = course.current().exercise(answer.exercise)
        assert exercise
        verdict = checking.check(exercise, answer.files).verdict
        parts = (verdict.headline, verdict.feedback_title, words(verdict.feedback_html), verdict.likely, own_detail(verdict))
        message = " · ".join(dict.fromkeys(part for part in parts if part))
        found.append(Tried(answer, exercise.observe, message, verdict.status is Status.PASSED))
    return found


def page(found: list[Tried]) -> str:
    """docs/diagnosis.md"""
    named = sum(one.named for one in found)
    exercises = len({one.answer.exercise for one in found})
    kinds = sorted({one.kind for one in found})
    lines = [
        "# Does the feedback name the mistake?",
        "",
        f"{len(found)} wrong answers to {exercises} exercises of all {len(kinds)} kinds were written down as learners give them,",
        "each with its real mistake in a sentence and with the words by which a message that names it is known: before any of",
        "them was run, and before anybody had seen what the site says. They and their criteria, in `tests/diagnosis/answers/`,",
        "are not changed to suit the feedback. A test runs them all, and keeps this page true.",
        "",
        "The first time, 141 of 187 were named. The feedback was then improved with the misses in view, so the share below says",
        "how good it is on these answers; on answers that nobody has looked at yet it will be somewhat lower.",
        "",
        f"**The message that leads the feedback names the mistake in {named} of {len(found)}, {named / len(found):.0%}.**",
        "",
        "| kind | answers | named |",
        "| --- | ---: | ---: |",
    ]
    for kind in kinds:
        of_kind = [one for one in found if one.kind == kind]
        lines.append(f"| {kind} | {len(of_kind)} | {sum(one.named for one in of_kind)} |")
    lines += ["", "What leads is the headline, then what is said of the mistake, then the detail; a dot stands between them.", ""]
    lines += ["| | exercise | the mistake | what leads |", "| --- | --- | --- | --- |"]
    lines += [row(one) for one in found]
    return "\n".join(lines) + "\n"


def row(one: Tried) -> str:
    cells = ("yes" if one.named else "**no**", one.answer.exercise, one.answer.mistake, shortened(one.message))
    return f"| {' | '.join(map(in_cell, cells))} |"


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip("` ") + "…"


def in_cell(text: str) -> str:
    """Nothing in it ends the cell, or is taken for markup."""
    return re.sub(r"([<>|*_\[\]])", r"\\\1", re.sub(r"`", "", " ".join(text.split()))) if text != "**no**" else text


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "site_config.settings.test"
    django.setup()
    from tests.diagnosis.answers import ANSWERS

    print(page(tried(ANSWERS)), end="")
