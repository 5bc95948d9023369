"""Right answers to exercises on settings."""

from tests.diagnosis.answers.answer import one
from tests.diagnosis.right.answer import Right

RIGHT = (
    Right(
        "scaling/settings-per-environment#switch-and-list",
        "a dict for the switch, and white space taken off",
        one(
            """
            import os

            SECRET_KEY = os.environ["SECRET_KEY"]
            DEBUG = {"1": True}.get(os.environ.get("DEBUG"), False)
            ALLOWED_HOSTS = list(filter(None, map(str.strip, os.environ.get("ALLOWED_HOSTS", "").split(","))))
            """,
            "config/settings.py",
        ),
    ),
    Right(
        "scaling/settings-per-environment#switch-and-list",
        "patterns for both",
        one(
            """
            import os
            import re

            SECRET_KEY = os.environ["SECRET_KEY"]
            DEBUG = bool(re.fullmatch("1", os.environ.get("DEBUG", "")))
            ALLOWED_HOSTS = re.findall("[^,]+", os.environ.get("ALLOWED_HOSTS", ""))
            """,
            "config/settings.py",
        ),
    ),
    Right(
        "scaling/settings-per-environment#production",
        "the names taken over one by one",
        one(
            """
            from config.settings import base

            globals().update({name: value for name, value in vars(base).items() if name.isupper()})
            DEBUG = False
            ALLOWED_HOSTS = ["books.example.com"]
            INSTALLED_APPS = list(base.INSTALLED_APPS)
            del INSTALLED_APPS[INSTALLED_APPS.index("debugging")]
            """,
            "config/settings/production.py",
        ),
    ),
)
