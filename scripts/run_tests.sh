#!/bin/sh
# All of pytest, on two cores. Without a Chromium the browser tests are left out, and the last lines say so.
set -u

if CHROMIUM=$(sh scripts/find_chromium.sh); then
    export CHROMIUM
    exec .venv/bin/python -m pytest --numprocesses 2 --dist loadgroup --quiet
fi
.venv/bin/python -m pytest --numprocesses 2 --dist loadgroup --quiet -m "not browser"
status=$?
echo
echo "The browser tests were left out: no Chromium was found."
echo "Install one (on Debian: apt install chromium), or name it: CHROMIUM=/path/to/chrome make test."
exit $status
