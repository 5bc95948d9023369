"""What every environment shares. The environment is read here and in the modules beside this one, and nowhere else."""

from ipaddress import ip_address
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from site_config.threads import shared

BASE_DIR = Path(__file__).resolve().parents[2]

env = environ.FileAwareEnv()
"""Reads ``SECRET_KEY`` from the file named by ``SECRET_KEY_FILE`` when that is set, and so with every other name."""


def switch(name: str, *, default: bool) -> bool:
    """A setting that is on or off. django-environ would read a misspelt "true" as off, which may be the unsafe side."""
    value = env.str(name, default="").strip().lower()
    if value not in {"", *TRUE, *FALSE}:
        raise ImproperlyConfigured(f"{name} is {value!r}. It must be one of {', '.join((*TRUE, *FALSE))}.")
    return value in TRUE if value else default


TRUE, FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


def number[T](name: str, default: T) -> int | T:
    """A setting that counts something."""
    value = env.str(name, default="").strip()
    if value and not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}. It must be a whole number.")
    return int(value) if value else default


def unsafe_sandbox(*, debug: bool, host: str) -> bool:
    """Whether code may run where the kernel has no seccomp: a person's own, on that person's own machine."""
    if not switch("WOODSHED_UNSAFE_SANDBOX", default=False):
        return False
    if not debug or not loopback(host):
        raise ImproperlyConfigured(
            "WOODSHED_UNSAFE_SANDBOX lets code that is typed into the site do whatever you can do. "
            "It is for trying things on your own machine: with DEBUG on, and listening on 127.0.0.1 or localhost only."
        )
    return True


def loopback(host: str) -> bool:
    """Whether only this machine can reach what listens there."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


# Everything the site writes goes into this one folder, so that a container needs one volume.
WOODSHED_DATA = Path(env.str("WOODSHED_DATA", default=str(BASE_DIR / "var"))).resolve()
WOODSHED_CONTENT = Path(env.str("WOODSHED_CONTENT", default=str(BASE_DIR / "content"))).resolve()
WOODSHED_RELOAD_CONTENT = False
# The folder whose subfolders are shown by link as previews of the course; None: there are none.
PREVIEWS = env.str("WOODSHED_PREVIEWS", default="").strip()
WOODSHED_PREVIEWS = Path(PREVIEWS).resolve() if PREVIEWS else None

DEBUG = False
ALLOWED_HOSTS: list[str] = []

INSTALLED_APPS = [
    "site_config.apps.Admin",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth.account",
    "allauth.socialaccount",  # its tables are always there: see docs/decisions.md
    "accounts",
    "lessons",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # before gzip: its files are compressed already
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",  # inside gzip, which adds chance bytes
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "site_config.middleware.RequestLog",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "site_config.previews.Previews",  # after those that say who asks, and whether htmx does
]

ROOT_URLCONF = "site_config.urls"
WSGI_APPLICATION = "site_config.wsgi.application"
CSRF_FAILURE_VIEW = "lessons.views.errors.csrf_failure"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # An exercise kind keeps its panels in its own folder: rows/panels.html.
        "DIRS": [BASE_DIR / "templates", BASE_DIR / "lessons" / "kinds"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "site_config.previews.banner",
                "site_config.themes.theme",
                "lessons.views.review.due",
            ],
        },
    },
]

SQLITE_OPTIONS = {
    # Readers and the one writer do not wait for each other; a crash of the machine may cost the last commits, not the file.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    # A transaction that reads first and writes later would fail at once under WAL instead of waiting for its turn.
    "transaction_mode": "IMMEDIATE",
    "timeout": 10,
}
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{WOODSHED_DATA / 'woodshed.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
# Replicas share a database server; a file is one process's own, so whatever check it holds as pending at a start was lost.
WOODSHED_ALONE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
# No transaction may be open while a learner's code runs.
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "django.contrib.auth.backends.ModelBackend",  # which every guest's session names
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "lessons:shelf"
LOGOUT_REDIRECT_URL = "lessons:shelf"
# A guest has nothing but this cookie to come back with.
SESSION_COOKIE_AGE = 365 * 24 * 60 * 60
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60

# Accounts, by django-allauth. A guest is signed in too, so being that keeps nobody from logging in or signing up.
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "accounts.adapters.SocialAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.LogIn",
    "signup": "accounts.forms.SignUp",
    "change_password": "accounts.forms.ChangePassword",
    "set_password": "accounts.forms.SetPassword",
    "reset_password": "accounts.forms.ResetPassword",
    "reset_password_from_key": "accounts.forms.NewPassword",
}
SOCIALACCOUNT_FORMS = {"signup": "accounts.forms.SocialSignUp", "disconnect": "accounts.forms.Disconnect"}
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # most sites have no mail to send
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# A class is behind one address: what counts an address ("ip") lets 200 people in within a minute, what counts one account ("key")
# or one user is what slows a guesser down.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "10/5m/key,400/m/ip",
    "signup": "400/m/ip",
    "reset_password": "60/m/ip,3/10m/key",
    "reset_password_from_key": "60/m/ip",
    "change_password": "10/m/user",
}
# Entries are what the limits count with. Of the 300 that are the default, a guesser could push out one's own.
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 50_000}}
}
# Behind a proxy, which adds the address that it was asked from to the end of X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = 0

LANGUAGE_CODE = "en-gb"
USE_I18N = False
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

MAILERS: dict[str, dict[str, Any]] = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
# Whether mail reaches anybody. Where it does not, the site says so, and staff hand out links for new passwords.
WOODSHED_MAIL = False

SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"


def use_github(client_id: str, secret: str) -> None:
    """Lets learners log in with GitHub, as the OAuth app with these credentials."""
    if not client_id or not secret:
        raise ImproperlyConfigured("GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET are set both, or neither.")
    INSTALLED_APPS.append("allauth.socialaccount.providers.github")
    SOCIALACCOUNT_PROVIDERS["github"] = {"APPS": [{"client_id": client_id, "secret": secret, "key": ""}], "SCOPE": ["user:email"]}
    # A browser looks at where a form's answer sends it, too.
    SECURE_CSP["form-action"].append("https://github.com")


SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {}
GITHUB = env.str("GITHUB_CLIENT_ID", default="").strip(), env.str("GITHUB_CLIENT_SECRET", default="").strip()
if any(GITHUB):
    use_github(*GITHUB)
SECURE_REFERRER_POLICY = "same-origin"
# The longest answer is 20,000 characters: at most 80 KB of UTF-8, three times that in a form. More is refused with 413, files
# in a form included, and nothing of it is written anywhere.
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
FILE_UPLOAD_HANDLERS = ["site_config.uploads.NoFiles"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100

# THREADS is how many gunicorn is started with. WOODSHED_RUNS is how many runs there may be at once (0: as many as there are
# cores, up to four), WOODSHED_LINE how many may wait for a place, WOODSHED_PATIENCE for how many seconds before they hear "busy".
SLOTS, LINE = shared(number("THREADS", 64), slots=number("WOODSHED_RUNS", 0), line=number("WOODSHED_LINE", None))
WOODSHED_SANDBOX = {"slots": SLOTS, "line": LINE, "patience": env.float("WOODSHED_PATIENCE", default=15.0)}
