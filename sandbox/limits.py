"""Limits a run ends at from inside. Those that hostile code could dodge are enforced from outside: see lockdown and client."""

from sandbox.protocol import Outcome


class Limit(BaseException):
    """Not an Exception, so that a learner's ``except Exception`` does not swallow it. ``limit`` is in plain words."""

    def __init__(self, outcome: str, limit: str) -> None:
        super().__init__(outcome, limit)
        self.outcome = Outcome(outcome)
        self.limit = limit
