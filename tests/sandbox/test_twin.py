"""On a twin of SQLite, what SQLite settles in its own way is settled as another database may."""

import pytest

from sandbox.protocol import TWIN

BORN = "list(Author.objects.{}.values_list('born', flat=True))"
NAMES = "sorted(Author.objects.filter({}).values_list('name', flat=True))"


@pytest.fixture
def rows(see):
    """``rows(code, *ways)``: what a run gives on a twin in these ways."""
    return lambda code, *ways: see(code, twin=ways)["rows"]


@pytest.mark.parametrize("lookup", ["contains='AUTH'", "startswith='a'", "endswith='R 1'"])
def test_lookups_that_mind_capitals_do_so_on_the_twin(rows, lookup):
    assert rows(NAMES.format(f"name__{lookup}"))
    assert rows(NAMES.format(f"name__{lookup}"), "case") == []


@pytest.mark.parametrize(
    "condition",
    [
        "name__icontains='AUTH'",
        "name__istartswith='a'",
        "name__iendswith='R 1'",
        "name__iexact='aUTHOR 1'",
        "name__contains='uthor'",
        "name__icontains=functions.Upper('name')",
        "name__iregex='^AUTHOR'",
        "name='Author 1'",
    ],
)
def test_what_says_whether_capitals_matter_means_the_same_everywhere(rows, condition):
    found = rows(NAMES.format(condition))
    assert found
    assert rows(NAMES.format(condition), *TWIN) == found


def test_signs_of_like_are_still_letters_on_the_twin(rows):
    assert rows(NAMES.format("name__icontains='%'"), *TWIN) == rows(NAMES.format("name__iexact='author_1'"), *TWIN) == []


@pytest.mark.parametrize(("order", "falling"), [("order_by('born')", False), ("order_by('-born')", True)])
def test_null_comes_at_the_other_end(rows, order, falling):
    plain, twin = rows(BORN.format(order)), rows(BORN.format(order), "nulls")
    known = [one for one in plain if one is not None]
    missing = [None] * (len(plain) - len(known))
    assert missing
    assert (plain, twin) == ((known + missing, missing + known) if falling else (missing + known, known + missing))


@pytest.mark.parametrize(
    "order",
    ["order_by(F('born').asc(nulls_first=True), 'pk')", "order_by(F('born').desc(nulls_last=True), 'pk')", "order_by('name')"],
)
def test_an_order_that_says_all_is_the_same_everywhere(rows, order):
    assert rows(BORN.format(order), *TWIN) == rows(BORN.format(order))


def test_null_comes_at_the_other_end_of_a_window(rows):
    code = "[a.born for a in Author.objects.annotate(n=Window(functions.RowNumber(), order_by='born')) if a.n == 1]"
    assert rows(code) == [None]
    assert rows(code, "nulls") != [None]


@pytest.mark.parametrize(
    "some",
    [
        "Author.objects.all()",
        "Author.objects.order_by(models.Value(1))",
        "Author.objects.select_related()",
        "Author.objects.filter(pk__gt=1).distinct()",
        "Author.objects.annotate(n=Count('books')).filter(n__gte=0)",
        "Author.objects.raw('SELECT * FROM library_author')",
    ],
)
def test_rows_that_the_order_leaves_equal_come_in_the_opposite_order(rows, some):
    code = f"[author.pk for author in {some}]"
    plain = rows(code)
    assert len(plain) > 1
    assert rows(code, "ties") == plain[::-1]


def test_the_rows_of_a_join_come_in_the_opposite_order(rows):
    code = "list(Author.objects.order_by('pk').values_list('pk', 'books__pk'))"
    plain, twin = rows(code), rows(code, "ties")
    assert plain != twin
    assert sorted(map(str, plain)) == sorted(map(str, twin))
    assert [row[1][0] for row in plain] == [row[1][0] for row in twin]


@pytest.mark.parametrize(
    "code",
    [
        "[Author.objects.count(), Author.objects.exists(), Author.objects.aggregate(n=Count('books'))['n']]",
        "sorted(Author.objects.values_list('pk').union(Author.objects.values_list('born')), key=str)",
        "sorted(Author.objects.filter(pk=1) | Author.objects.filter(pk=2), key=str)",
        "sorted(Author.objects.filter(pk__in=Book.objects.values('author')).values_list('pk', flat=True))",
        "sorted(Author.objects.values('born').annotate(n=Count('pk')).values_list('n', flat=True))",
        "list(Author.objects.none())",
        "[Author.objects.filter(Exists(Book.objects.filter(author=OuterRef('pk')))).count()]",
        "[Author.objects.filter(pk=1).update(name='x'), Author.objects.filter(pk=2, books=None).delete()[0]]",
        "sorted(a.pk for a in Author.objects.prefetch_related('books'))",
        "sorted(a.n for a in Author.objects.annotate(n=Window(functions.RowNumber(), order_by='pk')).filter(n__lt=3))",
        "[sorted(Author.objects.in_bulk([1, 2])), Author.objects.get(pk=1).pk, Author.objects.last().pk]",
        "[Author.objects.order_by('born', 'pk').reverse()[0].pk * 0]",
    ],
)
def test_what_does_not_go_by_chance_is_the_same_everywhere(rows, code):
    assert rows(code, *TWIN) == rows(code)


def test_learners_cannot_make_the_twin_what_it_is_not(look):
    code = "from django.db import connection\nconnection.cursor().execute('PRAGMA case_sensitive_like = OFF')\n[1]"
    assert look(code, twin=TWIN).outcome == "error"


def test_the_next_run_is_on_sqlite_as_it_is(rows):
    code = NAMES.format("name__contains='AUTH'")
    before = rows(code)
    rows(code, *TWIN)
    assert rows(code) == before
