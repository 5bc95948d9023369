"""What the tests observer says, as frozen data. It comes from a hostile process: what has not the right shape is not there."""

from dataclasses import dataclass
from typing import Any

from lessons.kinds.claim import dicts, mapping, text, whole


@dataclass(frozen=True, slots=True)
class Test:
    name: str
    outcome: str
    """"passed", "failed", "error" or "skipped"; anything else is none of them."""
    said: str
    line: int | None
    text: str
    """The line where it failed."""

    @property
    def passed(self) -> bool:
        return self.outcome == "passed"


@dataclass(frozen=True, slots=True)
class Version:
    """``role``: "real", "right", "mutant" or "again"."""

    name: str
    role: str
    tests: tuple[Test, ...]

    @property
    def killers(self) -> list[Test]:
        """The tests that tell the version from the right one."""
        return [test for test in self.tests if test.outcome in ("failed", "error")]


def versions(seen: Any) -> tuple[Version, ...]:
    found = mapping(seen).get("versions")
    return tuple(Version(text(one.get("name")), text(one.get("role")), tests(one.get("tests"))) for one in dicts(found))


def tests(data: Any) -> tuple[Test, ...]:
    return tuple(
        Test(
            text(one.get("name")), text(one.get("outcome")), text(one.get("said")), whole(one.get("line")), text(one.get("text"))
        )
        for one in dicts(data)
    )
