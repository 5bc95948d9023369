from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=50)
    born = models.IntegerField(null=True)

    def __str__(self):
        return self.name


class Book(models.Model):
    title = models.CharField(max_length=50)
    author = models.ForeignKey(Author, models.CASCADE, related_name="books")
    price = models.DecimalField(max_digits=6, decimal_places=2)
    added = models.DateTimeField()
    lent = models.BooleanField(default=False)

    def __str__(self):
        return self.title
