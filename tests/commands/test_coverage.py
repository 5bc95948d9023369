"""Which of Django's names the reference solutions practise."""

from lessons.catalogue.load import load
from lessons.management import coverage
from tests.catalogue.sample import FILES, write


def test_the_command_says_what_is_not_practised_yet(command, course):
    said = command("check_content", "--content", str(course), "--coverage")
    assert said.code == 0
    assert said.text.startswith("QuerySet methods: ")
    assert "Transactions: 0 of " in said.text
    assert (
        "aggregate"
        in command("check_content", "--content", str(course), "--coverage", "--json").data["QuerySet methods"]["missing"]
    )


def test_only_graded_exercises_count(tmp_path):
    course = load(write(tmp_path, FILES))
    practised, missing = coverage.practised(course)["QuerySet methods"]
    assert {"select_related", "order_by", "filter"} <= practised
    assert "aggregate" in missing
    first = next(iter(coverage.report(course)))
    assert first.startswith(f"QuerySet methods: {len(practised)} of {len(practised) + len(missing)}. Not yet: aggregate, ")
