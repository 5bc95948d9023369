from collections.abc import Iterator

import pytest

from tests.sandbox.attacks.zygotes import LEVELS, Bent


@pytest.fixture(scope="session", params=LEVELS)
def level(request: pytest.FixtureRequest) -> Iterator[Bent]:
    """A sandbox of each level that this machine has."""
    sandbox = Bent(LEVELS[request.param])
    assert sandbox.status().level == request.param, sandbox.status()
    yield sandbox
    sandbox.stop()
