"""How many rows there are after each call of an answer."""

import pytest


@pytest.fixture
def counted(see):
    """``counted(code)``: each call with its rows."""

    def counted(code: str) -> list[tuple[str, int]]:
        return [(call["code"], call["rows"]) for call in see(code, "chain")["calls"]]

    return counted


def test_each_call_of_a_chain_has_its_rows(counted):
    assert counted("Author.objects.all().exclude(pk=1).order_by('name')[:2]") == [
        ("Author.objects", 6),
        (".all()", 6),
        (".exclude(pk=1)", 5),
        (".order_by('name')", 5),
        ("[:2]", 2),
    ]


def test_a_chain_in_several_statements_is_followed(counted):
    found = counted("authors = Author.objects.all()\nauthors = authors.exclude(pk=1)\nauthors = authors.exclude(pk=2)\nauthors")
    assert found[-1] == (".exclude(pk=2)", 4)


def test_a_chain_inside_of_something_else_is_found(counted):
    assert counted("sorted(author.name for author in Author.objects.filter(pk__lt=3))")[-1] == (".filter(pk__lt=3)", 2)


def test_a_chain_in_an_argument_is_not_mixed_in(counted):
    found = counted("Book.objects.filter(author__in=Author.objects.filter(pk=1))")
    assert [code for code, _ in found] == ["Book.objects", ".filter(author__in=Author.objects.filter(pk=1))"]


@pytest.mark.parametrize("code", ["1 + 1", "len('abc')", "def f():\n    return 1\nf()", "Author", ""])
def test_code_without_a_chain_has_none(counted, code):
    assert counted(code) == []


def test_an_error_is_the_learners_and_on_their_line(look):
    seen = look("Author.objects.all()\nAuthor.objects.filter(nmae='x')", "chain")
    assert (seen.outcome, seen.error.type, seen.error.line) == ("error", "FieldError", 2)


def test_a_part_that_never_ends_is_a_timeout(look):
    code = "class Endless(models.QuerySet):\n    def count(self):\n        while True: pass\nEndless(Author).all().filter(pk=1)"
    assert look(code, "chain", seconds=0.5).outcome == "timeout"


def test_more_calls_than_are_shown_are_shown_from_the_end(counted):
    found = counted("Author.objects" + ".all()" * 40 + ".filter(pk=1)")
    assert len(found) == 30
    assert found[-1] == (".filter(pk=1)", 1)
