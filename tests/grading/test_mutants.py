"""Mutants: each operator makes its mistake, and says what a learner did who made it."""

import ast

import pytest

from lessons.mutants import OPERATORS, Names, mutants, mutants_of
from sandbox.protocol import File

BOOKS = Names(
    alike={"price": ("list_price",), "placed_at": ("shipped_at",)},
    many=frozenset({"books", "reviews"}),
    closed=frozenset({"format"}),
    relations=("author", "shop"),
)

TWO_SWAPPED = "class Migration:\n    operations = [RunPython(fill, clear), AddField()]"
TWO_OPERATIONS = "class Migration:\n    operations = [AddField(), RunPython(fill, clear)]"
TABLE = [
    ("filter↔exclude", "Book.objects.filter(a=b)", "filter→exclude@1", "Book.objects.exclude(a=b)"),
    ("filter↔exclude", "Book.objects.exclude(a=b)", "exclude→filter@1", "Book.objects.filter(a=b)"),
    ("drop filter", "x.exclude(a=b).count()", "drop-exclude@1", "x.count()"),
    ("drop filter", "Book.objects.filter(a=b)[:3]", "drop-filter@1", "Book.objects.all()[:3]"),
    ("drop condition", "x.filter(a=b, c=d)", "drop-a@1", "x.filter(c=d)"),
    ("drop condition", "Q(a=b, c=d)", "drop-c@1", "Q(a=b)"),
    ("drop condition", "get_object_or_404(Book, a=b, c=d)", "drop-a@1", "get_object_or_404(Book, c=d)"),
    ("conditions→OR", "x.filter(a=b, c=d)", "all→any@1", "x.filter(Q(a=b) | Q(c=d))"),
    ("conditions→OR", "Q(a=b, c=d)", "all→any@1", "(Q(a=b) | Q(c=d))"),
    ("split filter", "x.filter(books__a=b, books__c=d)", "split-filter@1", "x.filter(books__a=b).filter(books__c=d)"),
    ("split filter", "x.exclude(a=b, c=d)", "split-exclude@1", "x.exclude(a=b).exclude(c=d)"),
    ("merge filters", "x.filter(books__a=b).filter(books__c=d)", "merge-filter@1", "x.filter(books__a=b, books__c=d)"),
    ("merge filters", "x.exclude(a=b).exclude(c=d)", "merge-exclude@1", "x.exclude(a=b, c=d)"),
    ("&↔|", "Q(a=b) & Q(c=d)", "and→or@1", "(Q(a=b) | Q(c=d))"),
    ("&↔|", "Q(a=b) | Q(c=d)", "or→and@1", "(Q(a=b) & Q(c=d))"),
    ("&↔|", "Q(a=b) ^ Q(c=d)", "xor→or@1", "(Q(a=b) | Q(c=d))"),
    ("drop side", "(Q(a=b) | Q(c=d)) & Q(e=f)", "drop-left@1", "Q(e=f)"),
    ("drop side", "(Q(a=b) | Q(c=d)) & Q(e=f)", "drop-right@1", "(Q(a=b) | Q(c=d))"),
    ("drop not", "x.filter(~Q(a=b))", "drop-not@1", "x.filter(Q(a=b))"),
    ("drop not", "not a", "drop-not@1", "a"),
    ("Exists↔~Exists", "x.filter(Exists(y))", "exists→not-exists@1", "x.filter((~Exists(y)))"),
    ("wrong OuterRef", 'OuterRef("pk")', "outerref→f@1", "F('pk')"),
    ("wrong OuterRef", 'OuterRef("pk")', "outerref→author@1", "OuterRef('author')"),
    ("swap sides", "x.difference(y)", "swap-sides@1", "y.difference(x)"),
    ("gt/gte/lt/lte", "x.filter(a__gte=2020)", "gte→gt@1", "x.filter(a__gt=2020)"),
    ("gt/gte/lt/lte", "x.filter(a__gte=2020)", "gte→lte@1", "x.filter(a__lte=2020)"),
    ("range ends", "x.filter(a__range=(1, 2))", "range→gt@1", "x.filter(a__gt=1, a__lte=2)"),
    ("range ends", "x.filter(a__range=(1, 2))", "range→lt@1", "x.filter(a__gte=1, a__lt=2)"),
    ("exact↔iexact, contains↔startswith", 'x.get(a="b")', "exact→iexact@1", "x.get(a__iexact='b')"),
    ("exact↔iexact, contains↔startswith", 'x.get(a__iexact="b")', "iexact→exact@1", "x.get(a__exact='b')"),
    ("exact↔iexact, contains↔startswith", 'x.get(a__contains="b")', "contains→icontains@1", "x.get(a__icontains='b')"),
    ("exact↔iexact, contains↔startswith", 'x.get(a__contains="b")', "contains→startswith@1", "x.get(a__startswith='b')"),
    ("drop lookup", "x.filter(a__lt=b)", "lt→exact@1", "x.filter(a=b)"),
    ("isnull flip", "x.filter(a__isnull=True)", "isnull-flip@1", "x.filter(a__isnull=False)"),
    ("isnull flip", "x.exclude(a=None)", "isnull-flip@1", "x.exclude(a__isnull=False)"),
    ("field swap", "x.filter(book__price__lt=b)", "price→list_price@1", "x.filter(book__list_price__lt=b)"),
    ("name swap", 'x.order_by("-price")', "price→list_price@1", "x.order_by('-list_price')"),
    ("name swap", "[b.price for b in x]", "price→list_price@1", "[b.list_price for b in x]"),
    ("constant ±1", "x.filter(a=20)", "20→21@1", "x.filter(a=21)"),
    ("constant ±1", "x.filter(a=0)", "0→-1@1", "x.filter(a=(-1))"),
    ("constant ±1", 'x.filter(a=Decimal("4.99"))', "4.99→3.99@1", "x.filter(a=Decimal('3.99'))"),
    ("bool flip", "x.filter(a=True)", "True→False@1", "x.filter(a=False)"),
    (
        "date boundary",
        "x.filter(a=datetime.date(2020, 1, 1))",
        "day-before@1",
        "x.filter(a=(datetime.date(2020, 1, 1) + datetime.timedelta(days=-1)))",
    ),
    ("date boundary", 'x.filter(a="2020-01-01")', "day-after@1", "x.filter(a='2020-01-02')"),
    ("F→constant", 'x.filter(a=F("b"))', "f→0@1", "x.filter(a=0)"),
    ("arithmetic", 'F("a") + F("b")', "plus→minus@1", "(F('a') - F('b'))"),
    ("arithmetic", 'F("a") * 2', "times→divided@1", "(F('a') / 2)"),
    ("drop order", 'x.order_by("a").first()', "drop-order_by@1", "x.first()"),
    ("drop order", "x.reverse()", "drop-reverse@1", "x"),
    ("flip order key", 'x.order_by("-a", "b")', "-a→a@1", "x.order_by('a', 'b')"),
    ("lose order key", 'x.order_by("-a", "b")', "drop-b@1", "x.order_by('-a')"),
    ("swap order keys", 'x.order_by("-a", "b")', "swap-keys@1", "x.order_by('b', '-a')"),
    ("first↔last", "x.first()", "first→last@1", "x.last()"),
    ("first↔last", 'F("a").desc()', "desc→asc@1", "F('a').asc()"),
    ("nulls first/last", 'F("a").asc(nulls_last=True)', "nulls_last→nulls_first@1", "F('a').asc(nulls_first=True)"),
    ("nulls first/last", 'F("a").asc(nulls_last=True)', "drop-nulls_last@1", "F('a').asc()"),
    ("slice ±1", "x[:5]", "slice-upper+1@1", "x[:6]"),
    ("slice ±1", "x[5:9]", "slice-lower-1@1", "x[4:9]"),
    ("slice ±1", "x[:5]", "drop-slice@1", "x"),
    ("sorted", "sorted(x, key=f)", "sorted→reverse@1", "sorted(x, key=f, reverse=True)"),
    ("sorted", "sorted(x, key=f)", "drop-key@1", "sorted(x)"),
    ("drop distinct", "x.distinct().count()", "drop-distinct@1", "x.count()"),
    ("add distinct", 'x.values_list("a")', "add-distinct@1", "x.values_list('a').distinct()"),
    ("drop values field", 'x.values("a", "b")', "drop-a@1", "x.values('b')"),
    ("swap values fields", 'x.values_list("a", "b")', "swap-places@1", "x.values_list('b', 'a')"),
    ("swap values fields", "[(b.a, b.c) for b in x]", "swap-places@1", "[(b.c, b.a) for b in x]"),
    ("union↔intersection↔difference", "x.union(y)", "union→intersection@1", "x.intersection(y)"),
    ("union↔intersection↔difference", "x.union(y)", "union→union-all@1", "x.union(y, all=True)"),
    ("union↔intersection↔difference", "x.union(y, all=True)", "union-all→union@1", "x.union(y)"),
    ("drop select_related/prefetch_related", 'x.select_related("a")', "drop-select_related@1", "x"),
    ("aggregate swap", 'Sum("a")', "Sum→Avg@1", "Avg('a')"),
    ("aggregate swap", 'models.Min("a")', "Min→Max@1", "models.Max('a')"),
    ("plain aggregate swap", "max(x)", "max→min@1", "min(x)"),
    ("plain aggregate swap", "x.count()", "count→exists@1", "x.exists()"),
    ("Count distinct", 'Count("a", distinct=True)', "drop-distinct@1", "Count('a')"),
    ("Count distinct", 'Count("country")', "add-distinct@1", "Count('country', distinct=True)"),
    ("drop aggregate filter", 'Count("a", filter=Q(b=c))', "drop-filter@1", "Count('a')"),
    ("drop Coalesce", 'functions.Coalesce(Sum("a"), 0)', "drop-coalesce@1", "Sum('a')"),
    ("drop Coalesce", 'Sum("a", default=0)', "drop-default@1", "Sum('a')"),
    (
        "annotate/filter order",
        'x.annotate(n=Count("books")).filter(books__a=b)',
        "filter-first@1",
        "x.filter(books__a=b).annotate(n=Count('books'))",
    ),
    ("comparison", "a <= b", "lte→lt@1", "(a < b)"),
    ("comparison", "a in b", "in→not-in@1", "(a not in b)"),
    ("and↔or", "a and b or c", "or→and@1", "((a and b) and c)"),
    ("and↔or", "a and b", "drop-operand@1.2", "(a)"),
    ("branch", "if a:\n    b()", "if→if-not@1", "if (not a):\n    b()"),
    ("branch", "[a for a in b if c]", "drop-if@1", "[a for a in b if True]"),
    ("drop call", "save()\n1", "drop-save@1", "pass\n1"),
    ("drop wrapper", "@login_required\ndef f(): ...", "drop-login_required@1", "@(lambda decorated: decorated)\ndef f(): ..."),
    ("drop wrapper", "with atomic():\n    f()", "drop-atomic@1", 'with __import__("contextlib").nullcontext():\n    f()'),
    ("swap arguments", "f(a, b)", "swap-arguments@1", "f(b, a)"),
    ("return nothing", "def f():\n    return 1", "return→none@2", "def f():\n    return None"),
    ("drop operation", TWO_OPERATIONS, "drop-AddField@2", "class Migration:\n    operations = [*(), RunPython(fill, clear)]"),
    (
        "swap operations",
        TWO_OPERATIONS,
        "swap-operations@2",
        "class Migration:\n    operations = [RunPython(fill, clear), AddField()]",
    ),
    ("drop reverse", "RunPython(fill, clear)", "drop-reverse_code@1", "RunPython(fill)"),
    ("drop reverse", 'RunSQL("a", reverse_sql="b")', "drop-reverse_sql@1", 'RunSQL("a")'),
    ("reverse nothing", "m.RunPython(fill, clear)", "reverse→noop@1", "m.RunPython(fill, reverse_code=m.RunPython.noop)"),
    ("drop option", "render(a, status=404)", "drop-status@1", "render(a)"),
]


def test_a_way_back_that_does_nothing_already_stays_so():
    assert "reverse→noop@1" not in named("m.RunPython(fill, m.RunPython.noop)")


def test_only_a_migrations_operations_are_dropped():
    assert not [
        name for name in named("class Shop:\n    operators = [f(), g()]\noperations = [f(), g()]") if name.startswith("drop")
    ]


def named(source: str, names: Names = BOOKS) -> dict:
    return {mutant.name: mutant for mutant in mutants(source, names)}


@pytest.mark.parametrize(("operator", "source", "name", "text"), TABLE)
def test_an_operator_makes_its_mistake(operator, source, name, text):
    found = named(source)
    assert name in found, list(found)
    mutant = found[name]
    same = ast.dump(ast.parse(mutant.source)) == ast.dump(ast.parse(text))
    assert (mutant.operator, same) == (operator, True), mutant.source


def test_every_operator_is_in_the_table():
    assert {operator for operator, *_ in TABLE} == {operator.name for operator in OPERATORS}


@pytest.mark.parametrize("source", sorted({source for _, source, *_ in TABLE}))
def test_no_two_mutants_are_alike_and_none_is_the_source(source):
    found = mutants(source, BOOKS)
    programs = [ast.dump(ast.parse(text)) for text in (source, *(mutant.source for mutant in found))]
    assert len(set(programs)) == len(programs)
    assert len({mutant.name for mutant in found}) == len(found)


@pytest.mark.parametrize("source", sorted({source for _, source, *_ in TABLE}))
def test_every_mutant_says_what_a_learner_did(source):
    assert all(mutant.words.startswith("Yours ") and mutant.words.endswith(".") for mutant in mutants(source, BOOKS))


def test_a_limit_is_named_in_the_sentence():
    words = named("x.filter(a__gte=2020)")["gte→gt@1"].words
    assert words == "Yours behaves as if `__gte` were `__gt`: look at 2020 itself."


def test_a_missing_condition_is_named_in_the_sentence():
    assert "nothing were asked of `price`" in named("x.filter(price__lt=3, a=b)")["drop-price__lt@1"].words


def test_names_carry_the_line_and_count_within_it():
    found = named('Book.objects.filter(\n    a__gt=1, b__gt=2,\n).order_by(\n    "c"\n)')
    assert {"gt→gte@2", "gt→gte@2.2", "drop-order_by@3"} <= set(found)
    assert found["gt→gte@2.2"].source.splitlines()[1].strip() == "a__gt=1, b__gte=2,"


def test_the_text_around_a_mistake_stays_as_it_is():
    source = 'x = "Żelazna"  # a comment\nx.filter(a="Żelazna").filter(b__gt=1)\n'
    assert named(source)["gt→gte@2"].source == source.replace("b__gt", "b__gte")


def test_a_field_with_choices_is_in_no_other_case():
    assert "exact→iexact@1" not in named('x.filter(format="ebook")')


def test_conditions_on_one_row_are_the_same_together_and_apart():
    assert not [name for name in named("x.filter(author__a=b, author__c=d)") if name.startswith("split")]
    assert "split-filter@1" in named("x.filter(author__a=b, author__c=d)", Names())


def test_a_source_that_does_not_parse_has_no_mutants():
    assert mutants("x.filter(") == mutants("\0") == ()


def test_files_beside_python_have_no_mutants_and_names_carry_the_path():
    files = (File("shop/views.py", "a > b"), File("shop/page.html", "a > b"))
    found = {mutant.name: changed for mutant, changed in mutants_of(files)}
    assert "gt→gte@shop/views.py:1" in found
    assert found["gt→gte@shop/views.py:1"] == (File("shop/views.py", "(a >= b)"), files[1])
