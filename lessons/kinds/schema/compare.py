"""The learner's tables held against the solution's: what is off, in words, one sentence for each."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lessons.catalogue.types import Exercise
from lessons.grading import essence
from lessons.grading.canonical import Yardstick
from lessons.grading.leftovers import CHECKS
from lessons.grading.steps import Steps, same_value, shown_value
from lessons.grading.types import Check
from lessons.grading.words import a, code, count, is_hidden, show
from lessons.kinds import Comparison
from lessons.kinds.schema.read import Field, Finding, Index, Schema, Table, schema
from sandbox.protocol import Encoded, ErrorReport, Result

STEPS = Steps(check="rows", noun="probe", differ=same_value, shown=shown_value)
ALL = ("schema", "checks", "migrations", "rows", *CHECKS)
ASKED = ("names", "table", "related_name", "ordering", "verbose_name", "verbose_name_plural", "get_latest_by")
"""What is compared only where the exercise's ``also`` names it."""
MOST_TOLD = 5


def compare(exercise: Exercise, expected: Result, observed: Result, keys: Result | None) -> Comparison:
    right, given = schema(expected.seen), schema(observed.seen)
    found = [said for finding in new_findings(right, given) if (said := told_finding(finding))]
    if given.refused and not right.refused:
        return off(exercise, found, [Check("checks", False, "Django refuses these models")], expected)
    wrong = list(differences(exercise, right, given)) or list(in_database(right, given))
    behind = list(out_of_step(right, given))
    steps = STEPS.compare(exercise, expected, observed, keys)
    checks = [
        Check("schema", not wrong, "Not the tables asked for" if wrong else f"{count(len(right.tables), 'table')} as expected"),
        Check("checks", not found, "Django's checks find something" if found else "Django's checks find nothing to say"),
        *([Check("migrations", not behind, DISAGREE if behind else AGREE)] if right.pending is not None else []),
        *steps.checks,
    ]
    told = [*(wrong or behind), *found]  # what the tables lack, makemigrations would write
    if told and not (right.pending is not None and failing(steps.error)):
        return off(exercise, told, checks, expected)
    return replace(steps, checks=tuple(checks))


def off(exercise: Exercise, sentences: Sequence[str], checks: Sequence[Check], expected: Result) -> Comparison:
    failed = next(check.text for check in checks if not check.passed)
    if is_hidden(expected):
        return Comparison(checks=tuple(checks), headline=failed)
    headline = sentences[0] if len(sentences) == 1 else f"{count(len(sentences), 'thing')} are off"
    more = [f"And {len(sentences) - MOST_TOLD:,} more"] if len(sentences) > MOST_TOLD else []
    detail = " ".join(f"{sentence}." for sentence in (*sentences[:MOST_TOLD], *more))
    return Comparison(checks=tuple(checks), headline=headline, detail=detail)


def same(exercise: Exercise, one: Result, other: Result) -> bool:
    """Whether two answers make the same tables, get the same findings, and hold the same rows."""
    first, second = schema(one.seen), schema(other.seen)
    if any(new_findings(first, second)) or any(new_findings(second, first)) or any(differences(exercise, first, second)):
        return False
    if any(in_database(first, second)) or Counter(first.pending or ()) != Counter(second.pending or ()):
        return False
    return STEPS.same(exercise, one, other)


def behaved(exercise: Exercise, result: Result) -> object:
    """The tables without what is compared only where it is asked for; of check constraints, what they are about."""
    given = schema(result.seen)
    findings = {(finding.id, finding.on) for finding in given.findings}
    return findings, [of_one(table) for _, table in sorted(given.tables.items())], STEPS.essence(exercise, result)


def of_one(table: Table) -> object:
    fields = {
        field.name: (field.type, essence.anything({name: one for name, one in field.options.items() if name not in ASKED}))
        for field in table.fields.values()
    }
    keys = [essence.bag((one.on, one.where) for one in found) for found in (table.uniques, table.indexes)]
    return table.label, table.proxy, table.parents, fields, keys, {field for check in table.checks for field in check.on}


# Django's own checks


def new_findings(right: Schema, given: Schema) -> Iterator[Finding]:
    known = {(finding.id, finding.on) for finding in right.findings}
    return (finding for finding in given.findings if (finding.id, finding.on) not in known)


def told_finding(finding: Finding) -> str:
    where = finding.on.partition(".")[2] or finding.on
    said = finding.text.rstrip(".").replace("`", "'")[:200]
    return f"Django's check {code(finding.id or 'without an id')} on {code(where)}: {said}"


# Migrations

OF_THE_DATABASE = frozenset({"IntegrityError", "OperationalError"})
AGREE, DISAGREE = "models.py and the migrations agree", "models.py and the migrations disagree"


def failing(error: ErrorReport | None) -> bool:
    """Whether a migration fails, or the old code after it: that says more than what the tables lack."""
    return error is not None and (bool(error.frames) or error.type in OF_THE_DATABASE)


def out_of_step(right: Schema, given: Schema) -> Iterator[str]:
    """What would still be written by makemigrations, and would not for the solution."""
    if right.pending is None:
        return
    if given.pending is None:
        yield "No migrations were run"
    for operation in Counter(given.pending or ()) - Counter(right.pending):
        yield f"{code('makemigrations')} would still write: {code(operation)}"


def in_database(right: Schema, given: Schema) -> Iterator[str]:
    """Tables that are not what Django takes them for: SQL can make them so, and so can operations on the state alone."""
    for name, facts in right.stored.items():
        wanted, found = Counter(facts), Counter(given.stored.get(name, ()))
        yield from (f"In the database, {code(name)} lacks {code(fact)}" for fact in wanted - found)
        yield from (f"In the database, {code(name)} has {code(fact)}, which was not asked for" for fact in found - wanted)


# Tables


def differences(exercise: Exercise, right: Schema, given: Schema) -> Iterator[str]:
    for label, table in right.tables.items():
        if label in given.tables:
            yield from of_table(exercise, table, given.tables[label])
        else:
            yield f"There is no model {code(label)}"
    for label in sorted(given.tables.keys() - right.tables.keys()):
        yield f"There is a model {code(label)}, which was not asked for"


def of_table(exercise: Exercise, right: Table, given: Table) -> Iterator[str]:
    also = exercise.extra.get("also", ())
    if right.proxy != given.proxy or right.parents != given.parents:
        yield f"{code(right.name)} does not inherit from the model that it should"
    for name, field in right.fields.items():
        if name in given.fields:
            yield from of_field(exercise, right.name, field, given.fields[name])
        else:
            yield f"{code(right.name)} has no field {code(name)}"
    for name in sorted(given.fields.keys() - right.fields.keys()):
        yield f"{code(right.name)} has a field {code(name)}, which was not asked for"
    yield from of_indexes(also, right, given)
    if "table" in also and right.table != given.table:
        yield f"The table of {code(right.name)} is called {code(given.table)}, expected {code(right.table)}"
    yield from of_options(right.name, only(right.options, also), only(given.options, also))


def only(options: Mapping[str, Encoded], names: Sequence[str]) -> dict[str, Encoded]:
    return {name: value for name, value in options.items() if name in names}


def of_field(exercise: Exercise, model: str, right: Field, given: Field) -> Iterator[str]:
    where = f"{model}.{right.name}"
    if right.type != given.type and given.type not in exercise.extra.get("types", {}).get(where, ()):
        yield f"{code(where)} is {a(code(given.type))}, expected {a(code(right.type))}"
        return
    left_out = () if "related_name" in exercise.extra.get("also", ()) else ("related_name",)
    kept = [{name: value for name, value in field.options.items() if name not in left_out} for field in (right, given)]
    yield from of_options(where, *kept)


def of_options(where: str, right: Mapping[str, Encoded], given: Mapping[str, Encoded]) -> Iterator[str]:
    """Options as they are written in a model: ``on_delete=CASCADE, expected PROTECT``."""
    for name in dict.fromkeys((*right, *given)):
        yardstick = Yardstick([right.get(name)])
        if name not in given and right[name] is True:
            yield f"{code(where)} is not {code(f'{name}=True')}"
        elif name not in given:
            yield f"{code(where)} has no {code(name)}, expected {code(show(right[name]))}"
        elif name not in right:
            yield f"{code(where)} has {code(f'{name}={show(given[name])}')}, which was not asked for"
        elif yardstick.form(right[name]) != yardstick.form(given[name]):
            yield f"{code(where)} is {code(f'{name}={show(given[name])}')}, expected {code(show(right[name]))}"


# Indexes and constraints


def of_indexes(also: Sequence[str], right: Table, given: Table) -> Iterator[str]:
    names = "names" in also
    wanted, found = bag(right.uniques, names=names), bag(given.uniques, names=names)
    yield from (not_unique(right.name, one) for one in wanted - found)
    yield from (f"{code(one.shown)} of {code(right.name)} is kept unique{called(one)}, and need not be" for one in found - wanted)
    wanted, found = bag(right.indexes, names=names), bag(given.indexes, names=names)
    yield from (f"{code(right.name)} has no index on {code(one.shown)}{called(one)}" for one in wanted - found)
    yield from (f"{code(right.name)} has an index on {code(one.shown)}{called(one)} too many" for one in found - wanted)
    yield from of_checks(right, given, names=names)


def bag(indexes: Sequence[Index], *, names: bool) -> Counter[Index]:
    """Names count only where they are asked for."""
    return Counter(one if names else replace(one, name="") for one in indexes)


def not_unique(model: str, one: Index) -> str:
    if len(one.on) == 1 and not one.where and one.on[0].isidentifier():
        return f"{code(f'{model}.{one.on[0]}')} is not unique{called(one)}"
    return f"Nothing keeps {code(one.shown)} of {code(model)} unique{called(one)}"


def called(one: Index) -> str:
    return f" under the name {code(one.name)}" if one.name else ""


def of_checks(right: Table, given: Table, *, names: bool) -> Iterator[str]:
    """What a check allows is for probes to find out: it can be written in many ways, in one constraint or in two."""
    wanted, found = ({field for check in table.checks for field in check.on} for table in (right, given))
    for field in sorted(wanted - found):
        yield f"No check constraint is about {code(f'{right.name}.{field}')}"
    for field in sorted(found - wanted):
        yield f"A check constraint is about {code(f'{right.name}.{field}')}, which was not asked for"
    if names:
        for name in sorted({check.name for check in right.checks} - {check.name for check in given.checks}):
            yield f"{code(right.name)} has no check constraint {code(name)}"
