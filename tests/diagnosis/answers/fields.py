"""Wrong answers to models/fields."""

from sandbox.protocol import File
from tests.diagnosis.answers.answer import Answer, one, word


def models(text: str) -> tuple[File, ...]:
    return one(text, "bakery/models.py")


ANSWERS = (
    Answer(
        "how many places is not said",
        "models/fields#exact-money",
        models("""
            from django.db import models


            class Loaf(models.Model):
                name = models.CharField(max_length=60)
                price = models.DecimalField(max_digits=6)
        """),
        "decimal_places is missing.",
        (("decimal_places",),),
    ),
    Answer(
        "a misspelt option",
        "models/fields#exact-money",
        models("""
            from django.db import models


            class Loaf(models.Model):
                name = models.CharField(max_length=60)
                price = models.DecimalField(max_digits=6, decimal_place=2)
        """),
        "The option decimal_places is written decimal_place.",
        (("decimal_place",),),
    ),
    Answer(
        "the two numbers swapped",
        "models/fields#exact-money",
        models("""
            from django.db import models


            class Loaf(models.Model):
                name = models.CharField(max_length=60)
                price = models.DecimalField(max_digits=2, decimal_places=6)
        """),
        "max_digits and decimal_places have each other's number.",
        (("max_digits",), ("decimal_places",)),
    ),
    Answer(
        "two digits too many",
        "models/fields#exact-money",
        models("""
            from django.db import models


            class Loaf(models.Model):
                name = models.CharField(max_length=60)
                price = models.DecimalField(max_digits=8, decimal_places=2)
        """),
        "max_digits is 8, which lets in 999,999.99; up to 9,999.99 is six digits.",
        (("max_digits", "digits", "too large", "999,999.99", "10000", "10,000"),),
    ),
    Answer(
        "notes forgotten",
        "models/fields#may-be-missing",
        models("""
            from django.db import models


            class Loaf(models.Model):
                name = models.CharField(max_length=60)
                notes = models.TextField()
                best_before = models.DateField(null=True, blank=True)
        """),
        "notes may not be left empty: blank=True is missing.",
        (("notes",), ("blank", "empty")),
    ),
    Answer(
        "an empty text for no date",
        "models/fields#may-be-missing",
        models("""
            from django.db import models


            class Loaf(models.Model):
                name = models.CharField(max_length=60)
                notes = models.TextField(blank=True)
                best_before = models.DateField(blank=True, default="")
        """),
        "The date's default is an empty text, which no column of dates can hold: it needs null=True.",
        (("best_before", "date"), ("null", "default", "''", '""', "empty text", "empty string")),
    ),
    Answer(
        "too short for the words",
        "models/fields#states",
        models("""
            from django.db import models


            class Loaf(models.Model):
                class State(models.TextChoices):
                    DOUGH = "dough"
                    BAKED = "baked"
                    SOLD = "sold"

                name = models.CharField(max_length=60)
                state = models.CharField(max_length=5, choices=State, default=State.DOUGH)
        """),
        "The column takes 5 characters, and 10 were asked for.",
        (("max_length", "characters", "length", "at most 10"),),
    ),
    Answer(
        "words, not pairs",
        "models/fields#states",
        models("""
            from django.db import models


            class Loaf(models.Model):
                name = models.CharField(max_length=60)
                state = models.CharField(max_length=10, choices=["dough", "baked", "sold"], default="dough")
        """),
        "choices wants pairs of what is stored and what people read, and these are single words.",
        (("choices",), ("pair", "tuple", "mapping", "actual value", "two")),
    ),
    Answer(
        "a new loaf is baked",
        "models/fields#states",
        models("""
            from django.db import models


            class Loaf(models.Model):
                class State(models.TextChoices):
                    DOUGH = "dough"
                    BAKED = "baked"
                    SOLD = "sold"

                name = models.CharField(max_length=60)
                state = models.CharField(max_length=10, choices=State, default=State.BAKED)
        """),
        "The default is baked, and a new loaf is to be dough.",
        (("default", "new loaf", "baked"),),
    ),
    Answer(
        "one state is missing",
        "models/fields#states",
        models("""
            from django.db import models


            class Loaf(models.Model):
                class State(models.TextChoices):
                    DOUGH = "dough"
                    BAKED = "baked"

                name = models.CharField(max_length=60)
                state = models.CharField(max_length=10, choices=State, default=State.DOUGH)
        """),
        "sold is not among the choices.",
        (("sold", "choice"),),
    ),
    Answer(
        "a day for a moment",
        "models/fields#oven",
        models("""
            from django.db import models
            from django.utils import timezone


            class Loaf(models.Model):
                name = models.CharField(max_length=60)
                baked_at = models.DateField(default=timezone.now)
        """),
        "A DateField holds a day; a moment is a DateTimeField.",
        (("datefield", "datetimefield", "time of day", "a day", "moment"),),
    ),
    Answer(
        "a default and auto_now_add",
        "models/fields#oven",
        models("""
            from django.db import models
            from django.utils import timezone


            class Loaf(models.Model):
                name = models.CharField(max_length=60)
                baked_at = models.DateTimeField(default=timezone.now, auto_now_add=True)
        """),
        "auto_now_add and default exclude each other.",
        (("auto_now_add",),),
    ),
    Answer(
        "paid has no default",
        "models/fields#order-book",
        models("""
            from django.db import models


            class Order(models.Model):
                number = models.CharField(max_length=8, unique=True)
                customer = models.CharField(max_length=80)
                email = models.EmailField(blank=True)
                guests = models.PositiveSmallIntegerField()
                deposit = models.DecimalField(max_digits=5, decimal_places=2, default=0)
                paid = models.BooleanField()
                pick_up = models.DateField()

                def __str__(self):
                    return f"{self.number} for {self.customer}"
        """),
        "paid has no default, so a new order is neither paid nor not.",
        (("paid",),),
    ),
    Answer(
        "two ways to have no address",
        "models/fields#order-book",
        models("""
            from django.db import models


            class Order(models.Model):
                number = models.CharField(max_length=8, unique=True)
                customer = models.CharField(max_length=80)
                email = models.EmailField(null=True, blank=True)
                guests = models.PositiveSmallIntegerField()
                deposit = models.DecimalField(max_digits=5, decimal_places=2, default=0)
                paid = models.BooleanField(default=False)
                pick_up = models.DateField()

                def __str__(self):
                    return f"{self.number} for {self.customer}"
        """),
        "email may be NULL, and a text that may be left empty needs blank=True only.",
        (("email",), ("null",)),
    ),
    Answer(
        "a name that prints itself",
        "models/fields#order-book",
        models("""
            from django.db import models


            class Order(models.Model):
                number = models.CharField(max_length=8, unique=True)
                customer = models.CharField(max_length=80)
                email = models.EmailField(blank=True)
                guests = models.PositiveSmallIntegerField()
                deposit = models.DecimalField(max_digits=5, decimal_places=2, default=0)
                paid = models.BooleanField(default=False)
                pick_up = models.DateField()

                def __str__(self):
                    print(f"{self.number} for {self.customer}")
        """),
        "__str__ prints the text and returns nothing.",
        (("__str__", "str("), ("return", "non-string", "nonetype", *word("none"))),
    ),
    Answer(
        "room for 9,999.99",
        "models/fields#order-book",
        models("""
            from django.db import models


            class Order(models.Model):
                number = models.CharField(max_length=8, unique=True)
                customer = models.CharField(max_length=80)
                email = models.EmailField(blank=True)
                guests = models.PositiveSmallIntegerField()
                deposit = models.DecimalField(max_digits=6, decimal_places=2, default=0)
                paid = models.BooleanField(default=False)
                pick_up = models.DateField()

                def __str__(self):
                    return f"{self.number} for {self.customer}"
        """),
        "max_digits of the deposit is 6, and 999.99 is five digits.",
        (("deposit",), ("max_digits", "digits", "999.99", "1000")),
    ),
    Answer(
        "self forgotten",
        "models/fields#order-book",
        models("""
            from django.db import models


            class Order(models.Model):
                number = models.CharField(max_length=8, unique=True)
                customer = models.CharField(max_length=80)
                email = models.EmailField(blank=True)
                guests = models.PositiveSmallIntegerField()
                deposit = models.DecimalField(max_digits=5, decimal_places=2, default=0)
                paid = models.BooleanField(default=False)
                pick_up = models.DateField()

                def __str__(self):
                    return f"{number} for {customer}"
        """),
        "number and customer are attributes of the order: self is missing before them.",
        (("number",), ("self", "defined", "no name", "not a name", "variable", "does not know")),
    ),
)
