#!/usr/bin/env bash
# Prints a Python of .venv's version that everybody may start, $OPEN_PYTHON first; fails quietly when there is none. As root.
set -u
version=$(.venv/bin/python -c 'import sys; print("%d.%d" % sys.version_info[:2])') || exit 1
for candidate in "${OPEN_PYTHON:-}" "$(readlink -f .venv/bin/python)" "$(command -v "python$version")" \
    /usr/local/bin/"python$version" /usr/bin/"python$version" /opt/*/bin/"python$version"; do
    [[ -x $candidate ]] || continue
    setpriv --reuid 65534 --regid 65534 --clear-groups -- "$candidate" -I -c "import sys, ctypes, sqlite3, ssl
sys.exit('%d.%d' % sys.version_info[:2] != '$version')" 2>/dev/null || continue
    readlink -f "$candidate"
    exit 0
done
exit 1
