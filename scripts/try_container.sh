#!/usr/bin/env bash
# Builds the image from the Dockerfile and tries it for real, on a machine without a container engine: as root on Debian, with
# buildah, debootstrap and runc. The base image is made from Debian's own packages under the name that the Dockerfile asks for.
#
#   scripts/try_container.sh            everything, in a temporary folder that is removed
#   BASE_TREE=folder scripts/try_container.sh    keep the base's files there, and use them the next time
#   CA_BUNDLE=file   the certificates that pip trusts while the image is built (the machine's own)
set -euo pipefail
cd "$(dirname "$0")/.."

for tool in buildah debootstrap runc python3; do
    command -v "$tool" >/dev/null || { echo "This needs $tool: apt install buildah debootstrap runc python3" >&2; exit 2; }
done
((EUID == 0)) || { echo "This needs root, to make a base image and start a container." >&2; exit 2; }

work=$(mktemp -d)
name=woodshed-$$
port=${PORT:-18000}
ca=${CA_BUNDLE:-/etc/ssl/certs/ca-certificates.crt}
tree=${BASE_TREE:-$work/tree}
base=$(awk '$1 == "FROM" { print $2; exit }' Dockerfile)
export STORAGE_DRIVER=vfs BUILDAH_ISOLATION=chroot
quietly() { "$@" >"$work/log" 2>&1 || { tail -n 40 "$work/log" >&2; echo "failed: $*" >&2; exit 1; }; }
storage() { buildah --root "$work/storage" --runroot "$work/runroot" "$@"; }
step() { printf '%s  %s\n' "$(date +%T)" "$*"; }

# shellcheck disable=SC2317 # called by the trap
clean() {
    runc --root "$work/runc" delete --force "$name" 2>/dev/null || true
    storage rm --all >/dev/null 2>&1 || true
    rm -rf --one-file-system "$work"
}
trap clean EXIT

step "base image $base"
if [[ ! -x $tree/usr/bin/python3 ]]; then
    quietly timeout 600 debootstrap --variant=minbase --include=python3-venv,ca-certificates "${base##*-}" "$tree"
fi
ln -sf /usr/bin/python3 "$tree/usr/local/bin/python"
container=$(storage from scratch)
cp -a "$tree/." "$(storage mount "$container")/"
storage umount "$container" >/dev/null
storage config --env PATH=/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin "$container"
quietly storage commit --rm "$container" "localhost/$base"

step "build"
printf '[global]\ncert = /run/ca.crt\n' >"$work/pip.conf"
quietly timeout 900 buildah --root "$work/storage" --runroot "$work/runroot" build --pull-never --format docker --tag woodshed \
    --volume "$ca:/run/ca.crt:ro" --volume "$work/pip.conf:/etc/pip.conf:ro" .

step "start"
image=$(storage from --pull-never woodshed)
rootfs=$(storage mount "$image")
storage inspect "$image" >"$work/image.json"
mkdir -p "$work/bundle"
# A new volume starts as what the image has at its place.
cp -a "$rootfs/data" "$work/data"
python3 scripts/oci_bundle.py "$rootfs" "$work/data" "$port" /usr/share/containers/seccomp.json \
    <"$work/image.json" >"$work/bundle/config.json"
runc --root "$work/runc" run --detach --bundle "$work/bundle" --pid-file "$work/pid" "$name" \
    </dev/null >"$work/site.log" 2>&1
trap 'status=$?; ((status == 0)) || tail -n 40 "$work/site.log" >&2; clean' EXIT

step "ask"
python3 scripts/ask_site.py "http://127.0.0.1:$port" --level full
mapfile -t health < <(python3 -c 'import json, sys; print(*json.load(sys.stdin)["Docker"]["config"]["Healthcheck"]["Test"][1:], sep="\n")' \
    <"$work/image.json")
runc --root "$work/runc" exec "$name" "${health[@]}"
runc --root "$work/runc" exec "$name" sh -c 'test "$(id -u)" -ne 0 && test "$(stat -c %a /data/secret-key)" = 600'

step "stop"
kill -TERM "$(cat "$work/pid")"
for _ in $(seq 100); do
    [[ $(runc --root "$work/runc" state "$name" | python3 -c 'import json, sys; print(json.load(sys.stdin)["status"])') == stopped ]] && break
    sleep 0.1
done
step "the container builds, starts as uid $(stat -c %u "$work/data"), grades, and stops"
