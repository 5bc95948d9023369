"""What gunicorn serves."""

import os
import threading

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_config.settings.production")

application = get_wsgi_application()

from lessons import checking  # noqa: E402 - there are settings only now

if settings.WOODSHED_ALONE:
    # SQLite's shared memory is a file, made whenever nobody else has the database open. On a full disk it could not be made, and
    # no page would come for anybody with a session. This thread serves no requests, so its connection stays open.
    connection.ensure_connection()

# The first learner shall not wait for the sandbox to start.
threading.Thread(target=checking.sandbox_status, name="warm-the-sandbox", daemon=True).start()
