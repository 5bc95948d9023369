#!/bin/sh
# Prints the path of a Python that can run Woodshed, or one sentence on stderr. PYTHON=… names the one to take.
#
# Each candidate is started, for a name on PATH proves nothing: pyenv leaves a shim for every version it ever installed,
# and most of them only say that they are not switched on.
set -u

probe='
import sys
if not (3, 12) <= sys.version_info[:2] <= (3, 14):
    print("is Python %d.%d" % sys.version_info[:2])
    sys.exit(3)
try:
    import ctypes, ensurepip, sqlite3, ssl, venv
except ImportError as missing:
    print("has no module %s (on Debian and Ubuntu: apt install python3-venv)" % str(missing).split("\x27")[1])
    sys.exit(4)
print(getattr(sys, "_base_executable", sys.executable))
'

try() {
    said=$("$1" -c "$probe" 2>/dev/null)
    status=$?
    case $status in 0 | 3 | 4) ;; *) said= ;; esac
    return $status
}

if [ -n "${PYTHON:-}" ]; then
    try "$PYTHON" && printf '%s\n' "$said" && exit
    echo "PYTHON=$PYTHON ${said:-does not run}; Woodshed needs a Python 3.12, 3.13 or 3.14." >&2
    exit 1
fi

nearly=
pyenv=${PYENV_ROOT:-${HOME:-/}/.pyenv}/versions
for candidate in python3.14 python3.13 python3.12 python3 python \
    "$pyenv"/3.14*/bin/python "$pyenv"/3.13*/bin/python "$pyenv"/3.12*/bin/python; do
    try "$candidate"
    case $? in
        0) printf '%s\n' "$said"; exit 0 ;;
        4) nearly=${nearly:-"$candidate $said"} ;;
    esac
done
echo "No Python 3.12, 3.13 or 3.14 that runs was found on PATH or under pyenv${nearly:+ ($nearly)};" \
    "install one, or name it: make PYTHON=/path/to/python3." >&2
exit 1
