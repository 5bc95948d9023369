"""A laptop: nothing to set up. DEBUG is on for "make dev" and by hand, and off for "make run" (DEBUG=0)."""

from ipaddress import ip_address

from django.core.management.utils import get_random_secret_key

from site_config.logs import configured

from .base import *

DEBUG = switch("DEBUG", default=True)
WOODSHED_DATA.mkdir(parents=True, exist_ok=True)


def _kept_secret_key() -> str:
    """A key of this laptop's own, made once: sessions outlive a restart, and no key is ever committed."""
    path = WOODSHED_DATA / "secret-key"
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(get_random_secret_key())
    except FileExistsError:
        pass
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", default="") or _kept_secret_key()


def _names(bound: str) -> list[str]:
    """What the site may be called when it listens at ``bound``, the address or name that "make run" was given as HOST.

    HOST=0.0.0.0 serves a room, and whoever can reach it may name it as they like. One that only this laptop can reach answers
    to its own names only: a page of another site could otherwise reach it through the laptop's browser, under a name of theirs.
    """
    ours = [".localhost", "127.0.0.1", "[::1]", bound]
    try:
        return ours if ip_address(bound.strip("[]")).is_loopback else ["*"]
    except ValueError:
        return ours


HOST = env.str("HOST", default="localhost")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=_names(HOST))
if unsafe_sandbox(debug=DEBUG, host=HOST):
    WOODSHED_SANDBOX["unsafe"] = True
    MIDDLEWARE = ["site_config.unsafe.OnlyThisMachine", *MIDDLEWARE]
    TEMPLATES[0]["OPTIONS"]["context_processors"].append("site_config.unsafe.banner")
WOODSHED_RELOAD_CONTENT = switch("WOODSHED_RELOAD_CONTENT", default=True)
LOGGING = configured(json=False, level=env.str("LOG_LEVEL", default="INFO"))
