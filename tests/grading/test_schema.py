"""Models held against the solution's: what is off is named, what may differ is not."""

from collections.abc import Mapping
from typing import Any

import pytest

from lessons.grading.grade import grade
from lessons.grading.types import Status, Trial, Verdict
from lessons.kinds.schema.kind import types
from sandbox.protocol import ErrorReport, Observation, Outcome, Result, Step

from .builders import exercise, files


def field(name: str, type_name: str = "CharField", **options: Any) -> dict[str, Any]:
    return {"name": name, "type": type_name, "sql": "", "options": options}


def index(*on: str, where: str = "", name: str = "") -> dict[str, Any]:
    return {"name": name, "on": list(on), "where": where}


def model(*fields: dict[str, Any], label: str = "shop.Book", **also: Any) -> dict[str, Any]:
    return {
        "model": label, "table": "shop_book", "proxy": False, "parents": [], "fields": list(fields),
        "indexes": [], "uniques": [], "checks": [], "options": {"ordering": ["list", []]}, **also,
    }  # fmt: skip


BOOK = model(
    field("isbn", max_length=13),
    field("author", "ForeignKey", to="shop.Author", on_delete="PROTECT", related_name="books"),
    field("published", "DateField", null=True),
    uniques=[index("isbn")],
    indexes=[index("published")],
    checks=[index("published", where="published > '1450-01-01'")],
)
STEPS = (Step(asked="Book.objects.count()", seen={"value": 1}), Step(asked="", seen={"changes": [], "mail": [], "tasks": []}))


def trial(*models: Any, findings: Any = (), steps: tuple[Step, ...] = STEPS) -> Trial:
    seen = {"models": list(models), "findings": list(findings), "sql": []}
    return of(seen, steps)


def of(seen: Mapping[str, Any], steps: tuple[Step, ...] = STEPS) -> Trial:
    results = [Result(label=label, seen=seen, steps=steps) for label in ("visible", "hidden 1")]
    return Trial(*(Observation(outcome=Outcome.OK, results=(one,)) for one in results))


def judged(observed: Trial, expected: Trial | None = None, **extra: Any) -> Verdict:
    return grade(
        exercise("schema", extra=extra), expected=expected or trial(BOOK), observed=observed, files=files("class Book: ...")
    )


def changed(place: int, **options: Any) -> dict[str, Any]:
    fields = [dict(one) for one in BOOK["fields"]]
    fields[place]["options"] = {**fields[place]["options"], **options}
    return {**BOOK, "fields": fields}


def test_the_same_tables_pass():
    verdict = judged(trial(BOOK))
    assert verdict.status is Status.PASSED
    assert {check.name for check in verdict.checks} == {"schema", "checks", "rows"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({**BOOK, "uniques": []}, "`Book.isbn` is not unique"),
        ({**BOOK, "uniques": [index("isbn", where="sold")]}, "2 things are off"),
        (changed(1, on_delete="CASCADE"), "`Book.author` is `on_delete=CASCADE`, expected `PROTECT`"),
        ({**BOOK, "indexes": []}, "`Book` has no index on `published`"),
        ({**BOOK, "indexes": [index("published"), index("isbn")]}, "`Book` has an index on `isbn` too many"),
        ({**BOOK, "indexes": [index("published")] * 2}, "`Book` has an index on `published` too many"),
        ({**BOOK, "checks": []}, "No check constraint is about `Book.published`"),
        ({**BOOK, "fields": BOOK["fields"][:2]}, "`Book` has no field `published`"),
        ({**BOOK, "fields": [*BOOK["fields"], field("x")]}, "`Book` has a field `x`, which was not asked for"),
        (changed(0, max_length=10), "`Book.isbn` is `max_length=10`, expected `13`"),
        (changed(0, null=True), "`Book.isbn` has `null=True`, which was not asked for"),
        ({**BOOK, "proxy": True}, "`Book` does not inherit from the model that it should"),
        ({**BOOK, "model": "shop.Books"}, "2 things are off"),
    ],
)
def test_what_is_off_is_named(given, words):
    verdict = judged(trial(given))
    assert verdict.status is Status.FAILED
    assert verdict.failed == {"schema"}
    assert verdict.headline == words


def test_what_is_missing_of_an_option_is_named():
    right, given = trial(BOOK), trial({**BOOK, "fields": [field("isbn"), BOOK["fields"][1], field("published", "DateField")]})
    assert judged(given, right).detail == "`Book.isbn` has no `max_length`, expected `13`. `Book.published` is not `null=True`."


def test_another_class_is_named_and_its_options_are_not():
    verdict = judged(trial({**BOOK, "fields": [field("isbn", "IntegerField"), *BOOK["fields"][1:]]}))
    assert verdict.headline == "`Book.isbn` is an `IntegerField`, expected a `CharField`"


def test_another_class_passes_where_the_exercise_says_so():
    given = trial({**BOOK, "fields": [field("isbn", "SlugField", max_length=13), *BOOK["fields"][1:]]})
    assert judged(given, types={"Book.isbn": ("SlugField",)}).status is Status.PASSED


@pytest.mark.parametrize(
    "given",
    [
        {**BOOK, "fields": BOOK["fields"][::-1]},
        {**BOOK, "uniques": [index("isbn", name="no_two")], "indexes": [index("published", name="when")]},
        {**BOOK, "checks": [index("published", where="NOT (published <= '1450-01-01')", name="printed")]},
        changed(1, related_name="volumes"),
        {**BOOK, "table": "books", "options": {"ordering": ["list", ["isbn"]]}},
    ],
)
def test_what_may_differ_passes(given):
    assert judged(trial(given)).status is Status.PASSED


@pytest.mark.parametrize(
    ("also", "given", "words"),
    [
        ("related_name", changed(1, related_name="volumes"), "`Book.author` is `related_name=volumes`, expected `books`"),
        ("table", {**BOOK, "table": "books"}, "The table of `Book` is called `books`, expected `shop_book`"),
        ("ordering", {**BOOK, "options": {"ordering": ["list", ["isbn"]]}}, "`Book` is `ordering=['isbn']`, expected `[]`"),
        ("names", {**BOOK, "indexes": [index("published", name="when")]}, "2 things are off"),
    ],
)
def test_it_counts_where_the_exercise_asks_for_it(also, given, words):
    assert judged(trial(given), also=(also,)).headline == words


def test_numbers_are_compared_by_value():
    right, given = trial(model(field("price", default=0))), trial(model(field("price", default=["decimal", "0.00"])))
    assert judged(given, right).status is Status.PASSED


WARNING = {"id": "fields.W161", "on": "shop.Book.at", "text": "Fixed default value provided.", "serious": False}
REFUSAL = {"id": "fields.E300", "on": "shop.Book.author", "text": "No `Author`.", "serious": True}


def test_a_finding_of_djangos_is_told_in_its_words():
    verdict = judged(trial(BOOK, findings=[WARNING]))
    assert verdict.failed == {"checks"}
    assert verdict.headline == "Django's check `fields.W161` on `Book.at`: Fixed default value provided"


def test_models_that_django_refuses_are_not_said_to_lack_tables():
    verdict = judged(trial(findings=[REFUSAL], steps=()))
    assert verdict.failed == {"checks"}
    assert "No 'Author'" in verdict.headline


def test_a_finding_that_the_solution_has_too_is_no_matter():
    assert judged(trial(BOOK, findings=[WARNING]), trial(BOOK, findings=[WARNING])).status is Status.PASSED


def test_rows_that_behave_otherwise_are_told():
    raised = Step(asked="Book.objects.count()", seen={}, error=ErrorReport(type="IntegrityError", message="UNIQUE"))
    verdict = judged(trial(BOOK, steps=(raised, STEPS[1])))
    assert verdict.failed == {"rows"}
    assert "raises `IntegrityError`" in verdict.headline


FACTS = ["isbn varchar(13) NOT NULL", "unique index on isbn"]
STORED = {"shop_book": FACTS}


def migrated(*models: Any, pending: Any = (), stored: Any = STORED, steps: tuple[Step, ...] = STEPS) -> Trial:
    return of({"models": list(models), "findings": [], "sql": [], "pending": pending, "stored": stored}, steps)


def test_migrations_that_models_agree_with_pass():
    verdict = judged(migrated(BOOK, pending=[]), migrated(BOOK, pending=[]))
    assert verdict.status is Status.PASSED
    assert {check.name for check in verdict.checks} == {"schema", "checks", "migrations", "rows"}


def test_what_makemigrations_would_still_write_is_told():
    verdict = judged(migrated(BOOK, pending=["Add field isbn to book"]), migrated(BOOK, pending=[]))
    assert verdict.failed == {"migrations"}
    assert verdict.headline == "`makemigrations` would still write: `Add field isbn to book`"


def test_what_the_tables_lack_is_not_told_twice():
    given = migrated({**BOOK, "fields": BOOK["fields"][1:]}, pending=["Add field isbn to book"])
    verdict = judged(given, migrated(BOOK, pending=[]))
    assert verdict.failed == {"schema", "migrations"}
    assert verdict.headline == "`Book` has no field `isbn`"


def test_what_the_solution_leaves_to_be_written_is_no_matter():
    left = ["Remove field title from book"]
    assert judged(migrated(BOOK, pending=left), migrated(BOOK, pending=left)).status is Status.PASSED


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (FACTS[:1], "In the database, `shop_book` lacks `unique index on isbn`"),
        ([*FACTS, "index on title"], "In the database, `shop_book` has `index on title`, which was not asked for"),
        (FACTS * 2, "2 things are off"),
    ],
)
def test_a_database_that_is_not_what_the_models_say_is_told(facts, words):
    verdict = judged(migrated(BOOK, pending=[], stored={"shop_book": facts}), migrated(BOOK, pending=[]))
    assert verdict.failed == {"schema"}
    assert verdict.headline == words


def test_the_order_of_columns_in_the_database_is_no_matter():
    given = migrated(BOOK, pending=[], stored={"shop_book": FACTS[::-1]})
    assert judged(given, migrated(BOOK, pending=[])).status is Status.PASSED


@pytest.mark.parametrize(
    ("type_name", "message", "detail"),
    [
        ("IntegrityError", "NOT NULL constraint failed: new__shop_book.isbn", "`shop_book.isbn` is to have a value in each row"),
        ("FieldError", "Cannot resolve keyword 'isbn' into field", "There is no model `shop.Book`"),
    ],
)
def test_a_migration_that_fails_says_more_than_what_the_tables_lack(type_name, message, detail):
    raised = Step(asked=STEPS[0].asked, seen={}, error=ErrorReport(type=type_name, message=message))
    verdict = judged(migrated(pending=["Create model Book"], steps=(raised, STEPS[1])), migrated(BOOK, pending=[]))
    assert verdict.failed == {"schema", "migrations", "rows"}
    assert verdict.detail.startswith(detail)


def test_migrations_that_were_not_run_do_not_pass():
    assert judged(trial(BOOK), migrated(BOOK, pending=[], stored={})).headline == "No migrations were run"


def test_of_hidden_data_nothing_is_told():
    visible, hidden = trial(BOOK).visible, trial({**BOOK, "uniques": []}).hidden
    verdict = judged(Trial(visible, hidden))
    assert verdict.failed == {"schema"}
    assert "isbn" not in verdict.headline + verdict.detail


HOSTILE: list[Any] = [
    None,
    5,
    "x",
    [],
    [5],
    [[]],
    {"a": 1},
    [{}],
    [{"model": 5}],
    [{"model": "shop.Book", "fields": 7, "on": {}}],
]


@pytest.mark.parametrize("shape", HOSTILE)
def test_models_of_a_hostile_shape_are_only_wrong(shape):
    assert judged(of({"models": shape, "findings": [], "sql": []})).status is Status.FAILED


@pytest.mark.parametrize("shape", HOSTILE)
def test_findings_of_a_hostile_shape_are_none_or_wrong(shape):
    wrong = any(isinstance(one, dict) for one in shape) if isinstance(shape, list) else False
    verdict = judged(of({"models": [BOOK], "findings": shape, "sql": shape}))
    assert verdict.status is (Status.FAILED if wrong else Status.PASSED)


@pytest.mark.parametrize("shape", HOSTILE)
@pytest.mark.parametrize("part", ["fields", "indexes", "uniques", "checks", "options", "parents", "table"])
def test_a_hostile_shape_inside_of_a_model_is_only_wrong(part, shape):
    verdict = judged(trial({**BOOK, part: shape}))
    assert verdict.status in (Status.FAILED, Status.PASSED)
    assert (verdict.status is Status.FAILED) is (part not in ("options", "table", "parents"))


@pytest.mark.parametrize("shape", HOSTILE)
@pytest.mark.parametrize("part", ["pending", "stored"])
def test_what_is_said_of_migrations_in_a_hostile_shape_is_nothing_or_wrong(part, shape):
    parts = {"pending": [], "stored": STORED, part: shape}
    harmless = part == "pending" and isinstance(shape, list) and "x" not in shape
    verdict = judged(migrated(BOOK, **parts), migrated(BOOK, pending=[]))
    assert verdict.status is (Status.PASSED if harmless else Status.FAILED)


@pytest.mark.parametrize("bad", ["Book.isbn", {"isbn": ["SlugField"]}, {"Book.isbn": "SlugField"}, {"Book.isbn": []}])
def test_types_that_make_no_sense_are_refused(bad):
    with pytest.raises(ValueError, match="must"):
        types(bad)
