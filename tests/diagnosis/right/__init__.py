"""Right answers to the course's exercises in other words than the authors'. All of them have to pass.

None relies on what one database only would do: on the order in which it sends equals, on where it puts NULL, on a lookup that
ignores the case there.
"""

from tests.diagnosis.right import calls, database, render, responses, rows, schema, settings, testing, value
from tests.diagnosis.right.answer import Right

RIGHT: tuple[Right, ...] = (
    *rows.RIGHT,
    *value.RIGHT,
    *database.RIGHT,
    *calls.RIGHT,
    *responses.RIGHT,
    *render.RIGHT,
    *schema.RIGHT,
    *settings.RIGHT,
    *testing.RIGHT,
)
