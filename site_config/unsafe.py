"""What comes with WOODSHED_UNSAFE_SANDBOX: nobody else is let in, and every page says what runs here."""

from collections.abc import Callable
from ipaddress import ip_address

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

from lessons import checking


class OnlyThisMachine:
    """Refuses whoever asks from another machine, on whatever address the server listens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if ip_address(request.META["REMOTE_ADDR"]).is_loopback:
            return self.get_response(request)
        return HttpResponseForbidden("This site runs code without a sandbox, so it answers its own machine only.\n", "text/plain")


def banner(request: HttpRequest) -> dict[str, bool]:
    """For the templates: ``unsafe_sandbox``, whether the sandbox that runs holds nothing."""
    return {"unsafe_sandbox": checking.sandbox_status().level == "unsafe"}
