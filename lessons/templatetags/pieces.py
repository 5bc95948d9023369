"""``{% kept key name=value … %} … {% endkept %}``: a part of a page that is made once. See ``lessons.views.pieces``."""

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from lessons.views.pieces import CSRF, Piece, Placed, piece, shelf

register = template.Library()


@register.tag
def kept(parser: Parser, token: Token) -> "KeptNode":
    _, key, *values = token.split_contents()
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(token.lineno, parser.compile_filter(key), token_kwargs(values, parser), inside)


@register.simple_tag(takes_context=True)
def place(context: Context, piece: Piece) -> SafeString:
    """A piece that is there already."""
    placed: Placed = context["placed"]
    return mark_safe(placed.place(piece))  # noqa: S308  only a sign of it


class KeptNode(template.Node):
    """Several may share a key: each is told from the others by its template and line.

    Without a key (None), or on a page that has no place for pieces, it is rendered each time, and sees as little.
    """

    def __init__(self, line: int | None, key: FilterExpression, values: dict[str, FilterExpression], inside: NodeList) -> None:
        self.line, self.key, self.values, self.nodelist = line, key, values, inside

    def render(self, context: Context) -> str:
        placed: Placed | None = context.get("placed")
        key = self.key.resolve(context)
        if placed is None or key is None:
            return self._rendered(context, context.get("csrf_token"))
        key = self.origin.name, self.line, key
        found = shelf.get(key)
        if found is None:
            found = piece(self._rendered(context, CSRF))
            shelf.put(key, found)
        return placed.place(found)

    def _rendered(self, context: Context, token: Any) -> str:
        values = {name: value.resolve(context) for name, value in self.values.items()}
        return self.nodelist.render(context.new({**values, "csrf_token": token}))
