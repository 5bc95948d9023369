"""Files: reading what is not the run's, writing anything at all."""

from pathlib import Path

from tests.sandbox.attacks.attack import ERROR, OK, Attack

ABOUT = "files"
BOTH = ("landlock", "seccomp")

ATTACKS = [
    Attack("reads the site's secrets", ABOUT, "each(*(lambda p=p: text_of(p) for p in SECRETS))", OK, BOTH),
    Attack("reads the site's code", ABOUT, "[open(path).read(100) for path in SITE_CODE]", ERROR, BOTH),
    Attack(
        "reads the site's database with its own sqlite3",
        ABOUT,
        """import sqlite3
path = next(p for p in SECRETS if "sqlite" in p)
def read(address):
    return sqlite3.connect(address, uri=True).execute("SELECT * FROM accounts_user").fetchall()
each(*(lambda a=a: read(a) for a in (path, f"file:{path}?mode=ro", f"file:{path}?mode=ro&immutable=1&nolock=1")))""",
        OK,
        BOTH,
    ),
    Attack(
        "lists folders",
        ABOUT,
        """import glob
def scanned():
    with os.scandir(FOLDER + "/site") as found:
        return [*found]
[*each(lambda: os.listdir(FOLDER + "/site"), scanned), gather(FOLDER), glob.glob(FOLDER + "/site/*")]""",
        OK,
        BOTH,
    ),
    Attack(
        "opens a folder as a path and goes on from there",
        ABOUT,
        """def below(flags):
    folder = os.open(FOLDER, flags | os.O_DIRECTORY)
    return os.read(os.open("site/.env", os.O_RDONLY, dir_fd=folder), 1000)
def again():
    return text_of(f"/proc/self/fd/{os.open(SECRETS[0], os.O_PATH)}")
each(lambda: below(os.O_PATH), lambda: below(os.O_RDONLY), again)""",
        OK,
        BOTH,
    ),
    Attack(
        "opens with the older and the newer system calls",
        ABOUT,
        """path = ctypes.create_string_buffer(SECRETS[0].encode())
how = (ctypes.c_uint64 * 3)()
def opened(name, *arguments):
    return os.read(syscall(name, *arguments), 1000)
each(lambda: opened("open", path, 0), lambda: opened("openat", -100, path, 0), lambda: opened("openat2", -100, path, how, 24))""",
        OK,
        BOTH,
    ),
    Attack(
        "opens by file handle",
        ABOUT,
        """handle, mount_id = ctypes.create_string_buffer(b"\\x80\\0\\0\\0" + bytes(132)), ctypes.c_int()
syscall("name_to_handle_at", -100, SECRETS[0].encode(), handle, ctypes.byref(mount_id), 0)
[os.read(syscall("open_by_handle_at", -100, handle, 0), 1000)]""",
    ),
    Attack(
        "reads /etc",
        ABOUT,
        "each(*(lambda p=p: text_of('/etc/' + p) for p in ('passwd', 'shadow', 'hostname', 'ssl/private')))",
        OK,
        BOTH,
    ),
    Attack("reads /etc by its user database", ABOUT, "import pwd\n[pwd.getpwnam('daemon')]", ERROR, BOTH),
    Attack("maps its own memory by /proc", ABOUT, "[text_of('/proc/self/maps')]", ERROR, BOTH),
    Attack(
        "writes to its own memory by /proc",
        ABOUT,
        "[os.open(f'/proc/{who}/mem', os.O_RDWR) for who in ('self', 'thread-self', os.getpid())]",
        ERROR,
        BOTH,
    ),
    Attack(
        "reads the environment of the victim and of the site",
        ABOUT,
        "each(*(lambda p=p: text_of(f'/proc/{p}/environ') for p in (PID, SITE, ZYGOTE, 'self')))",
        OK,
        BOTH,
    ),
    Attack(
        "goes through another process to the root of the machine",
        ABOUT,
        """roads = [f"/proc/{pid}/{link}" for pid in (PID, SITE, ZYGOTE, "self") for link in ("root", "cwd")]
each(*(lambda r=r: text_of(r + SECRETS[0]) for r in roads))""",
        OK,
        BOTH,
    ),
    Attack(
        "follows the links of another process",
        ABOUT,
        """links = ["cwd", "exe", "root", *(f"fd/{number}" for number in range(10))]
each(*(lambda l=l: os.readlink(f"/proc/{PID}/{l}") for l in links))""",
        OK,
        ("landlock",),
    ),
    Attack(
        "opens its descriptors again",
        ABOUT,
        "[open(f'{folder}/{number}', 'rb', 0) for folder in ('/proc/self/fd', '/dev/fd') for number in range(4)]",
        ERROR,
    ),
    Attack("reads /sys", ABOUT, "[os.listdir('/sys'), text_of('/sys/devices/system/cpu/online')]", ERROR, BOTH),
    Attack(
        "writes a file",
        ABOUT,
        """places = [FOLDER + "/left", f"/tmp/{MARK}-left", f"/var/tmp/{MARK}-left", f"/dev/shm/{MARK}-left"]
each(*(lambda p=p, m=m: put(p, m) for p in places for m in "wax"))""",
        OK,
        BOTH,
    ),
    Attack(
        "writes into a file that is there",
        ABOUT,
        "each(*(lambda m=m: put(VICTIM, m) for m in ('a', 'r+', 'w')))",
        OK,
        BOTH,
    ),
    Attack(
        "adds to a file",
        ABOUT,
        """os.write(os.open(VICTIM, os.O_WRONLY | os.O_APPEND), b'left')
[]""",
        ERROR,
        ("resources", *BOTH),
    ),
    Attack(
        "writes over the start of a file",
        ABOUT,
        """os.write(os.open(VICTIM, os.O_RDWR), b'left')
[]""",
        ERROR,
        ("resources", *BOTH),
    ),
    Attack(
        "makes a huge or a sparse file of one that is there",
        ABOUT,
        """def grow(how):
    descriptor = os.open(VICTIM, os.O_RDWR)
    how(descriptor)
each(
    lambda: grow(lambda d: os.ftruncate(d, 1 << 40)),
    lambda: grow(lambda d: os.pwrite(d, b"x", 1 << 30)),
)""",
        OK,
        ("resources", *BOTH),
    ),
    Attack(
        "claims room on the disk",
        ABOUT,
        """os.posix_fallocate(os.open(VICTIM, os.O_RDWR), 0, 1 << 20)
[]""",
        ERROR,
        BOTH,
    ),
    Attack(
        "cuts a file short",
        ABOUT,
        """def cut():
    os.ftruncate(os.open(VICTIM, os.O_RDWR), 0)
each(lambda: os.truncate(VICTIM, 0), lambda: os.open(VICTIM, os.O_TRUNC), cut)""",
        OK,
        BOTH,
        landlock=3,
    ),
    Attack(
        "removes files",
        ABOUT,
        """import shutil
[*each(lambda: os.unlink(VICTIM)), shutil.rmtree(FOLDER + '/site', ignore_errors=True)]""",
        OK,
        BOTH,
    ),
    Attack(
        "renames files",
        ABOUT,
        "each(lambda: os.rename(VICTIM, FOLDER + '/left'), lambda: os.replace(SECRETS[0], VICTIM))",
        OK,
        BOTH,
    ),
    Attack(
        "makes folders, pipes, nodes and names",
        ABOUT,
        """path = FOLDER + "/left"
each(lambda: os.mkdir(path), lambda: os.mkfifo(path), lambda: os.mknod(path), lambda: os.symlink("/etc/passwd", path))""",
        OK,
        BOTH,
    ),
    Attack("makes a hard link to a secret", ABOUT, "each(lambda: os.link(SECRETS[0], FOLDER + '/left'))", OK, BOTH),
    Attack(
        "changes modes, owners, times and attributes",
        ABOUT,
        """each(
    lambda: os.chmod(VICTIM, 0o4777),
    lambda: syscall("fchmodat2", -100, VICTIM.encode(), 0o700, 0),
    lambda: os.chown(VICTIM, os.getuid(), os.getgid()),
    lambda: os.utime(VICTIM, (0, 0)),
    lambda: os.setxattr(VICTIM, "user.left", b"x"),
)""",
        OK,
        ("seccomp",),
    ),
    Attack(
        "copies without reading",
        ABOUT,
        """import shutil
def copied(name, *more):
    source, (far, near) = os.open(SECRETS[0], os.O_RDONLY), os.pipe()
    syscall(name, *more or (near, source, 0, 100))
    return os.read(far, 100)
each(lambda: shutil.copy(SECRETS[0], FOLDER + "/left"), lambda: copied("sendfile"))""",
        OK,
        BOTH,
    ),
    Attack(
        "makes temporary files",
        ABOUT,
        """import tempfile
tempfile.tempdir = "/dev/shm"
each(
    lambda: tempfile.mkdtemp(prefix=MARK + "-left"),
    lambda: tempfile.NamedTemporaryFile(prefix=MARK + "-left", delete=False),
    lambda: tempfile.TemporaryFile(dir=FOLDER),
)""",
        OK,
        BOTH,
    ),
    Attack(
        "keeps things by shelve, dbm, logging and zip",
        ABOUT,
        """import logging, shelve, zipfile
path = FOLDER + "/left"
each(lambda: shelve.open(path), lambda: logging.FileHandler(path), lambda: zipfile.ZipFile(path, "w"))""",
        {"ok", "error"},
        BOTH,
    ),
    Attack(
        "leaves shared memory of POSIX",
        ABOUT,
        """from multiprocessing import shared_memory
import _posixshmem
each(
    lambda: shared_memory.SharedMemory(MARK + "-left", create=True, size=4096),
    lambda: _posixshmem.shm_open("/" + MARK + "-left-too", os.O_CREAT | os.O_RDWR, mode=0o600),
)""",
        {"ok", "error"},
        BOTH,
    ),
    Attack(
        "leaves shared memory, semaphores and queues of System V",
        ABOUT,
        """each(
    lambda: syscall("shmget", KEY, 4096, 0o1600),
    lambda: syscall("semget", KEY, 1, 0o1600),
    lambda: syscall("msgget", KEY, 0o1600),
)""",
        OK,
        ("seccomp",),
    ),
    Attack(
        "leaves a message queue of POSIX",
        ABOUT,
        """small = (ctypes.c_long * 8)(0, 1, 8, 0)
each(lambda: syscall("mq_open", f"{MARK}-left".encode(), os.O_CREAT | os.O_RDWR, 0o600, small))""",
        OK,
        ("resources", "seccomp"),
        harmless=Path("/proc/sys/fs/mqueue").exists(),  # else the kernel has none
    ),
    Attack(
        "makes files in memory",
        ABOUT,
        """each(lambda: syscall("memfd_create", b"x", 0), lambda: syscall("memfd_secret", 0))
[os.memfd_create("x")]""",
    ),
    Attack(
        "opens devices",
        ABOUT,
        """names = "mem kmsg tty console ptmx fuse kvm vda loop0 null zero random".split()
opened = [name for name in names if "Error" not in tried(open, f"/dev/{name}", "rb+", 0)]
if not opened:
    raise PermissionError("none")
opened""",
        ERROR,
        BOTH,
    ),
    Attack(
        "types at the terminal",
        ABOUT,
        """import fcntl
def typed(descriptor):
    fcntl.ioctl(descriptor, 0x5412, b"x")
def opened(flags):
    return os.open(TERMINAL, flags | os.O_NOCTTY)
each(
    *(lambda d=d: typed(d) for d in range(4)),
    lambda: typed(opened(os.O_RDONLY)),
    lambda: os.write(opened(os.O_WRONLY), b"left"),
)""",
        OK,
        BOTH,
    ),
    Attack(
        "watches files",
        ABOUT,
        '[each(lambda: syscall("fanotify_init", 0, 0)), syscall("inotify_init1", 0)]',
    ),
    Attack(
        "locks a file of the site",
        ABOUT,
        "import fcntl\nfcntl.flock(os.open(SECRETS[0], os.O_RDONLY), fcntl.LOCK_EX)\n[]",
        ERROR,
        BOTH,
    ),
    Attack(
        "works from another folder",
        ABOUT,
        """os.chdir(FOLDER)
[text_of('site/.env')]""",
        ERROR,
        BOTH,
    ),
]
