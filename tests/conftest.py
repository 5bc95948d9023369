"""What every test shares."""

import os

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

# CI tries the same examples every time: what landed once does not fail the next change. A developer's machine tries new ones.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

TOGETHER = ("tests/e2e/", "tests/diagnosis/test_trial.py", "tests/test_authoring.py")
"""Where the tests share something dear, such as a site and a browser: each of these runs in one process."""


class Scheduling(LoadScopeScheduling):  # type: ignore[misc]  # which is not typed
    """Every test by itself, but for those. xdist has marks for that, which pytest 9.2 does not let it write into a test's id."""

    def _split_scope(self, nodeid: str) -> str:
        return next((scope for scope in TOGETHER if nodeid.startswith(scope)), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Scheduling:
    return Scheduling(config, log)
