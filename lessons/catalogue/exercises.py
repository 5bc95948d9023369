"""An exercise: its prompt, its answers right and wrong, its hints."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from lessons.catalogue import keys
from lessons.catalogue.around import Around
from lessons.catalogue.fences import Tagged
from lessons.catalogue.rules import Structure, near
from lessons.catalogue.scan import Part, Text
from lessons.catalogue.types import Answer, Exercise, Probe, Wrong
from sandbox.protocol import FILE, File

ALWAYS_CHECKED = ("queries", "must_use", "forbid", "error", "timeout")
"""What ``expect=`` may name besides the checks of the exercise's kind."""

DEFAULT_PATHS = {"setup": "setup.py", "given": "", "probe": ""}
"""Where a fence without ``path=`` is put; other roles' are the learner's one file."""

MAY_BE_EMPTY = ("starter",)


def exercise(part: Part, around: Around) -> Exercise | None:
    """None, and findings, when there is too little to show."""
    values = around.block(part, "exercise", keys.EXERCISE)
    prompt = around.html(*_prompt(part, around))
    below = _below(part, values or {}, around)
    answers = _answers(part, around)
    _same_paths(answers, below["wrongs"], around)
    _check_probes(part, values or {}, around)
    if values is None or "observe" not in values or "starter" not in answers or "solution" not in answers:
        return None
    own = {key: value for key, value in values.items() if key in keys.EXERCISE.keys}
    return Exercise(
        key=f"{around.slug}#{values['id']}",
        title=part.title,
        prompt_html=prompt,
        line=part.line,
        starter=answers["starter"][0],
        solution=answers["solution"][0],
        accepts=tuple(answers.get("accept", ())),
        keys=answers["keys"][0] if "keys" in answers else None,
        setup=_files(part, "setup"),
        given=_files(part, "given"),
        probes=tuple(_probe(fence) for fence in part.fences if fence.role == "probe"),
        extra=MappingProxyType({key: value for key, value in values.items() if key not in own}),
        digest=_digest(part, own.get("world", around.world), around),
        **below,
        **{"world": around.world, **own, "waive": MappingProxyType(own.get("waive", {}))},
    )


def _prompt(part: Part, around: Around) -> Iterator[Text]:
    """The text before the first of the exercise's fences; after it, a forgotten role would show an answer."""
    among = False
    for piece in part.content:
        if isinstance(piece, Tagged):
            among = among or piece.role != "exercise"
        elif among:
            around.report(Structure.TEXT_AMONG_FENCES, piece.line)
        else:
            yield piece


# Answers


def _answers(part: Part, around: Around) -> dict[str, list[Answer]]:
    """Each role's answers. Only ``accept`` may have several: a new one starts where a path comes again."""
    answers: dict[str, list[Answer]] = {}
    for role in ("starter", "solution", "accept", "keys"):
        groups = _groups(fence for fence in part.fences if fence.role == role)
        for fence in (group[0] for group in groups[1:] if role != "accept"):
            around.report(Structure.PATH_TWICE, fence.line, path=_path(fence))
        if groups:
            answers[role] = [_answer(group) for group in groups]
        elif role in ("starter", "solution"):
            around.report(Structure.NO_FENCE, part.line, role=role)
    _check_files(part, around)
    return answers


def _groups(fences: Iterable[Tagged]) -> list[list[Tagged]]:
    groups: list[list[Tagged]] = []
    for fence in fences:
        if not groups or _path(fence) in map(_path, groups[-1]):
            groups.append([])
        groups[-1].append(fence)
    return groups


def _answer(fences: list[Tagged]) -> Answer:
    return Answer(tuple(File(_path(fence), fence.text) for fence in fences), fences[0].line)


def _path(fence: Tagged) -> str:
    return fence.options.get("path", DEFAULT_PATHS.get(fence.role, FILE))


def _files(part: Part, role: str) -> tuple[File, ...]:
    return tuple(File(_path(fence), fence.text) for fence in part.fences if fence.role == role)


def _probe(fence: Tagged) -> Probe:
    return Probe(fence.text, "hidden" in fence.options, _path(fence), fence.line)


def _check_probes(part: Part, values: Mapping[str, Any], around: Around) -> None:
    kind = around.kinds.get(values.get("observe", ""))
    hidden = ["hidden" in fence.options for fence in part.fences if fence.role == "probe"]
    if kind and kind.probed and kind.needs_probes and set(hidden) != {True, False}:
        around.report(Structure.NO_PROBE, part.line, kind=kind.name)
    elif kind and hidden and not kind.probed:
        around.report(Structure.PROBE_UNASKED, part.line, kind=kind.name)


def _check_files(part: Part, around: Around) -> None:
    """The files that share the learner's workspace each need a path of their own, and something in them."""
    shared: set[str] = set()
    for fence in part.fences:
        if fence.role not in MAY_BE_EMPTY:
            around.filled(fence)
        if fence.role in ("setup", "given"):
            if not _path(fence):
                around.report(Structure.NO_PATH, fence.line, role=fence.role)
            elif _path(fence) in shared:
                around.report(Structure.PATH_TWICE, fence.line, path=_path(fence))
            shared.add(_path(fence))


def _same_paths(answers: Mapping[str, list[Answer]], wrongs: Iterable[Wrong], around: Around) -> None:
    """Every answer consists of the files that the learner has."""
    if "starter" not in answers:
        return
    starter = {file.path for file in answers["starter"][0].files}
    for answer in (*answers.get("solution", ()), *answers.get("accept", ()), *(wrong.answer for wrong in wrongs)):
        paths = {file.path for file in answer.files}
        if paths != starter:
            around.report(Structure.PATHS_DIFFER, answer.line, paths=_listed(paths), starter=_listed(starter))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


# Hints, wrong answers, why it works


def _below(part: Part, values: Mapping[str, Any], around: Around) -> dict[str, Any]:
    hints: list[str] = []
    wrongs: list[Wrong] = []
    why: list[str] = []
    for below in part.parts:
        html = around.html(*below.texts)
        if not html:
            around.report(Structure.EMPTY_PART, below.line, heading=below.heading)
        if below.kind == "wrong":
            wrongs += _wrong(below, html, values, around)
        elif below.kind == "hint":
            hints.append(html)
        else:
            why.append(html)
            if len(why) == 2:
                around.report(Structure.PART_TWICE, below.line, heading=below.heading)
    return {"hints": tuple(hints), "wrongs": tuple(wrongs), "why_html": "".join(why)}


def _wrong(part: Part, feedback: str, values: Mapping[str, Any], around: Around) -> Iterator[Wrong]:
    groups = _groups(part.fences)
    for fence in (group[0] for group in groups[1:]):
        around.report(Structure.PATH_TWICE, fence.line, path=_path(fence))
    if not groups:
        around.report(Structure.NO_WRONG, part.line, heading=part.heading)
    for fence in part.fences:
        _check_wrong(fence, groups[0][0], values, around)
    if groups:
        yield Wrong(part.title, _answer(groups[0]), groups[0][0].options.get("expect", ""), feedback)


def _check_wrong(fence: Tagged, first: Tagged, values: Mapping[str, Any], around: Around) -> None:
    expect, expected = fence.options.get("expect", ""), first.options.get("expect", "")
    kind = around.kinds.get(values.get("observe", ""))
    around.filled(fence)
    if expect != expected:
        around.report(Structure.EXPECT_DIFFERS, fence.line, first=expected, second=expect)
    if expect and kind and expect not in (*kind.checks, *ALWAYS_CHECKED):
        checks = (*kind.checks, *ALWAYS_CHECKED)
        around.report(Structure.UNKNOWN_EXPECT, fence.line, expect=expect, near=near(expect, checks), checks=", ".join(checks))


# What a verdict is about


def _digest(part: Part, world: str, around: Around) -> str:
    """Changes with anything in the exercise or its world, not with where in the file the exercise stands."""
    content = [(below.heading, [_words(piece) for piece in below.content]) for below in part.everything]
    return hashlib.sha256(repr((content, world, around.worlds.get(world))).encode()).hexdigest()[:16]


def _words(piece: Text | Tagged) -> object:
    return piece.text if isinstance(piece, Text) else (piece.role, piece.language, sorted(piece.options.items()), piece.text)
