"""Which of Django's names the reference solutions practise."""

import pytest

from lessons.catalogue.load import load
from lessons.management import coverage
from sandbox.protocol import File
from tests.catalogue.sample import FILES, write

SIZES = {
    "QuerySet methods": ("select_related", "acount"),
    "Field lookups": ("icontains", "contained"),
    "Aggregates and expressions": ("Subquery", "GreaterThan"),
    "Database functions": ("Coalesce", "Func"),
    "Field types": ("ForeignKey", "NullBooleanField"),
    "Field options": ("on_delete", "self"),
    "Template tags": ("partialdef", "trans"),
    "Template filters": ("pluralize", "render"),
    "Shortcuts": ("get_object_or_404", "aget_object_or_404"),
    "URL functions": ("re_path", "clear_url_caches"),
    "Middleware": ("CsrfViewMiddleware", "MiddlewareMixin"),
    "Cache": ("get_or_set", "make_key"),
    "Transactions": ("on_commit", "get_connection"),
}


@pytest.mark.parametrize(("title", "names"), SIZES.items(), ids=str)
def test_the_names_are_djangos_own(title, names):
    group = next(group for group in coverage.groups() if group.title == title)
    taught, inner = names
    assert taught in group.names
    assert inner not in group.names


def used(title: str, text: str, path: str = "answer.py") -> set[str]:
    group = next(group for group in coverage.groups() if group.title == title)
    return set(group.names & set(group.used(coverage.words([File(path, text)]))))


def test_methods_lookups_and_expressions_are_read_off_code():
    text = "Book.objects.filter(price__gte=F('list_price'), title='x').annotate(n=Count('pk')).order_by(Lower('title'))"
    assert used("QuerySet methods", text) == {"filter", "annotate", "order_by"}
    assert used("Field lookups", text) == {"gte", "exact"}
    assert used("Aggregates and expressions", text) == {"F", "Count"}
    assert used("Database functions", text) == {"Lower"}


def test_models_and_settings_are_read_too():
    model = "class Book(models.Model):\n    author = models.ForeignKey('Author', on_delete=models.PROTECT)"
    assert used("Field types", model) == {"ForeignKey"}
    assert used("Field options", model) == {"on_delete"}
    assert used("Middleware", "MIDDLEWARE = ['django.middleware.gzip.GZipMiddleware']") == {"GZipMiddleware"}
    assert used("Transactions", "from django.db import transaction\nwith transaction.atomic(): pass") == {"atomic"}


def test_templates_are_read_for_tags_and_filters():
    text = "{% for one in books %}{{ one.title|lower|truncatewords:3 }}{% endfor %} a | b"
    assert used("Template tags", text, "list.html") == {"for"}
    assert used("Template filters", text, "list.html") == {"lower", "truncatewords"}


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
