"""The bookshop's tables. None has a default ordering: a lesson that wants an order has to ask for it."""

from django.db import models


class Publisher(models.Model):
    name = models.CharField(max_length=100)
    city = models.CharField(max_length=60)
    founded = models.PositiveSmallIntegerField(null=True, blank=True)

    def __str__(self):
        return self.name


class Author(models.Model):
    """``born`` is None when the year is not known, ``country`` is empty when the country is not."""

    name = models.CharField(max_length=100)
    born = models.PositiveSmallIntegerField(null=True, blank=True)
    country = models.CharField(max_length=60, blank=True)

    def __str__(self):
        return self.name


class Genre(models.Model):
    """Genres form a tree: crime is under fiction, and fiction is under nothing."""

    name = models.CharField(max_length=40, unique=True)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")

    def __str__(self):
        return self.name


class Book(models.Model):
    """``list_price`` is what the publisher recommends, if it recommends anything. ``published`` is None until a date is set."""

    class Format(models.TextChoices):
        HARDBACK = "hardback", "Hardback"
        PAPERBACK = "paperback", "Paperback"
        EBOOK = "ebook", "E-book"
        AUDIOBOOK = "audiobook", "Audiobook"

    title = models.CharField(max_length=200)
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="books")
    format = models.CharField(max_length=10, choices=Format)
    price = models.DecimalField(max_digits=6, decimal_places=2)
    in_print = models.BooleanField(default=True)
    published = models.DateField(null=True, blank=True)
    list_price = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    publisher = models.ForeignKey(Publisher, on_delete=models.SET_NULL, null=True, blank=True, related_name="books")
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    subtitle = models.CharField(max_length=200, blank=True)
    genres = models.ManyToManyField(Genre, blank=True, related_name="books")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(price__gte=0), name="book_price_not_negative")]

    def __str__(self):
        return self.title


class Shop(models.Model):
    name = models.CharField(max_length=60)
    city = models.CharField(max_length=60)
    opened = models.DateField()
    books = models.ManyToManyField(Book, through="Stock", related_name="shops")

    def __str__(self):
        return f"{self.name}, {self.city}"


class Stock(models.Model):
    """How many copies of a book a shop has. At ``reorder_at`` 0 the shop does not order it again by itself."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="stock")
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="stock")
    quantity = models.PositiveSmallIntegerField()
    reorder_at = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "stock"
        constraints = [models.UniqueConstraint(fields=["shop", "book"], name="stock_once_per_shop")]

    def __str__(self):
        return f"{self.quantity} of {self.book_id} in {self.shop_id}"


class Customer(models.Model):
    """Nothing keeps one person from signing up twice, so two emails may differ only by case."""

    name = models.CharField(max_length=100)
    email = models.EmailField()
    city = models.CharField(max_length=60, blank=True)
    joined = models.DateField()
    newsletter = models.BooleanField(default=False)
    referred_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="referrals")

    def __str__(self):
        return self.name


class Order(models.Model):
    """An order without a shop was placed online. ``shipped_at`` is None until the parcel leaves."""

    class Status(models.TextChoices):
        NEW = "new", "New"
        PAID = "paid", "Paid"
        SHIPPED = "shipped", "Shipped"
        RETURNED = "returned", "Returned"
        CANCELLED = "cancelled", "Cancelled"

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="orders")
    shop = models.ForeignKey(Shop, on_delete=models.SET_NULL, null=True, blank=True, related_name="orders")
    status = models.CharField(max_length=10, choices=Status, default=Status.NEW)
    placed_at = models.DateTimeField()
    shipped_at = models.DateTimeField(null=True, blank=True)
    books = models.ManyToManyField(Book, through="OrderLine", related_name="orders")

    def __str__(self):
        return f"Order {self.pk}"


class OrderLine(models.Model):
    """``unit_price`` is what one copy cost on that day, which need not be today's price."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="lines")
    quantity = models.PositiveSmallIntegerField(default=1)
    unit_price = models.DecimalField(max_digits=6, decimal_places=2)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(quantity__gte=1), name="line_has_a_copy")]

    def __str__(self):
        return f"{self.quantity} of {self.book_id}"


class Review(models.Model):
    """A review may come without stars, and its customer may have left since."""

    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="reviews")
    customer = models.ForeignKey(Customer, on_delete=models.SET_NULL, null=True, blank=True, related_name="reviews")
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)
    posted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rating__isnull=True) | models.Q(rating__range=(1, 5)), name="review_one_to_five_stars"
            )
        ]

    def __str__(self):
        return f"{self.rating or 'no'} stars for {self.book_id}"
