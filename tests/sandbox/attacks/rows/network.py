"""Network: reaching anything by any socket."""

from tests.sandbox.attacks.attack import ERROR, OK, Attack, kernel_has_it_off

ABOUT = "network"
SECCOMP = ("seccomp",)
BOTH = ("landlock", "seccomp")

ATTACKS = [
    Attack(
        "connects by TCP",
        ABOUT,
        """import socket
socket.create_connection(TCP)
[]""",
        ERROR,
        BOTH,
        landlock=4,
    ),
    Attack(
        "connects by TCP without waiting",
        ABOUT,
        "import socket\none = socket.socket()\none.setblocking(False)\none.connect_ex(TCP)\n[]",
        {"ok", "error"},
        BOTH,
        landlock=4,
    ),
    Attack(
        "listens by TCP",
        ABOUT,
        """import socket
socket.create_server(('127.0.0.1', 0))
[]""",
        ERROR,
        BOTH,
        landlock=4,
    ),
    Attack(
        "opens a page",
        ABOUT,
        """import urllib.request
urllib.request.urlopen(f'http://127.0.0.1:{TCP[1]}/', timeout=0.2)
[]""",
        ERROR,
        BOTH,
        landlock=4,
    ),
    Attack(
        "connects from asyncio",
        ABOUT,
        "import asyncio\nasyncio.run(asyncio.open_connection(*TCP))\n[]",
        ERROR,
        BOTH,
        landlock=4,
    ),
    Attack(
        "sends by UDP",
        ABOUT,
        "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'left', UDP)\n[]",
        ERROR,
        SECCOMP,
    ),
    Attack(
        "asks a name server",
        ABOUT,
        "import socket\n[socket.getaddrinfo('woodshed.invalid', 80)]",
        ERROR,
    ),
    Attack(
        "connects to a Unix socket",
        ABOUT,
        "import socket\nsocket.socket(socket.AF_UNIX).connect(STREAM)\n[]",
        ERROR,
        SECCOMP,
    ),
    Attack(
        "sends to a Unix datagram socket",
        ABOUT,
        """import socket
socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b'left', DATAGRAM)
[]""",
        ERROR,
        SECCOMP,
    ),
    Attack(
        "reaches abstract sockets",
        ABOUT,
        """import socket
def connect(): socket.socket(socket.AF_UNIX).connect(ABSTRACT)
def send(): socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"left", ABSTRACT_DATAGRAM)
each(connect, send)""",
        OK,
        BOTH,
        landlock=6,
    ),
    Attack(
        "listens at an abstract socket",
        ABOUT,
        """import socket
one = socket.socket(socket.AF_UNIX)
one.bind("\\0" + MARK + "-left")
one.listen()
[]""",
        ERROR,
    ),
    Attack(
        "sends from a socketpair to another socket",
        ABOUT,
        """import socket
near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
each(*(lambda a=a: near.sendto(b"left", a) for a in (DATAGRAM, ABSTRACT_DATAGRAM)))""",
        OK,
        SECCOMP,
    ),
    Attack(
        "sends a message from a socketpair to another socket",
        ABOUT,
        """import socket
near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
each(*(lambda a=a: near.sendmsg([b"left"], [], 0, a) for a in (DATAGRAM, ABSTRACT_DATAGRAM)))""",
        OK,
        SECCOMP,
    ),
    Attack(
        "connects one end of a socketpair anew",
        ABOUT,
        """import socket
near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
def moved(address):
    near.connect(address)
    near.send(b"left")
each(*(lambda a=a: moved(a) for a in (DATAGRAM, ABSTRACT_DATAGRAM)))""",
        OK,
        SECCOMP,
    ),
    Attack(
        "connects its own channel and output anew",
        ABOUT,
        """import socket
def moved(descriptor):
    socket.socket(fileno=os.dup(descriptor)).connect(STREAM)
each(*(lambda d=d: moved(d) for d in (1, 3)))""",
        {"ok", "crashed"},
    ),
    Attack(
        "sends raw packets",
        ABOUT,
        """import socket, struct
one = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP)
one.sendto(struct.pack("!HHHH", 53, UDP[1], 12, 0) + b"left", ("127.0.0.1", 0))
[]""",
        ERROR,
        ("identity", "seccomp"),
        privileged=True,
    ),
    Attack(
        "opens sockets of the kernel",
        ABOUT,
        """import socket
kinds = [(16, 3, 0), (17, 3, 0), (38, 5, 0), (40, 1, 0), (31, 3, 1), (29, 3, 1), (15, 3, 2), (44, 3, 0), (2, 1, 262), (30, 1, 0)]
opened = []
for kind in kinds:
    try:
        opened.append(socket.socket(*kind).family)
    except OSError:
        pass
if not opened:
    raise PermissionError("none")
opened""",
        ERROR,
        SECCOMP,
    ),
    Attack(
        "connects to the machine's host by vsock",
        ABOUT,
        "import socket\nsocket.socket(socket.AF_VSOCK).connect((socket.VMADDR_CID_HOST, 1024))\n[]",
    ),
    Attack(
        "asks its channel for the site's process, and goes on from there",
        ABOUT,
        """import signal, socket, struct
channel, SO_PEERPIDFD = socket.socket(fileno=os.dup(3)), 77
def of_the_site():
    return channel.getsockopt(socket.SOL_SOCKET, SO_PEERPIDFD)
each(
    lambda: signal.pidfd_send_signal(of_the_site(), 10),
    lambda: os.kill(struct.unpack("3i", channel.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0], 10),
    *(lambda n=n: os.read(syscall("pidfd_getfd", of_the_site(), n, 0), 1000) for n in range(3)),
    lambda: syscall("setns", of_the_site(), 0x40000000),
)""",
        OK,
        harmless=False,
    ),
    Attack(
        "sends out of band, where the kernel has had its mistakes",
        ABOUT,
        """import socket
near, far = socket.socketpair()
def sent():
    near.send(b"x", socket.MSG_OOB)
def received():
    far.recv(1, socket.MSG_OOB)
if all("PermissionError" in one for one in each(sent, received)):
    raise PermissionError("none")
[1]""",
        ERROR,
        SECCOMP,
    ),
    Attack(
        "makes socketpairs of other families",
        ABOUT,
        "import socket\n[socket.socketpair(30, socket.SOCK_STREAM)]",
        ERROR,
    ),
    Attack(
        "sets up io_uring",
        ABOUT,
        '[syscall("io_uring_setup", 8, ctypes.create_string_buffer(120))]',
        ERROR,
        SECCOMP,
        harmless=kernel_has_it_off("io_uring_disabled"),
        engines_refuse=True,
    ),
    Attack(
        "hands descriptors to the site over its channel",
        ABOUT,
        "import socket\nsocket.send_fds(socket.socket(fileno=3), [b'left'], [0, 1, 2])\n[]",
        {"error", "crashed"},
    ),
    Attack(
        "receives descriptors over a socketpair",
        ABOUT,
        """import socket
near, far = socket.socketpair()
socket.send_fds(near, [b"x"], [0])
socket.recv_fds(far, 1, 1)
[]""",
    ),
    Attack(
        "sends mail",
        ABOUT,
        """import smtplib
smtplib.SMTP('127.0.0.1', TCP[1], timeout=0.2)
[]""",
        ERROR,
        BOTH,
        landlock=4,
    ),
]
