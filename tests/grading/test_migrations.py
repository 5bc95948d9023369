"""What goes wrong in a migration, in plain words."""

import pytest

from lessons.grading.errors import diagnose
from sandbox.protocol import ErrorReport, File, Frame, Observation, Outcome

PATH = "club/migrations/0002_level.py"
TODAY = "from club.models import Card\n\ndef fill(apps, schema_editor):\n    Card.objects.update(level='x')\n"
THEN = "def fill(apps, schema_editor):\n    apps.get_model('club', 'Card').objects.first().is_gold()\n"


def said(type_name, message, text="x", *, path=PATH, hidden=False, **also) -> str:
    report = ErrorReport(type=type_name, message=message, path=path, line=1, **also)
    found = diagnose(Observation(outcome=Outcome.ERROR, error=report), (File(path, text),), hidden=hidden)
    return f"{found.headline}. {found.detail.removeprefix('On line 1. ')}".strip()


@pytest.mark.parametrize(
    ("type_name", "message", "words"),
    [
        (
            "Conflict",
            "Conflicting migrations: multiple leaf nodes in club: 0002_a, 0002_b",
            (
                "Two migrations of `club` come last. "
                "`0002_a` and `0002_b` know nothing of each other: the later one names the other in its `dependencies`."
            ),
        ),
        (
            "NodeNotFoundError",
            "Migration club.0002_level dependencies reference nonexistent parent node ('club', '0007')",
            "A migration depends on one that is not there. There is no `0007` in `club`.",
        ),
        (
            "BadMigrationError",
            "Migration 0002_level in app club has no Migration class",
            "`0002_level` holds no migration. Its class has to be called `Migration`.",
        ),
        (
            "IntegrityError",
            "NOT NULL constraint failed: new__club_card.level",
            (
                "`club_card.level` is to have a value in each row, and rows that are there have none. "
                "Fill them first, or give the column a default."
            ),
        ),
        (
            "IntegrityError",
            "UNIQUE constraint failed: new__club_card.number",
            "`club_card.number` is to be unique, and rows that are there share a value. Change such rows first.",
        ),
        (
            "IntegrityError",
            "The row in table 'club_card' has an invalid foreign key: club_card.author_id contains a value '999' that does not …",
            "`club_card.author_id` points to a row that is not there.",
        ),
        (
            "IrreversibleError",
            "Operation <RunPython <function fill at 0x7fdcc8a95d00>> in club.0002_level is not reversible",
            (
                "`RunPython` cannot be reversed. "
                "It was not told how. Where nothing needs to be undone, `RunPython.noop` or `RunSQL.noop` says so."
            ),
        ),
        ("OperationalError", 'table "club_card" already exists', "The table `club_card` is there already. "),
        (
            "TypeError",
            "fill() takes 1 positional argument but 2 were given",
            "`fill()` is called with two arguments. Write `def fill(apps, schema_editor):`.",
        ),
    ],
)
def test_a_usual_mistake_is_said_in_plain_words(type_name, message, words):
    assert said(type_name, message).startswith(words)


@pytest.mark.parametrize(
    ("type_name", "name", "owner", "near", "words"),
    [
        ("KeyError", "crad", "model", "card", "There is no model `crad`. Did you mean `card`?"),
        ("LookupError", "Crad", "model", "Card", "There is no model `Crad`. Did you mean `Card`?"),
        ("NodeNotFoundError", "0001_inital", "migration", "0001_initial",
         "There is no migration `0001_inital`. Did you mean `0001_initial`?"),
    ],
)  # fmt: skip
def test_a_misspelt_name_has_what_was_meant(type_name, name, owner, near, words):
    assert said(type_name, "", name=name, owner=owner, choices=(near,), near=(near,)) == words


@pytest.mark.parametrize(
    ("type_name", "message"),
    [
        ("OperationalError", "no such column: level"),
        ("OperationalError", "table club_card has no column named level"),
        ("ValueError", 'Cannot assign "<Author: Ada>": "Card.author" must be a "Author" instance.'),
    ],
)
def test_the_real_models_in_a_migration_are_told_from_those_of_its_time(type_name, message):
    assert said(type_name, message, TODAY).startswith("A migration works with the models of today. ")
    assert "models of today" not in said(type_name, message, THEN)
    assert "models of today" not in said(type_name, message, TODAY, path="club/services.py")


def test_an_operation_on_a_model_that_is_not_there_may_have_its_names_turned_round():
    at = (Frame(PATH, 1, "operations", "migrations.AddField('level', 'card', …),"),)
    words = "`club` has no model `level` at this point. An operation names the model first, then the field."
    assert said("KeyError", "('club', 'level')", frames=at) == words
    assert said("KeyError", "('club', 'level')").startswith("There is no key `('club', 'level')`.")


def test_a_method_is_not_there_in_a_migration():
    about = {"name": "is_gold", "owner": "a Card", "choices": ("level", "points")}
    words = said("AttributeError", "'Card' object has no attribute 'is_gold'", THEN, **about)
    assert words.startswith("In a migration, a Card has no `is_gold`. `apps.get_model()` gives a model with its fields only")
    assert "In a migration" not in said("AttributeError", "'Card' object has no attribute 'is_gold'", TODAY, **about)


def test_a_field_that_is_nearly_there_is_still_named():
    about = {"name": "pionts", "owner": "a Card", "choices": ("points",), "near": ("points",)}
    assert "Did you mean `points`?" in said("AttributeError", "'Card' object has no attribute 'pionts'", THEN, **about)


def test_on_hidden_data_only_the_kind_of_error_is_told():
    words = said("IrreversibleError", "Operation <RunPython secret> is not reversible", hidden=True)
    assert "`IrreversibleError`" in words
    assert "secret" not in words
