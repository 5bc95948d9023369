#!/bin/sh
# What the container runs. Without SECRET_KEY one is made, and kept on the volume, so that learners stay signed in.
set -eu

if [ -z "${SECRET_KEY:-}${SECRET_KEY_FILE:-}" ]; then
    key=$WOODSHED_DATA/secret-key
    if [ ! -s "$key" ]; then
        (umask 077 && python -c 'import secrets; print(secrets.token_urlsafe(50))' >"$key.new")
        mv "$key.new" "$key"
    fi
    SECRET_KEY=$(cat "$key")
    export SECRET_KEY
fi

# A site that has been given no name serves a room over plain http, whatever name it is reached by. One that has is on the
# net: https, unless WOODSHED_HTTPS=0 says otherwise.
if [ -z "${ALLOWED_HOSTS:-}${ALLOWED_HOSTS_FILE:-}" ]; then
    export ALLOWED_HOSTS='*' WOODSHED_HTTPS="${WOODSHED_HTTPS:-0}"
fi

export THREADS="${THREADS:-64}"
python manage.py migrate --no-input --verbosity 0
python manage.py recover_submissions
# One process, whose threads share one sandbox. The heartbeat file goes to memory: a disk may stall.
exec python -m gunicorn site_config.wsgi:application --bind "0.0.0.0:${PORT:-8000}" --workers 1 --worker-class gthread \
    --threads "$THREADS" --no-control-socket --worker-tmp-dir /dev/shm
