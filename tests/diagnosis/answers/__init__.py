"""Wrong answers to the course's exercises, and how to know a message that names the mistake.

All of it was written down before any of these answers was run, and before anybody had seen what the site says about them. That is
what they are worth something by: an answer or a criterion that is changed to suit the feedback measures nothing.
"""

from tests.diagnosis.answers import (
    fields,
    first_querysets,
    lookups,
    middleware,
    q_and_f,
    routing,
    services,
    settings,
    templates,
    testing,
    writing,
)
from tests.diagnosis.answers.answer import Answer

ANSWERS: tuple[Answer, ...] = (
    *first_querysets.ANSWERS,
    *lookups.ANSWERS,
    *q_and_f.ANSWERS,
    *writing.ANSWERS,
    *fields.ANSWERS,
    *routing.ANSWERS,
    *middleware.ANSWERS,
    *templates.ANSWERS,
    *services.ANSWERS,
    *settings.ANSWERS,
    *testing.ANSWERS,
)
