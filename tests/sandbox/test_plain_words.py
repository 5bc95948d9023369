"""From code that people write by habit to the words they read: the sandbox's report and the grader's words together."""

import pytest

from lessons.grading.errors import diagnose
from sandbox.protocol import FILE, File

NBSP, ZERO_WIDTH, BYTE_ORDER_MARK = "\u00a0", "\u200b", "\ufeff"

WORDS = [
    # Conditions
    ('Book.objects.get("The Long Way")', "A condition needs a field's name", '`title="The Long Way"`'),
    ("Book.objects.filter('lent')", "A condition needs a field's name", "`lent=…`"),
    ("Book.objects.get(5)", "A condition needs a field's name", "`pk=5`"),
    ("Book.objects.filter(added.year=2020)", "Only a plain name can stand before `=`", "`added__year=2020`"),
    ("Book.objects.filter(author.name='x')", "Only a plain name can stand before `=`", "`author__name='x'`"),
    ("Book.objects.filter(title.lower()='x')", "Only a plain name can stand before `=`", "`title__iexact='x'`"),
    ("Book.objects.filter('title'='x')", "Only a plain name can stand before `=`", "`title='x'`"),
    ("Book.objects.filter(Q(price__gt=9) | price__lt=5)", "needs a `Q`", "Wrap it: `Q(price__lt=5)`."),
    ("Book.objects.filter((Q(lent=True)) and price__lt=20)", "needs a `Q`", "`Q(price__lt=20)`. Combine with `&`"),
    ("Book.objects.filter(\n    Q(lent=True)\n    | price__lt=5,\n)", "needs a `Q`", "`Q(price__lt=5)`"),
    ("Book.objects.filter(not lent=True)", "needs a `Q`", "`~Q(lent=True)`"),
    ("Book.objects.filter(price >= 10)", "`price` is not defined", "as keywords here: `price__gte=10`."),
    ("Book.objects.filter(10 < price)", "`price` is not defined", "`price__gt=10`"),
    ("Book.objects.filter(lent==False)", "`lent` is not defined", "`lent=False`"),
    ("Book.objects.filter(lent != False)", "`lent` is not defined", "`~Q(lent=False)`"),
    ("Book.objects.filter(added.year >= 2020)", "`added` is not defined", "`added__year__gte=2020`"),
    ("Author.objects.filter(born is None)", "`born` is not defined", "`born__isnull=True`"),
    ("Author.objects.filter(born is not None)", "`born` is not defined", "`born__isnull=False`"),
    ("Book.objects.filter(author__name == 'x')", "`author__name` is not defined", "`author__name='x'`"),
    ("Book.objects.filter(price__lt=list_price)", "`list_price` is not defined", '`F("list_price")`'),
    # Names and lookups
    ("Book.objects.filter(price_gte=10)", "`Book` has no field `price_gte`", "Two underscores", "`price__gte`"),
    ("Book.objects.filter(title_in=['x'])", "`Book` has no field `title_in`", "Two underscores", "`title__in`"),
    ("Book.objects.filter(author_name='x')", "`Book` has no field `author_name`", "Two underscores", "`author__name`"),
    ("Book.objects.filter(author__name_in=['x'])", "`Author` has no field `name_in`", "`author__name__in`"),
    ("Book.objects.filter(price__zzz=1)", "`DecimalField` has no lookup", "It has `exact`,", "`lt`,", "`range`,"),
    ("Book.objects.filter(added__zzz=1)", "`DateTimeField` has no lookup", "`isnull`, `year` and more"),
    ("Book.objects.filter(price__between=(1, 2))", "no lookup `between`", "`price__range`", "a pair"),
    ("Book.objects.filter(price__is_null=True)", "no lookup `is_null`", "`price__isnull`"),
    ("Book.objects.filter(title__like='x')", "no lookup `like`", "`title__contains` or `title__icontains`"),
    ("Book.objects.filter(title__ilike='x')", "no lookup `ilike`", "`title__icontains`"),
    ("Book.objects.filter(title__ne='x')", "no lookup `ne`", "`.exclude(title=…)` or `~Q(title=…)`"),
    ("Book.objects.filter(title__not='x')", "no lookup `not`", "`.exclude(title=…)`"),
    ("Book.objects.filter(author__ne=1)", "`ne`", "`.exclude(author=…)`"),
    ("Book.objects.filter(title__equals='x')", "no lookup `equals`", "`title__exact`"),
    ("Book.objects.order_by('price desc')", "no field `price desc`", "`-price`"),
    ("Book.objects.order_by('price asc')", "no field `price asc`", "the name alone: `price`"),
    ("Book.objects.order_by('price, title')", "no field `price, title`", '`"price", "title"`'),
    ("Book.filter(price=3)", "`Book` has no `filter`", "`Book.objects.filter`"),
    ("timedelta(days=3)", "`timedelta` is not defined", "`datetime.timedelta`"),
    ("Book.objects.filter(added__gt=date(2020, 1, 1))", "`date` is not defined", "`datetime.date`"),
    ("datetime(2020, 1, 1)", "A module cannot be called", "`datetime.datetime(…)`"),
    ("datetime.timedelta(day=3)", "`timedelta` takes no argument called `day`"),
    ("Book.objects.filter(price=F(price__lt=3))", "`F` takes no argument called `price__lt`", "a field's name as a text"),
    ("F()", "`F` is called without `name`"),
    # Values
    ("Book.objects.filter(added=2020)", "A date is asked for", "`datetime.date(2020, 1, 31)`", "`added__year=2020`"),
    ("Book.objects.filter(added__gt=2020)", "A date is asked for", "`added__year__gt=2020`"),
    ("Book.objects.filter(added__month='March')", "`month` takes a number, not `March`", "January is 1"),
    ("Book.objects.filter(author='Jane')", "`author` takes a number, not `Jane`", "go on with `__`"),
    ("Author.objects.filter(born='')", "`born` takes a number, not an empty text", "`born__isnull=True`"),
    ("Book.objects.filter(author='')", "`author` takes a number, not an empty text", "`author__isnull=True`"),
    ("Book.objects.filter(price='')", "An empty text is no value here", "isnull"),
    ("Author.objects.filter(born__gt='name')", "`name` is a field, but stands here as a text", '`F("name")`'),
    ("Book.objects.filter(price__gt='added')", "`added` is a field, but stands here as a text", '`F("added")`'),
    ("Book.objects.filter(price__range=10)", "`range` takes a pair", "`price__range=(10, 20)`"),
    ("Book.objects.filter(price__range=(1,))", "`range` takes a pair"),
    ("Book.objects.filter(price__in=10)", "`in` takes a list", "`price__in=[10]`"),
    ("Book.objects.first().price < None", "`<` does not work with `None`", "A value is missing"),
    ("None - Book.objects.first().price", "`-` does not work with `None`", "A value is missing"),
    ("Book.objects.first().price()", "A `Decimal` cannot be called"),
    ("Book.objects.first().price + 'x'", "`+` does not work between `Decimal` and `str`"),
    # Spelling
    ("Book.objects.get(title='The Lamplighter's Ledger')", "The apostrophe ends the text", '`"The Lamplighter\'s Ledger"`'),
    (f"Book.objects.filter({NBSP}price=3)", "a non-breaking space", "at column 21", "plain space"),
    (f"Book.objects.filter({ZERO_WIDTH}price=3)", "a zero-width space", "at column 21: delete it"),
    (f"{BYTE_ORDER_MARK}Book.objects.all()", "a byte order mark", "at column 1: delete it"),
    # No answer
    ("answer = []\nfor b in Book.objects.all():\n    answer.append(b)", "gives no answer", "End with a line `answer`."),
    ("x = 3", "gives no answer", "End with a line `x`."),
    ("import math", "gives no answer", "`answer = …`"),
    ("", "There is no code yet"),
    ("# nothing\n", "There is no code yet"),
]


@pytest.mark.parametrize(("code", "words"), [(code, words) for code, *words in WORDS], ids=[code for code, *_ in WORDS])
def test_a_habit_is_named(look, code, words):
    found = diagnose(look(code), (File(FILE, code),))
    said = f"{found.headline}. {found.detail}"
    assert [word for word in words if word not in said] == [], said


FALSE = [
    ("Book.objects.filter(title='x')[0]", "pair"),
    ("[1, 2][5]", "pair"),
    ("a, b = [1, 2, 3]", "field"),
    ("sorted(zzz >= 3)", "keywords"),
    ("x = 'it", "apostrophe"),
    ("Book.objects.filter(lent=false)", "F("),
    ("Author.objects.filter(born='jane')", "related"),
]


@pytest.mark.parametrize(("code", "word"), FALSE)
def test_it_is_not_named_where_it_is_not_the_mistake(look, code, word):
    found = diagnose(look(code), (File(FILE, code),))
    assert found.headline
    assert word not in f"{found.headline}. {found.detail}"
