"""Right answers to exercises on tests."""

from sandbox.protocol import File
from tests.diagnosis.answers.answer import one
from tests.diagnosis.right.answer import Right


def tests(text: str) -> tuple[File, ...]:
    return one(text, "counter/tests.py")


RIGHT = (
    Right(
        "testing/testing-services-and-views#postage",
        "every amount there is",
        tests("""
            from decimal import Decimal

            from counter.postage import postage


            def test_every_amount():
                for cents in range(4000):
                    free = cents == 0 or cents >= 3000
                    assert postage(Decimal(cents) / 100) == (0 if free else Decimal("2.90"))
        """),
    ),
    Right(
        "testing/testing-services-and-views#postage",
        "free or not is enough",
        tests("""
            from decimal import Decimal

            from django.test import SimpleTestCase

            from counter.postage import postage


            class PostageTests(SimpleTestCase):
                def test_postage(self):
                    self.assertFalse(postage(0))
                    self.assertGreater(postage(Decimal("0.01")), 2)
                    self.assertTrue(postage(Decimal("29.99")))
                    self.assertFalse(postage(30))
        """),
    ),
    Right(
        "testing/testing-services-and-views#reserve-view",
        "data for the whole class",
        tests("""
            from django.test import TestCase

            from bookshop.models import Stock
            from counter.factories import make_stock


            class ReserveViewTests(TestCase):
                @classmethod
                def setUpTestData(cls):
                    cls.stock = make_stock(quantity=4)

                def post(self, pk, copies):
                    return self.client.post(f"/stock/{pk}/reserve/", {"copies": copies})

                def test_it_reserves(self):
                    response = self.post(self.stock.pk, 4)
                    assert (response.status_code, response.url) == (302, f"/stock/{self.stock.pk}/")
                    assert Stock.objects.get().quantity == 0

                def test_it_refuses(self):
                    assert self.post(self.stock.pk, 5).status_code == 409
                    assert self.post(self.stock.pk + 1, 1).status_code == 404
                    assert self.client.get(f"/stock/{self.stock.pk}/reserve/").status_code == 405
                    assert Stock.objects.get().quantity == 4
        """),
    ),
)
