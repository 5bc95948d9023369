"""Fills a world's empty tables with rows made from its models' field types: the awkward ones, around an exercise's constants.

A *plan* is plain JSON: ``{"build": 3, "rows": 6, "around": {"texts": ["The Salt Road"], "numbers": ["20"], "dates":
["2020-01-01"], "seconds": [259200], "exact": false}}``. ``build`` is the seed, ``rows`` is how many each model gets. The same
plan gives the same rows on every machine and Python: of the dice only ``random()`` is used, whose numbers Python
promises to keep.

A row that breaks a constraint, or after which the world's ``valid()`` is false, is taken back and tried again with other values.
"""

import random
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, connection, models, transaction
from django.db.models import Model

TRIES = 12
"""How often a row is tried with other values before it is left out."""
WORDS = ("Alder", "alder", "Birch", "birch tree", "Żelazna", "żelazna", "50% off", "a_b")
DAYS = (date(2019, 12, 31), date(2020, 2, 29), date(2021, 3, 1))
LAST_MOMENT = time(23, 59, 59, 500_000)
CENT = Decimal("0.01")

type Row = dict[str, Any]
type AnyField = Any  # a Field; its options depend on its type


class Unfillable(Exception):
    """The world has a field that cannot be filled from its type."""


class Dice:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed).random  # noqa: S311

    def below(self, limit: int) -> int:
        return int(self.random() * limit)

    def pick[T](self, choices: Sequence[T]) -> T:
        return choices[self.below(len(choices))]

    def chance(self, likely: float) -> bool:
        return self.random() < likely


class Around:
    """The values worth having, from an exercise's constants: each itself, and what lies beside it."""

    def __init__(self, around: Mapping[str, Any]) -> None:
        self.exact = bool(around.get("exact"))
        self.constants = [Decimal(one) for one in around.get("numbers", ())]
        self.named = list(around.get("texts", ()))
        self.texts = list(dict.fromkeys(each for one in self.named for each in spellings(one)))
        self.days = list(dict.fromkeys(self._days([date.fromisoformat(one) for one in around.get("dates", ())])))
        self.seconds = [float(one) for one in around.get("seconds", ())]

    def _days(self, named: list[date]) -> Iterator[date]:
        years = [int(one) for one in self.constants if 1900 <= one <= 2100 and one == int(one)]
        months = [int(one) for one in self.constants if 1 <= one <= 12 and one == int(one)]
        for year in years:
            named += [date(year, 1, 1), date(year + 1, 1, 1)]
            named += [date(year, month, 1) for month in months]
            named += [date(year + month // 12, month % 12 + 1, 1) for month in months]
            yield from (date(year - 1, month, 9) for month in months)
            yield date(year, 7, 15)
        for one in named:
            yield from (one, one - timedelta(days=1), one + timedelta(days=1))

    @property
    def numbers(self) -> list[Decimal]:
        """Whole ones and their neighbours; where sums are made with them, nothing that a float cannot hold exactly."""
        near = (Decimal(0), Decimal(1), Decimal(-1)) if self.exact else (Decimal(0), Decimal(1), Decimal(-1), CENT, -CENT)
        return list(dict.fromkeys(one + step for one in self.constants for step in near))

    @property
    def spans(self) -> list[timedelta]:
        near = (timedelta(0), timedelta(seconds=1), timedelta(seconds=-1), timedelta(days=1))
        found = [timedelta(seconds=one) + step for one in self.seconds for step in near]
        return found or [timedelta(0), timedelta(days=1), timedelta(days=2, seconds=1)]


def spellings(text: str) -> tuple[str, ...]:
    """The text, in other cases, with something before it or behind it, and half of it."""
    return (text, text.upper(), text.lower(), text.swapcase(), f"A {text}", f"{text}, again", text[: len(text) // 2 + 1])


def fitting(texts: Iterable[str], most: int) -> list[str]:
    return [one for one in texts if len(one) <= most]


def fill(world: Mapping[str, type[Model]], plan: Mapping[str, Any], valid: Callable[[], bool]) -> None:
    """Raises Unfillable for a field of an unknown type."""
    filler = Filler(Dice(plan["build"]), Around(plan.get("around", {})), valid)
    for model in in_order(list(world.values())):
        for _ in range(plan["rows"]):
            filler.add(model)
    for model in world.values():
        filler.link(model)
    if not valid():
        raise Unfillable("valid() is false of the rows made from the field types")


def in_order(left: list[type[Model]]) -> list[type[Model]]:
    """Each model behind those that it points to; in a ring, as they were written."""
    ordered: list[type[Model]] = []
    while left:
        ready = [model for model in left if not targets(model) & (set(left) - {model})] or left[:1]
        ordered += ready
        left = [model for model in left if model not in ready]
    return ordered


def targets(model: type[Model]) -> set[type[Model]]:
    return {field.related_model for field in model._meta.concrete_fields if field.related_model}


class Filler:
    def __init__(self, dice: Dice, around: Around, valid: Callable[[], bool]) -> None:
        self.dice, self.around, self.valid = dice, around, valid
        self.made: dict[type[Model], list[Model]] = {}

    def add(self, model: type[Model]) -> None:
        """One more row, unless no try gives one that the database and the world permit."""
        rows = self.made.setdefault(model, [])
        for _ in range(TRIES):
            try:
                with transaction.atomic():
                    row = model._base_manager.create(**self.values(model))
                    if not self.valid():
                        raise IntegrityError
                rows.append(row)
                return
            except (IntegrityError, OverflowError):
                continue

    def values(self, model: type[Model]) -> Row:
        """Another row's values for most fields, now and then: rows are told apart by little."""
        row: Row = {}
        before = self.made[model]
        twin = self.dice.pick(before) if before and self.dice.chance(0.3) else None
        for field in model._meta.concrete_fields:
            if field.generated or (field.primary_key and isinstance(field, models.AutoField)):
                continue
            if twin is not None and not field.unique and self.dice.chance(0.6):
                row[field.name] = getattr(twin, field.name)
            else:
                row[field.name] = self.value(field, row)
        return row

    def value(self, field: AnyField, row: Row) -> Any:
        if field.null and self.dice.chance(0.3):
            return None
        if field.is_relation:
            return self.related(field)
        if field.choices:
            return self.dice.pick([value for value, _ in field.flatchoices])
        if field.blank and field.empty_strings_allowed and self.dice.chance(0.2):
            return ""
        for kind, make in MAKERS:
            if isinstance(field, kind):
                return make(self, field, row)
        raise Unfillable(f"{field}: a {type(field).__name__} cannot be filled from its type")

    def related(self, field: AnyField) -> Model | None:
        """A row of the first two thirds: some are pointed to by nothing."""
        there = self.made.get(field.related_model, [])
        if not there and not field.null:
            raise IntegrityError
        return self.dice.pick(there[: max(1, len(there) * 2 // 3)]) if there else None

    def link(self, model: type[Model]) -> None:
        """The many-to-many relations that have no model of their own."""
        for field in model._meta.many_to_many:
            relation: Any = field.remote_field
            if relation.through._meta.auto_created:
                for row in self.made[model]:
                    there = self.made.get(field.related_model, [])[:-1]
                    getattr(row, field.name).set([one for one in there if self.dice.chance(0.4)])

    # One for each type of field

    def text(self, field: AnyField, row: Row) -> str:
        most = field.max_length or 10_000
        picked = self.dice.pick(fitting((*self.around.texts, *self.around.texts, *WORDS), most) or ["a", "b", "B"])
        return self.only_one(picked, most) if field.unique else picked

    def only_one(self, picked: str, most: int) -> str:
        """With a number, so that no other row has it; now and then without, or an exercise's own text, if no row has that yet."""
        if self.dice.chance(0.3) and (named := fitting(self.around.named, most)):
            return self.dice.pick(named)
        return picked if self.dice.chance(0.6) else f"{picked} {self.dice.below(1000)}"[-most:]

    def email(self, field: AnyField, row: Row) -> str:
        known = [one for one in self.around.texts if "@" in one]
        return self.dice.pick([*known, *(f"{name}{self.dice.below(9)}@example.org" for name in ("alder", "Birch"))])

    def slug(self, field: AnyField, row: Row) -> str:
        return f"{self.dice.pick(('alder', 'birch', 'cedar'))}-{self.dice.below(1000)}"

    def url(self, field: AnyField, row: Row) -> str:
        return f"https://example.org/{self.slug(field, row)}"

    def whole(self, field: AnyField, row: Row) -> int:
        low, high = connection.ops.integer_field_range(field.get_internal_type())
        pool = [int(one) for one in (*self.around.numbers, *self.beside(field, row)) if one == int(one)]
        fitting = [one for one in (*pool, *pool, 0, 1, 2, 3) if low <= one <= high]
        return self.dice.pick(fitting)

    def decimal(self, field: AnyField, row: Row) -> Decimal:
        most = Decimal(10) ** (field.max_digits - field.decimal_places)
        step = Decimal(1).scaleb(-field.decimal_places)
        few = [Decimal(one) / 4 for one in (0, 10, 30, 31, 40, 80)]
        pool = [one.quantize(step) for one in (*self.around.numbers, *self.beside(field, row), *few) if abs(one) < most]
        return self.dice.pick(pool)

    def real(self, field: AnyField, row: Row) -> float:
        return float(self.dice.pick([*self.around.numbers, *self.beside(field, row), Decimal("0.5"), Decimal(2)]))

    def beside(self, field: AnyField, row: Row) -> list[Decimal]:
        """What other numbers of the same row are, and what is next to them."""
        numbers = (int, Decimal, float)
        there = [Decimal(one) for one in row.values() if isinstance(one, numbers) and not isinstance(one, bool)]
        return [one + step for one in there for step in (Decimal(0), Decimal(1), Decimal(-1), Decimal("0.5"))]

    def yes_or_no(self, field: AnyField, row: Row) -> bool:
        return self.dice.chance(0.5)

    def day(self, field: AnyField, row: Row) -> date:
        there = [one + span for one in row.values() if type(one) is date for span in self.around.spans]
        return self.dice.pick([*self.around.days, *there] or DAYS)

    def moment(self, field: AnyField, row: Row) -> datetime:
        there = [one + span for one in row.values() if isinstance(one, datetime) for span in self.around.spans]
        if there and self.dice.chance(0.8):
            return self.dice.pick(there)
        hour = self.dice.pick((time(0), time(0), time(12, 30), LAST_MOMENT))
        return datetime.combine(self.dice.pick(self.around.days or DAYS), hour, tzinfo=UTC)

    def span(self, field: AnyField, row: Row) -> timedelta:
        return self.dice.pick(self.around.spans)

    def hour(self, field: AnyField, row: Row) -> time:
        return self.dice.pick((time(0), time(9), time(12, 30), LAST_MOMENT))

    def identity(self, field: AnyField, row: Row) -> uuid.UUID:
        return uuid.UUID(int=self.dice.below(1 << 50), version=4)

    def json(self, field: AnyField, row: Row) -> Any:
        return self.dice.pick(({}, [], {"a": 1}, {"a": None}, {"a": [1, 2]}, "a"))

    def data(self, field: AnyField, row: Row) -> bytes:
        return bytes([self.dice.below(256)])

    def address(self, field: AnyField, row: Row) -> str:
        return f"192.0.2.{self.dice.below(5)}"


MAKERS: tuple[tuple[Any, Callable[[Filler, Any, Row], Any]], ...] = (
    (models.EmailField, Filler.email),
    (models.SlugField, Filler.slug),
    (models.URLField, Filler.url),
    ((models.CharField, models.TextField, models.FileField), Filler.text),
    (models.BooleanField, Filler.yes_or_no),
    (models.DecimalField, Filler.decimal),
    (models.FloatField, Filler.real),
    (models.IntegerField, Filler.whole),
    (models.DateTimeField, Filler.moment),
    (models.DateField, Filler.day),
    (models.TimeField, Filler.hour),
    (models.DurationField, Filler.span),
    (models.UUIDField, Filler.identity),
    (models.JSONField, Filler.json),
    (models.BinaryField, Filler.data),
    (models.GenericIPAddressField, Filler.address),
)
"""The first that fits makes the value: the narrower types come first."""


def names(world: Mapping[str, type[Model]]) -> dict[str, Any]:
    """The models' names: ``{"alike": {"price": ["list_price"]}, "many": […], "closed": […], "relations": […]}``."""
    fields = [field for model in world.values() for field in model._meta.concrete_fields]
    alike: dict[str, list[str]] = {}
    for field in fields:
        others = [one.name for one in field.model._meta.concrete_fields if one is not field and kind(one) == kind(field)]
        alike[field.name] = list(dict.fromkeys([*alike.get(field.name, []), *others]))
    return {
        "alike": {name: others for name, others in sorted(alike.items()) if others},
        "many": sorted({relation.name for model in world.values() for relation in to_many(model)}),
        "closed": sorted({field.name for field in fields if field.choices}),
        "relations": sorted({field.name for field in fields if field.is_relation}),
    }


def kind(field: AnyField) -> tuple[str, bool, Any]:
    return field.get_internal_type(), bool(field.choices), field.related_model


def to_many(model: type[Model]) -> Iterator[Any]:
    return (one for one in model._meta.get_fields() if one.many_to_many or one.one_to_many)
