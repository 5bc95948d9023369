"""SQLite: what SQL can reach, and how much of anything it can make."""

from tests.sandbox.attacks.attack import ERROR, OK, Attack

ABOUT = "sqlite"
FILES = ("database", "landlock", "seccomp")
DATABASE = ("database",)
BOMB = {"ok", "timeout", "error", "memory", "crashed"}


def bomb(name: str, statement: str, *, ends: set[str] | frozenset[str] = BOMB) -> Attack:
    return Attack(name, ABOUT, f"sql({statement!r})\n[]", ends, seconds=0.8)


ATTACKS = [
    Attack(
        "attaches the site's database",
        ABOUT,
        "sql('ATTACH %s AS site', SECRETS[1])\nsql('SELECT * FROM site.accounts_user')",
        ERROR,
        FILES,
    ),
    Attack(
        "attaches a new database",
        ABOUT,
        "sql('ATTACH %s AS other', FOLDER + '/left')\nsql('CREATE TABLE other.t (x)')\n[]",
        ERROR,
        FILES,
    ),
    Attack(
        "attaches by a name that is an address",
        ABOUT,
        "sql(\"ATTACH 'file:left?mode=memory&cache=shared' AS other\")\n[]",
        ERROR,
        DATABASE,
    ),
    Attack("attaches memory", ABOUT, "sql(\"ATTACH ':memory:' AS other\")\n[]", ERROR, DATABASE),
    Attack("detaches", ABOUT, "sql('DETACH main')\n[]", ERROR),
    Attack(
        "writes a copy of the database",
        ABOUT,
        """sql('VACUUM INTO %s', FOLDER + '/left')
[]""",
        ERROR,
        FILES,
    ),
    Attack(
        "writes a copy by the backup interface",
        ABOUT,
        """import sqlite3
from django.db import connection
connection.connection.backup(sqlite3.connect(FOLDER + '/left'))
[]""",
        ERROR,
        ("landlock", "seccomp"),
    ),
    Attack("loads an extension by SQL", ABOUT, "sql('SELECT load_extension(%s)', VICTIM)", ERROR),
    Attack(
        "loads an extension by Python",
        ABOUT,
        """from django.db import connection
inner = connection.connection
if not hasattr(inner, 'load_extension'):
    raise PermissionError('none')
inner.enable_load_extension(True)
inner.load_extension(VICTIM)
[]""",
        ERROR,
    ),
    Attack("asks for the pointer of a tokenizer", ABOUT, "sql(\"SELECT hex(fts3_tokenizer('simple'))\")", ERROR),
    Attack("gives a tokenizer a pointer of its own", ABOUT, "sql(\"SELECT fts3_tokenizer('left', x'4141414141414141')\")", ERROR),
    Attack(
        "makes virtual tables",
        ABOUT,
        """sql('CREATE VIRTUAL TABLE left_ USING fts4(x)')
[]""",
        ERROR,
        DATABASE,
    ),
    Attack(
        "writes the schema",
        ABOUT,
        """sql('PRAGMA writable_schema = ON')
sql("UPDATE sqlite_master SET sql = 'CREATE TABLE x (y)' WHERE name = 'library_book'")
[]""",
        ERROR,
        DATABASE,
    ),
    Attack(
        "writes a schema that lies",
        ABOUT,
        """sql("INSERT INTO sqlite_master VALUES ('table', 'x', 'x', 2, 'CREATE TABLE x (y)')")
[]""",
        ERROR,
    ),
    Attack(
        "sets what only its owner may",
        ABOUT,
        """pragmas = '''
    temp_store_directory='/tmp' data_store_directory='/tmp' temp_store=1 mmap_size=99999999 journal_mode=OFF threads=8
    cache_size=9999999 trusted_schema=ON cell_size_check=OFF hard_heap_limit=0 soft_heap_limit=0 page_size=65536
    secure_delete=ON user_version=7 wal_checkpoint recursive_triggers=ON synchronous=OFF locking_mode=EXCLUSIVE
    max_page_count=9 schema_version=7 incremental_vacuum'''
done = [one for one in pragmas.split() if "not authorized" not in tried(lambda: sql("PRAGMA " + one))]
if not done:
    raise PermissionError("none")
done""",
        ERROR,
        DATABASE,
    ),
    Attack(
        "reads pragmas as tables",
        ABOUT,
        "sql('SELECT * FROM pragma_database_list')\nsql('SELECT * FROM pragma_compile_options')",
        ERROR,
    ),
    Attack(
        "reads the pages of the database",
        ABOUT,
        "each(lambda: sql('SELECT * FROM sqlite_dbpage'), lambda: sql('SELECT * FROM dbstat'))",
        OK,
    ),
    Attack(
        "takes the guard away and goes for the files",
        ABOUT,
        """import sqlite3
from django.db import connection
inner = connection.connection
inner.set_authorizer(None)
inner.set_progress_handler(None, 0)
inner.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 10)
def attach(path):
    inner.execute("ATTACH ? AS a", [path])
    return inner.execute("SELECT * FROM a.accounts_user").fetchall()
each(lambda: attach(SECRETS[1]), lambda: attach(FOLDER + "/left"), lambda: inner.execute("VACUUM INTO ?", [FOLDER + "/left"]))""",
        OK,
        ("landlock", "seccomp"),
    ),
    Attack(
        "has its temporary files on the disk",
        ABOUT,
        """from django.db import connection
inner = connection.connection
inner.set_authorizer(None)
inner.execute("PRAGMA temp_store = 1")
inner.execute("PRAGMA temp_store_directory = '" + FOLDER + "'")
inner.execute("PRAGMA cache_size = 1")
numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000)"
sql(numbers + " SELECT i, randomblob(300) r FROM n ORDER BY r")[:1]""",
        {"error", "ok"},
    ),
    Attack(
        "opens databases of its own",
        ABOUT,
        "import sqlite3\n[sqlite3.connect(FOLDER + '/left').execute('CREATE TABLE t (x)')]",
        ERROR,
        ("landlock", "seccomp"),
    ),
    Attack(
        "reads a database from bytes that lie",
        ABOUT,
        """from django.db import connection
import random
inner = connection.connection
image = bytearray(inner.serialize())
rng = random.Random(1)
for _ in range(200):
    broken = bytearray(image)
    for _ in range(40): broken[rng.randrange(len(broken))] = rng.randrange(256)
    try:
        inner.deserialize(bytes(broken))
        for (name,) in inner.execute("SELECT name FROM sqlite_master").fetchall():
            inner.execute(f'SELECT * FROM "{name}" ORDER BY 2').fetchall()
    except Exception:
        continue
[]""",
        {"ok", "crashed", "error", "timeout"},
    ),
    Attack(
        "has Python called by SQL for ever",
        ABOUT,
        """from django.db import connection
def f(x):
    while True: pass
connection.connection.create_function('f', 1, f)
sql('SELECT f(1)')""",
        {"timeout"},
        seconds=0.8,
    ),
    bomb("counts without end", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"),
    bomb(
        "joins everything with everything",
        "SELECT count(*) FROM " + ", ".join(["(SELECT id FROM library_book)"] * 12),  # noqa: S608
    ),
    bomb("makes a blob of a gigabyte", "SELECT randomblob(1000000000), zeroblob(1000000000)", ends=ERROR),
    bomb(
        "makes blobs in one step",
        "SELECT sum(length(hex(randomblob(4000000)))) FROM library_book a, library_book b, library_book c",
    ),
    bomb("pads a text", "SELECT printf('%.*c', 2000000000, 'x'), format('%999999999d', 1)"),
    bomb("compares a pattern that goes back and back", "SELECT printf('%.*c', 40000, 'a') LIKE '" + "%a" * 200 + "b'"),
    bomb("globs a pattern that goes back and back", "SELECT printf('%.*c', 40000, 'a') GLOB '" + "*a" * 200 + "b'"),
    bomb(
        "replaces each letter by many",
        "SELECT length(replace(replace(hex(zeroblob(100000)), '0', hex(zeroblob(1000))), '0', hex(zeroblob(1000))))",
    ),
    bomb(
        "strings together without end",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT group_concat(hex(randomblob(1000))) FROM n",
    ),
    bomb("nests JSON in SQL", "SELECT json('" + "[" * 3000 + "]" * 3000 + "')", ends=ERROR),
    bomb(
        "has JSON walk without end",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 30000) "
        "SELECT count(*) FROM json_tree((SELECT json_group_array(i) FROM n)) a, json_tree((SELECT json_group_array(i) FROM n)) b",
    ),
    bomb(
        "fills its own tables",
        "INSERT INTO library_author (name) "
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT hex(randomblob(10000)) FROM n",
    ),
    bomb(
        "sorts more than there is room for",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT hex(randomblob(1000)) r FROM n ORDER BY r",
    ),
    bomb("nests expressions", "SELECT " + "(" * 5000 + "1" + ")" * 5000, ends={"error"}),
    bomb(
        "adds up what is joined",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 9000000) "
        "SELECT max(i), sum(i * i) FROM n JOIN library_book",
    ),
    bomb(
        "has a window as wide as the rows",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 60000) "
        "SELECT max(group_concat(i) OVER (ORDER BY i ROWS BETWEEN 9999 PRECEDING AND CURRENT ROW)) FROM n",
        ends={"timeout", "error", "memory", "crashed"},
    ),
]
