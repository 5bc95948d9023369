"""The awkward rows. Every bookshop that is not empty holds all of these, however small it is.

Each entry fixes a few fields of one row; the dice fill in the others. They are what tells a right answer from one that is
nearly right: a price that is exactly the limit, a first of January, a name that differs only by case, a missing value.

A limit that a task names is the same in every bookshop. What a learner could only know from looking (who, which title, how
much, the highest and the lowest) is drawn, so that an answer with the visible bookshop's own values fits no other.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from . import words
from .dice import Dice
from .titles import title, titles

type Edge = dict[str, Any]

LARGE_SHOP = 150
"""Books. What is highest and lowest in a large shop is not what is highest and lowest in a small one."""

LEDGER = "The Lamplighter's Ledger"
TWO_EDITIONS = "Harbour and Kiln"


def authors(dice: Dice, *, large: bool) -> list[Edge]:
    """Three share the earliest year. The fourth was born soon after them, and comes before them in the alphabet."""
    eldest = dice.between(1885, 1904) if large else dice.between(1862, 1884)
    youngest = dice.between(2001, 2004) if large else dice.between(2005, 2008)
    after, *first = sorted(dice.sample([name for name in words.FIRST_NAMES if name.isascii()], 4))
    return [
        *({"name": f"{name} {dice.pick(words.FAMILY_NAMES)}", "born": eldest} for name in first),
        {"name": f"{after} {dice.pick(words.FAMILY_NAMES)}", "born": eldest + dice.between(1, 4)},
        {"born": youngest},
        {"name": "Tomas Veldt", "born": 1949},
        {"name": "Tomas Veldt", "born": 1950},
        {"name": "tomas veldt", "born": None},
        {"name": "Jörg Straßmeyr", "born": 1951},
        {"name": "JÖRG STRASSMEYR", "born": None},
        {"name": "İlkay Uzunoğlar", "born": 1999, "country": "Türkiye"},
        {"name": "ilkay uzunoglar", "born": 2000, "country": ""},
        {"name": "Сорена Велькова", "born": None, "country": ""},
        {"name": "李岚舟", "born": 1978},
    ]


def books(dice: Dice, *, large: bool) -> list[Edge]:
    return [
        *one_title(dice),
        *far_ends(dice),
        *the_ledger(dice),
        *two_editions(dice),
        *prices(dice),
        *audiobooks(dice, large=large),
        *dearest(dice, large=large),
        *BOOKS,
    ]


def one_title(dice: Dice) -> list[Edge]:
    """One title, many spellings, and titles that merely contain it. None is spelt "the salt road"."""
    plain = "The Salt Road"
    spellings = [plain, plain, plain.upper()]
    for _ in range(dice.between(1, 4)):
        spellings.append(dice.spelling(plain, taken=(*spellings, plain.lower())))
    around = (f"{dice.pick(words.BEFORE_A_ROAD)} the Salt Road", f"The Salt Road {dice.pick(words.AFTER_A_ROAD)}")
    return [{"title": spelt} for spelt in (*spellings, *around)]


def far_ends(dice: Dice) -> list[Edge]:
    """The first and the last titles of all are in print; of those out of print, the first and the last are others."""
    first, second = sorted(dice.sample(range(10, 100), 2))
    last_but_one, last = sorted(dice.sample(words.TITLES_IN_JAPANESE, 2))
    return [
        {"title": f"{first}% Rain", "subtitle": "", "in_print": True},
        {"title": f"{second}% Rain", "subtitle": "", "in_print": False},
        {"title": last_but_one, "in_print": False},
        {"title": last, "in_print": True},
    ]


def the_ledger(dice: Dice) -> list[Edge]:
    """There is one of this title, whatever else there is. No two of the volumes cost the same, nor what is recommended."""
    cents = dice.money("0.10", "0.45")
    prices = [dice.between(low, low + 3) + cents for low in dice.shuffled((6, 10, 14))]
    return [
        *(
            {"title": f"{LEDGER}{volume}", "price": price, "list_price": price + dice.between(1, 5)}
            for volume, price in zip(("", ", Volume Three", ", Volume Two"), prices, strict=True)
        ),
        {"title": f"A Reader's Guide to {LEDGER}"},
    ]


def two_editions(dice: Dice) -> list[Edge]:
    """Two books of one month that have nearly everything in common."""
    both = {"title": TWO_EDITIONS, "price": Decimal("10.00"), "format": "hardback"}
    return [both | {"published": date(2020, 1, 1)}, both | {"published": dice.day(date(2020, 1, 2), date(2020, 1, 31))}]


def prices(dice: Dice) -> list[Edge]:
    """Between the limits, at amounts of this shop's own."""
    return [{"price": dice.money("1.05", "1.94"), "in_print": True}, {"price": dice.money("10.04", "11.94")}]


BOOKS: tuple[Edge, ...] = (
    {"title": "Große Straße"},
    {"title": "GROSSE STRASSE"},
    {"title": "İstanbul'da Kış"},
    {"title": "istanbul'da kış"},
    # Prices at a limit, one cent to each side of it, and twice the same.
    {"price": Decimal("0.00"), "in_print": True, "publisher": None},
    {"price": Decimal("4.99"), "in_print": True},
    {"price": Decimal("4.99"), "in_print": False},
    {"price": Decimal("5.00"), "in_print": True},
    {"price": Decimal("5.01"), "in_print": False},
    {"price": Decimal("9.99")},
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
    # A recommended price below, at and above the shop's, by a cent and by more, half of it, and none.
    {"price": Decimal("15.00"), "list_price": Decimal("15.00")},
    {"price": Decimal("15.20"), "list_price": Decimal("15.21")},
    {"price": Decimal("15.21"), "list_price": Decimal("15.20")},
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
    {"published": date(2021, 1, 1)},
    {"published": None},
)


def dearest(dice: Dice, *, large: bool) -> list[Edge]:
    """More than any other book costs: three at one price, and five that share the next."""
    second = dice.money("50.10", "56.90") if large else dice.money("25.10", "32.90")
    top = second + dice.money("2.10", "6.90")
    costs = (top, top, top, second, second, second, second, second)
    rows: list[Edge] = [
        {"title": made_up, "price": price} for made_up, price in zip(titles(dice, len(costs)), costs, strict=True)
    ]
    rows[0]["in_print"] = False
    return rows


def audiobooks(dice: Dice, *, large: bool) -> list[Edge]:
    """Only large shops sell them. About every second small one lists a single one that is out of print."""
    if large:
        costs = (dice.money("6.10", "9.90"), dice.money("13.10", "18.90"), dice.money("22.10", "29.90"))
        return [audiobook(dice) | {"price": price, "pages": None, "in_print": True} for price in costs]
    left = {"in_print": False, "pages": dice.between(90, 500), "published": None, "publisher": None}
    return [audiobook(dice) | left] if dice.chance(0.5) else []


def audiobook(dice: Dice) -> Edge:
    reader = f"{dice.pick(words.FIRST_NAMES)} {dice.pick(words.FAMILY_NAMES)}"
    return {"format": "audiobook", "title": f"{title(dice)}, read by {reader}"}


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


def orders(dice: Dice) -> list[Edge]:
    """Of the years before the others, each shop has a March of its own. One parcel left in the moment it was ordered."""
    early = datetime(dice.between(2008, 2021), 3, dice.between(2, 30), 9, 15, tzinfo=UTC)
    moments = (*ORDERS, (early, timedelta(days=1)))
    return [{"placed_at": placed, "shipped_at": None if wait is None else placed + wait} for placed, wait in moments]


ORDERS: tuple[tuple[datetime, timedelta | None], ...] = (
    # The last second of a month, the first of the next, and the last day of a month at its start, middle and very end.
    (FIRST_OF_MARCH - timedelta(seconds=1), timedelta(days=3)),
    (FIRST_OF_MARCH, timedelta(days=3, seconds=1)),
    (datetime(2024, 3, 15, 9, 30, tzinfo=UTC), timedelta(days=2, hours=23, minutes=59)),
    (datetime(2024, 3, 31, tzinfo=UTC), timedelta(days=3)),
    (datetime(2024, 3, 31, 18, 30, tzinfo=UTC), None),
    (datetime(2024, 3, 31, 23, 59, 59, 500_000, tzinfo=UTC), timedelta(hours=4)),
    (datetime(2024, 4, 1, tzinfo=UTC), timedelta(days=9)),
    (datetime(2023, 3, 10, 12, 0, tzinfo=UTC), timedelta(days=4)),
    (datetime(2025, 3, 10, 12, 0, tzinfo=UTC), None),
    (datetime(2023, 12, 31, 23, 59, 59, tzinfo=UTC), timedelta(hours=30)),
    (datetime(2024, 1, 1, tzinfo=UTC), timedelta(days=3)),
    (datetime(2024, 6, 5, 14, 20, tzinfo=UTC), timedelta(0)),
)

STOCK: tuple[tuple[int, int], ...] = ((0, 0), (0, 4), (3, 5), (5, 5), (6, 5), (4, 5), (1, 0), (0, 0), (2, 2))
"""(quantity, reorder_at): sold out, below, at and above the mark, and never ordered again."""

RATINGS: tuple[int | None, ...] = (None, 1, 3, 3, 4, 5, 5)
