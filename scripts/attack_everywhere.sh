#!/usr/bin/env bash
# Runs the sandbox's tests, its attacks among them, as everybody that this machine lets us be, and names who it does not:
#
#   root, open      root, with a Python that everybody may read: runs become an unprivileged user
#   root, closed    root, with packages that only root may read, as in a closed home folder: runs stay root, without its powers
#   user            an ordinary user
#
#   scripts/attack_everywhere.sh [pytest's arguments]
#   OPEN_PYTHON=file    a Python of .venv's version that everybody may start (looked for if not given)
set -uo pipefail
cd "$(dirname "$0")/.."

user=${ATTACK_UID:-54321}
nobody=65534
held=() failed=() left_out=()
arguments=("$@")
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
chmod 755 "$work"

# In a folder, by a command that changes who does it. "who" is the uid that runs must have.
attack() {
    local name=$1 folder=$2 who=$3
    shift 3
    echo "== $name"
    mkdir -m 777 "$work/tmp"
    if (cd "$folder" && "$@" sh scripts/attack_as.sh "$who" "$work/tmp" "${arguments[@]}"); then held+=("$name"); else failed+=("$name"); fi
    rm -rf --one-file-system "$work/tmp"
}

if ((EUID != 0)); then
    attack "user" . "$EUID"
    left_out+=("root, open and root, closed: this is not root")
else
    mkdir -m 700 "$work/closed"
    scripts/copy_checkout.sh "$work/closed/site" "$(readlink -f .venv/bin/python)"
    attack "root, closed" "$work/closed/site" 0
    if python=$(scripts/open_python.sh); then
        scripts/copy_checkout.sh "$work/site" "$python"
        attack "root, open" "$work/site" "$nobody"
        attack "user" "$work/site" "$user" setpriv --reuid "$user" --regid "$user" --clear-groups --
    else
        left_out+=("root, open and user: no Python of .venv's version that everybody may start (OPEN_PYTHON=file names one)")
    fi
fi

echo
printf 'held as:     %s\n' "${held[@]:-nobody}"
((${#left_out[@]} == 0)) || printf 'not tried:   %s\n' "${left_out[@]}"
((${#failed[@]} == 0)) || printf 'FAILED as:   %s\n' "${failed[@]}"
exit "$((${#failed[@]} > 0))"
