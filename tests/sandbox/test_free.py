"""What is seen of code that no exercise asks for: whatever its last statement gives."""

import pytest

NOTHING = {"kind": "nothing", "said": False}


@pytest.fixture
def seen(see):
    return lambda code: see(code, "free")


def test_rows_are_rows(seen, see):
    code = "Author.objects.order_by('pk')"
    assert seen(code) == see(code, "rows")


def test_a_value_is_a_value(seen):
    assert seen("Author.objects.count() > 0") == {"kind": "not_rows", "type": "bool", "value": True}


def test_an_instance_comes_with_its_fields(seen):
    found = seen("Author.objects.order_by('pk').first()")
    assert found["value"] == ["model", "library.Author", 1, "Author 0", {}]
    assert (found["columns"], found["cells"]) == (["id", "name", "born"], [[1, "Author 0", None]])


def test_a_deferred_field_is_not_fetched_to_be_shown(look):
    result = look("Author.objects.only('born').order_by('pk').first()", "free").results[0]
    assert (result.seen["columns"], result.queries) == (["id", "born"], 1)


@pytest.mark.parametrize("code", ["x = 1", "for author in Author.objects.all():\n    print(author)", "", "# no more than this"])
def test_a_statement_gives_nothing_and_is_no_error(seen, code):
    assert seen(code) == NOTHING


@pytest.mark.parametrize("code", ["None", "print('hello')", "Author.objects.filter(pk=0).first()"])
def test_an_expression_may_give_none(seen, code):
    assert seen(code) == {"kind": "nothing", "said": True}


def test_statements_of_code_without_a_value_are_recorded(look):
    observation = look("for author in Author.objects.all():\n    print('one')", "free")
    assert observation.printed.startswith("one\none\n")
    assert observation.results[0].queries == 1
    assert observation.results[0].statements[0].line == 1


@pytest.mark.parametrize(
    ("code", "outcome"), [("while True: pass", "timeout"), ("range(10**6)", "output"), ("1/0", "error"), ("x =", "error")]
)
def test_it_ends_as_every_run_does(look, code, outcome):
    assert look(code, "free", seconds=0.5).outcome == outcome
