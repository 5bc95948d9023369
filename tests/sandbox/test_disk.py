"""The disk is full: learners' code does not notice."""

import errno
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.client import Sandbox
from sandbox.protocol import FILE, File, Job
from tests.sandbox.conftest import WORLDS

SORTS = """
Author.objects.bulk_create([Author(name=f"{n * 7919 % 50_000:06} {'x' * 100}") for n in range(20_000)])
names = list(Author.objects.order_by("-name", "-pk").distinct().values_list("name", flat=True))
[names == sorted(names, reverse=True), len(names)]
"""


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Path]:
    """A file to which neither this process nor one that it starts can write a byte; nor can they to any other."""
    path = tmp_path / "file"
    path.touch()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    yield path
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_neither_the_zygote_nor_a_run_needs_room_on_the_disk(full):
    with pytest.raises(OSError, match=str(errno.EFBIG)), full.open("wb") as file:
        file.write(b"x")
    unwritten = Sandbox(WORLDS)
    seen = unwritten.run(Job(observer="rows", world="library", files=(File(FILE, SORTS),)))
    made = unwritten.run(Job(observer="image", world="library", files=(), options={"seed": 2, "size": 1}))
    unwritten.stop()
    assert (seen.outcome, made.outcome) == ("ok", "ok"), (seen, made)
    assert seen.results[0].seen["rows"] == [True, 20_006]
