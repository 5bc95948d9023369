from .models import Book


def seed(rng, size):
    Book.objects.bulk_create(Book(title=f"Book {number}", price=number) for number in range(int(20 * size)))
