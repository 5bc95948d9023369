"""Steps as the sandbox would report them, from plain Python values."""

from lessons.grading.types import Trial
from sandbox.protocol import ErrorReport, Frame, Observation, Outcome, Result, Step
from tests.grading.builders import encode


def gave(value, asked="f(1)", queries=0):
    return Step(asked=asked, seen={"value": encode(value)}, queries=queries)


def raised(name="ValueError", asked="f(1)", message="no"):
    report = ErrorReport(type=name, message=message, path="answer.py", line=1, frames=(Frame("answer.py", 1, "f", "raise"),))
    return Step(asked=asked, seen={}, error=report)


def end(changes=(), mail=(), tasks=()):
    return Step(asked="", seen={"changes": list(changes), "mail": list(mail), "tasks": list(tasks)})


def added(**values):
    return {"model": "bookshop.Book", "change": "added", "values": {name: encode(value) for name, value in values.items()}}


def changed(pk, **values):
    return {"model": "bookshop.Book", "change": "changed", "pk": pk, "values": values}


def letter(subject="Hello", body="Dear reader"):
    return {"to": encode(["a@b.org"]), "subject": subject, "body": body}


def result(*steps, label="visible"):
    return Result(label=label, seen={}, steps=steps)


def trial(*steps, hidden=None):
    there = result(*(hidden if hidden is not None else steps), label="hidden 1")
    return Trial(Observation(outcome=Outcome.OK, results=(result(*steps),)), Observation(outcome=Outcome.OK, results=(there,)))
