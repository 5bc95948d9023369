#!/bin/sh
# Makes frontend/node_modules hold what frontend/package-lock.json pins. When it already does, ends at once and asks nothing of
# the network. Only building the editor and the browser tests need it: the site itself is served without Node.
set -eu
cd "$(dirname "$0")/../frontend"

command -v npm >/dev/null || { echo "npm is needed to build the editor and for the browser tests (on Debian: apt install npm)." >&2; exit 1; }
pins=$(cat package.json package-lock.json | cksum)
[ "$(cat node_modules/.ready 2>/dev/null)" != "$pins" ] || exit 0
echo "Installing what frontend/package-lock.json pins"
npm ci --no-progress --loglevel=error >/dev/null
echo "$pins" >node_modules/.ready
