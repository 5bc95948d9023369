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


def panels(kind: str, seen: object) -> str:
    return render_to_string(f"{kind}/panels.html", {"seen": seen, "steps": [], "card": {"result": {"group": "g"}}})


def test_tables_are_shown_with_their_columns_indexes_and_ddl():
    price = {"name": "price", "type": "DecimalField", "sql": "decimal", "options": {"max_digits": 6}}
    index = {"name": "", "on": ["price", "-day"], "where": "sold"}
    model = {"model": "shop.Loaf", "fields": [price], "indexes": [index]}
    finding = {"id": "fields.W161", "on": "shop.Loaf.at", "text": "Fixed <default>", "serious": False}
    html = panels("schema", {"models": [model], "findings": [finding], "sql": ["CREATE TABLE loaf"]})
    for words in ("Tables 1", "shop.Loaf", "max_digits=6", "price, -day where sold", "fields.W161", "&lt;default&gt;", "DDL"):
        assert words in html


@pytest.mark.parametrize("shape", SHAPES)
def test_tables_of_any_shape_are_shown(shape):
    assert "Tables" in panels("schema", {"models": shape, "findings": shape, "sql": shape})
    assert "Tables" in panels("schema", shape)
