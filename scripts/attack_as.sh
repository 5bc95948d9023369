#!/bin/sh
# Runs the sandbox's tests in the present folder, after seeing that runs have the uid they should. Leaves nothing there.
#   scripts/attack_as.sh UID FOLDER-FOR-TEMPORARY-FILES [pytest's arguments]
set -eu
uid=$1 temporary=$2
shift 2
umask 022
export HOME="$temporary" HYPOTHESIS_STORAGE_DIRECTORY="$temporary/hypothesis" PYTHONDONTWRITEBYTECODE=1
.venv/bin/python - "$uid" <<'PYTHON'
import sys
from pathlib import Path

sys.path.insert(0, "")
from sandbox.client import Sandbox
from sandbox.protocol import FILE, File, Job

sandbox = Sandbox(Path("tests/sandbox/worlds"))
seen = sandbox.run(Job(observer="rows", world="library", files=(File(FILE, "import os\n[os.getuid()]"),)))
if not seen.results:
    sys.exit(f"no run: {seen} {sandbox.status()}")
(uid,) = seen.results[0].seen["rows"]
print(f"level {sandbox.status().level}; runs have uid {uid}; {sandbox.status().note or 'nothing to note'}", flush=True)
sandbox.stop()
sys.exit(uid != int(sys.argv[1]))
PYTHON
# Not exec: in a container this shell is the process that buries the orphans.
.venv/bin/python -m pytest tests/sandbox --quiet -p no:cacheprovider --numprocesses 2 --dist loadscope \
    --basetemp "$temporary/tests" "$@"
