"""WOODSHED_UNSAFE_SANDBOX: for one person, on that person's machine, with a banner on every page."""

import pytest
from django.conf import settings as configured

from lessons import checking
from sandbox.client import Status
from tests.site.test_settings import KEY, manage, setting

UNSAFE = "site_config.unsafe"
BANNER = "This machine has no seccomp"
ASKED = {"WOODSHED_UNSAFE_SANDBOX": "1"}


@pytest.mark.parametrize(
    ("environment_of", "environment"),
    [
        ("local", {"DEBUG": "0"}),
        ("local", {"HOST": "0.0.0.0"}),  # noqa: S104
        ("local", {"HOST": "woodshed.example"}),
        ("production", {"SECRET_KEY": KEY, "ALLOWED_HOSTS": "woodshed.example"}),
    ],
    ids=str,
)
def test_no_site_that_others_can_reach_starts_with_it(tmp_path, environment_of, environment):
    result = manage("check", settings=environment_of, WOODSHED_DATA=str(tmp_path), **ASKED, **environment)
    assert result.returncode != 0
    assert "ImproperlyConfigured: WOODSHED_UNSAFE_SANDBOX lets code" in result.stderr


def test_it_is_off_until_it_is_asked_for(tmp_path):
    assert "unsafe" not in setting("WOODSHED_SANDBOX", WOODSHED_DATA=str(tmp_path))
    assert "'unsafe': True" in setting("WOODSHED_SANDBOX", WOODSHED_DATA=str(tmp_path), **ASKED)
    assert "OnlyThisMachine" in setting("MIDDLEWARE[0]", WOODSHED_DATA=str(tmp_path), **ASKED)


@pytest.fixture
def asked_for(settings):
    settings.MIDDLEWARE = [f"{UNSAFE}.OnlyThisMachine", *configured.MIDDLEWARE]
    (engine,) = configured.TEMPLATES
    processors = [*engine["OPTIONS"]["context_processors"], f"{UNSAFE}.banner"]
    settings.TEMPLATES = [engine | {"OPTIONS": engine["OPTIONS"] | {"context_processors": processors}}]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/lessons/models/first-querysets/", "/nowhere"])
@pytest.mark.parametrize(("level", "shown"), [("unsafe", True), ("full", False)])
def test_every_page_says_so_where_it_is_true(client, asked_for, monkeypatch, address, level, shown):
    monkeypatch.setattr(checking, "sandbox_status", lambda: Status(level))
    assert (BANNER in client.get(address).content.decode()) is shown


@pytest.mark.django_db
def test_another_machine_is_turned_away(client, asked_for):
    response = client.get("/", REMOTE_ADDR="192.0.2.7", headers={"Host": "localhost"})
    assert response.status_code == 403
    assert b"without a sandbox" in response.content
