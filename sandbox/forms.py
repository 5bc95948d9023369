"""How forms are rendered in a run: as Django does by default, by an engine that outlives a change of settings.

Django makes a new one whenever ``TEMPLATES`` changes, and would read the templates of its widgets again. A run cannot always open
them.
"""

from functools import cache
from typing import Any

from django.forms.renderers import DjangoTemplates


@cache
def engine() -> Any:
    return DjangoTemplates().engine


class Renderer(DjangoTemplates):
    @property
    def engine(self) -> Any:
        return engine()
