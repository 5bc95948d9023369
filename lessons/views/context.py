from typing import Any

from django.http import HttpRequest


def course(request: HttpRequest) -> dict[str, Any]:
    return {}
