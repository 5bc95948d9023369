#!/bin/sh
# All of pytest, on two cores, and then Lighthouse, with the machine to itself. The last lines say what was left out: without a
# Chromium what needs a browser, and the attacks on the sandbox as somebody else than who runs this.
set -u

if CHROMIUM=$(sh scripts/find_chromium.sh); then
    export CHROMIUM
    set --
else
    set -- -m "not browser"
fi
.venv/bin/python -m pytest --numprocesses 2 --dist loadscope --quiet "$@"
status=$?
echo
if [ $# -gt 0 ]; then
    echo "The browser tests and Lighthouse were left out: no Chromium was found."
    echo "Install one (on Debian: apt install chromium), or name it: CHROMIUM=/path/to/chrome make test."
else
    .venv/bin/python -m scripts.lighthouse || status=1
fi
.venv/bin/python -m scripts.attacked_as
exit $status
