"""Wrong answers to testing/testing-services-and-views."""

from sandbox.protocol import File
from tests.diagnosis.answers.answer import Answer, one


def tests(text: str) -> tuple[File, ...]:
    return one(text, "counter/tests.py")


ANSWERS = (
    Answer(
        "a comparison without assert",
        "testing/testing-services-and-views#postage",
        tests("""
            from decimal import Decimal

            from counter.postage import postage


            def test_postage():
                postage(Decimal("0.00")) == 0
                postage(Decimal("0.01")) == Decimal("2.90")
                postage(Decimal("29.99")) == Decimal("2.90")
                postage(Decimal("30.00")) == 0
        """),
        "The comparisons are made and not asserted, so the test passes whatever they say.",
        (("assert", "compares", "fail only if", "looks at nothing", "cannot fail"),),
    ),
    Answer(
        "not called a test",
        "testing/testing-services-and-views#postage",
        tests("""
            from decimal import Decimal

            from counter.postage import postage


            def check_postage():
                assert postage(Decimal("0.00")) == 0
                assert postage(Decimal("0.01")) == Decimal("2.90")
                assert postage(Decimal("29.99")) == Decimal("2.90")
                assert postage(Decimal("30.00")) == 0
        """),
        "The function's name does not start with test_, so there is no test.",
        (("no test", "test_", "is not a test", "found none"),),
    ),
    Answer(
        "not just below thirty",
        "testing/testing-services-and-views#postage",
        tests("""
            from decimal import Decimal

            from counter.postage import postage


            def test_postage():
                assert postage(Decimal("0.00")) == 0
                assert postage(Decimal("0.01")) == Decimal("2.90")
                assert postage(Decimal("15.00")) == Decimal("2.90")
                assert postage(Decimal("30.00")) == 0
        """),
        "The amount just below 30.00 is not tried, so code that is free from 29.00 on passes.",
        (("29", "just below", "neighbour", "below thirty", "below 30", "edge", "close to"),),
    ),
    Answer(
        "money as a float",
        "testing/testing-services-and-views#postage",
        tests("""
            from decimal import Decimal

            from counter.postage import postage


            def test_postage():
                assert postage(Decimal("0.00")) == 0
                assert postage(Decimal("0.01")) == 2.90
                assert postage(Decimal("29.99")) == 2.90
                assert postage(Decimal("30.00")) == 0
        """),
        "2.90 is a float and not equal to Decimal('2.90'), so the test fails on the right code.",
        (("float", "2.9", "decimal"),),
    ),
    Answer(
        "nothing to post is not tried",
        "testing/testing-services-and-views#postage",
        tests("""
            from decimal import Decimal

            from counter.postage import postage


            def test_postage():
                assert postage(Decimal("0.01")) == Decimal("2.90")
                assert postage(Decimal("29.99")) == Decimal("2.90")
                assert postage(Decimal("30.00")) == 0
        """),
        "No test asks for a total of 0, so code that charges for an empty order passes.",
        (("0.00", "empty order", "nothing to post", "zero", "total of 0", "edge", "costs nothing", "total == 0"),),
    ),
    Answer(
        "assertRaises around a result",
        "testing/testing-services-and-views#reserve",
        tests("""
            from django.test import TestCase

            from counter.factories import make_stock
            from counter.services import NotEnough, reserve


            class ReserveTests(TestCase):
                def test_copies_are_taken(self):
                    stock, other = make_stock(quantity=5), make_stock(quantity=7)
                    reserve(stock=stock, copies=2)
                    stock.refresh_from_db()
                    other.refresh_from_db()
                    self.assertEqual((stock.quantity, other.quantity), (3, 7))
                    reserve(stock=stock, copies=3)

                def test_more_than_there_are_cannot_be_taken(self):
                    stock = make_stock(quantity=5)
                    self.assertRaises(NotEnough, reserve(stock=stock, copies=6))
                    stock.refresh_from_db()
                    self.assertEqual(stock.quantity, 5)
        """),
        "reserve() is called before assertRaises is, so its exception fails the test.",
        (("notenough", "too early", "called before", "assertraises", "before assertraises"),),
    ),
    Answer(
        "nobody looks at the neighbour",
        "testing/testing-services-and-views#reserve",
        tests("""
            from django.test import TestCase

            from counter.factories import make_stock
            from counter.services import NotEnough, reserve


            class ReserveTests(TestCase):
                def test_copies_are_taken(self):
                    stock = make_stock(quantity=5)
                    reserve(stock=stock, copies=2)
                    stock.refresh_from_db()
                    self.assertEqual(stock.quantity, 3)

                def test_all_copies_can_be_taken(self):
                    stock = make_stock(quantity=5)
                    reserve(stock=stock, copies=5)
                    stock.refresh_from_db()
                    self.assertEqual(stock.quantity, 0)

                def test_more_than_there_are_cannot_be_taken(self):
                    stock = make_stock(quantity=5)
                    with self.assertRaises(NotEnough):
                        reserve(stock=stock, copies=6)
                    stock.refresh_from_db()
                    self.assertEqual(stock.quantity, 5)
        """),
        "There is one stock only, so code that spoils the other shelves passes.",
        (("other stock", "other shel", "second stock", "another stock", "every shelf", "neighbour", "another row", "other row"),),
    ),
    Answer(
        "never all copies",
        "testing/testing-services-and-views#reserve",
        tests("""
            from django.test import TestCase

            from counter.factories import make_stock
            from counter.services import NotEnough, reserve


            class ReserveTests(TestCase):
                def test_copies_are_taken(self):
                    stock, other = make_stock(quantity=5), make_stock(quantity=7)
                    reserve(stock=stock, copies=2)
                    stock.refresh_from_db()
                    other.refresh_from_db()
                    self.assertEqual((stock.quantity, other.quantity), (3, 7))

                def test_more_than_there_are_cannot_be_taken(self):
                    stock = make_stock(quantity=5)
                    with self.assertRaises(NotEnough):
                        reserve(stock=stock, copies=6)
                    stock.refresh_from_db()
                    self.assertEqual(stock.quantity, 5)
        """),
        "Taking exactly what is there is not tried, so code that keeps the last copy passes.",
        (("last copy", "all copies", "keeps", "exactly", "edge", "boundary"),),
    ),
    Answer(
        "a page for a redirect",
        "testing/testing-services-and-views#reserve-view",
        tests("""
            from django.test import TestCase

            from counter.factories import make_stock


            class ReserveViewTests(TestCase):
                def test_answers(self):
                    stock = make_stock(quantity=5)
                    address = f"/stock/{stock.pk}/reserve/"
                    self.assertEqual(self.client.get(address).status_code, 405)
                    self.assertEqual(self.client.post("/stock/0/reserve/", {"copies": 1}).status_code, 404)
                    self.assertEqual(self.client.post(address, {"copies": 50}).status_code, 409)
                    response = self.client.post(address, {"copies": 5})
                    self.assertEqual(response.status_code, 200)
                    stock.refresh_from_db()
                    self.assertEqual(stock.quantity, 0)
        """),
        "The view redirects, which is 302 and not 200, so the test fails on the right code.",
        (("302", "200", "redirect"),),
    ),
    Answer(
        "a name that no route has",
        "testing/testing-services-and-views#reserve-view",
        tests("""
            from django.test import TestCase
            from django.urls import reverse

            from counter.factories import make_stock


            class ReserveViewTests(TestCase):
                def test_answers(self):
                    stock = make_stock(quantity=5)
                    address = reverse("reserve", args=[stock.pk])
                    self.assertEqual(self.client.get(address).status_code, 405)
                    self.assertEqual(self.client.post("/stock/0/reserve/", {"copies": 1}).status_code, 404)
                    self.assertEqual(self.client.post(address, {"copies": 50}).status_code, 409)
                    self.assertEqual(self.client.post(address, {"copies": 5}).headers["Location"], f"/stock/{stock.pk}/")
                    stock.refresh_from_db()
                    self.assertEqual(stock.quantity, 0)
        """),
        "The route has no name, so reverse() finds nothing.",
        (("reverse", "no route"),),
    ),
    Answer(
        "a stock that does not exist is not tried",
        "testing/testing-services-and-views#reserve-view",
        tests("""
            from django.test import TestCase

            from counter.factories import make_stock


            class ReserveViewTests(TestCase):
                def test_answers(self):
                    stock = make_stock(quantity=5)
                    address = f"/stock/{stock.pk}/reserve/"
                    self.assertEqual(self.client.get(address).status_code, 405)
                    self.assertEqual(self.client.post(address, {"copies": 50}).status_code, 409)
                    self.assertEqual(self.client.post(address, {"copies": 5}).headers["Location"], f"/stock/{stock.pk}/")
                    stock.refresh_from_db()
                    self.assertEqual(stock.quantity, 0)
        """),
        "No test asks for a stock that does not exist, so a view that answers 500 there passes.",
        (("404", "does not exist", "not found", "no such", "not there"),),
    ),
    Answer(
        "a GET is not tried",
        "testing/testing-services-and-views#reserve-view",
        tests("""
            from django.test import TestCase

            from counter.factories import make_stock


            class ReserveViewTests(TestCase):
                def test_answers(self):
                    stock = make_stock(quantity=5)
                    address = f"/stock/{stock.pk}/reserve/"
                    self.assertEqual(self.client.post("/stock/0/reserve/", {"copies": 1}).status_code, 404)
                    self.assertEqual(self.client.post(address, {"copies": 50}).status_code, 409)
                    self.assertEqual(self.client.post(address, {"copies": 5}).headers["Location"], f"/stock/{stock.pk}/")
                    stock.refresh_from_db()
                    self.assertEqual(stock.quantity, 0)
        """),
        "No test sends a GET, so a view that reserves on a GET passes.",
        (("a get", "405", "`get`", "<code>get</code>", "get request"),),
    ),
    Answer(
        "callbacks that do not run",
        "testing/testing-services-and-views#cancel",
        tests("""
            from django.core import mail
            from django.test import TestCase

            from counter.factories import make_order
            from counter.services import TooLate, cancel


            class CancelTests(TestCase):
                def test_paid(self):
                    order = make_order(status="paid")
                    with self.captureOnCommitCallbacks():
                        cancel(order=order)
                        self.assertEqual(mail.outbox, [])
                    order.refresh_from_db()
                    self.assertEqual(order.status, "cancelled")
                    self.assertEqual([message.to for message in mail.outbox], [["grace@example.com"]])

                def test_shipped(self):
                    order = make_order(status="shipped")
                    with self.captureOnCommitCallbacks(execute=True), self.assertRaises(TooLate):
                        cancel(order=order)
                    order.refresh_from_db()
                    self.assertEqual(order.status, "shipped")
                    self.assertEqual(mail.outbox, [])
        """),
        "execute=True is missing, so what waits for the commit is captured and never run.",
        (("execute", "callback", "never sent", "not sent", "never run", "not run", "capture"),),
    ),
    Answer(
        "to whom is not asked",
        "testing/testing-services-and-views#cancel",
        tests("""
            from django.core import mail
            from django.test import TestCase

            from counter.factories import make_order
            from counter.services import TooLate, cancel


            class CancelTests(TestCase):
                def test_paid(self):
                    order = make_order(status="paid")
                    with self.captureOnCommitCallbacks(execute=True):
                        cancel(order=order)
                        self.assertEqual(mail.outbox, [])
                    order.refresh_from_db()
                    self.assertEqual(order.status, "cancelled")
                    self.assertEqual(len(mail.outbox), 1)

                def test_shipped(self):
                    order = make_order(status="shipped")
                    with self.captureOnCommitCallbacks(execute=True), self.assertRaises(TooLate):
                        cancel(order=order)
                    order.refresh_from_db()
                    self.assertEqual(order.status, "shipped")
                    self.assertEqual(mail.outbox, [])
        """),
        "The message's receiver is not looked at, so code that writes to somebody else passes.",
        (("receiver", "recipient", "to whom", "who gets", "address", "message.to", "somebody else", "to the customer"),),
    ),
    Answer(
        "the row is not read again",
        "testing/testing-services-and-views#cancel",
        tests("""
            from django.core import mail
            from django.test import TestCase

            from counter.factories import make_order
            from counter.services import TooLate, cancel


            class CancelTests(TestCase):
                def test_paid(self):
                    order = make_order(status="paid")
                    with self.captureOnCommitCallbacks(execute=True):
                        cancel(order=order)
                        self.assertEqual(mail.outbox, [])
                    self.assertEqual(order.status, "cancelled")
                    self.assertEqual([message.to for message in mail.outbox], [["grace@example.com"]])

                def test_shipped(self):
                    order = make_order(status="shipped")
                    with self.captureOnCommitCallbacks(execute=True), self.assertRaises(TooLate):
                        cancel(order=order)
                    self.assertEqual(order.status, "shipped")
                    self.assertEqual(mail.outbox, [])
        """),
        "The object is looked at and not the row, so code that forgets to save passes.",
        (
            (
                "refresh_from_db",
                "read again",
                "read the row",
                "the row itself",
                "forgets to save",
                "not saved",
                "in the database",
            ),
        ),
    ),
    Answer(
        "no test at all for what is shipped",
        "testing/testing-services-and-views#cancel",
        tests("""
            from django.core import mail
            from django.test import TestCase

            from counter.factories import make_order
            from counter.services import TooLate, cancel


            class CancelTests(TestCase):
                def test_paid(self):
                    order = make_order(status="paid")
                    with self.captureOnCommitCallbacks(execute=True):
                        cancel(order=order)
                        self.assertEqual(mail.outbox, [])
                    order.refresh_from_db()
                    self.assertEqual(order.status, "cancelled")
                    self.assertEqual([message.to for message in mail.outbox], [["grace@example.com"]])
        """),
        "No test cancels an order that is shipped, so code that cancels it passes.",
        (("shipped", "toolate"),),
    ),
)
