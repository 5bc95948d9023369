"""The schemas for editors accept what the strict reader accepts, and refuse the keys' names and types that it refuses."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from lessons import kinds
from lessons.catalogue import keys, strict_yaml
from lessons.catalogue.load import load
from lessons.catalogue.rules import Findings, Structure
from lessons.catalogue.scan import scan
from lessons.catalogue.schema import schemas

from .breakages import STRUCTURE
from .sample import COURSE, FILES, LESSON, says, write
from .test_broken_folders import FOLDERS

ROOT = Path(__file__).parents[2]
KINDS = kinds.find()
VALIDATORS = {name: Draft7Validator(schema) for name, schema in schemas(KINDS).items()}
TABLES = {"lesson": keys.LESSON, "quiz": keys.QUIZ, "course": keys.COURSE}
REFUSED = (Structure.UNKNOWN_KEY, Structure.MISSING_KEY, Structure.BAD_VALUE, Structure.UNKNOWN_KIND)
ODD = [
    *(
        "''",
        "' '",
        "word",
        "two-words",
        "Two words",
        "two_words",
        "-word",
        "word.word",
        "a/b",
        "a/b#c",
        "#2446e8",
        "3",
        "0",
        "-1",
    ),
    *("61", "1000", "1.5", "true", "null", "no", "2026-01-31", '"a\\nb"', "[]", "[3]", "[word]", "[word, word]", "[a-b]", "[-a]"),
    *(
        "[a/b]",
        "[null]",
        "[[a]]",
        "{}",
        "{a: b}",
        "{a: ''}",
        "{a: 1}",
        "{Book.pages: [IntegerField]}",
        "{a.b.c: [d]}",
        "{a.b: x}",
    ),
    *("{APPEND_SLASH: false}", "{SHOP_NAME: x}", "{SHOP_NAME: 1.5}", "{SHOP_NAME: [a]}", "{DEBUG: true}", "discs", "[names]"),
    *("[status]", "[status, body]", "[X-Duration]", "[X Y]", "x" * 301, "[{slug: a}]", "bookshop"),
]


def blocks(text: str) -> Iterator[tuple[str, strict_yaml.Keyed]]:
    """Every YAML block of a lesson that can be read as YAML, with its schema's name."""
    scanned = scan(text, Findings(""))
    if scanned is None:
        return
    found = [("lesson", scanned.front.text, scanned.front.line)]
    for part in scanned.parts:
        found += [(fence.role, fence.text, fence.line + 1) for fence in part.fences if fence.role in ("exercise", "quiz")]
    for name, source, line in found:
        report = Findings("")
        keyed = strict_yaml.read(source, line, report)
        if keyed is not None and not report.found:
            yield name, keyed


def refused(name: str, block: strict_yaml.Keyed) -> bool:
    """Whether the strict reader finds fault with it."""
    report = Findings("")
    table = TABLES.get(name)
    if table is None:
        kind = KINDS.get(str(block.get("observe")))
        table = keys.EXERCISE.with_keys(kind.keys if kind else {})
        if isinstance(block.get("observe"), str) and kind is None:
            return True
    values = table.read(block, report)
    for module in values.get("modules", ()):
        keys.MODULE.read(module, report)
    return bool(report.found)


def errors(name: str, data: Any) -> list[str]:
    return [error.message for error in VALIDATORS[name].iter_errors(data)]


def test_the_schemas_in_the_documents_are_the_ones_that_are_made(tmp_path):
    told = {path.stem: json.loads(path.read_text()) for path in (ROOT / "docs/schema").glob("*.json")}
    assert told == json.loads(json.dumps(schemas(KINDS))), "run manage.py content_schema --out docs/schema"


@pytest.mark.parametrize("name", VALIDATORS)
def test_each_is_a_schema_that_explains_every_key(name):
    schema = VALIDATORS[name].schema
    Draft7Validator.check_schema(schema)
    assert [key for key, one in schema["properties"].items() if not one["description"].endswith(".")] == []


@pytest.mark.parametrize("path", sorted((ROOT / "content").glob("*/[0-9]*.md")), ids=lambda path: path.stem)
def test_every_block_of_the_course_is_accepted(path):
    found = list(blocks(path.read_text()))
    assert found
    assert [(name, errors(name, block)) for name, block in found if errors(name, block)] == []


def test_the_course_s_own_file_is_accepted():
    block = strict_yaml.read((ROOT / "content/course.yaml").read_text(), 1, Findings(""))
    assert errors("course", block) == []


@pytest.mark.parametrize("broken", [broken for broken in STRUCTURE if broken.rule in REFUSED], ids=str)
def test_what_the_strict_reader_refuses_in_a_lesson_is_refused(broken):
    found = list(blocks(broken.text))
    assert [name for name, block in found if refused(name, block)] == [name for name, block in found if errors(name, block)]
    assert any(errors(name, block) for name, block in found)


@pytest.mark.parametrize("folder", [one for one in FOLDERS if one.rule in REFUSED and one.path == "course.yaml"], ids=str)
def test_what_the_strict_reader_refuses_in_course_yaml_is_refused(tmp_path, folder):
    root = write(tmp_path, FILES)
    folder.change(root)
    report = Findings("")
    block = strict_yaml.read((root / "course.yaml").read_text(), 1, report)
    assert errors("course", block)
    assert any(says(folder.rule, finding.message) for finding in load(root).findings)


def test_a_good_lesson_and_course_are_accepted():
    assert [errors(name, block) for name, block in blocks(LESSON)] == [[], [], []]
    assert errors("course", strict_yaml.read(COURSE, 1, Findings(""))) == []


def every_key() -> list[tuple[str, str, str]]:
    """The schema, a good block of it without the key, and the key."""
    said = {"lesson": "title: a\nsummary: b\nworld: c\n", "quiz": "id: a\n", "course": "title: a\nmodules: []\n"}
    found = [(name, said[name], key) for name, table in TABLES.items() for key in table.keys]
    for kind in KINDS.values():
        found += [("exercise", f"id: a\nobserve: {kind.name}\n", key) for key in (*keys.EXERCISE.keys, *kind.keys)]
    return [
        (name, "".join(line for line in block.splitlines(True) if not line.startswith(f"{key}:")), key)
        for name, block, key in found
    ]


@pytest.mark.parametrize(("name", "block", "key"), every_key(), ids=lambda part: part.splitlines()[-1] if part else "")
def test_both_think_the_same_of_every_value(name, block, key):
    differing = []
    for odd in ODD:
        report = Findings("")
        keyed = strict_yaml.read(f"{block}{key}: {odd}\n", 1, report)
        assert keyed is not None, report.found
        if refused(name, keyed) != bool(errors(name, keyed)):
            differing.append(odd)
    assert differing == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_of_another_kind_is_refused(kind):
    for other in KINDS.values():
        for key in other.keys.keys() - KINDS[kind].keys.keys():
            assert errors("exercise", {"id": "a", "observe": kind, key: ["a"]})


def test_a_course_s_schema_knows_its_worlds_and_lessons(tmp_path):
    course = load(write(tmp_path, FILES))
    found = schemas(KINDS, course)
    assert found["lesson"]["properties"]["world"]["enum"] == ["bookshop"]
    assert found["lesson"]["properties"]["requires"]["items"]["enum"] == ["models/first-querysets", "models/one-query"]
    assert "enum" not in schemas(KINDS)["lesson"]["properties"]["world"]
