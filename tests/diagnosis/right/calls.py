"""Right answers to exercises on functions that are called."""

from sandbox.protocol import File
from tests.diagnosis.answers.answer import one
from tests.diagnosis.right.answer import Right


def services(text: str) -> tuple[File, ...]:
    return one(text, "bookshop/services.py")


RIGHT = (
    Right(
        "services/a-service-function#retire",
        "a set of fields",
        services("""
            def retire(*, book):
                setattr(book, "in_print", False)
                book.save(update_fields={"in_print"})
                return book
        """),
    ),
    Right(
        "services/a-service-function#restock",
        "the database adds, and the row is read again",
        services("""
            from django.db.models import F


            def restock(*, shop, book, copies):
                stock = shop.stock.get(book=book)
                stock.quantity = F("quantity") + copies
                stock.save(update_fields=["quantity"])
                stock.refresh_from_db()
                return stock.quantity
        """),
    ),
    Right(
        "services/a-service-function#sell",
        "the missing row is caught, and the row is locked",
        services("""
            from django.db import transaction

            from bookshop.models import Stock


            class OutOfStock(Exception):
                pass


            @transaction.atomic
            def sell(*, shop, book, copies):
                try:
                    stock = Stock.objects.select_for_update().get(shop=shop, book=book)
                except Stock.DoesNotExist:
                    raise OutOfStock from None
                if copies > stock.quantity:
                    raise OutOfStock
                stock.quantity = stock.quantity - copies
                stock.save()
                return stock.quantity
        """),
    ),
    Right(
        "services/a-service-function#sell",
        "a row with enough copies, or none",
        services("""
            from bookshop.models import Stock


            class OutOfStock(RuntimeError):
                pass


            def sell(*, shop, book, copies):
                for stock in Stock.objects.filter(shop=shop, book=book, quantity__gte=copies):
                    left = stock.quantity - copies
                    Stock.objects.filter(pk=stock.pk).update(quantity=left)
                    return left
                raise OutOfStock
        """),
    ),
    Right(
        "services/a-service-function#place-order",
        "through the customer's orders, and a loop",
        services("""
            import datetime

            from bookshop.models import OrderLine


            class EmptyOrder(Exception):
                pass


            def place_order(*, customer, books):
                if len(books) < 1:
                    raise EmptyOrder("nothing to order")
                order = customer.orders.create(placed_at=datetime.datetime.now(datetime.UTC))
                lines = []
                for book in books:
                    lines.append(OrderLine(order_id=order.pk, book_id=book.pk, unit_price=book.price))
                order.lines.bulk_create(lines)
                return order
        """),
    ),
)
