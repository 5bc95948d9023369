"""What the tests of every kind on probes share: files in, steps out."""

from base64 import b64decode
from collections.abc import Mapping
from typing import Any

from sandbox.client import Sandbox
from sandbox.protocol import FILE, File, Job, Observation, Step


def asked(sandbox: Sandbox, observer: str, files: Mapping[str, str], *probes: str, **also: Any) -> Observation:
    """A job's own fields are ``seconds`` and ``databases``; the rest of ``also`` are options."""
    own = {name: also.pop(name) for name in ("seconds", "databases") if name in also}
    paths = tuple(File(path, text) for path, text in files.items())
    return sandbox.run(Job(observer=observer, world="library", files=paths, options={"probes": probes, **also}, **own))


def image(sandbox: Sandbox, seed: int = 7, size: float = 0.5) -> bytes:
    """A small hidden database."""
    seen = sandbox.run(Job(observer="image", world="library", files=(File(FILE, ""),), options={"seed": seed, "size": size}))
    return b64decode(seen.results[0].seen["image"])


def steps(seen: Observation) -> tuple[Step, ...]:
    """Those of a run on one database that ended well."""
    assert seen.outcome == "ok", seen
    return seen.results[0].steps


def values(seen: Observation) -> list[Any]:
    return [step.seen.get("value", step.error and step.error.type) for step in steps(seen) if step.asked]


def left(seen: Observation) -> list[Mapping[str, Any]]:
    """What each probe left behind."""
    return [step.seen for step in steps(seen) if not step.asked]


def changes(seen: Observation) -> list[Any]:
    """What the first probe did to the database."""
    return list(left(seen)[0]["changes"])
