"""Wrong answers to services/a-service-function."""

from sandbox.protocol import File
from tests.diagnosis.answers.answer import Answer, one, word


def services(text: str) -> tuple[File, ...]:
    return one(text, "bookshop/services.py")


ANSWERS = (
    Answer(
        "save without brackets",
        "services/a-service-function#retire",
        services("""
            def retire(*, book):
                book.in_print = False
                book.save
                return book
        """),
        "save is not called: the brackets are missing, so the row stays as it is.",
        (("save", "the row still", "not written", "nothing was written", "bracket", "parenthes"),),
    ),
    Answer(
        "a text for a list",
        "services/a-service-function#retire",
        services("""
            def retire(*, book):
                book.in_print = False
                book.save(update_fields="in_print")
                return book
        """),
        "update_fields wants a list of names; of a text it takes the letters.",
        (("update_fields", "a list", "letters", "fields do not exist"),),
    ),
    Answer(
        "a misspelt option",
        "services/a-service-function#retire",
        services("""
            def retire(*, book):
                book.in_print = False
                book.save(update_field=["in_print"])
                return book
        """),
        "The option update_fields is written update_field.",
        (("update_field",),),
    ),
    Answer(
        "compared, not set",
        "services/a-service-function#retire",
        services("""
            def retire(*, book):
                book.in_print == False
                book.save(update_fields=["in_print"])
                return book
        """),
        "Two equals signs compare: in_print is not set, and True is saved again.",
        (
            (
                "==",
                "compar",
                "assign",
                "not set",
                "unchanged",
                "still in print",
                "still true",
                "nothing was changed",
                "gives true",
            ),
        ),
    ),
    Answer(
        "the object, not the number",
        "services/a-service-function#restock",
        services("""
            from bookshop.models import Stock


            def restock(*, shop, book, copies):
                stock = Stock.objects.get(shop=shop, book=book)
                stock.quantity += copies
                stock.save(update_fields=["quantity"])
                return stock
        """),
        "It gives the Stock object, and the quantity was asked for.",
        (("quantity", "object", "a number", "stock itself", "a stock", "instance"),),
    ),
    Answer(
        "plus and equals swapped",
        "services/a-service-function#restock",
        services("""
            from bookshop.models import Stock


            def restock(*, shop, book, copies):
                stock = Stock.objects.get(shop=shop, book=book)
                stock.quantity =+ copies
                stock.save(update_fields=["quantity"])
                return stock.quantity
        """),
        "=+ sets the quantity to the copies instead of adding them.",
        (("added", "adds", "forgotten", "=+", "overwrit", "replac", "instead of"),),
    ),
    Answer(
        "the star at the end",
        "services/a-service-function#restock",
        services("""
            from bookshop.models import Stock


            def restock(shop, book, copies, *):
                stock = Stock.objects.get(shop=shop, book=book)
                stock.quantity += copies
                stock.save(update_fields=["quantity"])
                return stock.quantity
        """),
        "Nothing stands behind the star, which has to stand before the arguments.",
        (("`*`", "bare *", "star", "<code>*</code>", "behind it", "follow"),),
    ),
    Answer(
        "the number before",
        "services/a-service-function#restock",
        services("""
            from bookshop.models import Stock


            def restock(*, shop, book, copies):
                stock = Stock.objects.get(shop=shop, book=book)
                before = stock.quantity
                stock.quantity = before + copies
                stock.save(update_fields=["quantity"])
                return before
        """),
        "It gives the quantity from before the copies were added.",
        (("before", "old quantity", "there now", "is now", "too few", "less than"),),
    ),
    Answer(
        "an exception that nobody raises",
        "services/a-service-function#sell",
        services("""
            from bookshop.models import Stock


            class OutOfStock(Exception):
                pass


            def sell(*, shop, book, copies):
                stock = Stock.objects.filter(shop=shop, book=book).first()
                if stock is None or stock.quantity < copies:
                    OutOfStock(f"{shop} has fewer than {copies} copies of {book}.")
                stock.quantity -= copies
                stock.save(update_fields=["quantity"])
                return stock.quantity
        """),
        "The exception is made and not raised.",
        (("`raise`", "<code>raise</code>", "not raised", "never raised", "without raise", "outofstock"),),
    ),
    Answer(
        "always one copy",
        "services/a-service-function#sell",
        services("""
            from bookshop.models import Stock


            class OutOfStock(Exception):
                pass


            def sell(*, shop, book, copies):
                stock = Stock.objects.filter(shop=shop, book=book).first()
                if stock is None or stock.quantity < copies:
                    raise OutOfStock
                stock.quantity -= 1
                stock.save(update_fields=["quantity"])
                return stock.quantity
        """),
        "It takes one copy, however many were asked for.",
        (("one copy", "only one", "by one", "takes one", "by 1", "copies are not", "ignores", *word("copies")),),
    ),
    Answer(
        "not saved",
        "services/a-service-function#sell",
        services("""
            from bookshop.models import Stock


            class OutOfStock(Exception):
                pass


            def sell(*, shop, book, copies):
                stock = Stock.objects.filter(shop=shop, book=book).first()
                if stock is None or stock.quantity < copies:
                    raise OutOfStock
                stock.quantity -= copies
                return stock.quantity
        """),
        "The quantity is changed in memory and never saved.",
        (("save", "not written", "nothing was written", "in memory", "row still", "unchanged", "not changed", "no row"),),
    ),
    Answer(
        "a function for a moment",
        "services/a-service-function#place-order",
        services("""
            from django.utils import timezone

            from bookshop.models import Order, OrderLine


            class EmptyOrder(Exception):
                pass


            def place_order(*, customer, books):
                if not books:
                    raise EmptyOrder
                order = Order.objects.create(customer=customer, placed_at=timezone.now)
                OrderLine.objects.bulk_create([OrderLine(order=order, book=book, unit_price=book.price) for book in books])
                return order
        """),
        "timezone.now is not called: the brackets are missing.",
        (("placed_at", "timezone.now", "bracket", "parenthes", "not called", "function"),),
    ),
    Answer(
        "the price of all books",
        "services/a-service-function#place-order",
        services("""
            from django.utils import timezone

            from bookshop.models import Order, OrderLine


            class EmptyOrder(Exception):
                pass


            def place_order(*, customer, books):
                if not books:
                    raise EmptyOrder
                order = Order.objects.create(customer=customer, placed_at=timezone.now())
                OrderLine.objects.bulk_create([OrderLine(order=order, book=book, unit_price=books.price) for book in books])
                return order
        """),
        "books is the list: the price belongs to each book.",
        (("price",), ("list", "books", "no attribute", "has no")),
    ),
    Answer(
        "an order that was never saved",
        "services/a-service-function#place-order",
        services("""
            from django.utils import timezone

            from bookshop.models import Order, OrderLine


            class EmptyOrder(Exception):
                pass


            def place_order(*, customer, books):
                if not books:
                    raise EmptyOrder
                order = Order(customer=customer, placed_at=timezone.now())
                OrderLine.objects.bulk_create([OrderLine(order=order, book=book, unit_price=book.price) for book in books])
                return order
        """),
        "The order is not saved, so its lines have nothing to refer to.",
        (("save", "create("), ("order",)),
    ),
    Answer(
        "an exception without a class",
        "services/a-service-function#place-order",
        services("""
            from django.utils import timezone

            from bookshop.models import Order, OrderLine


            def place_order(*, customer, books):
                if not books:
                    raise EmptyOrder
                order = Order.objects.create(customer=customer, placed_at=timezone.now())
                OrderLine.objects.bulk_create([OrderLine(order=order, book=book, unit_price=book.price) for book in books])
                return order
        """),
        "EmptyOrder is raised and defined nowhere.",
        (("emptyorder",), ("defin", "no name", "not a name", "variable", "does not know", "class")),
    ),
)
