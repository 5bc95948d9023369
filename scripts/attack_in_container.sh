#!/usr/bin/env bash
# Runs the sandbox's tests under runc as a container engine would start them: its default seccomp profile, capabilities, masks
# and namespaces; once as an image's own user, once as root. The container's files are this machine's, to be read only.
# As root, with runc, and with a Python of .venv's version that everybody may start (OPEN_PYTHON=file names one).
#
#   scripts/attack_in_container.sh [pytest's arguments]
set -euo pipefail
cd "$(dirname "$0")/.."

((EUID == 0)) || { echo "This needs root, to start a container." >&2; exit 2; }
command -v runc >/dev/null || { echo "This needs runc: apt install runc" >&2; exit 2; }
profile=${SECCOMP_PROFILE:-/usr/share/containers/seccomp.json}
[[ -r $profile ]] || { echo "This needs an engine's seccomp profile: apt install golang-github-containers-common" >&2; exit 2; }
python=$(scripts/open_python.sh) || { echo "This needs a Python that everybody may start: OPEN_PYTHON=file" >&2; exit 2; }

work=$(mktemp -d)
name=woodshed-attack-$$
trap 'runc --root "$work/runc" delete --force "$name" 2>/dev/null || true; rm -rf --one-file-system "$work"' EXIT
chmod 755 "$work"
scripts/copy_checkout.sh "$work/site" "$python"
prefix=$("$python" -c 'import sys; print(sys.base_prefix)')

held=() failed=()
for who in 10001:10001 0:0; do
    echo "== in a container, as $who"
    rm -rf --one-file-system "$work/tmp" "$work/bundle"
    mkdir -p "$work/bundle/root"
    mkdir -m 1777 "$work/tmp"
    chmod 1777 "$work/tmp"
    runs_as=${who%:*}
    ((runs_as != 0)) || runs_as=65534
    .venv/bin/python scripts/attack_bundle.py "$work/bundle/root" "$work/site" "$work/tmp" "$prefix" "$who" "$profile" \
        -- sh scripts/attack_as.sh "$runs_as" /tmp "$@" >"$work/bundle/config.json"
    runc --root "$work/runc" run --bundle "$work/bundle" "$name" </dev/null && held+=("$who") || failed+=("$who")
done

echo
printf 'held in a container as:   %s\n' "${held[@]:-nobody}"
((${#failed[@]} == 0)) || printf 'FAILED in a container as: %s\n' "${failed[@]}"
exit "$((${#failed[@]} > 0))"
