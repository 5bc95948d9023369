"""The names every attack finds: this file is run before it, inside. The arena's addresses, in capitals, stand above it."""

import ctypes
import os
import sys

libc = ctypes.CDLL(None, use_errno=True)
ON_ARM = os.uname().machine == "aarch64"

# x86-64's and aarch64's number of each system call that C's library does not offer, or offers with checks of its own.
NUMBERS = {
    "open": (2, None),
    "creat": (85, None),
    "openat": (257, 56),
    "openat2": (437, 437),
    "fork": (57, None),
    "vfork": (58, None),
    "clone": (56, 220),
    "clone3": (435, 435),
    "execveat": (322, 281),
    "kill": (62, 129),
    "tkill": (200, 130),
    "tgkill": (234, 131),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424),
    "pidfd_getfd": (438, 438),
    "process_madvise": (440, 440),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "add_key": (248, 217),
    "keyctl": (250, 219),
    "request_key": (249, 218),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "seccomp": (317, 277),
    "personality": (135, 92),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "fsopen": (430, 430),
    "open_tree": (428, 428),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "mq_open": (240, 180),
    "shmget": (29, 194),
    "semget": (64, 190),
    "msgget": (68, 186),
    "sendmsg": (46, 211),
    "sendmmsg": (307, 269),
    "connect": (42, 203),
    "socket": (41, 198),
    "setrlimit": (160, 164),
    "prlimit64": (302, 261),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "fanotify_init": (300, 262),
    "inotify_init1": (294, 26),
    "sendfile": (40, 71),
    "splice": (275, 76),
    "timer_create": (222, 107),
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    "sched_setscheduler": (144, 119),
    "capset": (126, 91),
    "iopl": (172, None),
    "modify_ldt": (154, None),
    "arch_prctl": (158, None),
    "pkey_mprotect": (329, 288),
    "shmat": (30, 196),
    "acct": (163, 89),
    "swapon": (167, 224),
    "init_module": (175, 105),
    "kexec_load": (246, 104),
    "syslog": (103, 116),
    "fchmodat2": (452, 452),
    "exit": (60, 93),
}


def number(name):
    found = NUMBERS[name][ON_ARM]
    if found is None:
        raise PermissionError(f"no {name} on this processor")
    return found


def syscall(name, *arguments):
    """The system call itself. Raises OSError as Python would."""
    passed = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    return checked(libc.syscall(ctypes.c_long(number(name)), *passed))


def checked(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def tried(attempt, *arguments):
    """What it gave, or how it failed, as text."""
    try:
        return repr(attempt(*arguments))
    except BaseException as problem:
        return f"{type(problem).__name__}: {problem}"


def each(*attempts):
    return [tried(attempt) for attempt in attempts]


def text_of(path):
    with open(path, "rb") as file:  # noqa: PTH123
        return file.read(100_000)


def put(path, mode="w"):
    with open(path, mode) as file:  # noqa: PTH123
        file.write("left")


def sql(statement, *parameters):
    """The statement's rows."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        return cursor.fetchall()


def others():
    """Pids that other runs may have: one is forked soon after the other."""
    known = {os.getpid(), *(globals()[name] for name in ("PID", "SITE", "ZYGOTE"))}
    return [pid for pid in range(max(2, os.getpid() - 30), os.getpid() + 30) if pid not in known]


def gather(folder):
    """Every name below it."""
    return [name for _, folders, names in os.walk(folder) for name in folders + names]


NEVER = sys.maxsize
