"""Database: an answer writes, and what it leaves is seen, transaction by transaction."""

import pytest

from tests.sandbox.probing import asked, changes, image, left, steps, values


@pytest.fixture
def write(sandbox):
    def write(code, *probes, **also):
        return asked(sandbox, "database", {"answer.py": code}, *probes, **also)

    return write


def inside(*lines):
    """Code that runs in a transaction, behind what the tests import."""
    return "from django.db import transaction\nwith transaction.atomic():\n" + "".join(f"    {line}\n" for line in lines)


def added(name):
    return {"model": "library.Author", "change": "added", "values": {"name": name, "born": None}}


CREATE = "Author.objects.create(name='x')"
FAILS_INSIDE = inside(
    CREATE, "try:", "    with transaction.atomic():", "        Author.objects.create(name='y')", "        1 / 0"
)
SAVEPOINT = FAILS_INSIDE + "    except ZeroDivisionError: pass\n"


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        (CREATE, [added("x")]),
        ("Author.objects.count()", []),
        (inside(CREATE), [added("x")]),
        (inside(CREATE, "transaction.set_rollback(True)"), []),
        (f"try:\n    {inside(CREATE, '1 / 0').replace(chr(10), chr(10) + '    ')}\nexcept ZeroDivisionError: pass", []),
        (SAVEPOINT, [added("x")]),
        (f"from django.db import transaction\ntransaction.set_autocommit(False)\n{CREATE}", []),
        (f"from django.db import transaction\ntransaction.set_autocommit(False)\n{CREATE}\ntransaction.commit()", [added("x")]),
        (f"from django.db import transaction\ntransaction.atomic().__enter__()\n{CREATE}", []),
        (inside(CREATE, f"transaction.on_commit(lambda: {CREATE})"), [added("x")] * 2),
        (inside(f"transaction.on_commit(lambda: {CREATE})", "transaction.set_rollback(True)"), []),
    ],
    ids=range(11),
)
def test_what_was_committed_is_there(write, code, rows):
    assert changes(write(code)) == rows


def test_without_probes_there_is_one_step(write):
    seen = write("Book.objects.filter(pk=1).update(lent=True)\nBook.objects.filter(pk=2).delete()")
    (end,) = steps(seen)
    assert (end.asked, end.queries) == ("", 2)
    assert [change["change"] for change in end.seen["changes"]] == ["changed", "removed"]


def test_probes_are_asked_afterwards_one_upon_the_other(write):
    code = f"{CREATE}\ndef add(name): return Author.objects.create(name=name).pk"
    seen = write(code, "Author.objects.count()\nadd('a')", "add('b')\nAuthor.objects.count()")
    assert values(seen) == [7, 8, 9, 9]
    assert [change["values"]["name"] for change in changes(seen)] == ["x", "a", "b"]
    assert [step.queries for step in steps(seen)] == [1, 1, 1, 1, 1]


def test_a_probe_finds_only_what_was_committed(write):
    seen = write(
        f"from django.db import transaction\ntransaction.atomic().__enter__()\n{CREATE}", CREATE, "Author.objects.count()"
    )
    assert values(seen)[1] == 7
    assert len(changes(seen)) == 1


def test_mail_and_tasks_are_sent_when_the_transaction_is_committed(write):
    mail = "transaction.on_commit(lambda: mail.send_mail('Hello', '', 'a@b.org', ['c@d.org']))"
    for ends, subjects in (("pass", ["Hello"]), ("transaction.set_rollback(True)", [])):
        seen = write("from django.core import mail\n" + inside(mail, ends))
        assert [message["subject"] for message in left(seen)[0]["mail"]] == subjects


def test_statements_say_where_transactions_begin_and_end(write):
    seen = write(SAVEPOINT + "\nAuthor.objects.update(born=1)")
    found = [(statement.sql.partition(' "')[0], statement.line, statement.counts) for statement in seen.results[0].statements]
    assert found == [
        ("BEGIN", 2, False),
        ("INSERT INTO", 3, True),
        ("SAVEPOINT", 5, False),
        ("INSERT INTO", 6, True),
        ("ROLLBACK TO SAVEPOINT", 5, False),
        ("RELEASE SAVEPOINT", 5, False),
        ("COMMIT", 2, False),
        ("UPDATE", 10, True),
    ]
    assert write(inside(CREATE, "transaction.set_rollback(True)")).results[0].statements[-1].sql == "ROLLBACK"


def test_an_answer_that_raises_is_an_error(write):
    seen = write(f"{CREATE}\n1 / 0")
    assert (seen.outcome, seen.error.type, seen.error.line, seen.results) == ("error", "ZeroDivisionError", 2, ())


def test_a_constraint_is_an_error_on_the_line_that_broke_it(write):
    seen = write("Book.objects.filter(pk=1).update(title=None)")
    assert (seen.error.type, seen.error.line) == ("IntegrityError", 1)


def test_what_the_setup_writes_is_no_change(write):
    assert changes(write("Author.objects.filter(name='s').update(born=2)", setup="Author.objects.create(name='s')")) == [
        {"model": "library.Author", "change": "changed", "pk": 7, "values": {"born": 2}}
    ]


def test_nothing_is_left_from_one_database_to_the_next(write, sandbox):
    code = f"from django.db import transaction\ntransaction.atomic().__enter__()\n{CREATE}\nAuthor.objects.filter(pk=1).delete()"
    seen = write(code, "Author.objects.filter(pk=1).delete()[1]", databases=(image(sandbox),) * 2)
    one, other = (result.steps for result in seen.results)
    assert one == other
    assert len(one[-1].seen["changes"]) == 3


@pytest.mark.parametrize(
    ("code", "outcome", "limit"),
    [
        ("exit()", "error", ""),
        ("while True: pass", "timeout", "1 second"),
        ("Author.objects.bulk_create(Author(name='x') for n in range(10_001))", "output", "10,000 changed rows"),
        ("Author.objects.update(name='x' * 5_000_000)", "ok", ""),
        ("from django.db import connection\nconnection.connection = None", "error", ""),
        ("from django.db import connection\nconnection.cursor().execute('DROP TABLE library_book')", "ok", ""),
        ("import sqlite3\nsqlite3.register_converter('bool', lambda b: [])\nBook.objects.update(lent=True)", "error", ""),
        ("Book._meta.db_table = 'other'\nBook.objects.update(lent=True)", "error", ""),
        ("Author.objects.count = None\nAuthor._meta.local_concrete_fields = 7", "error", ""),
    ],
)
def test_a_learner_who_does_not_mean_well_gets_an_end(write, code, outcome, limit):
    seen = write(code, seconds=1.0)
    assert (seen.outcome, seen.limit) == (outcome, limit)
