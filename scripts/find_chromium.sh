#!/bin/sh
# Prints the command of a Chromium or Chrome on this machine, $CHROMIUM first; fails quietly when there is none. The one without
# windows (on Debian: apt install chromium-headless-shell) makes the browser tests a third faster.
for candidate in "${CHROMIUM:-}" chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
    [ -n "$candidate" ] && command -v "$candidate" && exit 0
done
exit 1
