"""Wrong answers to models/lookups."""

from tests.diagnosis.answers.answer import Answer, lookup, one, word

ANSWERS = (
    Answer(
        "a lookup that there is not",
        "models/lookups#ten-to-twelve",
        one('Book.objects.filter(price__between=(10, 12)).order_by("price")'),
        "There is no lookup between; it is called range.",
        (("between",),),
    ),
    Answer(
        "the upper limit left out",
        "models/lookups#ten-to-twelve",
        one('Book.objects.filter(price__gte=10, price__lt=12).order_by("price")'),
        "lt leaves out a book for exactly 12.00.",
        ((*lookup("lt", "lte"), "12.00", "exactly 12", "12 itself", "upper limit", "upper end"),),
    ),
    Answer(
        "the dearest first",
        "models/lookups#ten-to-twelve",
        one('Book.objects.filter(price__range=(10, 12)).order_by("-price")'),
        "The minus sign turns the order round.",
        (
            (
                "direction",
                "minus",
                "dearest first",
                "falling",
                "falls",
                "descending",
                "revers",
                "opposite",
                "turns",
                "turned",
                "other way",
            ),
        ),
    ),
    Answer(
        "the beginning of the title",
        "models/lookups#any-case",
        one('Book.objects.filter(title__istartswith="the salt road")'),
        "istartswith also finds titles that go on after these words.",
        (("istartswith", "start with", "starts with", "begin", "longer title", "part of"),),
    ),
    Answer(
        "a misspelt lookup",
        "models/lookups#any-case",
        one('Book.objects.filter(title__iexcat="the salt road")'),
        "The lookup iexact is written iexcat.",
        (("iexcat",),),
    ),
    Answer(
        "a comparison in Python",
        "models/lookups#any-case",
        one('Book.objects.filter(title.lower() == "the salt road")'),
        "title is used as a Python name; a condition is a keyword with a lookup.",
        (("title",), ("defined", "variable", "keyword", "lookup", "no name", "not a name", "does not know")),
    ),
    Answer(
        "any part of the title",
        "models/lookups#any-case",
        one("""
            wanted = "The Salt Road"
            Book.objects.filter(title__icontains=wanted)
        """),
        "icontains also finds longer titles.",
        (("icontains", "longer title", "part of", "a part", "whole title"),),
    ),
    Answer(
        "an empty text for an unknown year",
        "models/lookups#nobody-knows",
        one('Author.objects.filter(Q(born__lt=1950) | Q(born=""))'),
        "A missing number is None and not an empty text.",
        (("''", '""', "“”", "empty text", "empty string", "expected a number", "no number", "isnull", "not a number"),),
    ),
    Answer(
        "1950 itself, with Q",
        "models/lookups#nobody-knows",
        one("Author.objects.filter(Q(born__lte=1950) | Q(born__isnull=True))"),
        "lte lets in who was born in 1950.",
        ((*lookup("lte", "lt"), "1950 itself", "born in 1950", "exactly 1950"),),
    ),
    Answer(
        "isnull turned round",
        "models/lookups#nobody-knows",
        one("Author.objects.filter(born__lt=1950) | Author.objects.filter(born__isnull=False)"),
        "isnull=False keeps everybody whose year is known, and those whose year is missing were wanted.",
        (
            (
                "isnull",
                "null",
                "unknown",
                "no year",
                "without a year",
                "year is known",
                "not known",
                "missing year",
                "year is missing",
            ),
        ),
    ),
    Answer(
        "a year, not an author",
        "models/lookups#eldest",
        one('Author.objects.aggregate(Min("born"))'),
        "It gives a dict with a year in it, and the author was asked for.",
        (("aggregate", "dict", "a year", "the year", "birth year", "not an author", "not the author", "author itself"),),
    ),
    Answer(
        "all of them in order",
        "models/lookups#eldest",
        one('Author.objects.exclude(born=None).order_by("born", "name")'),
        "It gives every author in order: first() is missing.",
        (("first()", "queryset", "a list", "one value", "one author", "more than one", "get()"),),
    ),
    Answer(
        "the keys of the order swapped",
        "models/lookups#eldest",
        one('Author.objects.filter(born__isnull=False).order_by("name", "born").first()'),
        "It sorts by name first, so the year only decides between namesakes.",
        (
            (
                "name first",
                "name before",
                "before the year",
                "before born",
                "order of the keys",
                "order of the names",
                "sequence",
                "swapped",
                "born first",
                "year first",
                "places",
                "earliest",
            ),
        ),
    ),
    Answer(
        "without a tie-breaker",
        "models/lookups#eldest",
        one('Author.objects.exclude(born__isnull=True).earliest("born")'),
        "Several authors share the year, and nothing says which of them comes first.",
        (("by name", *word("name"), "tie", "share", "same year", "equal"),),
    ),
    Answer(
        "a number for a date",
        "models/lookups#in-2020",
        one("Book.objects.filter(published=2020).count()"),
        "published is a date, and 2020 is a number: the lookup year is missing.",
        (
            ("published__year", "__year", "a date", "no date", "be str", "the year of", "fromisoformat"),
            ("2020", "published", "date", "str"),
        ),
    ),
    Answer(
        "a misspelt part of a date",
        "models/lookups#in-2020",
        one("Book.objects.filter(published__yaer=2020).count()"),
        "The lookup year is written yaer.",
        (("yaer",),),
    ),
    Answer(
        "the books, not their number",
        "models/lookups#in-2020",
        one("Book.objects.filter(published__year=2020)"),
        "It gives the books: count() is missing.",
        (("count()", "the number", "a number", "how many", "one value", "queryset", "a list", "one number"),),
    ),
    Answer(
        "no order",
        "models/lookups#orders-of-march",
        one("Order.objects.filter(placed_at__year=2024, placed_at__month=3)"),
        "order_by() is missing, so the orders come as the database sends them.",
        (("order_by", "sorted", "sorts", "no order", "without an order", "any order", "as they come", "oldest first"),),
    ),
    Answer(
        "the month by its name",
        "models/lookups#orders-of-march",
        one('Order.objects.filter(placed_at__year=2024, placed_at__month="March").order_by("placed_at")'),
        "The lookup month takes a number.",
        (("'march'", '"march"', "“march”", "`march`", "number", "<code>march</code>"),),
    ),
    Answer(
        "up to the last day, without it",
        "models/lookups#orders-of-march",
        one("""
            first, last = datetime.date(2024, 3, 1), datetime.date(2024, 3, 31)
            Order.objects.filter(placed_at__date__gte=first, placed_at__date__lt=last).order_by("placed_at")
        """),
        "lt leaves out the whole of 31 March.",
        ((*lookup("lt", "lte"), "31 march", "31st", "last day", "march 31"),),
    ),
    Answer(
        "every year's March",
        "models/lookups#orders-of-march",
        one('Order.objects.filter(placed_at__month=3).order_by("placed_at")'),
        "The year is not asked for, so the Marches of other years came along.",
        (("year", "2024", "every march"),),
    ),
)
