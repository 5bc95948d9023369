"""``hidden.json``: read strictly, each mistake with its place; written so that a change shows as what it is."""

import json

import pytest

from lessons.recipes import Around, Built, Chosen, Nonsense, Seeded, plain, read, recipe, write

RECIPES = (
    Seeded(seed=101, size=0.1),
    Built(build=3, rows=6),
    Built(4, 8, Around(("The Salt Road",), ("4.99", "20"), ("2020-01-31",), (259200.0,), exact=True)),
)


def test_what_is_written_is_read_back(tmp_path):
    chosen = {"models/b#x": Chosen("1234", RECIPES), "models/a#y": Chosen("5678", RECIPES[:1])}
    assert write(tmp_path, chosen)
    assert dict(read(tmp_path).chosen) == chosen
    assert read(tmp_path).findings == ()
    assert not write(tmp_path, chosen)


def test_the_file_is_sorted_and_has_a_line_for_each_recipe(tmp_path):
    write(tmp_path, {"models/b#x": Chosen("1234", RECIPES), "models/a#y": Chosen("5678", RECIPES[:1])})
    text = (tmp_path / "hidden.json").read_text()
    lines = [line.strip().rstrip(",") for line in text.splitlines()]
    assert [line for line in lines if line.startswith('"models/')] == ['"models/a#y": {', '"models/b#x": {']
    assert json.dumps(plain(RECIPES[2])) in lines
    assert text.endswith("}\n")


def test_a_folder_without_the_file_has_no_recipes_and_nothing_wrong(tmp_path):
    found = read(tmp_path)
    assert (found.there, dict(found.chosen), found.findings) == (False, {}, ())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], "a recipe must be an object"),
        ({}, 'a recipe needs "seed"'),
        ({"seed": 1}, 'a recipe needs "size"'),
        ({"seed": 1, "size": 1, "sise": 2}, 'unknown key "sise" in a recipe'),
        ({"seed": "1", "size": 1}, '"seed" must be a whole number from 0 to 1,000,000'),
        ({"seed": True, "size": 1}, '"seed" must be a whole number from 0 to 1,000,000'),
        ({"seed": 1, "size": 99}, '"size" must be a number from 0 to 2'),
        ({"seed": 1, "size": float("nan")}, '"size" must be a number from 0 to 2'),
        ({"build": 1}, 'a recipe needs "rows"'),
        ({"build": 1, "rows": 0}, '"rows" must be a whole number from 1 to 40'),
        ({"build": 1, "rows": 10**9}, '"rows" must be a whole number from 1 to 40'),
        ({"build": 1, "rows": 1, "seed": 1}, 'unknown key "seed" in a recipe'),
        ({"build": 1, "rows": 1, "around": 1}, '"around" must be an object'),
        ({"build": 1, "rows": 1, "around": {"words": []}}, 'unknown key "words" in "around"'),
        ({"build": 1, "rows": 1, "around": {"texts": "a"}}, '"texts" must be a list of texts'),
        ({"build": 1, "rows": 1, "around": {"numbers": [1]}}, '"numbers" must be a list of numbers as texts, like "4.99"'),
        ({"build": 1, "rows": 1, "around": {"numbers": ["many"]}}, '"numbers" must be a list of numbers as texts, like "4.99"'),
        ({"build": 1, "rows": 1, "around": {"numbers": ["inf"]}}, '"numbers" must be a list of numbers as texts, like "4.99"'),
        ({"build": 1, "rows": 1, "around": {"dates": ["20200131"]}}, '"dates" must be a list of days, like "2020-01-31"'),
        ({"build": 1, "rows": 1, "around": {"seconds": ["1"]}}, '"seconds" must be a list of numbers'),
        ({"build": 1, "rows": 1, "around": {"exact": 1}}, '"exact" must be true or false'),
    ],
)
def test_nonsense_is_no_recipe(data, words):
    with pytest.raises(Nonsense) as caught:
        recipe(data)
    assert str(caught.value) == words


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('{\n"a#b": }', 2, "this JSON cannot be read"),
        ("[]", 1, "must be an object"),
        ("\ufeff{}", 1, "this JSON cannot be read"),
        ('{\n  "a#b": [],\n  "c#d": 1\n}', 3, "c#d: the entry must be an object"),
        ('{\n  "a#b": {"digest": "1"}\n}', 2, 'a#b: the entry needs "databases"'),
        ('{\n  "a#b": {"digest": 1, "databases": []}\n}', 2, 'a#b: "digest" must be a text'),
        ('{\n  "a#b": {"digest": "1", "databases": []}\n}', 2, 'a#b: "databases" must be a list of 1 to 6 recipes'),
        (
            '{\n  "a#b": {"digest": "1", "databases": [{"seed": 1, "size": 1}, 7]}\n}',
            2,
            "a#b: recipe 2: a recipe must be an object",
        ),
        ('{"a#b": 1, "a#b": 2}', 1, '"a#b" is given twice'),
    ],
)
def test_a_broken_file_has_a_finding_at_its_place(tmp_path, text, line, words):
    (tmp_path / "hidden.json").write_text(text, encoding="utf-8")
    found = read(tmp_path)
    assert found.there
    assert not found.chosen
    assert any((one.path, one.line) == (f"{tmp_path.name}/hidden.json", line) and words in one.message for one in found.findings)


def test_one_broken_entry_leaves_the_others(tmp_path):
    write(tmp_path, {"models/a#x": Chosen("1234", RECIPES)})
    path = tmp_path / "hidden.json"
    path.write_text(path.read_text().replace("{\n", '{\n  "broken#x": {},\n', 1))
    found = read(tmp_path)
    assert list(found.chosen) == ["models/a#x"]
    assert [one.line for one in found.findings] == [2]
