"""Processes: starting any, and touching those that are there."""

from tests.sandbox.attacks.attack import ERROR, OK, Attack, kernel_has_it_off

ABOUT = "processes"
SECCOMP = ("seccomp",)
BOTH = ("landlock", "seccomp")

# A child that outlives what made it, unless it cannot be made.
LINGER = "os.closerange(0, 300)\n    time.sleep(5)\n    os._exit(0)"
SIBLING = "import time\nheld = bytearray(TOKEN.encode())\ntime.sleep(0.3)\n[1]"

ATTACKS = [
    Attack("forks", ABOUT, f"import time\nif os.fork() == 0:\n    {LINGER}\n[]", ERROR, SECCOMP),
    Attack("forks with a terminal", ABOUT, f"import pty, time\nif pty.fork()[0] == 0:\n    {LINGER}\n[]", ERROR, SECCOMP),
    Attack(
        "forks by the system call",
        ABOUT,
        f"import time\nif syscall('clone', 17, 0, 0, 0, 0) == 0:\n    {LINGER}\n[]",
        ERROR,
        SECCOMP,
    ),
    Attack(
        "forks by clone3",
        ABOUT,
        f"""import time
arguments = (ctypes.c_uint64 * 11)(0, 0, 0, 0, 17)
if syscall("clone3", arguments, 88) == 0:
    {LINGER}
[]""",
        ERROR,
        SECCOMP,
    ),
    Attack(
        "forks by vfork",
        ABOUT,
        """if syscall('vfork') == 0:
    os._exit(0)
[]""",
        ERROR,
        SECCOMP,
    ),
    Attack(
        "forks a process that is no thread but shares its memory",
        ABOUT,
        "each(*(lambda f=f: syscall('clone', f | 17, 0, 0, 0, 0) for f in (0x8000, 0x10000000, 0x7E020000, 0x4000)))",
        OK,
    ),
    Attack(
        "makes a thread in a namespace of its own",
        ABOUT,
        "[syscall('clone', 0x10D00 | 0x10000000, 0, 0, 0, 0)]",
        {"error", "crashed"},
    ),
    Attack(
        "starts a shell",
        ABOUT,
        "import subprocess\nsubprocess.run(f'touch {FOLDER}/left', shell=True, check=True)\n[]",
        ERROR,
        SECCOMP,
    ),
    Attack(
        "leaves a program running",
        ABOUT,
        """import subprocess
code = "import time; time.sleep(20)"
subprocess.Popen([sys.executable, "-c", code, MARK + "-left"], start_new_session=True, stdout=-3, stderr=-3)
[]""",
        ERROR,
        SECCOMP,
    ),
    Attack(
        "spawns",
        ABOUT,
        "os.posix_spawn('/bin/sh', ['sh', '-c', f'touch {FOLDER}/left'], {})\n[]",
        ERROR,
        SECCOMP,
    ),
    Attack(
        "asks the shell by the C library",
        ABOUT,
        "each(lambda: os.system(f'touch {FOLDER}/left'), lambda: os.popen('id').read())",
        OK,
    ),
    Attack(
        "becomes another program",
        ABOUT,
        "os.execv('/bin/sh', ['sh', '-c', f'touch {FOLDER}/left'])",
        ERROR,
        BOTH,
    ),
    Attack(
        "becomes another program that is an open file",
        ABOUT,
        """shell = os.open("/bin/sh", os.O_RDONLY)
words = (ctypes.c_char_p * 4)(b"sh", b"-c", f"touch {FOLDER}/left".encode())
syscall("execveat", shell, b"", words, None, 0x1000)""",
        ERROR,
        BOTH,
    ),
    Attack(
        "uses multiprocessing",
        ABOUT,
        """import multiprocessing, time
multiprocessing.get_context('fork').Process(target=time.sleep, args=(1,)).start()
[]""",
        {"error", "crashed"},
        SECCOMP,
        seconds=0.5,
    ),
    Attack(
        "uses a pool of processes",
        ABOUT,
        """from concurrent.futures import ProcessPoolExecutor
import multiprocessing
with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as pool:
    answer = [pool.submit(os.getpid).result()]
answer""",
        {"error", "timeout"},
        seconds=1.0,
    ),
    Attack("kills the zygote", ABOUT, "each(*(lambda n=n: os.kill(ZYGOTE, n) for n in (9, 15)))", OK, BOTH, landlock=6),
    Attack(
        "stops the zygote",
        ABOUT,
        """os.kill(os.getppid(), 19)
[]""",
        ERROR,
        BOTH,
        harmless=False,
        landlock=6,
    ),
    Attack("kills the site", ABOUT, "os.kill(SITE, 10)\n[]", ERROR, SECCOMP, harmless=False),
    Attack(
        "kills another process of its uid",
        ABOUT,
        """os.kill(PID, 9)
[]""",
        ERROR,
        BOTH,
        landlock=6,
    ),
    Attack(
        "stops another process of its uid",
        ABOUT,
        """os.kill(PID, 19)
[]""",
        ERROR,
        BOTH,
        landlock=6,
    ),
    # 23, SIGURG, is ignored by whoever does not wait for it: the victim does.
    Attack(
        "signals every process there is",
        ABOUT,
        """os.kill(-1, 23)
[]""",
        {"error", "ok"},
        BOTH,
        harmless=False,
        landlock=6,
    ),
    Attack(
        "signals its group", ABOUT, "each(lambda: os.kill(0, 23), lambda: os.killpg(os.getpgid(PID), 23))", OK, BOTH, landlock=6
    ),
    Attack(
        "signals by every other system call",
        ABOUT,
        """information = (ctypes.c_int * 32)(10, 0, -1)
def by_pidfd():
    return syscall("pidfd_send_signal", syscall("pidfd_open", PID, 0), 10, None, 0)
each(
    lambda: syscall("tkill", PID, 10),
    lambda: syscall("tgkill", PID, PID, 10),
    lambda: syscall("rt_sigqueueinfo", PID, 10, information),
    lambda: syscall("rt_tgsigqueueinfo", PID, PID, 10, information),
    by_pidfd,
)""",
        OK,
        BOTH,
        landlock=6,
    ),
    Attack(
        "has the kernel signal another process when something can be read",
        ABOUT,
        """import fcntl, socket
near, far = socket.socketpair()
def own(command, whom):
    fcntl.fcntl(near, command, whom)
def own_by_ioctl(request):
    fcntl.ioctl(near, request, PID.to_bytes(4, sys.byteorder))
tries = each(lambda: own(8, PID), lambda: own_by_ioctl(0x8901), lambda: own_by_ioctl(0x8902))
fcntl.fcntl(near, fcntl.F_SETFL, os.O_ASYNC)
far.send(b"x")
tries""",
        OK,
        BOTH,
        landlock=6,
    ),
    Attack(
        "has a timer signal another process",
        ABOUT,
        """event = (ctypes.c_int * 16)(0, 0, 10, 4, PID)
timer = ctypes.c_int()
[syscall("timer_create", 1, event, ctypes.byref(timer))]""",
        ERROR,
    ),
    Attack(
        "signals a run beside it",
        ABOUT,
        "each(*(lambda p=p: os.kill(p, 9) for p in others()))",
        OK,
        BOTH,
        harmless=False,
        beside=SIBLING,
        landlock=6,
    ),
    Attack(
        "traces another process",
        ABOUT,
        "each(*(lambda r=r: checked(libc.ptrace(r, PID, 0, 0)) for r in (16, 0x4206)))",
        OK,
        BOTH,
    ),
    Attack("has itself traced", ABOUT, "[checked(libc.ptrace(0, 0, 0, 0))]", ERROR, SECCOMP, harmless=False),
    Attack(
        "reads another process's memory",
        ABOUT,
        """room = ctypes.create_string_buffer(100)
here = (ctypes.c_size_t * 2)(ctypes.addressof(room), 100)
there = (ctypes.c_size_t * 2)(ADDRESS, 100)
def by_file():
    with open(f"/proc/{PID}/mem", "rb", 0) as memory:
        memory.seek(ADDRESS)
        return memory.read(100)
[*each(lambda: syscall("process_vm_readv", PID, here, 1, there, 1, 0), by_file), room.raw]""",
        OK,
        BOTH,
    ),
    Attack(
        "writes to another process's memory",
        ABOUT,
        """room = ctypes.create_string_buffer(b"left")
here = (ctypes.c_size_t * 2)(ctypes.addressof(room), 4)
there = (ctypes.c_size_t * 2)(ADDRESS, 4)
[syscall("process_vm_writev", PID, here, 1, there, 1, 0)]""",
        ERROR,
        BOTH,
    ),
    Attack(
        "reads the memory of a run beside it",
        ABOUT,
        """found, mine = [], text_of("/proc/self/cmdline")
def read(pid):
    if text_of(f"/proc/{pid}/cmdline") != mine:
        return
    with open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in open(f"/proc/{pid}/maps"):
            ends, rights = line.split()[:2]
            start, end = (int(one, 16) for one in ends.split("-"))
            if rights.startswith("rw") and end - start < 1 << 27 and "[vv" not in line:
                memory.seek(start)
                there = memory.read(end - start)
                at = there.find(MARK.encode() + b"-")
                if at >= 0:
                    found.append(there[at : at + 60])
for pid in others():
    try:
        read(pid)
    except OSError as problem:
        pass
found""",
        {"ok", "error"},
        ("identity", *BOTH),
        harmless=kernel_has_it_off("yama/ptrace_scope"),  # Ubuntu has it on: only who asks for it is traced
        beside=SIBLING,
    ),
    Attack(
        "takes a descriptor of another process",
        ABOUT,
        "[syscall('pidfd_getfd', syscall('pidfd_open', PID, 0), 1, 0)]",
        ERROR,
        BOTH,
    ),
    Attack(
        "compares and advises other processes",
        ABOUT,
        """each(lambda: syscall('kcmp', PID, os.getpid(), 0, 0, 0))
syscall('process_madvise', 0, None, 0, 0, 0)
[]""",
    ),
    Attack(
        "ends its main thread and goes on in another",
        ABOUT,
        """import threading, time
threading.Thread(target=time.sleep, args=(20,)).start()
syscall('exit', 0)""",
        {"timeout"},
        ("client",),
        seconds=0.5,
    ),
    Attack(
        "writes to every descriptor but its own",
        ABOUT,
        """def shut(descriptor):
    os.write(descriptor, b"\\0\\0\\0\\7")
each(*(lambda d=d: shut(d) for d in range(4, 300)))[:0]""",
        OK,
        ("descriptors",),
        beside="import time\ntime.sleep(0.2)\n1 / len([1])\n[1]",
    ),
    Attack(
        "shuts every descriptor that could be the site's",
        ABOUT,
        """import socket
def shut(descriptor):
    socket.socket(fileno=descriptor).shutdown(socket.SHUT_RDWR)
each(*(lambda d=d: shut(d) for d in range(4, 300)))[:0]""",
        {"ok"},
        ("descriptors",),
    ),
    Attack(
        "kills a run beside it by a descriptor",
        ABOUT,
        """import signal
each(*(lambda d=d: signal.pidfd_send_signal(d, 9) for d in range(4, 300)))[:0]""",
        OK,
        ("descriptors", "seccomp"),
        beside=SIBLING,
    ),
    Attack(
        "takes the next job from the site's socket",
        ABOUT,
        """import select, socket
taken = []
poll = select.poll()
for descriptor in range(4, 300):
    try:
        one = socket.socket(fileno=os.dup(descriptor))
        taken.append((descriptor, one.type))
    except OSError:
        continue
if not taken:
    raise PermissionError("none")
taken""",
        ERROR,
        ("descriptors",),
    ),
]
