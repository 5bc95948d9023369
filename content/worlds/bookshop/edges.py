"""The awkward rows. Every bookshop that is not empty holds all of these, however small it is.

Each entry fixes a few fields of one row; the dice fill in the others. They are what tells a right answer from one that is
nearly right: a price that is exactly the limit, a first of January, a name that differs only by case, a missing value.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

type Edge = dict[str, Any]

AUTHORS: tuple[Edge, ...] = (
    {"name": "Ottoline Brask", "born": 1901},
    {"name": "Ida Sommerfjell", "born": 1901},
    {"name": "Wendeline Yarborne", "born": 1901},
    {"name": "Tomas Veldt", "born": 1949},
    {"name": "Tomas Veldt", "born": 1950},
    {"name": "tomas veldt", "born": None},
    {"name": "Jörg Straßmeyr", "born": 1951},
    {"name": "JÖRG STRASSMEYR", "born": None},
    {"name": "İlkay Uzunoğlar", "born": 1999, "country": "Türkiye"},
    {"name": "ilkay uzunoglar", "born": 2000, "country": ""},
    {"name": "Сорена Велькова", "born": None, "country": ""},
    {"name": "李岚舟", "born": 1978},
)

BOOKS: tuple[Edge, ...] = (
    # One title, many spellings; and titles that merely contain it.
    {"title": "The Salt Road"},
    {"title": "The Salt Road"},
    {"title": "The salt road", "format": "paperback"},
    {"title": "THE SALT ROAD", "format": "ebook"},
    {"title": "Beyond the Salt Road"},
    {"title": "The Salt Road Home"},
    {"title": "Große Straße"},
    {"title": "GROSSE STRASSE"},
    {"title": "İstanbul'da Kış"},
    {"title": "istanbul'da kış"},
    {"title": "灯台の夜"},
    {"title": "100% Rain", "subtitle": ""},
    # There is one of this, whatever else there is.
    {"title": "The Lamplighter's Ledger", "subtitle": "A novel"},
    {"title": "The Lamplighter's Ledger, Volume Two"},
    # Prices at a limit, one cent to each side of it, and twice the same.
    {"price": Decimal("0.00"), "in_print": True},
    {"price": Decimal("4.99"), "in_print": True},
    {"price": Decimal("4.99"), "in_print": False},
    {"price": Decimal("5.00"), "in_print": True},
    {"price": Decimal("5.01"), "in_print": False},
    {"price": Decimal("9.99")},
    {"price": Decimal("10.00"), "title": "Harbour and Kiln"},
    {"price": Decimal("10.00"), "title": "Harbour and Kiln", "published": date(2020, 1, 1)},
    {"price": Decimal("11.99")},
    {"price": Decimal("12.00")},
    {"price": Decimal("12.00")},
    {"price": Decimal("12.01")},
    {"price": Decimal("19.99"), "format": "hardback"},
    {"price": Decimal("19.99"), "format": "ebook"},
    {"price": Decimal("19.99"), "format": "paperback"},
    {"price": Decimal("20.00"), "format": "hardback"},
    {"price": Decimal("20.00"), "format": "ebook"},
    {"price": Decimal("20.01"), "format": "hardback"},
    # Every format, in print and not, with a publisher and without.
    {"format": "hardback", "in_print": True, "publisher": None},
    {"format": "hardback", "in_print": False, "publisher": None},
    {"format": "paperback", "in_print": True},
    {"format": "paperback", "in_print": False},
    {"format": "ebook", "in_print": True},
    {"format": "ebook", "in_print": False},
    # A recommended price below, at and above the shop's, half of it, and none.
    {"price": Decimal("15.00"), "list_price": Decimal("15.00")},
    {"price": Decimal("14.50"), "list_price": Decimal("15.50")},
    {"price": Decimal("18.00"), "list_price": Decimal("16.00")},
    {"price": Decimal("9.00"), "list_price": Decimal("18.00")},
    {"price": Decimal("9.01"), "list_price": Decimal("18.00")},
    {"price": Decimal("16.00"), "list_price": None},
    # The last and first days of years, and no day yet.
    {"published": date(2019, 12, 31)},
    {"published": date(2020, 1, 1)},
    {"published": date(2020, 2, 29)},
    {"published": date(2020, 12, 31)},
    {"published": date(2021, 1, 1)},
    {"published": None},
)

COSTLY: tuple[Edge, ...] = tuple(
    {"title": title, "price": Decimal(price)}
    for title, price in (
        ("Atlas of the Far Isles", "60.00"),
        ("Birds of Gullwick", "60.00"),
        ("Complete Tide Tables", "60.00"),
        ("Drawings from the Observatory", "55.00"),
        ("Engines of Dunmarrow", "55.00"),
        ("Flora of Cold Harbour", "55.00"),
        ("Grammar of Bells", "55.00"),
        ("History of the Paper Ferry", "55.00"),
    )
)
"""The dearest books there are: three at one price, and five that share the next."""

CUSTOMERS: tuple[Edge, ...] = (
    {"name": "Mina Okwuosa", "email": "mina.okwuosa@example.org"},
    {"name": "Mina Okwuosa", "email": "Mina.Okwuosa@Example.org"},
    {"name": "Zoë Fennimore", "city": ""},
    {"name": "zoë fennimore", "city": "Ghent"},
    {"newsletter": True, "city": "Bergen", "joined": date(2024, 1, 1)},
    {"newsletter": False, "city": "Bergen", "joined": date(2023, 12, 31)},
    {"newsletter": True, "city": ""},
)

FIRST_OF_MARCH = datetime(2024, 3, 1, tzinfo=UTC)

ORDERS: tuple[Edge, ...] = tuple(
    {"placed_at": placed, "shipped_at": None if wait is None else placed + wait}
    for placed, wait in (
        # The last second of a month, the first of the next, and the last day of a month at its start, middle and end.
        (FIRST_OF_MARCH - timedelta(seconds=1), timedelta(days=3)),
        (FIRST_OF_MARCH, timedelta(days=3, seconds=1)),
        (datetime(2024, 3, 15, 9, 30, tzinfo=UTC), timedelta(days=2, hours=23, minutes=59)),
        (datetime(2024, 3, 31, tzinfo=UTC), timedelta(days=3)),
        (datetime(2024, 3, 31, 18, 30, tzinfo=UTC), None),
        (datetime(2024, 3, 31, 23, 59, 59, tzinfo=UTC), timedelta(hours=4)),
        (datetime(2024, 4, 1, tzinfo=UTC), timedelta(days=9)),
        (datetime(2023, 3, 10, 12, 0, tzinfo=UTC), timedelta(days=4)),
        (datetime(2025, 3, 10, 12, 0, tzinfo=UTC), None),
        (datetime(2023, 12, 31, 23, 59, 59, tzinfo=UTC), timedelta(hours=30)),
        (datetime(2024, 1, 1, tzinfo=UTC), timedelta(days=3)),
    )
)

STOCK: tuple[tuple[int, int], ...] = ((0, 0), (0, 4), (3, 5), (5, 5), (6, 5), (4, 5), (1, 0), (0, 0), (2, 2))
"""(quantity, reorder_at): sold out, below, at and above the mark, and never ordered again."""

RATINGS: tuple[int | None, ...] = (None, 1, 3, 3, 4, 5, 5)
