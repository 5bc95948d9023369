"""Right answers to exercises on code that writes."""

from tests.diagnosis.answers.answer import one
from tests.diagnosis.right.answer import Right

RIGHT = (
    Right(
        "models/writing#new-genre",
        "by the parent's key",
        one("""
            genre = Genre(name="Ghost stories", parent_id=Genre.objects.get(name="Fiction").pk)
            genre.save()
        """),
    ),
    Right(
        "models/writing#new-genre",
        "one row in bulk",
        one("""
            fiction = Genre.objects.filter(name="Fiction").first()
            Genre.objects.bulk_create([Genre(name="Ghost stories", parent=fiction)])
        """),
    ),
    Right(
        "models/writing#new-genre",
        "added to its parent's children",
        one("""
            fiction = Genre.objects.get(name="Fiction")
            fiction.children.add(Genre(name="Ghost stories"), bulk=False)
        """),
    ),
    Right(
        "models/writing#new-genre",
        "only if it is not there",
        one("""
            fiction = Genre.objects.get(name="Fiction")
            Genre.objects.get_or_create(name="Ghost stories", defaults={"parent": fiction})
        """),
    ),
    Right(
        "models/writing#cancel-old",
        "narrowed twice",
        one('Order.objects.filter(status="new").exclude(placed_at__year__gte=2024).update(status="cancelled")'),
    ),
    Right(
        "models/writing#cancel-old",
        "by the day",
        one('Order.objects.filter(Q(status="new") & Q(placed_at__date__lt="2024-01-01")).update(status=Value("cancelled"))'),
    ),
    Right(
        "models/writing#cancel-old",
        "every row, most of them as they were",
        one("""
            old = When(status="new", placed_at__year__lte=2023, then=Value("cancelled"))
            Order.objects.update(status=Case(old, default=F("status")))
        """),
    ),
    Right(
        "models/writing#dearer-paper",
        "those of a subquery",
        one("""
            paperbacks = Book.objects.filter(format="paperback").exclude(in_print=False)
            Book.objects.filter(pk__in=paperbacks.values("pk")).update(price=F("price") + Decimal("0.50"))
        """),
    ),
    Right(
        "models/writing#dearer-paper",
        "nothing more for the others",
        one("""
            more = Case(When(format="paperback", in_print=True, then=Value(Decimal("0.50"))), default=Value(Decimal("0.00")))
            Book.objects.update(price=F("price") + more)
        """),
    ),
    Right(
        "models/writing#dearer-paper",
        "less minus fifty cents",
        one("""
            cents = Decimal("0.50")
            Book.objects.filter(format=Book.Format.PAPERBACK).filter(in_print=True).update(price=F("price") - -cents)
        """),
    ),
    Right(
        "models/writing#genre-of-that-name",
        "the parent is fetched only where it is needed",
        one("""
            def genre(name):
                parent = lambda: Genre.objects.get(name="Fiction")
                return Genre.objects.get_or_create(name=name, defaults={"parent": parent})[0]
        """),
    ),
    Right(
        "models/writing#genre-of-that-name",
        "by the parent's key",
        one("""
            def genre(name):
                (fiction,) = Genre.objects.filter(name="Fiction").values_list("pk", flat=True)
                found, _ = Genre.objects.get_or_create({"parent_id": fiction}, name=name)
                return found
        """),
    ),
    Right(
        "models/writing#stock-everywhere",
        "without the shops of a subquery",
        one("""
            def stock_everywhere(book, copies):
                having = Stock.objects.filter(book=book).values("shop")
                shops = Shop.objects.exclude(pk__in=having)
                Stock.objects.bulk_create([Stock(shop=shop, book=book, quantity=copies) for shop in shops])
        """),
    ),
    Right(
        "models/writing#stock-everywhere",
        "one set without another",
        one("""
            def stock_everywhere(book, copies):
                shops = Shop.objects.all().difference(book.shops.all())
                Stock.objects.bulk_create([Stock(shop=shop, book=book, quantity=copies) for shop in shops])
        """),
    ),
    Right(
        "models/writing#stock-everywhere",
        "every shop with whether it has the book",
        one("""
            def stock_everywhere(book, copies):
                has = Exists(Stock.objects.filter(shop=OuterRef("pk"), book=book))
                rows = [
                    Stock(shop=shop, book=book, quantity=copies)
                    for shop in Shop.objects.annotate(has=has)
                    if not shop.has
                ]
                Stock.objects.bulk_create(rows)
        """),
    ),
    Right(
        "models/writing#stock-everywhere",
        "the shops' keys are enough",
        one("""
            def stock_everywhere(book, copies):
                keys = Shop.objects.filter(~Q(books=book)).values_list("pk", flat=True)
                Stock.objects.bulk_create(Stock(shop_id=key, book_id=book.pk, quantity=copies) for key in keys)
        """),
    ),
)
