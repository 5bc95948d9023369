"""Django's public names, and which of them code mentions."""

import pytest

from lessons import names
from lessons.mentions import of_files, of_text
from sandbox.protocol import File

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


@pytest.mark.parametrize(("title", "examples"), SIZES.items(), ids=str)
def test_the_names_are_djangos_own(title, examples):
    group = next(group for group in names.groups() if group.title == title)
    taught, inner = examples
    assert taught in group.names
    assert inner not in group.names


def used(title: str, text: str, path: str = "answer.py") -> set[str]:
    group = next(group for group in names.groups() if group.title == title)
    return set(group.used_in(of_files([File(path, text)])))


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


def test_what_is_also_somebody_elses_counts_only_where_django_is_seen():
    text = "request.GET.get('q'); words.count(); request.path; cache.get('k'); sorted(books, key=len); template.render(context)"
    assert used("QuerySet methods", text) == set()
    assert used("URL functions", text) == set()
    assert used("Shortcuts", text) == set()
    assert used("Field lookups", text) == set()
    assert used("Cache", text) == {"get"}
    assert used("QuerySet methods", "Book.objects.get(pk=1); author.book_set.count(); books.filter(pk=1).update(pk=2)") == {
        *("count", "filter", "get", "update"),
    }


def test_options_are_those_of_fields():
    assert used("Field options", "models.CharField(max_length=3); Coalesce(x, default=1); json.dumps(x, default=str)") == {
        "max_length"
    }


def test_an_unfinished_text_is_read_as_far_as_it_goes():
    assert used("Template tags", "{% if x %}(", "answer.py") == {"if"}
    assert of_text("Book.objects.filter(") == of_text("")


NAMED = {
    "filter()": {"method-filter"},
    ".distinct()": {"distinct"},
    "get()": {"method-get"},
    "reverse()": set(),
    "order_by": {"order_by"},
    "update": set(),
    "gte": {"gte"},
    "__gte": {"gte"},
    "price__gte": {"gte"},
    "price__gte=5": {"gte"},
    "year": set(),
    "null=True": {"null"},
    "title=": set(),
    "title": set(),
    "ForeignKey": {"ForeignKey"},
    "models.ForeignKey": {"ForeignKey"},
    'F("price")': {"F"},
    "{% for %}": {"for"},
    "for": set(),
    "|lower": {"lower"},
    "{{ books|length }}": {"length"},
    "transaction.on_commit()": {"on_commit"},
    "request.path": set(),
    "Book.objects.filter(price__lt=3)": {"method-filter", "lt"},
    "__init__": set(),
    "": set(),
    "((": set(),
}


@pytest.mark.parametrize(("code", "addresses"), NAMED.items(), ids=list(NAMED))
def test_code_between_words_names_what_it_can_only_mean(code, addresses):
    assert {name.address for name in names.named(code)} == addresses
