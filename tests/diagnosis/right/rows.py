"""Right answers to exercises on rows."""

from tests.diagnosis.answers.answer import one
from tests.diagnosis.right.answer import Right

RIGHT = (
    Right(
        "models/first-querysets#out-of-print",
        "Python may sift, too",
        one("[book for book in Book.objects.all() if not book.in_print]"),
    ),
    Right(
        "models/first-querysets#out-of-print",
        "not in print is out of print",
        one("Book.objects.filter(~Q(in_print=True))"),
    ),
    Right(
        "models/first-querysets#out-of-print",
        "all but those in print",
        one("Book.objects.all().difference(Book.objects.filter(in_print=True))"),
    ),
    Right(
        "models/first-querysets#out-of-print",
        "a generator gives the same rows",
        one("""
            def out_of_print():
                for book in Book.objects.iterator():
                    if not book.in_print:
                        yield book

            out_of_print()
        """),
    ),
    Right(
        "models/first-querysets#out-of-print",
        "by their keys, and then by their field",
        one("[book for book in Book.objects.in_bulk().values() if book.in_print is False]"),
    ),
    Right(
        "models/first-querysets#out-of-print",
        "the statement by hand",
        one("list(Book.objects.raw('SELECT * FROM bookshop_book WHERE NOT in_print'))"),
    ),
    Right(
        "models/first-querysets#neither",
        "a not and a keyword",
        one('Book.objects.filter(~Q(format="ebook"), in_print=True)'),
    ),
    Right(
        "models/first-querysets#neither",
        "two QuerySets joined by and",
        one('Book.objects.exclude(format="ebook") & Book.objects.filter(in_print=True)'),
    ),
    Right(
        "models/first-querysets#neither",
        "one set without another",
        one('Book.objects.filter(in_print=True).difference(Book.objects.filter(format="ebook"))'),
    ),
    Right(
        "models/first-querysets#neither",
        "without those of a subquery",
        one('Book.objects.filter(in_print=True).exclude(pk__in=Book.objects.filter(format="ebook"))'),
    ),
    Right(
        "models/first-querysets#neither",
        "every format but one, whichever there are",
        one("""
            formats = [name for name in Book.Format.values if name != "ebook"]
            Book.objects.filter(in_print=True, format__in=formats)
        """),
    ),
    Right(
        "models/first-querysets#five-dearest",
        "sorted in Python by both keys",
        one("sorted(Book.objects.all(), key=lambda book: (-book.price, book.title))[:5]"),
    ),
    Right(
        "models/first-querysets#five-dearest",
        "a stable sort by price of what is sorted by title",
        one("""
            by_title = sorted(Book.objects.all(), key=lambda book: book.title)
            by_title.sort(key=lambda book: book.price, reverse=True)
            answer = by_title[:5]
        """),
    ),
    Right(
        "models/first-querysets#five-dearest",
        "both keys turned round, and the whole once more",
        one('Book.objects.order_by("price", "-title").reverse()[:5]'),
    ),
    Right(
        "models/first-querysets#five-dearest",
        "with F for the keys",
        one('Book.objects.order_by(F("price").desc(), F("title").asc())[:5]'),
    ),
    Right(
        "models/first-querysets#five-dearest",
        "numbered by a window",
        one("""
            place = Window(functions.RowNumber(), order_by=[F("price").desc(), F("title").asc()])
            Book.objects.annotate(place=place).filter(place__lte=5).order_by("place")
        """),
    ),
    Right(
        "models/first-querysets#five-dearest",
        "the smallest of a heap",
        one("""
            import heapq

            heapq.nsmallest(5, Book.objects.iterator(), key=lambda book: (-book.price, book.title))
        """),
    ),
    Right(
        "models/lookups#ten-to-twelve",
        "neither below nor above",
        one('Book.objects.exclude(price__lt=10).exclude(price__gt=12).order_by("price", "title")'),
    ),
    Right(
        "models/lookups#ten-to-twelve",
        "compared and sorted in Python",
        one("sorted((book for book in Book.objects.all() if 10 <= book.price <= 12), key=lambda book: book.price)"),
    ),
    Right(
        "models/lookups#ten-to-twelve",
        "the falling order turned round",
        one('Book.objects.filter(price__range=(Decimal("10.00"), Decimal("12.00"))).order_by("-price").reverse()'),
    ),
    Right(
        "models/lookups#ten-to-twelve",
        "two nots",
        one('Book.objects.filter(~Q(price__lt=10) & ~Q(price__gt=12)).order_by(F("price").asc())'),
    ),
    Right(
        "models/lookups#any-case",
        "made small in Python",
        one('[book for book in Book.objects.all() if book.title.lower() == "the salt road"]'),
    ),
    Right(
        "models/lookups#any-case",
        "made large in the database",
        one('Book.objects.annotate(loud=functions.Upper("title")).filter(loud="THE SALT ROAD")'),
    ),
    Right(
        "models/lookups#any-case",
        "holds it, and is no longer than it",
        one("""
            wanted = "the salt road"
            Book.objects.alias(length=functions.Length("title")).filter(title__icontains=wanted, length=len(wanted))
        """),
    ),
    Right(
        "models/lookups#any-case",
        "by the keys of the titles that match",
        one("""
            titles = Book.objects.values_list("pk", "title")
            Book.objects.filter(pk__in=[pk for pk, title in titles if title.casefold() == "the salt road"])
        """),
    ),
    Right(
        "models/lookups#any-case",
        "a pattern from the beginning to the end",
        one(r'Book.objects.filter(title__iregex=r"^the salt road$")'),
    ),
    Right(
        "models/lookups#nobody-knows",
        "years are whole: from 1950 on is after 1949",
        one("Author.objects.exclude(born__gt=1949)"),
    ),
    Right(
        "models/lookups#nobody-knows",
        "a not knows about NULL as exclude does",
        one("Author.objects.filter(~Q(born__gte=1950))"),
    ),
    Right(
        "models/lookups#nobody-knows",
        "a union of the two sorts",
        one("Author.objects.filter(born__lt=1950).union(Author.objects.filter(born__isnull=True))"),
    ),
    Right(
        "models/lookups#nobody-knows",
        "an unknown year counts as long ago",
        one('Author.objects.alias(year=functions.Coalesce("born", 0)).filter(year__lt=1950)'),
    ),
    Right(
        "models/lookups#nobody-knows",
        "nobody of whom it exists",
        one('Author.objects.filter(~Exists(Author.objects.filter(pk=OuterRef("pk"), born__gte=1950)))'),
    ),
    Right(
        "models/lookups#nobody-knows",
        "taken away in two steps",
        one("Author.objects.exclude(born__gt=1950).exclude(born=1950)"),
    ),
    Right(
        "models/lookups#nobody-knows",
        "asked in Python",
        one("[author for author in Author.objects.all() if author.born is None or author.born < 1950]"),
    ),
    Right(
        "models/lookups#nobody-knows",
        "said by a case",
        one("""
            may_win = Case(When(born__gte=1950, then=Value(False)), default=Value(True))
            Author.objects.annotate(may_win=may_win).filter(may_win=True)
        """),
    ),
    Right(
        "models/lookups#orders-of-march",
        "by the days of the month",
        one("""
            days = {"placed_at__date__gte": datetime.date(2024, 3, 1), "placed_at__date__lt": datetime.date(2024, 4, 1)}
            Order.objects.filter(**days).order_by("placed_at")
        """),
    ),
    Right(
        "models/lookups#orders-of-march",
        "by the moment at which the month began",
        one("""
            march = datetime.datetime(2024, 3, 1, tzinfo=datetime.UTC)
            Order.objects.alias(month=functions.TruncMonth("placed_at")).filter(month=march).order_by("placed_at")
        """),
    ),
    Right(
        "models/lookups#orders-of-march",
        "two QuerySets joined, and the newest first turned round",
        one("""
            orders = Order.objects.filter(placed_at__year=2024) & Order.objects.filter(placed_at__month=3)
            orders.order_by("-placed_at").reverse()
        """),
    ),
    Right(
        "models/lookups#orders-of-march",
        "asked and sorted in Python",
        one("""
            orders = [order for order in Order.objects.all() if (order.placed_at.year, order.placed_at.month) == (2024, 3)]
            sorted(orders, key=lambda order: order.placed_at)
        """),
    ),
    Right(
        "models/q-and-f#bargain-table",
        "a union of the two reasons",
        one("Book.objects.filter(in_print=False).union(Book.objects.filter(price__lt=5))"),
    ),
    Right(
        "models/q-and-f#bargain-table",
        "not both in print and not cheap",
        one("Book.objects.filter(~Q(in_print=True, price__gte=5))"),
    ),
    Right(
        "models/q-and-f#bargain-table",
        "the cheap ones in print, and all the others",
        one("Book.objects.filter(Q(in_print=True, price__lt=5) | Q(in_print=False))"),
    ),
    Right(
        "models/q-and-f#bargain-table",
        "asked in Python",
        one("[book for book in Book.objects.all() if not book.in_print or book.price < 5]"),
    ),
    Right(
        "models/q-and-f#bargain-table",
        "in one of two subqueries",
        one("""
            cheap = Book.objects.filter(price__lt=5).values("pk")
            gone = Book.objects.filter(in_print=False).values("pk")
            Book.objects.filter(Q(pk__in=cheap) | Q(pk__in=gone))
        """),
    ),
    Right(
        "models/q-and-f#under-twenty",
        "each format with its price",
        one('Book.objects.filter(format="hardback", price__lt=20) | Book.objects.filter(format="ebook", price__lt=20)'),
    ),
    Right(
        "models/q-and-f#under-twenty",
        "narrowed step by step",
        one("""
            cheap = Book.objects.exclude(price__gte=20)
            cheap.filter(format__in=(Book.Format.HARDBACK, Book.Format.EBOOK))
        """),
    ),
    Right(
        "models/q-and-f#under-twenty",
        "a Q that is built in a loop",
        one("""
            wanted = Q()
            for name in ("hardback", "ebook"):
                wanted |= Q(format=name)
            Book.objects.filter(wanted & Q(price__lt=20))
        """),
    ),
    Right(
        "models/q-and-f#under-twenty",
        "in both of two sets",
        one("""
            formats = Book.objects.filter(format__in=["hardback", "ebook"])
            formats.intersection(Book.objects.filter(price__lt=20))
        """),
    ),
    Right(
        "models/q-and-f#odd-entries",
        "what is even taken away, kind by kind",
        one("""
            with_publisher = Book.objects.exclude(in_print=True, publisher__isnull=False)
            with_publisher.exclude(in_print=False, publisher__isnull=True)
        """),
    ),
    Right(
        "models/q-and-f#odd-entries",
        "asked in Python",
        one("[book for book in Book.objects.all() if book.in_print == (book.publisher_id is None)]"),
    ),
    Right(
        "models/q-and-f#odd-entries",
        "two QuerySets joined by or",
        one("""
            homeless = Book.objects.filter(in_print=True, publisher_id=None)
            homeless | Book.objects.filter(in_print=False).exclude(publisher=None)
        """),
    ),
    Right(
        "models/q-and-f#odd-entries",
        "whether its publisher exists",
        one("""
            publisher = Publisher.objects.filter(pk=OuterRef("publisher"))
            Book.objects.filter(Q(~Exists(publisher), in_print=True) | Q(Exists(publisher), in_print=False))
        """),
    ),
    Right(
        "models/q-and-f#below-list",
        "what is saved is more than nothing",
        one('Book.objects.alias(saved=F("list_price") - F("price")).filter(saved__gt=0)'),
    ),
    Right(
        "models/q-and-f#below-list",
        "those with a list price, without those at it or above",
        one('Book.objects.exclude(list_price=None).exclude(price__gte=F("list_price"))'),
    ),
    Right(
        "models/q-and-f#below-list",
        "a lookup used as an expression",
        one("""
            from django.db.models.lookups import LessThan

            Book.objects.filter(LessThan(F("price"), F("list_price")))
        """),
    ),
    Right(
        "models/q-and-f#slow-parcels",
        "the other limit moved",
        one('Order.objects.filter(placed_at__lt=F("shipped_at") - datetime.timedelta(hours=72))'),
    ),
    Right(
        "models/q-and-f#slow-parcels",
        "subtracted in Python",
        one("""
            limit = datetime.timedelta(days=3)
            [order for order in Order.objects.exclude(shipped_at=None) if order.shipped_at - order.placed_at > limit]
        """),
    ),
    Right(
        "models/q-and-f#slow-parcels",
        "shipped, and not within three days",
        one("""
            shipped = Order.objects.filter(shipped_at__isnull=False)
            shipped.exclude(shipped_at__lte=F("placed_at") + datetime.timedelta(days=3))
        """),
    ),
    Right(
        "models/q-and-f#slow-parcels",
        "the wait as an annotation",
        one("""
            wait = models.ExpressionWrapper(F("shipped_at") - F("placed_at"), output_field=models.DurationField())
            Order.objects.annotate(wait=wait).filter(wait__gt=datetime.timedelta(days=3))
        """),
    ),
)
