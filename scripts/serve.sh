#!/bin/sh
# Brings the database and the static files up to date, then serves the site until it is interrupted. HOST, PORT, THREADS.
# One process: its threads share one sandbox, whose queue is what limits how much runs at once.
set -eu

# The settings share THREADS out between learners' code and pages; they answer to any name where HOST lets others in.
export HOST PORT THREADS
export DJANGO_SETTINGS_MODULE="${DJANGO_SETTINGS_MODULE:-site_config.settings.local}" DEBUG="${DEBUG:-0}"
python=.venv/bin/python

if ! "$python" -c 'import socket, sys; socket.create_server((sys.argv[1], int(sys.argv[2]))).close()' "$HOST" "$PORT" 2>/dev/null; then
    echo "$HOST:$PORT cannot be had: another program is there, or it is no address of this machine. Try: make run PORT=8001" >&2
    exit 1
fi
"$python" manage.py migrate --no-input --verbosity 0
"$python" manage.py collectstatic --no-input --verbosity 0
"$python" manage.py recover_submissions
# Without --no-control-socket gunicorn opens a socket in the home folder.
exec "$python" -m gunicorn site_config.wsgi:application --bind "$HOST:$PORT" --workers 1 --worker-class gthread \
    --threads "$THREADS" --no-control-socket
