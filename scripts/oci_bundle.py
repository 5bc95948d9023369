"""Prints an OCI runtime configuration that starts an image as a container engine would by default, less its network.

Usage: oci_bundle.py ROOTFS DATA PORT SECCOMP < the image's configuration, as "buildah inspect" prints it

The user, the environment and the command are the image's; the capabilities and the seccomp profile are the engines' default.
The network is the machine's own, so that the site can be asked from outside without setting one up.
"""

import json
import sys
from typing import Any

CAPABILITIES = [
    "CAP_CHOWN",
    "CAP_DAC_OVERRIDE",
    "CAP_FSETID",
    "CAP_FOWNER",
    "CAP_MKNOD",
    "CAP_NET_RAW",
    "CAP_SETGID",
    "CAP_SETUID",
    "CAP_SETFCAP",
    "CAP_SETPCAP",
    "CAP_NET_BIND_SERVICE",
    "CAP_SYS_CHROOT",
    "CAP_KILL",
    "CAP_AUDIT_WRITE",
]
MOUNTS = [
    ("/proc", "proc", "proc", []),
    ("/dev", "tmpfs", "tmpfs", ["nosuid", "strictatime", "mode=755", "size=65536k"]),
    ("/dev/pts", "devpts", "devpts", ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"]),
    ("/dev/shm", "tmpfs", "shm", ["nosuid", "noexec", "nodev", "mode=1777", "size=65536k"]),  # noqa: S108
    ("/dev/mqueue", "mqueue", "mqueue", ["nosuid", "noexec", "nodev"]),
    ("/sys", "bind", "/sys", ["rbind", "nosuid", "noexec", "nodev", "ro"]),
]
MASKED = ["/proc/asound", "/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list", "/sys/firmware"]
READONLY = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"]


def seccomp(profile: dict[str, Any]) -> dict[str, Any]:
    """An engine's profile, whose rules depend on capabilities and architecture, as the plain one that a runtime takes."""
    return {
        "defaultAction": profile["defaultAction"],
        "defaultErrnoRet": profile.get("defaultErrnoRet", 1),
        "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"],
        "syscalls": [
            {key: rule[key] for key in ("names", "action", "args", "errnoRet") if rule.get(key)}
            for rule in profile["syscalls"]
            if _applies(rule.get("includes") or {}, rule.get("excludes") or {})
        ],
    }


def _applies(includes: dict[str, list[str]], excludes: dict[str, list[str]]) -> bool:
    if "arches" in includes and "amd64" not in includes["arches"]:
        return False
    return set(includes.get("caps", ())) <= set(CAPABILITIES) and not set(excludes.get("caps", ())) & set(CAPABILITIES)


def configuration(image: dict[str, Any], *, rootfs: str, data: str, port: str, profile: dict[str, Any]) -> dict[str, Any]:
    user, _, group = image["User"].partition(":")
    mounts = [*MOUNTS, ("/data", "bind", data, ["rbind", "rw"])]
    return {
        "ociVersion": "1.0.2",
        "hostname": "woodshed",
        "root": {"path": rootfs, "readonly": False},
        "process": {
            "user": {"uid": int(user), "gid": int(group)},
            "env": [*image["Env"], f"PORT={port}"],
            "cwd": image["WorkingDir"],
            "args": [*(image.get("Entrypoint") or []), *image["Cmd"]],
            # Not root: the bounding set is the engine's, and none of it is in effect.
            "capabilities": {"bounding": CAPABILITIES},
            "noNewPrivileges": False,
        },
        "mounts": [{"destination": to, "type": kind, "source": source, "options": how} for to, kind, source, how in mounts],
        "linux": {
            "namespaces": [{"type": kind} for kind in ("pid", "ipc", "uts", "mount")],
            "seccomp": seccomp(profile),
            "maskedPaths": MASKED,
            "readonlyPaths": READONLY,
        },
    }


if __name__ == "__main__":
    rootfs, data, port, profile = sys.argv[1:]
    with open(profile) as file:  # noqa: PTH123
        rules = json.load(file)
    image = json.load(sys.stdin)["OCIv1"]["config"]
    print(json.dumps(configuration(image, rootfs=rootfs, data=data, port=port, profile=rules), indent=2))
