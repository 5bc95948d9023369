"""Fills the bookshop. The same dice give the same rows on every machine, day and Python."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db.models import F

from . import edges, words
from .dice import Dice
from .models import Author, Book, Customer, Genre, Order, OrderLine, Publisher, Review, Shop, Stock
from .titles import title

type Row = dict[str, Any]


def seed(rng: Random, size: float) -> None:
    """Fill the empty tables. At size 1 there are about 2,300 rows, at 0.1 about 410, at 0 none."""
    if size <= 0:
        return
    dice, large = Dice(rng), round(280 * size) >= edges.LARGE_SHOP
    publishers = publishers_of(dice, many(20, size, least=6))
    authors = authors_of(dice, many(90, size, least=24), edges.authors(dice, large=large))
    books = books_of(dice, many(280, size, least=80), edges.books(dice, large=large), authors, publishers)
    put_in_genres(dice, books, genres_of())
    # An audiobook that is no longer made is nowhere else: whoever asks another table for it does not find it.
    books = [book for book in books if book.format != Book.Format.AUDIOBOOK or book.in_print]
    shops = shops_of(dice, many(7, size, least=4))
    stock_shops(dice, shops, books)
    customers = customers_of(dice, many(120, size, least=14))
    orders = orders_of(dice, many(240, size, least=24), customers, shops)
    fill_orders(dice, orders, books)
    review(dice, many(330, size, least=40), books, customers)


def valid() -> bool:
    """What every bookshop keeps to, whoever filled it."""
    return not (
        Order.objects.filter(shipped_at__lt=F("placed_at")).exists()
        or Customer.objects.filter(referred_by=F("pk")).exists()
        or Genre.objects.filter(parent=F("pk")).exists()
    )


def many(at_size_one: int, size: float, *, least: int) -> int:
    return max(least, round(at_size_one * size))


def rows_of(dice: Dice, count: int, always: Sequence[edges.Edge], invent: Callable[[Dice], Row]) -> list[Row]:
    """``count`` invented rows, the first of them bent to the awkward cases, then shuffled."""
    fixed = [*always, *({} for _ in range(count - len(always)))]
    return dice.shuffled([invent(dice) | edge for edge in fixed])


def publishers_of(dice: Dice, count: int) -> list[Publisher]:
    names = [words.HOUSES[place % len(words.HOUSES)] for place in range(count)]
    return Publisher.objects.bulk_create(
        Publisher(name=name, city=dice.pick(words.CITIES), founded=None if place == 1 else dice.between(1861, 2019))
        for place, name in enumerate(dice.shuffled(names))
    )


def person(dice: Dice) -> str:
    if dice.chance(0.06):
        return dice.pick(words.NAMES_IN_OTHER_SCRIPTS)
    return f"{dice.pick(words.FIRST_NAMES)} {dice.pick(words.FAMILY_NAMES)}"


def author(dice: Dice) -> Row:
    born = None if dice.chance(0.12) else dice.between(1910, 2001)
    return {"name": person(dice), "born": born, "country": dice.pick(words.COUNTRIES)}


def authors_of(dice: Dice, count: int, always: Sequence[edges.Edge]) -> list[Author]:
    rows = rows_of(dice, count, always, author)
    earliest = min(row["born"] for row in rows if row["born"])
    disorder([row for row in rows if row["born"] == earliest], "name", (1, 0, 2))
    return Author.objects.bulk_create(Author(**row) for row in rows)


def disorder(rows: list[Row], field: str, places: Sequence[int]) -> None:
    """Deal the rows' values of ``field`` out again, so that neither the first nor the last row has the lowest.

    Without it a query that forgets to break a tie would be right by luck.
    """
    values = sorted(row[field] for row in rows)
    for row, place in zip(rows, places, strict=True):
        row[field] = values[place]


def genres_of() -> list[Genre]:
    roots = {name: Genre.objects.create(name=name) for name in words.GENRES}
    twigs = [Genre(name=name, parent=roots[root]) for root, names in words.GENRES.items() for name in names]
    return [*roots.values(), *Genre.objects.bulk_create(twigs)]


def price(dice: Dice, most: int = 44) -> Decimal:
    """From 3.00 to ``most`` and 99 cents."""
    return dice.between(3, most) + dice.pick([Decimal("0.00"), Decimal("0.50"), Decimal("0.95"), Decimal("0.99")])


def recommended(dice: Dice, price: Decimal) -> Decimal | None:
    """Nothing, the same, a little more, twice as much, or less. Whole ones are even: SQLite rounds half of an odd one down."""
    offer = dice.pick([None, price, price + Decimal("1.50"), price + Decimal("4.50"), price * 2, max(price - 1, Decimal(0))])
    if offer is None or offer % 2 != 1:
        return offer
    return offer + Decimal("0.50")


def book(dice: Dice, most: int) -> Row:
    kind = dice.pick(("hardback", "paperback", "paperback", "ebook"))
    return {
        "title": title(dice),
        "subtitle": dice.pick(words.SUBTITLES) if dice.chance(0.4) else "",
        "format": kind,
        "published": None if dice.chance(0.05) else dice.day(date(1962, 1, 1), date(2025, 12, 31)),
        "pages": None if kind == "ebook" and dice.chance(0.3) else dice.between(24, 900),
        "price": price(dice, most),
        "in_print": dice.chance(0.8),
    }


def books_of(
    dice: Dice, count: int, always: Sequence[edges.Edge], authors: list[Author], publishers: list[Publisher]
) -> list[Book]:
    """Some authors have no book yet, the eldest has none any more, and one publisher has none."""
    second, top = sorted({edge["price"] for edge in always if "price" in edge})[-2:]
    rows = rows_of(dice, count, always, lambda dice: book(dice, most=int(second) - 3))
    disorder([row for row in rows if row["price"] == top], "title", (1, 0, 2))
    disorder([row for row in rows if row["price"] == second], "title", (3, 0, 2, 1, 4))
    disorder([row for row in rows if row["title"].startswith(edges.LEDGER)], "title", (1, 0, 2))
    eldest = min((one for one in authors if one.born), key=lambda one: (one.born, one.name))
    writers = dice.sample([one for one in authors if one is not eldest], len(authors) * 5 // 6)
    for row in rows:
        row["author"] = dice.pick_early(grown_up(writers, row["published"]))
        row.setdefault("publisher", None if dice.chance(0.15) else dice.pick(publishers[1:]))
        row.setdefault("list_price", recommended(dice, row["price"]))
    editions = [row for row in rows if row["title"] == edges.TWO_EDITIONS]
    for row in editions:
        row["author"] = editions[0]["author"]
    return Book.objects.bulk_create(Book(**row) for row in rows)


def grown_up(writers: list[Author], day: date | None) -> list[Author]:
    """Those who could have written a book by then; everybody, when nobody could."""
    return [writer for writer in writers if day is None or (writer.born or 0) + 18 <= day.year] or writers


def put_in_genres(dice: Dice, books: list[Book], genres: list[Genre]) -> None:
    """Up to three genres a book; the last genre keeps an empty shelf."""
    Book.genres.through.objects.bulk_create(
        Book.genres.through(book=book, genre=genre)
        for book in books
        for genre in dice.sample(genres[:-1], dice.pick((0, 1, 1, 2, 2, 3)))
    )


def shops_of(dice: Dice, count: int) -> list[Shop]:
    return Shop.objects.bulk_create(
        Shop(
            name=words.SHOPS[place % len(words.SHOPS)],
            city=dice.pick(words.CITIES),
            opened=dice.day(date(1974, 1, 1), date(2021, 12, 31)),
        )
        for place in range(count)
    )


def stock_shops(dice: Dice, shops: list[Shop], books: list[Book]) -> None:
    """The newest shop's shelves are still empty, and every fifth book is on no shelf."""
    places = dice.shuffled([(shop, book) for shop in shops[:-1] for number, book in enumerate(books) if number % 5])
    wanted = max(len(edges.STOCK), len(places) // 4)
    levels = [*edges.STOCK, *((dice.below(13), dice.below(7)) for _ in range(wanted))]
    Stock.objects.bulk_create(
        Stock(shop=shop, book=book, quantity=quantity, reorder_at=reorder_at)
        for (shop, book), (quantity, reorder_at) in zip(places, levels, strict=False)
    )


def customer(dice: Dice) -> Row:
    name = person(dice)
    return {
        "name": name,
        "email": f"reader{dice.between(100, 999)}@{dice.pick(('example.org', 'example.com', 'Example.com'))}",
        "city": dice.pick((*words.CITIES, "")),
        "joined": dice.day(date(2019, 1, 1), date(2025, 12, 31)),
        "newsletter": dice.chance(0.5),
    }


def customers_of(dice: Dice, count: int) -> list[Customer]:
    """About every third one was sent by somebody who was a customer before."""
    customers = Customer.objects.bulk_create(Customer(**row) for row in rows_of(dice, count, edges.CUSTOMERS, customer))
    for late in customers:
        earlier = [other for other in customers if other.joined < late.joined]
        if earlier and dice.chance(0.35):
            late.referred_by = dice.pick(earlier)
    Customer.objects.bulk_update(customers, ["referred_by"])
    return customers


def joined_by(customers: list[Customer], day: date) -> list[Customer]:
    """Those who were customers by then; everybody, when nobody was."""
    return [one for one in customers if one.joined <= day] or customers


def order(dice: Dice) -> Row:
    placed = dice.moment(date(2022, 1, 1), date(2025, 12, 31))
    shipped = placed + timedelta(hours=dice.between(2, 150)) if dice.chance(0.75) else None
    return {"placed_at": placed, "shipped_at": shipped}


def orders_of(dice: Dice, count: int, customers: list[Customer], shops: list[Shop]) -> list[Order]:
    """Some customers never order, and some orders come from no shop."""
    buyers = customers[: len(customers) * 4 // 5]
    return Order.objects.bulk_create(
        Order(
            customer=dice.pick_early(joined_by(buyers, row["placed_at"].date())),
            shop=None if dice.chance(0.4) else dice.pick(shops),
            status=dice.pick(("new", "paid", "cancelled") if row["shipped_at"] is None else ("shipped", "shipped", "returned")),
            **row,
        )
        for row in rows_of(dice, count, edges.orders(dice), order)
    )


def fill_orders(dice: Dice, orders: list[Order], books: list[Book]) -> None:
    """One to three lines each, but none in the last order: a cancelled basket. Some were cheaper on the day."""
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order,
            book=book,
            quantity=dice.pick((1, 1, 1, 2, 5)),
            unit_price=dice.pick((book.price, book.price, price(dice))),
        )
        for order in orders[:-1]
        for book in dice.sample(books, dice.between(1, 3))
    )


def review(dice: Dice, count: int, books: list[Book], customers: list[Customer]) -> None:
    """A quarter of the books has no review. The first book has one with and one without stars."""
    moments = [dice.moment(date(2020, 1, 1), date(2025, 12, 31)) for _ in range(count)]
    read = books[: len(books) * 3 // 4]
    ratings = [*edges.RATINGS, *(None if dice.chance(0.1) else dice.between(1, 5) for _ in range(count - len(edges.RATINGS)))]
    Review.objects.bulk_create(
        Review(
            book=read[0] if place < 2 else dice.pick_early(read),
            customer=None if dice.chance(0.1) else dice.pick(joined_by(customers, moment.date())),
            rating=rating,
            text=dice.pick(words.REMARKS),
            posted_at=moment,
        )
        for place, (rating, moment) in enumerate(zip(ratings, moments, strict=True))
    )
