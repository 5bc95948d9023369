"""Right answers to exercises on templates."""

from sandbox.protocol import File
from tests.diagnosis.answers.answer import one
from tests.diagnosis.right.answer import Right


def html(text: str, name: str) -> tuple[File, ...]:
    return one(text, f"shop/templates/shop/{name}.html")


RIGHT = (
    Right(
        "templates/variables-and-filters#title-and-price",
        "a name for the book's title",
        html("{% with title=book.title %}<h1>{{ title }}</h1>{% endwith %}<p>{% firstof book.price %}</p>", "book"),
    ),
    Right(
        "templates/variables-and-filters#author-and-format",
        "with names of its own",
        html("{% with writer=book.author.name form=book.get_format_display %}<p>{{ writer }}<p>{{ form }}{% endwith %}", "book"),
    ),
    Right(
        "templates/variables-and-filters#nothing",
        "ifs for both",
        html(
            """
            <p>{% if book.subtitle == "" %}No subtitle{% else %}{{ book.subtitle }}{% endif %}</p>
            <p>{% if book.published is None %}No date yet{% else %}{{ book.published|date:"j F Y" }}{% endif %}</p>
            """,
            "book",
        ),
    ),
    Right(
        "templates/variables-and-filters#results",
        "both words for pluralize",
        html('<p>{{ books|length }} {{ books|pluralize:"book,books" }} for <b>{{ query|force_escape }}</b></p>', "results"),
    ),
    Right(
        "templates/variables-and-filters#results",
        "an if for one",
        html(
            "<p>{{ books|length }} {% if books|length == 1 %}book{% else %}books{% endif %} for <b>{{ query }}</b></p>",
            "results",
        ),
    ),
)
