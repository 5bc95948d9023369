from datetime import UTC, datetime, timedelta
from decimal import Decimal

from .models import Author, Book


def seed(rng, size):
    authors = [Author.objects.create(name=f"Author {n}", born=None if n == 0 else 1900 + n) for n in range(round(6 * size + 0.4))]
    for n, author in enumerate(authors * 2):
        added = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=rng.randrange(900))
        Book.objects.create(title=f"Book {n}", author=author, price=Decimal(rng.randrange(500, 3000)) / 100, added=added)
