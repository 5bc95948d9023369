"""A wrong name is named, with what it was looked for on and what was probably meant."""

import pytest


@pytest.mark.parametrize(
    ("code", "type_", "name", "owner", "near"),
    [
        ("Book.objects.filter(titel='x')", "FieldError", "titel", "Book", "title"),
        ("Book.objects.filter(author__nmae='x')", "FieldError", "nmae", "Author", "name"),
        ("Author.objects.filter(books__titel='x')", "FieldError", "titel", "Book", "title"),
        ("Book.objects.filter(Q(titel='x') | Q(price=1))", "FieldError", "titel", "Book", "title"),
        ("Book.objects.filter(title__contians='x')", "FieldError", "contians", "CharField", "contains"),
        ("Book.objects.filter(price__grt=3)", "FieldError", "grt", "DecimalField", "gt"),
        ("Book.objects.filter(added__yaer=2020)", "FieldError", "yaer", "DateTimeField", "year"),
        ("Book.objects.order_by('-pricee')", "FieldError", "pricee", "Book", "price"),
        ("Book.objects.order_by('author__nam')", "FieldError", "nam", "Author", "name"),
        ("Book.objects.values('titl')", "FieldError", "titl", "Book", "title"),
        ("Book.objects.values_list('author__borne')", "FieldError", "borne", "Author", "born"),
        ("Book.objects.filter(price=F('prise'))", "FieldError", "prise", "Book", "price"),
        ("Book.objects.annotate(n=Count('autor'))", "FieldError", "autor", "Book", "author"),
        ("Book.objects.select_related('autor')", "FieldError", "autor", "Book", "author"),
        ("Author.objects.prefetch_related('boks')", "AttributeError", "boks", "Author", "books"),
        ("Book.objects.only('titl')", "FieldDoesNotExist", "titl", "Book", "title"),
        ("Book.objects.fitler(title='x')", "AttributeError", "fitler", "a manager of Book", "filter"),
        ("Book.objects.all().exlude(title='x')", "AttributeError", "exlude", "a QuerySet of Book", "exclude"),
        ("Book.objects.first().titel", "AttributeError", "titel", "a Book", "title"),
        ("Book.object.all()", "AttributeError", "object", "Book", "objects"),
        ("Bok.objects.all()", "NameError", "Bok", "", "Book"),
        ("prnt('x')", "NameError", "prnt", "", "print"),
        ("Book.objects.order_by(price)", "NameError", "price", "", ""),
        ("Book.objects.filter(lent=false)", "NameError", "false", "", "False"),
        ("Book.objects.filter(lent=none)", "NameError", "none", "", "None"),
        ("Book(titel='x')", "TypeError", "titel", "Book", "title"),
        ("from django.db.models import Cuont", "ImportError", "Cuont", "django.db.models", "Count"),
        ("import djnago", "ModuleNotFoundError", "djnago", "", ""),
        ("def f():\n    counter = 1\n    return countr\nf()", "NameError", "countr", "", "counter"),
    ],
)
def test_a_wrong_name_is_explained(look, code, type_, name, owner, near):
    error = look(code).error
    assert (error.type, error.name, error.owner) == (type_, name, owner)
    assert error.near[:1] == ((near,) if near else ())


def test_an_error_about_no_name_has_none(look):
    error = look("1 / 0").error
    assert (error.name, error.near, error.choices) == ("", (), ())


def test_a_syntax_error_has_its_column(look):
    error = look("Book.objects.filter(price = = 3)").error
    assert (error.type, error.line) == ("SyntaxError", 1)
    assert error.column > 20


def test_an_exception_that_lies_about_itself_is_still_a_report(look):
    code = "class Liar(Exception):\n    def __str__(self): raise ValueError\n    name = property(lambda self: 1 / 0)\nraise Liar"
    assert look(code).error.type == "Liar"
