"""Wrong answers to scaling/settings-per-environment."""

from sandbox.protocol import File
from tests.diagnosis.answers.answer import Answer, one, word


def settings(text: str) -> tuple[File, ...]:
    return one(text, "config/settings.py")


def production(text: str) -> tuple[File, ...]:
    return one(text, "config/settings/production.py")


def safe(text: str) -> tuple[File, ...]:
    """These lines, and what the starter of the exercise has."""
    (file,) = settings(text)
    (rest,) = settings(APPS_AND_MIDDLEWARE)
    return (File(file.path, f"{file.text}\n{rest.text}"),)


APPS_AND_MIDDLEWARE = """
    INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"]
    MIDDLEWARE = [
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ]
"""

ANSWERS = (
    Answer(
        "round brackets",
        "scaling/settings-per-environment#secret",
        settings("""
            import os

            SECRET_KEY = os.environ("SECRET_KEY")
            DEBUG = False
        """),
        "os.environ is like a dict: it is asked with square brackets and not called.",
        (("callable", "bracket", "cannot be called", "environ[", "called"),),
    ),
    Answer(
        "os not imported",
        "scaling/settings-per-environment#secret",
        settings("""
            SECRET_KEY = os.environ["SECRET_KEY"]
            DEBUG = False
        """),
        "os is not imported.",
        (("import", *word("os")),),
    ),
    Answer(
        "another variable",
        "scaling/settings-per-environment#secret",
        settings("""
            import os

            SECRET_KEY = os.environ["SECRET"]
            DEBUG = False
        """),
        "The variable is called SECRET_KEY, and SECRET is asked for.",
        (("'secret'", '"secret"', "`secret`", "<code>secret</code>", "“secret”", "no variable"),),
    ),
    Answer(
        "a number for a text",
        "scaling/settings-per-environment#switch-and-list",
        settings("""
            import os

            SECRET_KEY = os.environ["SECRET_KEY"]
            DEBUG = os.environ.get("DEBUG") == 1
            ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host]
        """),
        "The variable is a text, and no text equals the number 1, so DEBUG is never on.",
        (("text", "string", '"1"', "'1'", "“1”", "number", "never on", "always"),),
    ),
    Answer(
        "a list of one text",
        "scaling/settings-per-environment#switch-and-list",
        settings("""
            import os

            SECRET_KEY = os.environ["SECRET_KEY"]
            DEBUG = os.environ.get("DEBUG") == "1"
            hosts = os.environ.get("ALLOWED_HOSTS", "")
            ALLOWED_HOSTS = [hosts] if hosts else []
        """),
        "The text is put into a list as it is, and not split at its commas.",
        (("split", "comma", "separat", "one text", "one host", "one item", "single"),),
    ),
    Answer(
        "the text itself",
        "scaling/settings-per-environment#switch-and-list",
        settings("""
            import os

            SECRET_KEY = os.environ["SECRET_KEY"]
            DEBUG = os.environ.get("DEBUG", False)
            ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host]
        """),
        "DEBUG is the variable's text, such as '0', which counts as true.",
        (("text", "string", "'1'", '"1"', "'0'", '"0"', "“1”", "“0”", "true or false", "boolean"),),
    ),
    Answer(
        "split at the spaces",
        "scaling/settings-per-environment#switch-and-list",
        settings("""
            import os

            SECRET_KEY = os.environ["SECRET_KEY"]
            DEBUG = os.environ.get("DEBUG") == "1"
            ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "").split()
        """),
        "split() without an argument splits at white space, and the hosts are separated by commas.",
        (("split", "comma", "space", "separat", "one text", "one host", "one item", "single"),),
    ),
    Answer(
        "DEBUG stays on",
        "scaling/settings-per-environment#production",
        production("""
            from config.settings.base import *

            ALLOWED_HOSTS = ["books.example.com"]
            INSTALLED_APPS = [app for app in INSTALLED_APPS if app != "debugging"]
        """),
        "DEBUG is not switched off, so the value of base.py holds.",
        (("settings.debug", "debug is", "debug stays", "debug =", "debug on", *word("debug"), "`settings.debug`"),),
    ),
    Answer(
        "what remove gives",
        "scaling/settings-per-environment#production",
        production("""
            from config.settings.base import *

            DEBUG = False
            ALLOWED_HOSTS = ["books.example.com"]
            INSTALLED_APPS = INSTALLED_APPS.remove("debugging")
        """),
        "remove() changes the list and gives None, which is then the setting.",
        (("remove", "is none", "gives none", *word("none"), "nonetype"),),
    ),
    Answer(
        "a host without a list",
        "scaling/settings-per-environment#production",
        production("""
            from config.settings.base import *

            DEBUG = False
            ALLOWED_HOSTS = "books.example.com"
            INSTALLED_APPS = [app for app in INSTALLED_APPS if app != "debugging"]
        """),
        "ALLOWED_HOSTS is a text, and Django wants a list.",
        (("allowed_hosts",), ("list", "tuple")),
    ),
    Answer(
        "a module that is not found",
        "scaling/settings-per-environment#production",
        production("""
            from base import *

            DEBUG = False
            ALLOWED_HOSTS = ["books.example.com"]
            INSTALLED_APPS = [app for app in INSTALLED_APPS if app != "debugging"]
        """),
        "The module is config.settings.base, and base alone is not found.",
        (("base",), ("no module", "import", "not found", "no file", "config.settings.base")),
    ),
    Answer(
        "safe where it is not live",
        "scaling/settings-per-environment#safe",
        safe("""
            import os

            SECRET_KEY = os.environ["SECRET_KEY"]
            DEBUG = os.environ.get("DEBUG") == "1"
            ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host]

            SECURE_SSL_REDIRECT = DEBUG
            SESSION_COOKIE_SECURE = DEBUG
            CSRF_COOKIE_SECURE = DEBUG
        """),
        "The three are on where DEBUG is on; it was to be the other way round.",
        (
            (
                "not debug",
                "opposite",
                "other way",
                "wrong way",
                "turned round",
                "invert",
                "secure_ssl_redirect",
                "session_cookie_secure",
                "csrf_cookie_secure",
                "w008",
                "w012",
                "w016",
            ),
        ),
    ),
    Answer(
        "a misspelt setting",
        "scaling/settings-per-environment#safe",
        safe("""
            import os

            SECRET_KEY = os.environ["SECRET_KEY"]
            DEBUG = os.environ.get("DEBUG") == "1"
            ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host]

            SECURE_SSL_REDIRECT = not DEBUG
            SESSION_COOKIE_SECURE = not DEBUG
            CSRF_COOKIES_SECURE = not DEBUG
        """),
        "CSRF_COOKIE_SECURE is written CSRF_COOKIES_SECURE, so it is off.",
        (("csrf_cookie_secure", "csrf_cookies_secure", "w016", "csrf cookie"),),
    ),
    Answer(
        "no hosts",
        "scaling/settings-per-environment#safe",
        safe("""
            import os

            SECRET_KEY = os.environ["SECRET_KEY"]
            DEBUG = os.environ.get("DEBUG") == "1"

            SECURE_SSL_REDIRECT = not DEBUG
            SESSION_COOKIE_SECURE = not DEBUG
            CSRF_COOKIE_SECURE = not DEBUG
        """),
        "ALLOWED_HOSTS is forgotten, so it is empty where it is live.",
        (("allowed_hosts", "w020"),),
    ),
)
