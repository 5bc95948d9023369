#!/usr/bin/env bash
# Copies the checkout as it stands, and what .venv holds, into a folder; its environment there starts from that Python.
#   scripts/copy_checkout.sh FOLDER PYTHON
set -euo pipefail
folder=$1 python=$2
packages=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
mkdir -p "$folder"
git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do [[ ! -e $file ]] || printf '%s\0' "$file"; done |
    tar -cf - --null -T - | tar -xf - -C "$folder"
"$python" -m venv --without-pip "$folder/.venv"
cp -a "$packages/." "$("$folder/.venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/"
chmod -R a+rX "$folder"
