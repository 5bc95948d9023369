"""Wrong answers to templates/variables-and-filters."""

from sandbox.protocol import File
from tests.diagnosis.answers.answer import Answer, one, word


def book(text: str) -> tuple[File, ...]:
    return one(text, "shop/templates/shop/book.html")


def results(text: str) -> tuple[File, ...]:
    return one(text, "shop/templates/shop/results.html")


ANSWERS = (
    Answer(
        "a misspelt attribute",
        "templates/variables-and-filters#title-and-price",
        book("""
            <h1>{{ book.tilte }}</h1>
            <p>{{ book.price }}</p>
        """),
        "title is written tilte, so the heading is empty.",
        (("tilte", "h1", "empty", "nothing in"),),
    ),
    Answer(
        "a brace too few",
        "templates/variables-and-filters#title-and-price",
        book("""
            <h1>{{ book.title }</h1>
            <p>{{ book.price }}</p>
        """),
        "The first hole is not closed: it ends with one brace.",
        (("brace", "}}", "curly", "not closed", "never closed"),),
    ),
    Answer(
        "another tag",
        "templates/variables-and-filters#title-and-price",
        book("""
            <h2>{{ book.title }}</h2>
            <p>{{ book.price }}</p>
        """),
        "The title stands in an h2, and an h1 was asked for.",
        (("h1", "h2"),),
    ),
    Answer(
        "underscores for a dot",
        "templates/variables-and-filters#author-and-format",
        book("""
            <p>{{ book.author__name }}</p>
            <p>{{ book.get_format_display }}</p>
        """),
        "Two underscores are for lookups; a template follows a relation by a dot.",
        (("author__name", "a dot", "author.name", "underscore", "author's name", "name of the author"),),
    ),
    Answer(
        "a misspelt method",
        "templates/variables-and-filters#author-and-format",
        book("""
            <p>{{ book.author.name }}</p>
            <p>{{ book.format_display }}</p>
        """),
        "The method is called get_format_display; format_display leads nowhere.",
        (("format_display", "format as people", "the format", "empty"),),
    ),
    Answer(
        "a space behind the colon",
        "templates/variables-and-filters#nothing",
        book("""
            <p>{{ book.subtitle|default: "No subtitle" }}</p>
            <p>{{ book.published|date:"j F Y"|default:"No date yet" }}</p>
        """),
        "There is a space between the colon and the filter's argument.",
        (("space", "colon", "argument"),),
    ),
    Answer(
        "an if without its end",
        "templates/variables-and-filters#nothing",
        book("""
            <p>{{ book.subtitle|default:"No subtitle" }}</p>
            <p>{% if book.published %}{{ book.published|date:"j F Y" }}{% else %}No date yet</p>
        """),
        "endif is missing.",
        (("endif", "unclosed", "never closed", "not closed", "never ended"),),
    ),
    Answer(
        "a zero before the day",
        "templates/variables-and-filters#nothing",
        book("""
            <p>{{ book.subtitle|default:"No subtitle" }}</p>
            <p>{{ book.published|date:"d F Y"|default:"No date yet" }}</p>
        """),
        "The letter d gives the day with two digits: 03 May 2015.",
        (("zero", "03", "two digits", "d f y", "j f y", *word("d", "j")),),
    ),
    Answer(
        "a filter that there is not",
        "templates/variables-and-filters#nothing",
        book("""
            <p>{{ book.subtitle|dfault:"No subtitle" }}</p>
            <p>{{ book.published|date:"j F Y"|default:"No date yet" }}</p>
        """),
        "The filter default is written dfault.",
        (("dfault",),),
    ),
    Answer(
        "Python's words for or",
        "templates/variables-and-filters#nothing",
        book("""
            <p>{{ book.subtitle or "No subtitle" }}</p>
            <p>{{ book.published|date:"j F Y"|default:"No date yet" }}</p>
        """),
        "A hole knows no or: the filter default does that.",
        (('or "no', "or 'no", "remainder", "parse", *word("or"), "python", "or &quot;"),),
    ),
    Answer(
        "count for length",
        "templates/variables-and-filters#results",
        results("""
            <p>{{ books.count }} book{{ books.count|pluralize }} for <b>{{ query }}</b></p>
        """),
        "A list's count wants an argument, so the number stays empty; length works for lists and QuerySets.",
        (("count", "length", "no number", "without a number", "number is missing", "the number", "how many"),),
    ),
    Answer(
        "another name than the context's",
        "templates/variables-and-filters#results",
        results("""
            <p>{{ book|length }} book{{ book|length|pluralize }} for <b>{{ query }}</b></p>
        """),
        "The context holds books, and the template asks for book.",
        ((*word("book", "books"), "0 book", "the context", "not there"),),
    ),
    Answer(
        "pluralize without a number",
        "templates/variables-and-filters#results",
        results("""
            <p>{{ books|length }} {{ "book"|pluralize }} for <b>{{ query }}</b></p>
        """),
        "pluralize is asked of the word book and not of the number, and gives an ending instead of the word.",
        (("pluralize", "the word", "ending", "4 s"),),
    ),
    Answer(
        "no escaping",
        "templates/variables-and-filters#results",
        results("""
            {% autoescape off %}
            <p>{{ books|length }} book{{ books|length|pluralize }} for <b>{{ query }}</b></p>
            {% endautoescape %}
        """),
        "Escaping is switched off, so what a reader types becomes part of the page.",
        (("escape", "escaping", "safe", "script", "harmless"),),
    ),
    Answer(
        "a with that is not ended",
        "templates/variables-and-filters#results",
        results("""
            {% with n=books|length %}
            <p>{{ n }} book{{ n|pluralize }} for <b>{{ query }}</b></p>
        """),
        "endwith is missing.",
        (("endwith", "unclosed", "never closed", "not closed", "never ended"),),
    ),
)
