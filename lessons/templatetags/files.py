"""The text of a file by what its path says it is."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from lessons.templatetags.woodshed import highlighted

register = template.Library()


@register.filter
def coloured(text: str, path: str) -> SafeString:
    """Python in colour, anything else as it is: what highlights HTML takes very long over some that a learner could write."""
    return highlighted(text, "python") if path.endswith(".py") else escape(text)


@register.filter
def language(path: str) -> str:
    """What the editor takes the file's text for (``data-editor``)."""
    return "python" if path.endswith(".py") else "django"
