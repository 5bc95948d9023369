"""What gunicorn serves."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_config.settings.production")

application = get_wsgi_application()

from lessons import checking  # noqa: E402 - there are settings only now

# The first learner shall not wait for the sandbox to start.
threading.Thread(target=checking.sandbox_status, name="warm-the-sandbox", daemon=True).start()
