"""Privileges: the processor's other doors to the kernel, and what only some may ask of it."""

from tests.sandbox.attacks.attack import CRASHED, ERROR, Attack

ABOUT = "privileges"
SECCOMP = ("seccomp",)
BOTH = ("landlock", "seccomp")

ATTACKS = [
    Attack(
        "uses the x32 numbering",
        ABOUT,
        """libc.syscall(ctypes.c_long(0x40000000 + 57))
[]""",
        CRASHED,
        machine="x86_64",
    ),
    Attack(
        "uses the 32-bit numbering by machine code that is there already",
        ABOUT,
        """# Somewhere in the C library stand the bytes of int 0x80. libffi puts how many floats are passed into eax: 2, fork.
start = ctypes.cast(libc.printf, ctypes.c_void_p).value & ~0xFFF
for page in range(start - (60 << 12), start + (60 << 12), 1 << 12):
    at = ctypes.string_at(page, 1 << 12).find(b"\\xcd\\x80")
    if at >= 0:
        ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_double, ctypes.c_double)(page + at)(0.0, 0.0)
os.fork()""",
        {"crashed", "error"},
        machine="x86_64",
    ),
    Attack(
        "maps memory that can be executed",
        ABOUT,
        """import mmap
page = mmap.mmap(-1, 4096)
at = ctypes.addressof(ctypes.c_char.from_buffer(page))
def made():
    return mmap.mmap(-1, 4096, prot=7)
def changed():
    return checked(libc.mprotect(ctypes.c_void_p(at), 4096, 5))
def by_key():
    return syscall("pkey_mprotect", at, 4096, 5, -1)
if all("PermissionError" in one for one in each(made, changed, by_key)):
    raise PermissionError("none")
[1]""",
        ERROR,
        SECCOMP,
    ),
    Attack(
        "maps a library of its own",
        ABOUT,
        """import mmap
library = os.open(os.__file__, os.O_RDONLY)
[mmap.mmap(library, 4096, mmap.MAP_PRIVATE, prot=5)]""",
        ERROR,
        SECCOMP,
    ),
    Attack(
        "makes data executable by the old personality",
        ABOUT,
        "import mmap\n[syscall('personality', 0x0400000), mmap.mmap(-1, 4096)]",
        ERROR,
        SECCOMP,
        engines_refuse=True,
    ),
    Attack(
        "has the processor's tables changed",
        ABOUT,
        "[tried(lambda: syscall('iopl', 3)), tried(lambda: syscall('modify_ldt', 0, None, 0)), syscall('arch_prctl', 0x1002, 0)]",
    ),
    Attack(
        "becomes root",
        ABOUT,
        """for change in (os.setuid, os.seteuid, os.setgid, os.setegid):
    change(0)
os.setresuid(0, 0, 0)
os.setgroups([0])
[]""",
        ERROR,
        SECCOMP,
        privileged=True,
    ),
    Attack(
        "gives itself capabilities",
        ABOUT,
        """header = (ctypes.c_uint32 * 2)(0x20080522)
[syscall("capset", header, (ctypes.c_uint32 * 6)(1, 1, 1))]""",
        ERROR,
        ("identity", "seccomp"),
        privileged=True,
    ),
    Attack(
        "changes its root folder", ABOUT, "[syscall('chroot', FOLDER.encode())]", ERROR, ("identity", *SECCOMP), privileged=True
    ),
    Attack(
        "mounts",
        ABOUT,
        """[
    *each(lambda: syscall("fsopen", b"tmpfs", 0), lambda: syscall("open_tree", -100, FOLDER.encode(), 1)),
    syscall("mount", b"left", FOLDER.encode(), b"tmpfs", 0, None),
]""",
        ERROR,
        ("identity", *SECCOMP),
        harmless=False,
    ),
    Attack(
        "moves the root of the file system",
        ABOUT,
        "[syscall('pivot_root', FOLDER.encode(), FOLDER.encode())]",
        ERROR,
        harmless=False,
    ),
    Attack(
        "makes namespaces",
        ABOUT,
        """tries = each(*(lambda k=k: syscall("unshare", k) for k in (0x10000000, 0x20000, 0x40000000)))
if all("PermissionError" in one for one in tries):
    raise PermissionError("none")
[1]""",
        ERROR,
        SECCOMP,
    ),
    Attack(
        "enters the namespaces of another",
        ABOUT,
        "[syscall('setns', os.open(f'/proc/{PID}/ns/net', os.O_RDONLY), 0)]",
        ERROR,
        BOTH,
        privileged=True,
        engines_refuse=True,
    ),
    Attack(
        "raises its limits",
        ABOUT,
        """import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (9, 9))
[]""",
        ERROR,
        SECCOMP,
    ),
    Attack(
        "lowers another process's limits",
        ABOUT,
        "import resource\nresource.prlimit(PID, resource.RLIMIT_NOFILE, (9, 9))\n[]",
        ERROR,
        SECCOMP,
    ),
    Attack(
        "uses the kernel's keys",
        ABOUT,
        "[*each(lambda: syscall('add_key', b'user', b'left', b'x', 1, -3)), syscall('keyctl', 0, -3, 1)]",
        ERROR,
        SECCOMP,
    ),
    Attack("loads a program into the kernel", ABOUT, "[syscall('bpf', 0, ctypes.create_string_buffer(128), 128)]"),
    Attack(
        "counts the processor's events", ABOUT, "[syscall('perf_event_open', ctypes.create_string_buffer(128), 0, -1, -1, 0)]"
    ),
    Attack("handles its own page faults", ABOUT, "[syscall('userfaultfd', 1)]", ERROR, SECCOMP, engines_refuse=True),
    Attack("adds a filter of its own", ABOUT, "[syscall('seccomp', 1, 8, (ctypes.c_uint64 * 2)(1))]", ERROR),
    Attack(
        "changes what it was told by prctl",
        ABOUT,
        """# Dumpable, the signal at its parent's end, reaper of orphans, ptracer, seccomp, its name in /proc.
games = [(4, 1), (1, 0), (36, 1), (0x59616D61, PID), (22, 1), (35, 8), (41, 1), (53, 1)]
allowed = [game for game in games if "PermissionError" not in tried(lambda: checked(libc.prctl(*game, 0, 0, 0)))]
if not allowed:
    raise PermissionError("none")
allowed""",
        ERROR,
        SECCOMP,
    ),
    Attack(
        "leaves its session",
        ABOUT,
        """[*each(os.setsid, lambda: os.setpgid(0, 0))][:0]
os.setpgid(0, os.getpgid(PID))
[]""",
    ),
    Attack(
        "pushes itself forward",
        ABOUT,
        """import fcntl
tries = each(
    lambda: os.nice(5),
    lambda: os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0)),
    lambda: os.sched_setaffinity(0, {0}),
    lambda: syscall("ioprio_set", 1, 0, 0x4007),
    lambda: syscall("setpriority", 0, 0, 5),
)
if all("PermissionError" in one for one in tries):
    raise PermissionError("none")
tries""",
        ERROR,
        SECCOMP,
    ),
    Attack(
        "asks for what only an administrator may",
        ABOUT,
        """each(
    lambda: syscall("acct", None),
    lambda: syscall("swapon", b"", 0),
    lambda: syscall("init_module", None, 0, b""),
    lambda: syscall("kexec_load", 0, 0, None, 0),
)
[syscall("syslog", 3, ctypes.create_string_buffer(100), 100)]""",
        ERROR,
        harmless=False,
    ),
]
