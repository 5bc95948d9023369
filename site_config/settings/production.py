"""A server on the net or in a classroom.

Needed: ``SECRET_KEY`` (or ``SECRET_KEY_FILE``, the path of a file that holds it). ``ALLOWED_HOSTS`` are the names that the
site answers to besides localhost, with commas. ``WOODSHED_HTTPS=0`` lets a workshop run on plain http, without certificates:
then cookies travel unprotected, and ``check --deploy`` says so. ``WOODSHED_PROXY=1`` trusts the ``X-Forwarded-Proto`` of a
proxy in front, which must set it itself on every request, and the last address in its ``X-Forwarded-For``. Mail is sent where
``SMTP_HOST`` is set.
"""

from django.core.exceptions import ImproperlyConfigured

from site_config.logs import configured

from .base import *

try:
    SECRET_KEY: str = env.str("SECRET_KEY", default="").strip()
except OSError as error:
    raise ImproperlyConfigured(f"The file that SECRET_KEY_FILE names cannot be read: {error}") from error
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(
        "Set SECRET_KEY, or SECRET_KEY_FILE to the path of a file that holds it: at least 50 random characters that nobody else "
        "knows. They sign the sessions."
    )
unsafe_sandbox(debug=DEBUG, host="")  # refuses
# The health check inside a container asks localhost.
NAMES = env.list("ALLOWED_HOSTS", default=[])
ALLOWED_HOSTS = [*NAMES, "localhost", "127.0.0.1", "[::1]"]

HTTPS = switch("WOODSHED_HTTPS", default=True)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside the container, where there is no TLS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = env.int("WOODSHED_HSTS_SECONDS", default=365 * 24 * 60 * 60) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if switch("WOODSHED_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

WOODSHED_MAIL = bool(env.str("SMTP_HOST", default="").strip())
if WOODSHED_MAIL and (not NAMES or "*" in NAMES):
    raise ImproperlyConfigured(
        "SMTP_HOST needs the site's names in ALLOWED_HOSTS: a link for a new password goes to the name that was asked for, and "
        "whoever asks could give their own."
    )
DEFAULT_FROM_EMAIL = env.str("SMTP_FROM", default="") or f"woodshed@{NAMES[0].lstrip('.') if NAMES else 'localhost'}"
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": env.str("SMTP_HOST", default="localhost"),
            "port": env.int("SMTP_PORT", default=25),
            "username": env.str("SMTP_USER", default=""),
            "password": env.str("SMTP_PASSWORD", default=""),
            "use_tls": switch("SMTP_TLS", default=False),
            "timeout": 10,
        },
    }
}

LOGGING = configured(json=True, level=env.str("LOG_LEVEL", default="INFO"))
