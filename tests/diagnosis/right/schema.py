"""Right answers to exercises on models."""

from sandbox.protocol import File
from tests.diagnosis.answers.answer import one
from tests.diagnosis.right.answer import Right


def models(text: str) -> tuple[File, ...]:
    return one(text, "bakery/models.py")


RIGHT = (
    Right(
        "models/fields#exact-money",
        "with words for people, and an order",
        models("""
            from django.db import models


            class Loaf(models.Model):
                name = models.CharField(max_length=60)
                price = models.DecimalField(decimal_places=2, max_digits=6, help_text="What one costs.")

                class Meta:
                    ordering = ["name"]
                    verbose_name_plural = "loaves"

                def __str__(self):
                    return self.name
        """),
    ),
    Right(
        "models/fields#states",
        "an enumeration of its own, with labels",
        models("""
            from django.db import models


            class State(models.TextChoices):
                DOUGH = "dough", "Still dough"
                BAKED = "baked"
                SOLD = "sold", "Gone"


            class Loaf(models.Model):
                name = models.CharField(max_length=60)
                state = models.CharField(max_length=10, choices=State.choices, default=State.DOUGH.value)
        """),
    ),
    Right(
        "models/fields#states",
        "pairs from a function",
        models("""
            from django.db import models


            def states():
                return [(state, state.title()) for state in ("dough", "baked", "sold")]


            class Loaf(models.Model):
                name = models.CharField(max_length=60)
                state = models.CharField(max_length=10, choices=states, default="dough")
        """),
    ),
    Right(
        "models/fields#oven",
        "a call that waits",
        models("""
            import datetime
            import functools

            from django.db import models


            class Loaf(models.Model):
                name = models.CharField(max_length=60)
                baked_at = models.DateTimeField(default=functools.partial(datetime.datetime.now, datetime.UTC))
        """),
    ),
    Right(
        "models/fields#order-book",
        "unique together with nothing",
        models("""
            from django.db import models


            class Order(models.Model):
                number = models.CharField(max_length=8)
                customer = models.CharField(max_length=80)
                email = models.EmailField(max_length=254, blank=True)
                guests = models.PositiveSmallIntegerField()
                deposit = models.DecimalField(max_digits=5, decimal_places=2, default=0)
                paid = models.BooleanField(default=False)
                pick_up = models.DateField("Day of collection")

                class Meta:
                    unique_together = [("number",)]

                def __str__(self):
                    return "{} for {}".format(self.number, self.customer)
        """),
    ),
    Right(
        "models/fields#may-be-missing",
        "an empty text is a text field's default already",
        models("""
            from django.db import models


            class Loaf(models.Model):
                name = models.CharField(max_length=60)
                notes = models.TextField(blank=True, default="")
                best_before = models.DateField(null=True, blank=True)
        """),
    ),
    Right(
        "models/fields#may-be-missing",
        "None is a nullable field's default already",
        models("""
            from django.db import models


            class Loaf(models.Model):
                name = models.CharField(max_length=60)
                notes = models.TextField(blank=True)
                best_before = models.DateField(null=True, blank=True, default=None)
        """),
    ),
    Right(
        "models/fields#order-book",
        "an empty address is an email field's default already",
        models("""
            from django.db import models


            class Order(models.Model):
                number = models.CharField(max_length=8, unique=True)
                customer = models.CharField(max_length=80)
                email = models.EmailField(blank=True, default="")
                guests = models.PositiveSmallIntegerField()
                deposit = models.DecimalField(max_digits=5, decimal_places=2, default=0)
                paid = models.BooleanField(default=False)
                pick_up = models.DateField()

                def __str__(self):
                    return f"{self.number} for {self.customer}"
        """),
    ),
    Right(
        "models/fields#states",
        "a function that gives the first state",
        models("""
            from django.db import models

            STATES = {"dough": "Dough", "baked": "Baked", "sold": "Sold"}


            def first():
                return "dough"


            class Loaf(models.Model):
                name = models.CharField(max_length=60)
                state = models.CharField(max_length=10, choices=STATES, default=first)
        """),
    ),
)
