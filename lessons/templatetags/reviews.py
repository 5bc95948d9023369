"""The day on which something comes back, in words."""

from datetime import date

from django import template
from django.utils import timezone
from django.utils.dateformat import format as formatted

register = template.Library()


@register.filter
def on_day(day: date) -> str:
    """ "on Tuesday" within a week, else "on 3 March" """
    days = (day - timezone.now().date()).days
    return f"on {formatted(day, 'l' if 0 < days < 7 else 'j F')}"
