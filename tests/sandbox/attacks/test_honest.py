"""What honest learners do works, in every level that this machine has."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.sandbox.attacks.arena import job
from tests.sandbox.attacks.honest_django import DJANGO, FUNCTIONS
from tests.sandbox.attacks.honest_python import PYTHON
from tests.sandbox.attacks.zygotes import Bent

BEFORE_PYTHON_3_14 = "UUID7"
HONEST = PYTHON | DJANGO
HELPERS = """def sql(statement):
    from django.db import connection
    with connection.cursor() as cursor:
        return cursor.execute(statement).fetchall()
"""


@pytest.fixture
def rows(level: Bent) -> Callable[[str], Any]:
    def rows(code: str) -> Any:
        seen = level.run(job(code, options={"setup": HELPERS}))
        assert seen.outcome == "ok", (seen.outcome, seen.limit, seen.error, seen.printed)
        return seen.results[0].seen["rows"]

    return rows


@pytest.mark.parametrize("name", HONEST)
def test_honest_work_works(rows: Callable[[str], Any], name: str) -> None:
    code, expected = HONEST[name]
    assert (got := rows(code)) == expected or expected is None, got


def test_every_function_of_django_works(rows: Callable[[str], Any]) -> None:
    assert set(rows(FUNCTIONS)) <= {BEFORE_PYTHON_3_14}
