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
    ("exact↔iexact, contains↔startswith", 'x.filter(a="b")', "exact→contains@1", "x.filter(a__contains='b')"),
    ("exact↔iexact, contains↔startswith", 'x.filter(a__iexact="b")', "iexact→istartswith@1", "x.filter(a__istartswith='b')"),
    ("exact↔iexact, contains↔startswith", 'x.filter(a__iexact="b")', "iexact→iendswith@1", "x.filter(a__iendswith='b')"),
    ("a part of the text", 'x.get(a="b")', "get→first-contains@1", "x.filter(a__contains='b').first()"),
    ("a part of the text", 'x.get(a="b", c=d)', "get→first-startswith@1", "x.filter(a__startswith='b', c=d).first()"),
    ("a part of the text", 'x.get(a="b")', "get→first-iexact@1", "x.filter(a__iexact='b').first()"),
    ("other capitals", 'x.filter(a="The Road")', "other-capitals@1", "x.filter(a='the road')"),
    ("other capitals", 'x.filter(format="ebook")', "other-capitals@1", "x.filter(format='Ebook')"),
    ("other capitals", 'x.update(status="sold")', "other-capitals@1", "x.update(status='Sold')"),
    ("fewer of a list", 'x.filter(a__in=["b", "c"])', "in-without-2@1", "x.filter(a__in=['b'])"),
    ("years before and after", "x.filter(a__year=2020)", "year→gte@1", "x.filter(a__year__gte=2020)"),
    ("years before and after", "x.filter(a__year=2020)", "year→lte@1", "x.filter(a__year__lte=2020)"),
    ("decimal point", 'Decimal("0.50")', "0.50→0.05@1", "Decimal('0.05')"),
    ("decimal point", "a * 0.5", "0.5→50@1", "a * 50"),
    ("timedelta unit", "timedelta(days=3)", "days→weeks@1", "timedelta(weeks=3)"),
    ("F→constant", 'x.update(a=F("a") + n)', "drop-f@1", "x.update(a=n)"),
    ("arithmetic", "a.b += c", "plus→minus@1", "a.b -= c"),
    ("arithmetic", "a.b -= c", "minus→set@1", "a.b = c"),
    ("values↔values_list", 'x.values("a")', "values→values_list@1", "x.values_list('a')"),
    ("values↔values_list", 'x.values_list("a", "b")', "values_list→values@1", "x.values('a', 'b')"),
    ("drop flat", 'list(x.values_list("a", flat=True))', "drop-flat@1", "list(x.values_list('a'))"),
    ("other relation", 'x.select_related("author")', "author→shop@1", "x.select_related('shop')"),
    ("get_or_create↔update_or_create", "x.get_or_create(a=b)", "get_or_create→update_or_create@1", "x.update_or_create(a=b)"),
    (
        "get_or_create→create",
        "x.get_or_create(a=b, defaults={'c': d})",
        "get_or_create→create@1",
        "(x.create(a=b, **{'c': d}), True)",
    ),
    ("get→filter", "x.get(a=b)", "get→filter@1", "x.filter(a=b)"),
    ("other status", "f(status=301)", "301→302@1", "f(status=302)"),
    ("other status", "f(status=404)", "404→410@1", "f(status=410)"),
    (
        "other answer",
        "HttpResponseRedirect(a)",
        "HttpResponseRedirect→HttpResponsePermanentRedirect@1",
        '__import__("django.http").http.HttpResponsePermanentRedirect(a)',
    ),
    ("redirect permanent", "redirect(a)", "redirect→permanent@1", "redirect(a, permanent=True)"),
    ("redirect elsewhere", 'redirect("book", pk=1)', "redirect→elsewhere@1", "redirect('/')"),
    ("GET↔POST", 'request.POST["a"]', "POST→GET@1", "request.GET['a']"),
    ("drop route", 'u = [path("a/", b), path("c/", d)]', "drop-path@1", "u = [path('c/', d)]"),
    ("drop raise", "def f():\n    raise Full(1)", "drop-Full@2", "def f():\n    pass"),
    ("drop assignment", "def f(a):\n    a.b = 1\n    return a", "drop-set@2", "def f(a):\n    pass\n    return a"),
    ("drop assignment", "USE_TZ = False", "drop-set@1", "pass"),
    ("drop default", 'environ.get("A", "b")', "drop-default@1", "environ.get('A')"),
    ("may be missing", 'os.environ["A"]', "key→get@1", "os.environ.get('A')"),
]

SAID = [
    ("x.filter(a__gte=2020)", "gte→gt@1", "`a__gte` were `a__gt`: look at 2020 itself"),
    ("x.filter(a__gt=2020)", "gt→lt@1", "`a__gt` were `a__lt`: it looks on the wrong side of 2020"),
    ('x.filter(a__lt=F("b"))', "lt→lte@1", "`a__lt` were `a__lte`: look at rows where `a` equals `b`"),
    ("x.filter(a__lt=date(2020, 1, 1))", "lt→lte@1", "`a__lt` were `a__lte`: look at 2020-01-01 itself"),
    (
        "x.filter(a__range=(date(2020, 1, 1), b))",
        "range→gt@1",
        "a range left out its first value: look at 2020-01-01 itself, in `a`",
    ),
    ("x.filter(a__range=(1, last))", "range→lt@1", "a range left out its last value: look at `last` itself, in `a`"),
    ("x.filter(a__range=(1, 2))", "1→2@1", "`1` were `2` in `a__range`: look at 1 and at 2"),
    (
        "x.filter(a__year=2024, b=c)",
        "drop-a__year@1",
        "nothing were asked of the year of `a`: one of the conditions in `filter()` is missing",
    ),
    ("x.filter(in_print=True)", "True→False@1", "`in_print=True` were `in_print=False` in `filter()`"),
    ("a.b = True", "True→False@1", "`a.b = True` were `a.b = False`"),
    ("def f():\n    return True", "True→False@2", "it returned `False` and not `True` in `f`"),
    ("a == True", "True→False@1", "`True` were `False` in the comparison `a == True`"),
    ("class A:\n    b = Field(null=True)", "True→False@2", "`null=True` were `null=False` of `b`"),
    ("class A:\n    b = Field(null=True)", "drop-null@2", "`null=True` were not given to `b`"),
    (
        "x.filter(born__isnull=False)",
        "isnull-flip@1",
        "it asked for rows where `born` has no value: those where it has one are meant",
    ),
    (
        "x.exclude(born=None)",
        "isnull-flip@1",
        "it took away the rows where `born` has a value: those where it has none are meant",
    ),
    (
        'x.order_by("-price", "title")',
        "swap-keys@1",
        "`title` came before `price` in `order_by()`: `price` has to decide first, and `title` only where that is equal",
    ),
    ('x.order_by("-price", "title")', "drop-title@1", "it were not ordered by `title`: look at rows that have the same `price`"),
    (
        'F("born").asc(nulls_last=True)',
        "drop-nulls_last@1",
        "`nulls_last` were not there: look at rows where `born` has no value",
    ),
    (
        'x.order_by(F("born").asc(), "name")',
        "swap-keys@1",
        "`name` came before `born` in `order_by()`: `born` has to decide first, and `name` only where that is equal",
    ),
    ("x.filter(a__gt=timedelta(days=3))", "gt→gte@1", "`a__gt` were `a__gte`: look at rows where `a` equals 3 days"),
    ("x.filter(a__gt=date(2020, 1, 1))", "2020→2021@1", "`2020` were `2021` in `date(2020, 1, 1)`: look at 2020 and at 2021"),
    ("x[2:5]", "slice-upper+1@1", "`[2:5]` were `[2:6]`: it ends one too late, and has one too many"),
    ("x[2:5]", "slice-lower+1@1", "`[2:5]` were `[3:5]`: it starts one too late, and the first is missing"),
    ("def f(x):\n    return x[-1]", "1→2@2", "`[-1]` were `[-2]` in `f`: places count from the end, and the last is `[-1]`"),
    ('x.filter(a__gte="2020-01-01")', "day-before@1", "2020-01-01 were 2019-12-31 in `a__gte`: 2019-12-31 comes along"),
    ('x.filter(a__gte="2020-01-01")', "day-after@1", "2020-01-01 were 2020-01-02 in `a__gte`: 2020-01-01 is lost"),
    ('x.filter(a__gt="2020-01-01")', "day-before@1", "2020-01-01 were 2019-12-31 in `a__gt`: 2020-01-01 comes along"),
    ('x.filter(a__lt="2020-01-01")', "day-before@1", "2020-01-01 were 2019-12-31 in `a__lt`: 2019-12-31 is lost"),
    ('x.filter(a__lt="2020-01-01")', "day-after@1", "2020-01-01 were 2020-01-02 in `a__lt`: 2020-01-01 comes along"),
    (
        "x.filter(a__range=(b, date(2020, 1, 31)))",
        "day-after@1",
        "2020-01-31 were 2020-02-01 in `a__range`: 2020-02-01 comes along",
    ),
    (
        "x.filter(a__lt=datetime(2024, 4, 1, tzinfo=UTC))",
        "day-before@1",
        "2024-04-01 were 2024-03-31 in `a__lt`: 2024-03-31 is lost",
    ),
    (
        "x.filter(a__lt=datetime(2024, 4, 1, 9, 30))",
        "day-after@1",
        "2024-04-01 09:30:00 were 2024-04-02 09:30:00 in `a__lt`: that is a day later",
    ),
    ("x.filter(a=date(year, 1, 1))", "day-after@1", "`date(year, 1, 1)` were a day later in `a`"),
    ("def sell(a):\n    return a.b", "return→none@2", "nothing were returned in `sell`, where `a.b` should be"),
    (
        "def sell(a):\n    a.save()",
        "drop-save@2",
        "`save()` of `a` were not called in `sell`: nothing is written to the database there",
    ),
    (
        "@transaction.atomic\ndef sell(): ...",
        "drop-transaction.atomic@1",
        "`@transaction.atomic` did not stand above `sell`: what was written before something goes wrong stays written",
    ),
    ("def sell(a, b):\n    return a < b", "lt→lte@2", "`a < b` were `a <= b` in `sell`: look at where both are equal"),
    ("def sell(a, b):\n    return a or b", "or→and@2", "`a or b` were `a and b` in `sell`"),
    ("def sell(a, b):\n    c(a, b)", "swap-arguments@2", "`b` came before `a` in `c()` in `sell`"),
    (
        'x.update(price=F("price") + Decimal("0.50"))',
        "drop-f@1",
        "`F('price')` were not there: `Decimal('0.50')` alone is left of `F('price') + Decimal('0.50')`",
    ),
    ('x.filter(Q(a="b") | Q(a="c"))', "drop-left@1", "nothing were asked of `Q(a='b')`: one side of the condition is missing"),
    (
        'x.filter(a="The Road")',
        "exact→contains@1",
        "`a` were `a__contains`: it also finds texts with more before or behind `'The Road'`",
    ),
    (
        'x.filter(a="The Road")',
        "exact→iexact@1",
        "`a` were `a__iexact`: capital letters make no difference to it, and they should",
    ),
]
"""What follows "Yours behaves as if", without its full stop."""


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


@pytest.mark.parametrize(("source", "name", "words"), SAID)
def test_a_sentence_names_the_field_the_value_and_the_place(source, name, words):
    assert named(source)[name].words == f"Yours behaves as if {words}."


def test_long_code_is_cut_short_in_a_sentence():
    words = named(f"def f():\n    return [{', '.join(['a'] * 100)}]")["return→none@2"].words
    assert words.endswith("a, a…` should be.")
    assert len(words) < 140


def test_where_the_rows_are_the_answer_flat_makes_no_difference():
    source = 'x.values_list("a", flat=True)'
    assert not [name for name in named(f"{source}.distinct()") if "flat" in name or name.startswith("True")]
    assert "drop-flat@2" in named(f"def f():\n    return {source}")


def test_a_key_of_a_mapping_is_no_condition():
    assert set(named('environ.get("DEBUG", "0")')) == {"drop-default@1"}


def test_a_text_without_letters_is_in_no_other_capitals():
    assert "other-capitals@1" not in named('x.filter(a="50%")')


def test_no_day_is_before_the_first_or_after_the_last():
    assert "day-before@1" not in named('x.filter(a="0001-01-01")')
    assert "a day later" in named("x.filter(a=date(9999, 12, 31))")["day-after@1"].words


def test_a_setting_that_is_the_default_may_be_missing():
    assert "drop-set@1" not in named("DEBUG = False")


def test_a_status_is_taken_for_another_status_and_not_for_a_number_beside_it():
    found = named("render(a, status=503)")
    assert "503→404@1" in found
    assert "503→504@1" not in found


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
