"""Migrations of a learner's: run in memory by Django's own loader, forwards and backwards, in every level there is."""

from typing import Any

import pytest

from sandbox.protocol import Outcome, Result
from tests.sandbox.attacks.zygotes import LEVELS, Bent
from tests.sandbox.probing import asked, changes, image, left, steps, values

MODELS = """from django.db import models

class Card(models.Model):
    number = models.CharField(max_length=8)
    author = models.ForeignKey("library.Author", models.CASCADE)
    points = models.IntegerField(default=0)
    level = models.CharField(max_length=10, db_default="none")
"""
FIRST = """from django.db import migrations, models

class Migration(migrations.Migration):
    initial = True
    dependencies = [("library", "__first__")]
    operations = [
        migrations.CreateModel("Card", [
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("number", models.CharField(max_length=8)),
            ("author", models.ForeignKey("library.Author", models.CASCADE)),
            ("points", models.IntegerField(default=0)),
        ]),
    ]
"""
LEVEL = 'migrations.AddField("card", "level", models.CharField(max_length=10, db_default="none")),'
FILL = """def fill(apps, schema_editor):
    apps.get_model("club", "Card").objects.filter(points__gte=100).update(level="gold")
"""
RUN = "migrations.RunPython(fill, migrations.RunPython.noop),"
OLD_CARDS = """Card = migrate("club", "0001").get_model("club", "Card")
Card.objects.create(number="A", author_id=1, points=100)
Card.objects.create(number="B", author_id=1, points=99)
"""
THERE_AND_BACK = f"""{OLD_CARDS}migrate("club")
from club.models import Card as Now
list(Now.objects.values_list("number", "level"))
migrate("club", "0001")
Card.objects.count()
"""
SECOND = "club/migrations/0002_level.py"


def migration(*operations: str, before: str = "", after: str = '("club", "0001_initial")', also: str = "") -> str:
    lines = "\n".join(f"        {one}" for one in operations)
    return f"""from django.db import migrations, models

{before}
class Migration(migrations.Migration):
    {also}
    dependencies = [{after}]
    operations = [
{lines}
    ]
"""


def migrated(sandbox: Any, text: str, *probes: str, models: str = MODELS, given: Any = (), **also: Any) -> Any:
    """What happens to the learner's second migration, and to the models beside it."""
    every = [["club/migrations/0001_initial.py", FIRST], *given]
    return asked(sandbox, "schema", {"club/models.py": models, SECOND: text}, *probes, given=every, **also)


@pytest.fixture(scope="module", params=LEVELS)
def confined(request):
    made = Bent(LEVELS[request.param])
    yield made
    made.stop()


@pytest.fixture
def result(sandbox):
    def result(text: str, *probes: str, **also: Any) -> Result:
        seen = migrated(sandbox, text, *probes, **also)
        assert seen.outcome is Outcome.OK, seen
        return seen.results[0]

    return result


@pytest.fixture
def error(sandbox):
    """The report of what ends a run, or else of the first statement of a probe that fails."""

    def error(text: str, probe: str = "", **also: Any) -> Any:
        seen = migrated(sandbox, text, *([probe] if probe else []), **also)
        return seen.error or next(step.error for step in steps(seen) if step.error)

    return error


def test_a_migration_takes_the_rows_along_and_back(confined):
    seen = migrated(confined, migration(LEVEL, RUN, before=FILL), THERE_AND_BACK)
    both = ["list", ["club.0001_initial", "club.0002_level"]]
    cards = ["list", [["tuple", ["A", "gold"]], ["tuple", ["B", "none"]]]]
    assert values(seen)[2:] == [both, cards, ["list", ["club.0001_initial"]], 2]
    assert seen.results[0].seen["pending"] == []


def test_every_hidden_database_is_migrated(confined):
    seen = migrated(confined, migration(LEVEL, RUN, before=FILL), THERE_AND_BACK, databases=(image(confined),) * 2)
    one, other = seen.results
    assert [step.seen for step in one.steps] == [step.seen for step in other.steps]
    assert one.seen == other.seen


def test_a_table_is_made_anew_where_sqlite_cannot_change_it(confined):
    operation = 'migrations.AlterField("card", "number", models.CharField(max_length=8, unique=True)),'
    found = migrated(confined, migration(LEVEL, operation), THERE_AND_BACK).results[0]
    assert "unique index on number" in found.seen["stored"]["club_card"]
    assert [one["on"] for one in found.seen["models"][0]["uniques"]] == [["number"]]


def test_the_tables_seen_are_those_of_the_migrations_and_not_those_of_the_models(result):
    found = result(migration('migrations.AddIndex("card", models.Index(fields=["points"], name="points")),')).seen
    (card,) = found["models"]
    assert [field["name"] for field in card["fields"]] == ["id", "number", "author", "points"]
    assert [index["on"] for index in card["indexes"]] == [["author"], ["points"]]
    assert found["pending"] == ["Remove index points from card", "Add field level to card"]


def test_the_database_is_asked_whatever_django_believes(result):
    state = f"migrations.SeparateDatabaseAndState(state_operations=[{LEVEL.rstrip(',')}]),"
    column = "level varchar(10) NOT NULL DEFAULT 'none'"
    real, believed = (result(migration(one)).seen for one in (LEVEL, state))
    assert real["models"] == believed["models"]
    assert column in real["stored"]["club_card"]
    assert column not in believed["stored"]["club_card"]


def test_a_probe_starts_where_the_given_migrations_end(result):
    third = migration(after='("club", "0002_level")')
    found = result(migration(LEVEL), 'migrate("club", "0001")', given=[["club/migrations/0003_more.py", third]])
    assert found.steps[0].seen == {"value": ["list", ["club.0001_initial"]]}
    assert left_alone(found)


def left_alone(found: Result) -> bool:
    return found.steps[-1].seen["changes"] == []


CARDS = """def cards(apps, schema_editor):
    Card, Author = apps.get_model("club", "Card"), apps.get_model("library", "Author")
    Card.objects.bulk_create(Card(number=str(one.pk), author=one, points=one.pk * 100) for one in Author.objects.all()[:2])

"""


def test_given_rows_are_there_before_the_learners_migration(result):
    first = CARDS + FIRST.replace("]),\n    ]", "]), migrations.RunPython(cards)]")
    probe = 'migrate("club").get_model("club", "Card").objects.filter(level="gold").count()'
    seen = result(migration(LEVEL, RUN, before=FILL), probe, given=[["club/migrations/0001_initial.py", first]])
    assert seen.steps[0].seen == {"value": 2}


def test_what_becomes_of_rows_is_left_behind(sandbox):
    seen = migrated(sandbox, migration(LEVEL, RUN, before=FILL), f'{OLD_CARDS}migrate("club")')
    assert [(one["model"], one["values"]["level"]) for one in changes(seen)] == [("club.Card", "gold"), ("club.Card", "none")]


def test_a_column_that_is_not_there_yet_is_empty(sandbox):
    seen = migrated(sandbox, migration(LEVEL), OLD_CARDS)
    assert [one["values"]["level"] for one in changes(seen)] == [None, None]


def test_zero_takes_everything_away(sandbox):
    probe = 'migrate("club", "zero")\nCard.objects.count()'
    seen = migrated(sandbox, migration(LEVEL), f'{OLD_CARDS}migrate("club")\n{probe}')
    assert values(seen)[3:] == [["list", []], "OperationalError"]


def test_a_migration_that_fails_leaves_all_as_it_was(sandbox):
    broken = migration(LEVEL, RUN, before=FILL.replace('level="gold"', 'level="gold", number=None'))
    seen = migrated(sandbox, broken, f'{OLD_CARDS}migrate("club")\nCard.objects.count()\nmigrate("club", "0001")')
    assert values(seen)[2:] == ["IntegrityError", 2, ["list", ["club.0001_initial"]]]


HALVES = """def fill(apps, schema_editor):
    Card = apps.get_model('club', 'Card')
    Card.objects.update(points=7)
    Card.objects.update(number=None)
"""


def test_a_migration_that_is_not_atomic_stops_halfway(sandbox):
    probe = f'{OLD_CARDS}migrate("club")\nset(Card.objects.values_list("points", flat=True))'
    for also, points in (("", [99, 100]), ("atomic = False", [7])):
        seen = migrated(sandbox, migration(RUN, before=HALVES, also=also), probe)
        assert values(seen)[2:] == ["IntegrityError", ["set", points]]


def test_a_reference_to_no_row_is_found_and_nothing_stays_open(sandbox):
    astray = "def fill(apps, schema_editor):\n    apps.get_model('club', 'Card').objects.update(author_id=999)\n"
    seen = migrated(
        sandbox, migration(RUN, before=astray), f'{OLD_CARDS}migrate("club")\nCard.objects.filter(author_id=1).count()'
    )
    assert values(seen)[2:] == ["IntegrityError", 2]


ALTER = 'migrations.AlterField("card", "pionts", models.IntegerField()),'
RENAME = 'migrations.RenameField("card", "pionts", "score"),'
REMOVE = 'migrations.RemoveField("card", "pionts"),'
ASTRAY = 'migrations.RunSQL("UPDATE nowhere SET a = 1"),'
NOBODY = '("nobody", "0001_initial")'
MISTAKES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "a model misspelt": (migration(LEVEL.replace("card", "crad")), "KeyError", ("crad", "model", "card")),
    "a field misspelt": (migration(REMOVE), "KeyError", ("pionts", "field", "points")),
    "a field to be changed": (
        migration(ALTER), "FieldDoesNotExist", ("pionts", "Card", "points")
    ),
    "a field to be renamed": (
        migration(RENAME), "FieldDoesNotExist", ("pionts", "Card", "points")
    ),
    "a model of the registry": (
        migration(LEVEL, RUN, before=FILL.replace("Card", "Crad")), "LookupError", ("Crad", "model", "Card")
    ),
    "an app of the registry": (
        migration(LEVEL, RUN, before=FILL.replace('"club"', '"clubb"')), "LookupError", ("clubb", "app", "club")
    ),
    "a dependency": (
        migration(LEVEL, after='("club", "0001_inital")'), "NodeNotFoundError", ("0001_inital", "migration", "0001_initial")
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_misspelt_name_has_what_was_meant(error, mistake):
    text, type_name, (name, owner, near) = MISTAKES[mistake]
    found = error(text)
    assert (found.type, found.name, found.owner, found.near) == (type_name, name, owner, (near,))
    assert found.path == SECOND


@pytest.mark.parametrize(
    ("text", "type_name", "line"),
    [
        (migration(LEVEL, after=""), "Conflict", 'dependencies = []'),
        (migration(LEVEL, after=NOBODY), "NodeNotFoundError", f"dependencies = [{NOBODY}]"),
        (migration(LEVEL, 'migrations.RemoveField("card", "levle"),'), "KeyError", 'migrations.RemoveField("card", "levle"),'),
        (migration(LEVEL, ASTRAY), "OperationalError", ASTRAY),
        (migration(LEVEL, RUN, before="def fill(apps, schema_editor):\n    1 / 0\n"), "ZeroDivisionError", "1 / 0"),
        ("from django.db import migrations\n", "BadMigrationError", "from django.db import migrations"),
        ("", "BadMigrationError", ""),
    ],
)  # fmt: skip
def test_an_error_stands_on_the_line_of_the_operation(error, text, type_name, line):
    found = error(text)
    assert (found.type, found.path, found.frames[-1].text.strip()) == (type_name, SECOND, line)


def test_rows_without_a_value_stop_a_column_that_must_have_one(error):
    found = error(migration('migrations.AddField("card", "level", models.IntegerField()),'), f'{OLD_CARDS}migrate("club")')
    assert (found.type, found.message) == ("IntegrityError", "NOT NULL constraint failed: new__club_card.level")


def test_what_cannot_be_reversed_is_said_before_anything_is(sandbox):
    forwards = "migrations.RunPython(fill),"
    probe = f'{OLD_CARDS}migrate("club")\nmigrate("club", "0001")\nmigrate("club")'
    seen = migrated(sandbox, migration(LEVEL, forwards, before=FILL), probe)
    both = ["list", ["club.0001_initial", "club.0002_level"]]
    assert values(seen)[2:] == [both, "IrreversibleError", both]


def test_the_models_of_today_are_ahead_of_the_tables(error):
    today = "from club.models import Card\ndef fill(apps, schema_editor):\n    Card.objects.update(level='gold')\n"
    found = error(migration(RUN, before=today))
    assert (found.type, found.message) == ("OperationalError", "no such column: level")
    assert found.frames[-1].text == "Card.objects.update(level='gold')"


ENDLESS = "def fill(apps, schema_editor):\n    while True: pass\n"
FOR_EVER = "migrations.RunSQL('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT max(i) FROM n'),"
MANY = ", ".join(f"('n{number}', models.IntegerField(null=True))" for number in range(300))
LIE = """class Lie(str):
    __str__ = __repr__ = lambda self: "x" * 10**7
"""


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (migration(LEVEL, RUN, before=ENDLESS), Outcome.TIMEOUT),
        (migration(LEVEL, FOR_EVER), Outcome.TIMEOUT),
        (migration(LEVEL, f'migrations.CreateModel("Many", [{MANY}]),'), Outcome.OUTPUT),
        (migration(LEVEL.replace('"none"', 'Lie("none")'), before=LIE), Outcome.OK),
        (migration("migrations.RunSQL(\"ATTACH '/tmp/stolen' AS other\"),"), Outcome.ERROR),
        (migration('migrations.RunSQL("PRAGMA writable_schema = 1"),'), Outcome.ERROR),
        (migration("migrations.RunSQL(\"SELECT load_extension('x')\"),"), Outcome.ERROR),
        ("raise SystemExit(0)", Outcome.ERROR),
        ("class Migration: operations = []\n", Outcome.ERROR),
    ],
)  # fmt: skip
def test_hostile_migrations_get_no_further_than_others(confined, text, outcome):
    seconds = 1.0 if outcome is Outcome.TIMEOUT else 10.0
    assert migrated(confined, text, 'migrate("club")', seconds=seconds).outcome is outcome


def test_the_schema_itself_cannot_be_written(sandbox):
    sly = migration("migrations.RunSQL(\"UPDATE sqlite_master SET sql = 'CREATE TABLE x(y)'\"),")
    assert migrated(sandbox, sly).error.message == "table sqlite_master may not be modified"


def test_without_migrations_there_is_no_migrate(sandbox):
    seen = asked(sandbox, "schema", {"club/models.py": MODELS}, 'migrate("club")')
    assert values(seen) == ["NameError"]
    assert "pending" not in seen.results[0].seen


def test_other_kinds_make_the_tables_from_the_models(sandbox):
    files = {"club/models.py": MODELS, SECOND: migration(LEVEL, after='("club", "0001_initial")')}
    seen = asked(sandbox, "calls", files, 'from club.models import Card\nCard.objects.create(number="A", author_id=1).points')
    assert values(seen) == [0]
    assert [one["model"] for one in left(seen)[0]["changes"]] == ["club.Card"]
