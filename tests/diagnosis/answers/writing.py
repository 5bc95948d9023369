"""Wrong answers to models/writing."""

from tests.diagnosis.answers.answer import Answer, lookup, one, word

ANSWERS = (
    Answer(
        "save without brackets",
        "models/writing#new-genre",
        one("""
            fiction = Genre.objects.get(name="Fiction")
            genre = Genre(name="Ghost stories", parent=fiction)
            genre.save
        """),
        "save is not called: the brackets are missing, so no row is written.",
        (("save", "no row was written", "nothing was written", "not written", "bracket", "parenthes"),),
    ),
    Answer(
        "another spelling",
        "models/writing#new-genre",
        one("""
            fiction = Genre.objects.get(name="Fiction")
            Genre.objects.create(name="Ghost Stories", parent=fiction)
        """),
        "The name has a capital S, and it was to be written with a small one.",
        (("capital", "spel", "letter", "upper", "lower case", "lowercase", *word("name")),),
    ),
    Answer(
        "a misspelt keyword",
        "models/writing#new-genre",
        one("""
            fiction = Genre.objects.get(name="Fiction")
            Genre.objects.create(name="Ghost stories", parnet=fiction)
        """),
        "The keyword parent is written parnet.",
        (("parnet",),),
    ),
    Answer(
        "a name for a key",
        "models/writing#new-genre",
        one('Genre.objects.create(name="Ghost stories", parent_id="Fiction")'),
        "parent_id takes the genre's primary key, which is a number, and not its name.",
        (("'fiction'", '"fiction"', "“fiction”", "number", "parent_id", "primary key"),),
    ),
    Answer(
        "2024 as well",
        "models/writing#cancel-old",
        one('Order.objects.filter(status="new", placed_at__year__lte=2024).update(status="cancelled")'),
        "lte lets in the orders of 2024 itself.",
        ((*lookup("lte", "lt"), "2024 itself", "of 2024", "in 2024"),),
    ),
    Answer(
        "a year for a moment",
        "models/writing#cancel-old",
        one('Order.objects.filter(status="new", placed_at__lt=2024).update(status="cancelled")'),
        "placed_at is a moment, and 2024 is a number: the lookup year is missing.",
        (("placed_at", "__year", "datetime", "a date", "a moment", "string", "be str"),),
    ),
    Answer(
        "cancelled with one l",
        "models/writing#cancel-old",
        one('Order.objects.filter(status="new", placed_at__year__lt=2024).update(status="canceled")'),
        "The status is stored as cancelled, with two l.",
        (("canceled", "spelt", "spelling", "what is stored", *word("cancelled")),),
    ),
    Answer(
        "changed in memory only",
        "models/writing#cancel-old",
        one("""
            for order in Order.objects.filter(status="new", placed_at__year__lt=2024):
                order.status = "cancelled"
        """),
        "Nothing is saved: the objects are changed and the rows are not.",
        (("save", "nothing was written", "no row was", "nothing changed", "in memory", "no row changed", "update"),),
    ),
    Answer(
        "update without a keyword",
        "models/writing#cancel-old",
        one('Order.objects.filter(status="new", placed_at__year__lt=2024).update("cancelled")'),
        "update() takes keywords: which column the value is for is not said.",
        (("update",), ("keyword", "argument", "status=", "by name", "which column", "which field")),
    ),
    Answer(
        "fifty, not fifty cents",
        "models/writing#dearer-paper",
        one('Book.objects.filter(format="paperback", in_print=True).update(price=F("price") + 50)'),
        "Each book costs 50.00 more, and 0.50 was asked for.",
        (("50.00", "by 50", "plus 50", "+ 50", "0.50", "fifty", "cents", "0.5"),),
    ),
    Answer(
        "every book",
        "models/writing#dearer-paper",
        one('Book.objects.update(price=F("price") + Decimal("0.50"))'),
        "Nothing narrows the books down, so all of them become dearer.",
        (("every book", "all books", "filter", "paperback", "format", "out of print", "in_print", "other books"),),
    ),
    Answer(
        "update on what get gives",
        "models/writing#dearer-paper",
        one('Book.objects.get(format="paperback", in_print=True).update(price=F("price") + Decimal("0.50"))'),
        "get() wants exactly one row, and many match: it has to be filter().",
        (("get(", "`get`", "more than one", "several", "multipleobjects", "filter", "exactly one", "it returned"),),
    ),
    Answer(
        "a sum without F",
        "models/writing#dearer-paper",
        one('Book.objects.filter(format="paperback", in_print=True).update(price=price + Decimal("0.50"))'),
        "price is used as a Python name; the column is F('price').",
        (("price",), ("defined", "variable", "f(", "no name", "not a name", "column", "does not know")),
    ),
    Answer(
        "nothing given back",
        "models/writing#genre-of-that-name",
        one("""
            def genre(name):
                fiction = Genre.objects.get(name="Fiction")
                found, created = Genre.objects.get_or_create(name=name, defaults={"parent": fiction})
        """),
        "The function ends without a return, so it gives None.",
        (("return", "nothing comes back", "gives nothing", "nonetype", *word("none")),),
    ),
    Answer(
        "the name by its place",
        "models/writing#genre-of-that-name",
        one("""
            def genre(name):
                fiction = Genre.objects.get(name="Fiction")
                found, created = Genre.objects.get_or_create(name, defaults={"parent": fiction})
                return found
        """),
        "get_or_create() takes keywords: name=name.",
        (("positional", "keyword", "name=", "argument", "by name"),),
    ),
    Answer(
        "default for defaults",
        "models/writing#genre-of-that-name",
        one("""
            def genre(name):
                fiction = Genre.objects.get(name="Fiction")
                found, created = Genre.objects.get_or_create(name=name, default={"parent": fiction})
                return found
        """),
        "The keyword defaults is written default.",
        ((*word("default"), "defaults"),),
    ),
    Answer(
        "whether it is new",
        "models/writing#genre-of-that-name",
        one("""
            def genre(name):
                fiction = Genre.objects.get(name="Fiction")
                created, found = Genre.objects.get_or_create(name=name, defaults={"parent": fiction})
                return found
        """),
        "The pair is unpacked the wrong way round, so the function gives True or False.",
        (("created", "bool", "pair", "second", "wrong way", "whether it is new", "swapped", *word("true", "false")),),
    ),
    Answer(
        "those that have it already",
        "models/writing#stock-everywhere",
        one("""
            def stock_everywhere(book, copies):
                shops = Shop.objects.filter(stock__book=book)
                Stock.objects.bulk_create([Stock(shop=shop, book=book, quantity=copies) for shop in shops])
        """),
        "filter() picks the shops that have the book, and they were to be left out.",
        (("exclude", "already", "second row", "have the book", "has the book", "unique", "filter()"),),
    ),
    Answer(
        "no number of copies",
        "models/writing#stock-everywhere",
        one("""
            def stock_everywhere(book, copies):
                shops = Shop.objects.exclude(stock__book=book)
                Stock.objects.bulk_create([Stock(shop=shop, book=book) for shop in shops])
        """),
        "The rows have no quantity, and the column cannot be NULL.",
        (("quantity",),),
    ),
    Answer(
        "a list that nobody writes",
        "models/writing#stock-everywhere",
        one("""
            def stock_everywhere(book, copies):
                shops = Shop.objects.exclude(stock__book=book)
                rows = [Stock(shop=shop, book=book, quantity=copies) for shop in shops]
        """),
        "The objects are made and never written: bulk_create() is missing.",
        (
            (
                "bulk_create",
                "save",
                "not written",
                "no row",
                "nothing was written",
                "nothing is written",
                "in memory",
                "never written",
            ),
        ),
    ),
    Answer(
        "always one copy",
        "models/writing#stock-everywhere",
        one("""
            def stock_everywhere(book, copies):
                shops = Shop.objects.exclude(stock__book=book)
                Stock.objects.bulk_create([Stock(shop=shop, book=book, quantity=1) for shop in shops])
        """),
        "The quantity is always 1, and copies is not looked at.",
        (("copies", "quantity"),),
    ),
)
