"""What the observers see of an answer."""

import pytest


@pytest.mark.parametrize(
    ("code", "kind", "columns", "first"),
    [
        ("Author.objects.order_by('pk')", "instances", ["id", "name", "born"], ["model", "library.Author", 1, "Author 0", {}]),
        (
            "list(Author.objects.order_by('pk'))",
            "instances",
            ["id", "name", "born"],
            ["model", "library.Author", 1, "Author 0", {}],
        ),
        (
            "Author.objects.annotate(n=Count('books')).order_by('pk')",
            "instances",
            ["id", "name", "born", "n"],
            ["model", "library.Author", 1, "Author 0", {"n": 2}],
        ),
        ("Author.objects.only('born').order_by('pk')", "instances", ["id", "born"], None),
        ("Author.objects.order_by('pk').values('name', 'born')", "dicts", ["name", "born"], None),
        ("Author.objects.order_by('pk').values_list('born', 'name')", "tuples", ["born", "name"], ["tuple", [None, "Author 0"]]),
        ("Author.objects.order_by('pk').values_list('name', flat=True)", "scalars", [], "Author 0"),
        ("Author.objects.order_by('pk').values_list('name', named=True)", "tuples", ["name"], ["named", ["name"], ["Author 0"]]),
        ("((a.name, a.born) for a in Author.objects.order_by('pk'))", "tuples", [], ["tuple", ["Author 0", None]]),
        ("{a.name for a in Author.objects.filter(pk=1)}", "scalars", [], "Author 0"),
        ("[1, 'x', None]", "scalars", [], 1),
        ("[1, (2,)]", "mixed", [], 1),
        ("[{'a': 1}]", "dicts", ["a"], ["dict", [["a", 1]]]),
        ("Author.objects.raw('SELECT * FROM library_author ORDER BY id')", "instances", ["id", "name", "born"], None),
        ("Author.objects.none()", "instances", [], None),
        ("Author.objects.none().values('name')", "dicts", [], None),
        ("Author.objects.none().values_list('name')", "tuples", [], None),
        ("[]", "scalars", [], None),
    ],
)
def test_rows_have_a_kind_columns_and_values(see, code, kind, columns, first):
    seen = see(code)
    assert (seen["kind"], seen["columns"]) == (kind, columns)
    assert seen["total"] == len(seen["rows"])
    assert len(seen["cells"]) == len(seen["rows"])
    if first is not None:
        assert seen["rows"][0] == first


@pytest.mark.parametrize(
    ("code", "type_", "value"),
    [
        ("Author.objects.count()", "int", 6),
        ("Author.objects.first()", "Author", ["model", "library.Author", 1, "Author 0", {}]),
        ("Author.objects.aggregate(n=Count('pk'))", "dict", ["dict", [["n", 6]]]),
        ("'text'", "str", "text"),
        ("None", "NoneType", None),
        ("Author", "ModelBase", None),
        ("Author.objects.all", "method", None),
        ("Author.objects", "Manager", None),
    ],
)
def test_what_is_no_rows_is_said(see, code, type_, value):
    seen = see(code)
    assert (seen["kind"], seen["type"]) == ("not_rows", type_)
    if value is not None:
        assert seen["value"] == value


def test_a_set_has_no_sequence(see):
    assert see("{1, 2}")["sequence"] is False
    assert see("[1, 2]")["sequence"] is True


def test_cells_follow_the_columns(see):
    assert see("Author.objects.filter(pk=2)")["cells"] == [[2, "Author 1", 1901]]
    assert see("Author.objects.filter(pk=2).values('born', 'name')")["cells"] == [[1901, "Author 1"]]


def test_the_order_keys_follow_relations_and_stop_at_nothing(see):
    seen = see("Book.objects.order_by('pk')[:2]", options={"order": ["author__name", "price"]})
    assert [key[0] for key in seen["keys"]] == ["Author 0", "Author 1"]
    assert "keys" not in see("Book.objects.values('title')", options={"order": ["title"]})


def test_reading_keys_and_plans_is_not_counted(look):
    (result,) = look("Book.objects.order_by('pk')[:5]", options={"order": ["author__name"]}).results
    assert result.queries == 1
    assert len(result.statements) == 1
    assert result.statements[0].plan


def test_each_statement_names_the_line_that_sent_it(look):
    code = "names = []\nfor book in Book.objects.order_by('pk')[:2]:\n    names.append(book.author.name)\nnames"
    (result,) = look(code).results
    assert [statement.line for statement in result.statements] == [2, 3, 3]
    assert result.queries == 3


def test_a_queryset_is_evaluated_on_its_last_line(look):
    (result,) = look("books = Book.objects.all()\nbooks.filter(\n    price__gt=10,\n)").results
    assert [statement.line for statement in result.statements] == [2]


def test_parameters_stand_in_the_sql(look):
    (result,) = look('Book.objects.filter(title="it\'s")').results
    assert "'it''s'" in result.statements[0].sql


def test_transactions_do_not_count_as_queries(look):
    code = """from django.db import transaction
with transaction.atomic():
    Author.objects.create(name='x')
Author.objects.filter(name='x')"""
    (result,) = look(code).results
    assert result.queries == 2
    assert [statement.counts for statement in result.statements].count(False) >= 1


def test_statements_are_kept_up_to_a_hundred_and_all_counted(look):
    (result,) = look("[Author.objects.count() for n in range(150)]").results
    assert (result.queries, len(result.statements)) == (150, 100)


def test_the_asynchronous_orm_sees_the_same_rows(see):
    code = """import asyncio
async def names():
    return [a.name async for a in Author.objects.order_by('pk')]
asyncio.run(names())"""
    assert see(code)["rows"][0] == "Author 0"


def test_a_value_is_what_it_is(see):
    assert see("Author.objects.count()", "value") == {"value": 6, "type": "int"}
    assert see("Author.objects.filter(pk=1).values_list('name', flat=True)", "value") == {
        "value": ["list", ["Author 0"]],
        "type": "QuerySet",
    }


def test_one_row_shows_its_fields(see):
    seen = see("Author.objects.get(pk=2)", "value")
    assert (seen["columns"], seen["cells"]) == (["id", "name", "born"], [[2, "Author 1", 1901]])


def test_names_are_there_without_an_import(see):
    names = "F Q Value Case When Exists OuterRef Subquery Prefetch Window Count Sum Avg Min Max models functions datetime "
    names += "Decimal timezone"
    assert see(f"[{', '.join(f'{name!r} in globals()' for name in [*names.split(), 'Author', 'Book'])}]")["rows"] == [True] * 22


def test_setup_runs_first_and_is_not_the_learners(look):
    seen = look("[limit]", options={"setup": "limit = Author.objects.count()"})
    assert seen.results[0].seen["rows"] == [6]
    assert seen.results[0].statements[0].line == 1
