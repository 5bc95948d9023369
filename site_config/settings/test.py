"""The tests: quick hashing, no files written beside the code, and a course that is read once."""

import os
import tempfile
from pathlib import Path

from site_config.logs import configured

from .base import *

SECRET_KEY = "for tests only, so it may be read by anybody at all"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# A file, because threads that share a database in memory lock each other out; one for each process that tests.
DATABASES["default"]["TEST"] = {"NAME": str(Path(tempfile.gettempdir()) / f"woodshed-test-{os.getpid()}.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Hashed names would need collectstatic before the first test.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise")]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
WOODSHED_MAIL = True
if not any(GITHUB):
    use_github("the client", "its secret")
LOGGING = configured(json=False, level="WARNING")
