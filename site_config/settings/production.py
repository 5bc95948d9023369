"""A server on the net or in a classroom.

Needed: ``SECRET_KEY`` (or ``SECRET_KEY_FILE``) and ``ALLOWED_HOSTS``. ``WOODSHED_HTTPS=0`` lets a workshop run on plain http,
without certificates: then cookies travel unprotected, and ``check --deploy`` says so. ``WOODSHED_PROXY=1`` trusts the
``X-Forwarded-Proto`` of a proxy in front, which must set it itself on every request.
"""

from django.core.exceptions import ImproperlyConfigured

from site_config.logs import configured

from .base import *


def _needed(name: str, why: str) -> str:
    try:
        value = env.str(name, default="").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error}") from error
    if not value:
        raise ImproperlyConfigured(f"Set {name} (or {name}_FILE, the path of a file that holds it): {why}")
    return value


SECRET_KEY = _needed("SECRET_KEY", "a long random text that signs sessions, known to nobody else.")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY must be at least 50 characters long.")
ALLOWED_HOSTS = [host.strip() for host in _needed("ALLOWED_HOSTS", "the names that the site answers to, with commas.").split(",")]

HTTPS = env.bool("WOODSHED_HTTPS", default=True)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside the container, where there is no TLS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = env.int("WOODSHED_HSTS_SECONDS", default=365 * 24 * 60 * 60) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if env.bool("WOODSHED_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": env.str("SMTP_HOST", default="localhost"),
            "port": env.int("SMTP_PORT", default=25),
            "username": env.str("SMTP_USER", default=""),
            "password": env.str("SMTP_PASSWORD", default=""),
            "use_tls": env.bool("SMTP_TLS", default=False),
            "timeout": 10,
        },
    }
}

LOGGING = configured(json=True, level=env.str("LOG_LEVEL", default="INFO"))
