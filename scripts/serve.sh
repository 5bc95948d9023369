#!/bin/sh
# Brings the database and the static files up to date, then serves the site until it is interrupted. HOST, PORT, THREADS.
# One process: its threads share one sandbox, whose queue is what limits how much runs at once.
set -eu

export DEBUG="${DEBUG:-0}"
python=.venv/bin/python
"$python" manage.py migrate --no-input --verbosity 0
"$python" manage.py collectstatic --no-input --verbosity 0
"$python" manage.py recover_submissions
# Without --no-control-socket gunicorn opens a socket in the home folder.
exec "$python" -m gunicorn site_config.wsgi:application --bind "$HOST:$PORT" --workers 1 --worker-class gthread \
    --threads "$THREADS" --no-control-socket
