"""The panels of the kinds, on what an honest and on what a hostile run says."""

import pytest
from django.template.loader import render_to_string

SHAPES: list[object] = [
    None,
    5,
    "x",
    [],
    [5],
    [[[]]],
    {"items": 1},
    [{}],
    [{"model": "a.B", "fields": [{"name": "items", "options": {"items": 5}}]}],
]


def panels(kind: str, seen: object, steps: object = ()) -> str:
    return render_to_string(f"{kind}/panels.html", {"seen": seen, "steps": steps, "card": {"result": {"group": "g"}}})


def test_tables_are_shown_with_their_columns_indexes_and_ddl():
    price = {"name": "price", "type": "DecimalField", "sql": "decimal", "options": {"max_digits": 6}}
    index = {"name": "", "on": ["price", "-day"], "where": "sold"}
    model = {"model": "shop.Loaf", "fields": [price], "indexes": [index]}
    finding = {"id": "fields.W161", "on": "shop.Loaf.at", "text": "Fixed <default>", "serious": False}
    pending = ["Add field <price> to loaf"]
    html = panels("schema", {"models": [model], "findings": [finding], "sql": ["CREATE TABLE loaf"], "pending": pending})
    for words in (
        "would still write: Add field &lt;price&gt; to loaf",
        "Tables 1",
        "shop.Loaf",
        "max_digits=6",
        "price, -day where sold",
        "fields.W161",
        "&lt;default&gt;",
        "DDL",
    ):
        assert words in html


@pytest.mark.parametrize("shape", SHAPES)
def test_tables_of_any_shape_are_shown(shape):
    assert "Tables" in panels("schema", {"models": shape, "findings": shape, "sql": shape, "pending": shape, "stored": shape})
    assert "Tables" in panels("schema", shape)


def test_tests_are_shown_with_what_they_found():
    failed = {"name": "test_add", "outcome": "failed", "said": "AssertionError", "line": 4, "text": "assert add(1) == 2"}
    tried = [{"role": "real", "tests": [{"name": "test_add", "outcome": "passed"}]}]
    tried += [{"role": "mutant", "name": "Subtracts", "tests": [failed]}, {"role": "mutant", "name": "Forgets", "tests": []}]
    html = panels("tests", {"versions": tried})
    for words in ("Tests 1", "passed", "Subtracts", "Forgets", "it survives"):
        assert words in html


@pytest.mark.parametrize("shape", SHAPES)
def test_tests_of_any_shape_are_shown(shape):
    assert "Mutants" in panels("tests", {"versions": shape})
    assert "Mutants" in panels("tests", {"versions": [{"role": "mutant", "tests": shape}]})
    assert "No tests" in panels("tests", shape)


def test_findings_of_the_deploy_check_are_shown():
    told = {"id": "security.W004", "text": "You have not set <HSTS>."}
    step = {"asked": "check_deploy()", "raised": "", "queries": 0, "seen": {"value": ["list", []], "findings": [told]}}
    html = panels("settings", {}, steps=[step, step])
    assert html.count("security.W004") == 1
    assert "&lt;HSTS&gt;" in html


@pytest.mark.parametrize("shape", SHAPES)
def test_findings_of_any_shape_are_shown(shape):
    step = {"asked": "check_deploy()", "raised": "", "queries": 0, "seen": {"value": shape, "findings": shape}}
    assert "Settings" in panels("settings", shape, steps=[step])
