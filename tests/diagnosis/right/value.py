"""Right answers to exercises on one value."""

from tests.diagnosis.answers.answer import one
from tests.diagnosis.right.answer import Right

RIGHT = (
    Right(
        "models/first-querysets#one-price",
        "only the column",
        one("""Book.objects.values_list("price", flat=True).get(title="The Lamplighter's Ledger")"""),
    ),
    Right(
        "models/first-querysets#one-price",
        "there is exactly one, so the first is it",
        one("""Book.objects.filter(title="The Lamplighter's Ledger").first().price"""),
    ),
    Right(
        "models/first-querysets#one-price",
        "from the first dict",
        one("""Book.objects.filter(title="The Lamplighter's Ledger").values("price")[0]["price"]"""),
    ),
    Right(
        "models/first-querysets#one-price",
        "the lowest of one price",
        one("""Book.objects.filter(title="The Lamplighter's Ledger").aggregate(cost=Min("price"))["cost"]"""),
    ),
    Right(
        "models/first-querysets#one-price",
        "unpacked from a list of one",
        one("""
            (book,) = [book for book in Book.objects.all() if book.title == "The Lamplighter's Ledger"]
            book.price
        """),
    ),
    Right(
        "models/first-querysets#any-audiobooks",
        "by the constant of the format",
        one("Book.objects.filter(format__exact=Book.Format.AUDIOBOOK).exists()"),
    ),
    Right(
        "models/first-querysets#any-audiobooks",
        "every book has an author, so one of them has the audiobook",
        one('Author.objects.filter(books__format="audiobook").exists()'),
    ),
    Right(
        "models/first-querysets#any-audiobooks",
        "those that are none taken away",
        one('Book.objects.exclude(~Q(format="audiobook")).exists()'),
    ),
    Right(
        "models/first-querysets#any-audiobooks",
        "an if around it",
        one("""
            if Book.objects.filter(format="audiobook").exists():
                answer = True
            else:
                answer = False
            answer
        """),
    ),
    Right(
        "models/first-querysets#one-query",
        "the database counts and compares",
        one("""
            facts = Book.objects.filter(in_print=False).aggregate(n=Count("pk"), first=Min("title"), last=Max("title"))
            (facts["n"], facts["first"], facts["last"])
        """),
    ),
    Right(
        "models/first-querysets#one-query",
        "titles only, sorted in Python",
        one("""
            titles = sorted(Book.objects.filter(in_print=False).values_list("title", flat=True))
            (len(titles), titles[0], titles[-1])
        """),
    ),
    Right(
        "models/first-querysets#one-query",
        "the lowest and the highest of a list",
        one("""
            titles = [book.title for book in Book.objects.exclude(in_print=True).only("title")]
            answer = len(titles), min(titles), max(titles)
        """),
    ),
    Right(
        "models/first-querysets#one-query",
        "a list in the place of the tuple",
        one("""
            facts = Book.objects.filter(in_print=False).aggregate(Count("pk"), Min("title"), Max("title"))
            list(facts.values())
        """),
    ),
    Right(
        "models/lookups#eldest",
        "the lowest pair in Python",
        one("min((one for one in Author.objects.all() if one.born is not None), key=lambda one: (one.born, one.name))"),
    ),
    Right(
        "models/lookups#eldest",
        "the last of the order turned round",
        one('Author.objects.exclude(born=None).order_by("-born", "-name").last()'),
    ),
    Right(
        "models/lookups#eldest",
        "those of the earliest year, by name",
        one("""
            earliest = Author.objects.aggregate(year=Min("born"))["year"]
            Author.objects.filter(born=earliest).order_by("name").first()
        """),
    ),
    Right(
        "models/lookups#eldest",
        "the same in one statement",
        one("""
            years = Author.objects.filter(born__isnull=False).order_by("born").values("born")
            Author.objects.filter(born=Subquery(years[:1])).order_by("name")[0]
        """),
    ),
    Right(
        "models/lookups#eldest",
        "a comparison drops the unknown",
        one('Author.objects.filter(born__gte=0).order_by("born", "name")[0]'),
    ),
    Right(
        "models/lookups#in-2020",
        "the last day before and the first one after",
        one("Book.objects.filter(published__gt=datetime.date(2019, 12, 31), published__lt=datetime.date(2021, 1, 1)).count()"),
    ),
    Right(
        "models/lookups#in-2020",
        "counted in Python",
        one('sum(1 for day in Book.objects.values_list("published", flat=True) if day and day.year == 2020)'),
    ),
    Right(
        "models/lookups#in-2020",
        "a conditional count",
        one('Book.objects.aggregate(n=Count("pk", filter=Q(published__year=2020)))["n"]'),
    ),
    Right(
        "models/lookups#in-2020",
        "the year as an annotation",
        one('len(Book.objects.annotate(year=functions.ExtractYear("published")).filter(year=2020))'),
    ),
    Right(
        "models/lookups#in-2020",
        "SQL by hand",
        one("""
            from django.db import connection

            with connection.cursor() as cursor:
                days = ["2020-01-01", "2020-12-31"]
                cursor.execute("SELECT COUNT(*) FROM bookshop_book WHERE published BETWEEN %s AND %s", days)
                (number,) = cursor.fetchone()
            number
        """),
    ),
    Right(
        "models/q-and-f#needs-a-look",
        "all entries but those with enough",
        one("""
            enough = Stock.objects.filter(quantity__gt=0, quantity__gte=F("reorder_at"))
            Stock.objects.count() - enough.count()
        """),
    ),
    Right(
        "models/q-and-f#needs-a-look",
        "fewer than the mark, and the mark is at least one",
        one('Stock.objects.filter(quantity__lt=functions.Greatest(F("reorder_at"), Value(1))).count()'),
    ),
    Right(
        "models/q-and-f#needs-a-look",
        "a union has no row twice",
        one('Stock.objects.filter(quantity=0).union(Stock.objects.filter(quantity__lt=F("reorder_at"))).count()'),
    ),
    Right(
        "models/q-and-f#needs-a-look",
        "counted in Python",
        one("sum(entry.quantity == 0 or entry.quantity < entry.reorder_at for entry in Stock.objects.all())"),
    ),
    Right(
        "models/q-and-f#needs-a-look",
        "both numbers, less those counted twice",
        one("""
            sold_out, low = Q(quantity=0), Q(quantity__lt=F("reorder_at"))
            counts = Stock.objects.aggregate(
                out=Count("pk", filter=sold_out), low=Count("pk", filter=low), both=Count("pk", filter=sold_out & low)
            )
            counts["out"] + counts["low"] - counts["both"]
        """),
    ),
)
