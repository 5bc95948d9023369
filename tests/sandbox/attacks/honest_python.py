"""What honest learners write of Python's own."""

from typing import Any

PYTHON: dict[str, tuple[str, list[Any] | None]] = {
    "gathering": (
        """import asyncio
async def main():
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(asyncio.sleep(0.001, n)) for n in range(3)]
    return [task.result() for task in tasks] + await asyncio.gather(
        Author.objects.acount(), asyncio.to_thread(sum, [1, 2])
    )
asyncio.run(main())""",
        [0, 1, 2, 6, 3],
    ),
    "decimals": (
        """from decimal import ROUND_HALF_UP, localcontext
with localcontext(prec=5): third = Decimal(1) / 3
[str(third), str(Decimal('2.675').quantize(Decimal('0.01'), ROUND_HALF_UP))]""",
        ["0.33333", "2.68"],
    ),
    "fractions and big numbers": (
        """from fractions import Fraction
import math
n = 7 ** 30_000
[str(Fraction(1, 3) + 1), n // 7 ** 29_999, math.comb(10, 3), len(str(10 ** 4000))]""",
        ["4/3", 7, 120, 4001],
    ),
    "time zones": (
        """from zoneinfo import ZoneInfo
at = datetime.datetime(2024, 7, 1, 12, tzinfo=ZoneInfo("Europe/Warsaw"))
[at.utcoffset().seconds, at.astimezone(ZoneInfo("America/New_York")).hour, at.astimezone(ZoneInfo("Asia/Tokyo")).hour,
 timezone.localtime(at).hour, timezone.now().tzinfo == datetime.timezone.utc, timezone.get_current_timezone_name()]""",
        [7200, 6, 19, 10, True, "UTC"],
    ),
    "dates": (
        """from django.utils.dateparse import parse_datetime
import calendar, time
[
    parse_datetime("2024-02-29T12:30:00Z").day,
    datetime.date.fromisoformat("2024-W09-4").day,
    calendar.monthrange(2024, 2)[1],
    datetime.datetime.strptime("29.02.2024", "%d.%m.%Y").month,
    time.strftime("%Y", time.gmtime(0)),
    f"{datetime.date(2024, 1, 5):%a %d %b}",
]""",
        [29, 29, 29, 2, "1970", "Fri 05 Jan"],
    ),
    "patterns": (
        """import re
[
    re.sub(r'(?P<a>\\w)(\\d+)', r'\\2\\g<a>', 'a12 b3'),
    *re.findall('[[:alpha:]]|é+', 'éé'),
    Book.objects.filter(title__regex=r'^Book [0-3]$').count(),
    Book.objects.filter(title__iregex='BOOK 1.').count(),
]""",
        None,
    ),
    "dataclasses, enums and typing": (
        """from dataclasses import asdict, dataclass, field
from enum import Enum, IntFlag, StrEnum, auto
from typing import Generic, NamedTuple, Protocol, TypedDict, TypeVar
class Colour(StrEnum):
    RED = auto()
class Point(NamedTuple):
    x: int = 1
class Named(Protocol):
    name: str
@dataclass(order=True, frozen=True, slots=True)
class Item[T]:
    name: str
    tags: list[T] = field(default_factory=list)
[Colour.RED, Point()._asdict(), asdict(Item("x")), Item("a") < Item("b")]""",
        ["red", ["dict", [["x", 1]]], ["dict", [["name", "x"], ["tags", ["list", []]]]], True],
    ),
    "printing": (
        """import pprint
print('é', [1], sep='\\n')
pprint.pprint({'a': 1})
[1]""",
        [1],
    ),
    "warnings and logging": (
        """import logging, sys, warnings
logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(levelname)s %(message)s")
logging.getLogger(__name__).info("said")
logging.getLogger("django.db.backends").setLevel(logging.DEBUG)
warnings.warn("careful", DeprecationWarning)
[Author.objects.count()]""",
        [6],
    ),
    "a thread or two": (
        """import queue, threading
from concurrent.futures import ThreadPoolExecutor
results = queue.Queue()
threads = [threading.Thread(target=lambda n=n: results.put(Author.objects.filter(pk__lte=n).count())) for n in (1, 2)]
for thread in threads: thread.start()
for thread in threads: thread.join()
with ThreadPoolExecutor(4) as pool:
    names = list(pool.map(lambda pk: Author.objects.get(pk=pk).name, [1, 2, 3] * 40))
[sorted([results.get(), results.get()]), names[:3], names == names[:3] * 40]""",
        [["list", [1, 2]], ["list", ["Author 0", "Author 1", "Author 2"]], True],
    ),
    "the standard library": (
        """import array, base64, bisect, collections, contextlib, copy, csv, functools, hashlib, heapq, html, io, itertools, json
import operator, random
import secrets, statistics, string, textwrap, urllib.parse, uuid
out = io.StringIO()
csv.writer(out).writerows([["a", "b"], [1, "x,y"]])
[
    out.getvalue(),
    json.loads(json.dumps({"a": [1.5, None]})),
    statistics.median([1, 3, 2]),
    list(itertools.batched("abc", 2)),
    list(itertools.pairwise([1, 2])),
    collections.Counter("aab").most_common(1),
    hashlib.sha256(b"x").hexdigest()[:4],
    heapq.nlargest(1, [1, 5]),
    functools.reduce(operator.add, [1, 2]),
    textwrap.shorten("a b c d", 5, placeholder="…"),
    urllib.parse.quote("é"),
    uuid.UUID(int=1),
    base64.b64encode(b"x").decode(),
    random.Random(1).randint(1, 9),
    html.escape("<"),
    string.capwords("a b"),
    len(secrets.token_hex(4)),
    bisect.bisect([1, 2], 1),
]""",
        None,
    ),
    "tracebacks of one's own": (
        """import traceback
try:
    1 / 0
except ZeroDivisionError:
    text = traceback.format_exc()
['ZeroDivisionError' in text]""",
        [True],
    ),
}
"""Name: the code, and the rows it gives (None: whatever it gives)."""
