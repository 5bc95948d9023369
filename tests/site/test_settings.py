"""The settings as processes meet them: each environment is started for real."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from site_config import threads

ROOT = Path(__file__).parents[2]
KEY = "a-long-text-that-nobody-could-guess-because-0123456789-abcdefgh"


def manage(*arguments: str, settings: str = "production", **environment: str) -> subprocess.CompletedProcess[str]:
    base = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": f"site_config.settings.{settings}"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=base | environment, capture_output=True, text=True, check=False
    )


def shell(code: str, settings: str = "production", **environment: str) -> str:
    return manage(
        "shell", "--no-imports", "-c", f"from django.conf import settings; {code}", settings=settings, **environment
    ).stdout.strip()


def setting(name: str, settings: str = "local", **environment: str) -> str:
    """A setting's value, without the rest of Django."""
    code = f"from django.conf import settings; print(settings.{name})"
    base = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": f"site_config.settings.{settings}"}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=base | environment, capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.mark.parametrize("key", ["", "too short"])
def test_production_does_not_start_without_a_secret_key(key):
    result = manage("check", SECRET_KEY=key)
    assert result.returncode != 0
    assert "ImproperlyConfigured: Set SECRET_KEY, or SECRET_KEY_FILE" in result.stderr


def test_production_says_when_the_secrets_file_cannot_be_read():
    result = manage("check", SECRET_KEY_FILE="/nowhere/secret")
    assert "SECRET_KEY_FILE names cannot be read" in result.stderr


def test_production_takes_its_secret_from_a_file(tmp_path):
    (tmp_path / "secret").write_text(f"{KEY}\n")
    assert shell("print(settings.SECRET_KEY)", SECRET_KEY_FILE=str(tmp_path / "secret")) == KEY


def test_the_deploy_check_is_clean(tmp_path):
    result = manage(
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        SECRET_KEY=KEY,
        ALLOWED_HOSTS="woodshed.example",
        WOODSHED_DATA=str(tmp_path),
    )
    assert (result.returncode, result.stdout) == (0, "System check identified no issues (0 silenced).\n")


def test_a_workshop_can_run_on_plain_http():
    code = "print(settings.SECURE_SSL_REDIRECT, settings.SESSION_COOKIE_SECURE, settings.SECURE_HSTS_SECONDS)"
    assert shell(code, SECRET_KEY=KEY, WOODSHED_HTTPS="0") == "False False 0"
    assert shell(code, SECRET_KEY=KEY) == "True True 31536000"


def test_a_switch_that_is_neither_on_nor_off_is_refused():
    assert "WOODSHED_HTTPS is 'maybe'" in manage("check", SECRET_KEY=KEY, WOODSHED_HTTPS="maybe").stderr


@pytest.mark.parametrize("environment", [{}, {"DEBUG": "0"}], ids=["dev", "run"])
def test_a_laptop_needs_nothing_set_up(tmp_path, environment):
    code = "print(len(settings.SECRET_KEY), settings.DEBUG)"
    first = shell(f"print(settings.SECRET_KEY); {code}", "local", WOODSHED_DATA=str(tmp_path), **environment)
    assert first == shell(f"print(settings.SECRET_KEY); {code}", "local", WOODSHED_DATA=str(tmp_path), **environment)
    assert first.endswith(f"50 {environment.get('DEBUG') != '0'}")
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_sqlite_waits_its_turn_and_does_not_block_readers(tmp_path):
    code = (
        "from django.db import connection as c; k = c.cursor(); "
        "pragmas = ('journal_mode', 'synchronous', 'busy_timeout', 'foreign_keys'); "
        "print([k.execute(f'PRAGMA {name}').fetchone()[0] for name in pragmas], "
        "c.transaction_mode, c.settings_dict['ATOMIC_REQUESTS'])"
    )
    assert shell(code, "local", WOODSHED_DATA=str(tmp_path)) == "['wal', 1, 10000, 1] IMMEDIATE False"


@pytest.mark.parametrize(
    ("cores", "asked", "slots", "line"),
    [
        (2, {"threads": 16}, 2, 11),
        (2, {"threads": 64}, 2, 50),
        (64, {"threads": 16}, 4, 9),
        (64, {"threads": 16, "slots": 11}, 11, 2),
        (64, {"threads": 16, "slots": 11, "line": 4}, 11, 4),
        (2, {"threads": 16, "line": 0}, 2, 0),
        (8, {"threads": 4}, 2, 1),
        (8, {"threads": 3}, 1, 1),
    ],
    ids=str,
)
def test_learners_code_leaves_threads_for_pages(monkeypatch, cores, asked, slots, line):
    monkeypatch.setattr(threads, "cores", lambda: cores)
    assert threads.shared(**asked) == (slots, line)


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        (
            {"THREADS": "16", "WOODSHED_RUNS": "8", "WOODSHED_LINE": "8"},
            "With 16 threads (THREADS), 8 runs at once (WOODSHED_RUNS) and 8 waiting",
        ),
        ({"WOODSHED_RUNS": "64"}, "There must be more threads than both together"),
        ({"THREADS": "2"}, "There must be more threads than both together"),
        ({"THREADS": "many"}, "THREADS is 'many'. It must be a whole number"),
        ({"WOODSHED_RUNS": "-1"}, "WOODSHED_RUNS is '-1'. It must be a whole number"),
    ],
    ids=str,
)
def test_a_site_whose_every_thread_could_run_learners_code_does_not_start(environment, words):
    answer = manage("check", settings="local", **environment)
    assert answer.returncode != 0
    assert words in answer.stderr


def test_the_sandbox_is_told_how_the_threads_are_shared():
    told = setting("WOODSHED_SANDBOX", THREADS="12", WOODSHED_RUNS="2", WOODSHED_PATIENCE="3")
    assert told == str({"slots": 2, "line": 8, "patience": 3.0})


@pytest.mark.parametrize(
    ("environment", "names"),
    [
        ({}, [".localhost", "127.0.0.1", "[::1]", "localhost"]),
        ({"HOST": "127.0.0.1"}, [".localhost", "127.0.0.1", "[::1]", "127.0.0.1"]),
        ({"HOST": "[::1]"}, [".localhost", "127.0.0.1", "[::1]", "[::1]"]),
        ({"HOST": "127.9.9.9"}, [".localhost", "127.0.0.1", "[::1]", "127.9.9.9"]),
        ({"HOST": "laptop.example"}, [".localhost", "127.0.0.1", "[::1]", "laptop.example"]),
        ({"HOST": "0.0.0.0"}, ["*"]),  # noqa: S104  nothing is bound
        ({"HOST": "192.0.2.7"}, ["*"]),
        ({"HOST": "127.0.0.1", "ALLOWED_HOSTS": "a,b"}, ["a", "b"]),
    ],
    ids=str,
)
def test_a_laptop_answers_to_any_name_only_when_others_can_reach_it(tmp_path, environment, names):
    assert setting("ALLOWED_HOSTS", WOODSHED_DATA=str(tmp_path), **environment) == str(names)


@pytest.mark.parametrize(("database", "alone"), [({}, "True"), ({"DATABASE_URL": "postgres://shared.example/woodshed"}, "False")])
def test_only_a_database_file_makes_a_process_alone(tmp_path, database, alone):
    assert setting("WOODSHED_ALONE", WOODSHED_DATA=str(tmp_path), **database) == alone


@pytest.mark.parametrize(
    ("given", "folder"), [("", "None"), ("  ", "None"), ("previews", str(ROOT / "previews")), ("/srv/x", "/srv/x")]
)
def test_previews_are_off_until_their_folder_is_named(tmp_path, given, folder):
    assert setting("WOODSHED_PREVIEWS", WOODSHED_DATA=str(tmp_path), WOODSHED_PREVIEWS=given) == str(folder)


def test_mail_is_sent_only_where_there_is_a_server_for_it_and_the_site_has_a_name():
    code = "print(settings.WOODSHED_MAIL, settings.DEFAULT_FROM_EMAIL)"
    named = {"SECRET_KEY": KEY, "ALLOWED_HOSTS": "learn.example"}
    assert shell(code, **named) == "False woodshed@learn.example"
    assert shell(code, SMTP_HOST="mail.example", **named) == "True woodshed@learn.example"
    assert shell(code, SMTP_HOST="mail.example", SMTP_FROM="a@b.example", **named) == "True a@b.example"


@pytest.mark.parametrize("names", ["", "*", "learn.example,*"])
def test_mail_with_links_to_any_name_that_is_asked_for_is_refused(names):
    answer = manage("check", SECRET_KEY=KEY, ALLOWED_HOSTS=names, SMTP_HOST="mail.example")
    assert answer.returncode != 0
    assert "SMTP_HOST needs the site's names in ALLOWED_HOSTS" in answer.stderr


@pytest.mark.parametrize(("given", "trusted"), [({}, "0"), ({"WOODSHED_PROXY": "1"}, "1")])
def test_an_address_that_is_forwarded_counts_only_behind_a_proxy(given, trusted):
    assert setting("ALLAUTH_TRUSTED_PROXY_COUNT", "production", SECRET_KEY=KEY, **given) == trusted


def test_the_log_is_json_in_production_with_request_and_user(tmp_path):
    static = tmp_path / "static"  # the project's own may be collected anew just now, for a site that another test starts
    static.mkdir()
    code = (
        "from django.test import Client; from django.core.management import call_command; call_command('migrate', verbosity=0); "
        f"from django.conf import settings; settings.STATIC_ROOT = {str(static)!r}; "
        "Client().get('/robots.txt', headers={'X-Request-ID': 'from-the-proxy'})"
    )
    result = manage(
        "shell",
        "--no-imports",
        "-c",
        code,
        SECRET_KEY=KEY,
        WOODSHED_HTTPS="0",
        ALLOWED_HOSTS="testserver",
        WOODSHED_DATA=str(tmp_path),
    )
    line = result.stderr.strip().splitlines()[-1]
    for part in (
        '"request_id": "from-the-proxy"',
        '"user_id": null',
        '"path": "/robots.txt"',
        '"status": 200',
        '"level": "info"',
    ):
        assert part in line
