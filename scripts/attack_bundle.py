"""Prints an OCI runtime configuration that runs a command in a checkout, on this machine's own files, as an engine would.

Usage: attack_bundle.py ROOTFS CHECKOUT TEMPORARY PYTHON-PREFIX UID:GID SECCOMP -- COMMAND …

ROOTFS is an empty folder; what the container sees are mounts in it.
"""

import json
import sys
from pathlib import Path
from typing import Any

from oci_bundle import CAPABILITIES, configuration

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib64", "/etc")


def bundle(places: list[str], user: str, profile: str, command: list[str]) -> dict[str, Any]:
    rootfs, checkout, temporary, prefix = places
    image = {"User": user, "Env": ["PATH=/usr/local/bin:/usr/bin:/bin"], "WorkingDir": checkout, "Cmd": command}
    rules = json.loads(Path(profile).read_text())
    made = configuration(image, rootfs=rootfs, data=temporary, port="0", profile=rules)
    seen = dict.fromkeys(path for path in (*SYSTEM, prefix) if Path(path).exists())
    made["mounts"] += [bind(path, path, "ro") for path in seen]
    made["mounts"] += [bind(temporary, "/tmp", "rw"), bind(checkout, checkout, "ro")]  # noqa: S108
    if user.startswith("0:"):
        made["process"]["capabilities"] = dict.fromkeys(("bounding", "effective", "permitted"), CAPABILITIES)
    return made


def bind(source: str, destination: str, how: str) -> dict[str, Any]:
    return {"destination": destination, "type": "bind", "source": source, "options": ["rbind", how]}


if __name__ == "__main__":
    *places, user, profile, _ = sys.argv[1:8]
    print(json.dumps(bundle(places, user, profile, sys.argv[8:]), indent=2))
