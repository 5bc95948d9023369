"""The settings observer, and the bare zygote it runs from: a learner's settings are the first that Django is set up with."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox import client
from sandbox.client import Sandbox
from sandbox.protocol import FILE, File, Job, Observation, Outcome, Step
from tests.sandbox.attacks.zygotes import LEVELS
from tests.sandbox.conftest import WORLDS, until

APPS = ["django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"]
WHOLE = f"""import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = os.environ["SECRET_KEY"]
DEBUG = os.environ.get("DEBUG") == "1"
ALLOWED_HOSTS = ["example.com"]
INSTALLED_APPS = {[*APPS, "django.contrib.messages", "django.contrib.staticfiles"]!r}
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [{{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {{
        "context_processors": [
            "django.template.context_processors.request",
            "django.contrib.auth.context_processors.auth",
            "django.contrib.messages.context_processors.messages",
        ]
    }},
}}]
DATABASES = {{"default": {{"ENGINE": "django.db.backends.postgresql", "NAME": "shop"}}}}
LANGUAGE_CODE = "de"
STATIC_URL = "static/"
ROOT_URLCONF = "config.urls"
"""
URLS = "from django.contrib import admin\nfrom django.urls import path\nurlpatterns = [path('admin/', admin.site.urls)]"
LONG = "environ(SECRET_KEY='the quick brown fox jumps over the lazy dog, twice')\n"


def job(text: str, *probes: str, given: Any = (), **also: Any) -> Job:
    options = {"probes": list(probes), "given": [["config/urls.py", URLS], *given]}
    return Job(observer="settings", world="library", files=(File("config/settings.py", text),), options=options, **also)


@pytest.fixture
def steps(sandbox: Sandbox) -> Callable[..., list[Step]]:
    def steps(text: str, *probes: str, **also: Any) -> list[Step]:
        observation = sandbox.run(job(text, *probes, **also))
        assert observation.outcome is Outcome.OK, observation
        return [step for step in observation.results[0].steps if step.asked]

    return steps


def test_settings_are_read_in_the_environment_of_the_probe(steps):
    text = "import os\nNAME = os.environ.get('NAME', 'nobody')"
    probe = "settings.NAME\nenviron(NAME='Ada')\nsettings.NAME\nenviron()\nsettings.NAME"
    assert [step.seen["value"] for step in steps(text, probe, probe)] == ["nobody", "Ada", "nobody"] * 2


def test_the_environment_holds_nothing_of_the_sites(steps):
    (step,) = steps("import os\nNAMES = sorted(os.environ)", "settings.NAMES")
    assert step.seen == {"value": ["list", ["DJANGO_SETTINGS_MODULE"]]}


def test_djangos_defaults_are_there(steps):
    assert steps("", "settings.SESSION_COOKIE_SECURE")[0].seen == {"value": False}


def test_what_the_settings_raise_is_an_answer(steps):
    raised = steps("import os\nSECRET_KEY = os.environ['SECRET_KEY']", "settings.DEBUG")[0].error
    assert (raised.type, raised.path, raised.line) == ("KeyError", "config/settings.py", 2)


def test_another_module_can_be_named(steps):
    given = [["config/production.py", "from config.settings import *\nB = 2"]]
    probe = "environ(DJANGO_SETTINGS_MODULE='config.production')\n(settings.A, settings.B)"
    assert steps("A = 1", probe, given=given)[0].seen == {"value": ["tuple", [1, 2]]}


def test_the_checks_find_what_they_find_in_a_whole_project_and_find_it_again(steps):
    found = steps(WHOLE, f"{LONG}check_deploy()\ncheck_deploy()", "environ(SECRET_KEY='s', DEBUG='1')\ncheck_deploy()")
    first, second, third = (step.seen["value"][1] for step in found)
    assert first == second
    assert {"security.W004", "security.W008", "security.W012", "security.W003"} <= set(first)
    assert set(third) - set(first) == {"security.W009", "security.W018"}
    assert {one["id"] for one in found[0].seen["findings"]} == set(first)


def test_settings_that_django_cannot_be_set_up_with_do_not_spoil_the_next(steps):
    probe = f"environ(APPS='nowhere')\ncheck_deploy()\n{LONG}check_deploy()"
    text = WHOLE.replace("INSTALLED_APPS = ", "INSTALLED_APPS = [os.environ['APPS']] if 'APPS' in os.environ else ").replace(
        'os.environ["SECRET_KEY"]', 'os.environ.get("SECRET_KEY", "s")'
    )
    broken, whole = steps(text, probe)
    assert broken.error.type == "ModuleNotFoundError"
    assert "security.W004" in whole.seen["value"][1]


def test_what_is_silenced_is_not_found(steps):
    text = WHOLE + "\nSILENCED_SYSTEM_CHECKS = ['security.W004']"
    assert "security.W004" not in steps(text, f"{LONG}check_deploy()")[0].seen["value"][1]


def test_databases_without_a_default_are_refused_as_django_does(steps):
    text = WHOLE + "\nDATABASES = {'other': {'ENGINE': 'django.db.backends.postgresql'}}"
    assert steps(text, f"{LONG}check_deploy()")[0].error.type == "ImproperlyConfigured"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("while True: pass", Outcome.TIMEOUT),
        ("raise SystemExit(0)", Outcome.ERROR),
        ("import os\nos._exit(0)", Outcome.CRASHED),
        ("A = [[0]] * 10**6", Outcome.OUTPUT),
        ("A = (", Outcome.ERROR),
        ("class A:\n    def __repr__(self): raise SystemExit", Outcome.OK),
    ],
)
def test_hostile_settings_end_their_own_run(sandbox, text, outcome):
    assert sandbox.run(job(text, "settings.A", seconds=1.0)).outcome is outcome


def test_an_escape_is_as_closed_as_elsewhere(steps):
    for code in ("open('/etc/passwd')", "__import__('socket').socket()", "__import__('os').fork()"):
        assert steps(f"def A(): return {code}", "settings.A()")[0].error.type == "PermissionError"


# The bare zygote


@pytest.fixture
def own() -> Iterator[Sandbox]:
    made = Sandbox(WORLDS)
    made.status()
    yield made
    made.stop()


def ask(own: Sandbox) -> Observation:
    return own.run(job("A = 1", "settings.A"))


def test_it_starts_when_it_is_first_needed_and_is_another_process(own):
    rows = Job(observer="rows", world="library", files=(File(FILE, "[1]"),))
    assert own.run(rows).outcome is Outcome.OK
    before = own.bare.pid
    assert ask(own).outcome is Outcome.OK
    assert before is None
    assert own.bare.pid not in (None, own.pid)
    assert own.bare.status().level == own.status().level


def test_it_is_started_again_after_its_death_and_the_first_one_lives_on(own):
    ask(own)
    first, dead = own.pid, own.bare.pid
    os.kill(dead, signal.SIGKILL)
    assert ask(own).outcome is Outcome.OK
    assert own.bare.pid != dead
    assert own.pid == first


def test_it_ends_with_its_sandbox_and_is_not_started_again(own):
    ask(own)
    pid = own.bare.pid
    own.stop()
    until(lambda: not Path(f"/proc/{pid}").exists())
    assert ask(own).outcome is Outcome.UNAVAILABLE


def test_its_runs_take_the_places_of_all_runs():
    own = Sandbox(WORLDS, slots=1, line=0)
    try:
        with own._slots(1):
            assert ask(own).outcome is Outcome.BUSY
    finally:
        own.stop()


def test_a_canary_that_escapes_refuses_it(own, monkeypatch):
    monkeypatch.setattr(
        client, "BOOT", client.BOOT.replace("zygote.main(", "zygote.run.lockdown.before_code = lambda *_: None; zygote.main(")
    )
    assert ask(own).outcome is Outcome.UNAVAILABLE
    assert own.bare.status().level == "refused"


@pytest.mark.parametrize("level", LEVELS)
def test_the_checks_of_a_whole_project_open_no_file(level, monkeypatch):
    monkeypatch.setattr(client, "BOOT", client.BOOT.replace("zygote.main(", f"{LEVELS[level]}; zygote.main("))
    own = Sandbox(WORLDS)
    try:
        (result,) = own.run(job(WHOLE, f"{LONG}check_deploy()")).results
        assert own.bare.status().level == level
        assert "security.W004" in result.steps[0].seen["value"][1]
    finally:
        own.stop()
