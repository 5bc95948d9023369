#!/bin/sh
# Makes .venv hold what requirements/ pins. When it already does, ends at once and asks nothing of the network.
#   scripts/ready.sh base    what the site needs
#   scripts/ready.sh dev     that, and what the tests need
set -eu

case ${1:-} in
    base) sets="base" ;;
    dev) sets="base dev" ;;
    *) echo "usage: scripts/ready.sh base|dev" >&2; exit 2 ;;
esac
python=.venv/bin/python
find_python() { sh "$(dirname "$0")/find_python.sh"; }

# What an environment was made from: the pins and the interpreter.
fingerprint() {
    { cat requirements/base.txt requirements/dev.txt; "$python" -c 'import sys; print(sys.version, sys.base_prefix)'; } | cksum
}

# The virtual environment's interpreter still runs, and is the one that PYTHON= asks for, if it does.
usable() {
    real=$(PYTHON=$python find_python 2>/dev/null) || return 1
    [ -z "$wanted" ] || [ "$real" -ef "$wanted" ]
}

wanted=
[ -z "${PYTHON:-}" ] || wanted=$(find_python)

if usable; then
    [ "$(cat ".venv/.ready-$1" 2>/dev/null)" != "$(fingerprint)" ] || exit 0
fi
if ! usable || ! "$python" -c 'import pip' 2>/dev/null; then
    wanted=${wanted:-$(find_python)}
    echo "Making .venv with $("$wanted" --version), $wanted"
    "$wanted" -m venv --clear .venv
fi

echo "Installing what requirements/ pins ($sets)"
set --
for one in $sets; do set -- "$@" -r "requirements/$one.txt"; done
if ! "$python" -m pip install --quiet --disable-pip-version-check --require-hashes "$@"; then
    echo "The packages could not be installed. Only the first time, or after a change of requirements/, needs a network." >&2
    exit 1
fi
for one in $sets; do fingerprint >".venv/.ready-$one"; done
