"""Wrong answers to models/first-querysets."""

from tests.diagnosis.answers.answer import Answer, lookup, one

ANSWERS = (
    Answer(
        "a misspelt field",
        "models/first-querysets#out-of-print",
        one("Book.objects.filter(in_prnit=False)"),
        "The field in_print is written in_prnit.",
        (("in_prnit",),),
    ),
    Answer(
        "a field as if it were a variable",
        "models/first-querysets#out-of-print",
        one("Book.objects.filter(not in_print)"),
        "in_print is used as a Python name; a condition is a keyword with a value.",
        (("in_print",), ("defined", "variable", "keyword", "no name", "not a name", "unknown name", "does not know")),
    ),
    Answer(
        "the wrong ones kept",
        "models/first-querysets#neither",
        one('Book.objects.exclude(format="ebook").filter(in_print=False)'),
        "It keeps the books that are out of print, which were to go.",
        (("out of print", "in_print", "exclude"),),
    ),
    Answer(
        "and between two QuerySets",
        "models/first-querysets#neither",
        one('Book.objects.exclude(format="ebook") and Book.objects.exclude(in_print=False)'),
        "Python's `and` gives its second operand, so the e-books are never taken away.",
        (("e-book", "ebook", "`and`", "<code>and</code>", "python's and"),),
    ),
    Answer(
        "the tie-breaker falls",
        "models/first-querysets#five-dearest",
        one('Book.objects.order_by("-price", "-title")[:5]'),
        "Equal prices go by title from Z to A, because of the minus sign before title.",
        (
            ("title",),
            ("direction", "z to a", "minus", "falling", "falls", "descending", "revers", "backward", "other way", "turned round"),
        ),
    ),
    Answer(
        "one row too many",
        "models/first-querysets#five-dearest",
        one('Book.objects.order_by("-price", "title")[:6]'),
        "The slice takes six books, and five were asked for.",
        (("five", "six", "slice", "[:5]", "[:6]", "one row too many", "1 row too many", "one more", "1 more"),),
    ),
    Answer(
        "two names in one text",
        "models/first-querysets#five-dearest",
        one('Book.objects.order_by("-price, title")[:5]'),
        "Both names stand in one text, which is no field's name.",
        (("price, title", "comma", "each name", "two names", "two fields"),),
    ),
    Answer(
        "first with a number",
        "models/first-querysets#five-dearest",
        one('Book.objects.order_by("-price", "title").first(5)'),
        "first() takes no number and gives one row; a slice takes five.",
        (("first",), ("argument", "slice", "one row", "takes no", "[:5]")),
    ),
    Answer(
        "a misspelt attribute",
        "models/first-querysets#one-price",
        one("""Book.objects.get(title="The Lamplighter's Ledger").prcie"""),
        "The attribute price is written prcie.",
        (("prcie",),),
    ),
    Answer(
        "the first that contains it",
        "models/first-querysets#one-price",
        one("""Book.objects.filter(title__contains="The Lamplighter's Ledger").order_by("price").first().price"""),
        "contains finds longer titles as well, and the first of them may be another book.",
        ((*lookup("contains"), "part of the title", "a part", "longer title", "other title", "several", "another book"),),
    ),
    Answer(
        "the recommended price",
        "models/first-querysets#one-price",
        one("""Book.objects.get(title="The Lamplighter's Ledger").list_price"""),
        "It gives list_price, and the price was asked for.",
        (("list_price", "list price", "recommend"),),
    ),
    Answer(
        "get with a lookup that several rows match",
        "models/first-querysets#one-price",
        one("""Book.objects.get(title__startswith="The Lamplighter's Ledger").price"""),
        "Several titles start like that, and get() wants exactly one row.",
        (("more than one", "several", "multipleobjects", "startswith", "exactly one", "it returned", "two or more"),),
    ),
    Answer(
        "exists without brackets",
        "models/first-querysets#any-audiobooks",
        one('Book.objects.filter(format="audiobook").exists'),
        "exists is not called: the brackets are missing.",
        (("parenthes", "bracket", "not called", "without calling", "never called", "call it", "a method", "a function"),),
    ),
    Answer(
        "the label of the format",
        "models/first-querysets#any-audiobooks",
        one('Book.objects.filter(format="Audiobook").exists()'),
        "The column holds audiobook, with a small a, so no row ever matches.",
        (
            (
                "capital",
                "label",
                "letter by letter",
                "stored",
                "lower case",
                "lowercase",
                "iexact",
                "no row match",
                "always",
                "never",
            ),
        ),
    ),
    Answer(
        "still a query too many",
        "models/first-querysets#one-query",
        one("""
            books = list(Book.objects.filter(in_print=False).order_by("title"))
            (Book.objects.filter(in_print=False).count(), books[0].title, books[-1].title)
        """),
        "The rows are there already, and count() asks the database again.",
        (("queries", "query"), ("one", "two", "1 ", "2 ", "more", "too many", "again")),
    ),
    Answer(
        "the titles turned round",
        "models/first-querysets#one-query",
        one("""
            books = list(Book.objects.filter(in_print=False).order_by("-title"))
            (len(books), books[0].title, books[-1].title)
        """),
        "The order falls, so the first and the last title have changed places.",
        (("minus", "direction", "z to a", "falling", "descending", "revers", "swapped", "other way", "turned round", "turns"),),
    ),
    Answer(
        "all books",
        "models/first-querysets#one-query",
        one("""
            books = list(Book.objects.order_by("title"))
            (len(books), books[0].title, books[-1].title)
        """),
        "The books that are in print were not left out.",
        (("in_print", "out of print", "in print", "filter"),),
    ),
)
