"""A process with a run's own uid, that a run must not read, stop or end. Started as a program; tells its parent what happens.

It prints, a line each: the address of the token in its memory, the number of every signal that reaches it, and PRESENT whenever
it is asked, by a byte, whether it is there: then it has told of every signal that came before.

It holds the token in its memory, in its environment and in the name of a file that it has open.
"""

import ctypes
import os
import signal

ANYBODY = -1
PRESENT = "present"
PR_SET_PTRACER = 0x59616D61
HELD_OPEN = open(os.environ["WOODSHED_FILE"])  # noqa: PTH123, SIM115
TOKEN = ctypes.create_string_buffer(os.environ["WOODSHED_TOKEN"].encode())


def told(number: int, frame: object) -> None:
    print(number, flush=True)


# Where Yama lets only parents trace, anybody may trace this one.
ctypes.CDLL(None).prctl(PR_SET_PTRACER, ctypes.c_long(ANYBODY), 0, 0, 0)
for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM}:
    signal.signal(number, told)
print(ctypes.addressof(TOKEN), flush=True)
while os.read(0, 1):
    print(PRESENT, flush=True)
