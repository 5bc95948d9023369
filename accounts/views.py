"""The pages at the doors. django-allauth's views do the work; what is of this site is here."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from allauth.account import views as allauth
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts import own, reset_links
from accounts.forms import Delete, ResetLink
from accounts.models import User

type View = Callable[..., HttpResponseBase]

log = structlog.stdlib.get_logger("woodshed.accounts")

MINUTE, FIVE_MINUTES, TEN_MINUTES = 60, 300, 600
"""How long the limits in ``settings.ACCOUNT_RATE_LIMITS`` count, in seconds."""
KEPT = ("login", "email", "next")
"""What a form gave that may be in the address of the next one."""
STAFF_PAGE = "lessons:triage"


# Who may see what


def members(view: View) -> View:
    """A page of those who have an account. A guest is asked to log in, as a visitor is."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if isinstance(request.user, User) and not request.user.is_guest:
            return view(request, *args, **kwargs)
        return redirect_to_login(request.get_full_path())

    return answer


def acting(request: HttpRequest) -> User | None:
    """Whoever has something here, guests included; None for a visitor."""
    return request.user if isinstance(request.user, User) else None


# At the doors


class LogIn(allauth.LoginView):
    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "login": self.request.GET.get("login", "")}

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        if form.has_error("__all__", "too_many_login_attempts"):
            return _slowed(response, FIVE_MINUTES)
        return response


class ResetPassword(allauth.PasswordResetView):
    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "email": self.request.GET.get("email", "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "mail": settings.WOODSHED_MAIL}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = super().post if settings.WOODSHED_MAIL else self.get
        response: HttpResponseBase = answer(request, *args, **kwargs)
        return response

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except OSError:  # of which those of SMTP are some
            log.exception("mail not sent")
            form.add_error(None, "The mail could not be sent just now. Try again later, or ask whoever runs this site.")
            response = self.form_invalid(form)
            response.status_code = 503
            return response
        return _slowed(response, TEN_MINUTES) if response.status_code == 429 else response


def too_many(request: HttpRequest) -> HttpResponse:
    """The answer to more than ``settings.ACCOUNT_RATE_LIMITS`` allow, with what was typed, but for passwords."""
    return _slowed(render(request, "429.html", {"kept": kept(request)}), MINUTE)


def kept(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form at the doors sent, for its page to show again."""
    return [(name, request.POST[name]) for name in KEPT if request.POST.get(name)]


def _slowed(response: HttpResponse, seconds: int) -> HttpResponse:
    response.status_code = 429
    response.headers["Retry-After"] = str(seconds)
    return response


# Your account


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    user = acting(request)
    context = {"work": own.described(user) if user else []}
    return render(request, "account/home.html", context)


@never_cache
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """A file of everything that is stored of whoever asks."""
    user = acting(request)
    if user is None:
        return redirect("accounts:home")
    data = {"made": timezone.now(), **own.copy_of(user)}
    response = JsonResponse(data, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response.headers["Content-Disposition"] = 'attachment; filename="woodshed.json"'
    return response


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    user = acting(request)
    if user is None:
        return redirect("accounts:home")
    if request.method == "POST" and not ratelimit.consume(request, action="change_password"):
        return too_many(request)
    form = Delete(request.POST if request.method == "POST" else None, user=user)
    if not form.is_valid():
        return render(request, "account/delete.html", {"form": form})
    logout(request)
    own.delete(user)
    log.info("account deleted", account=user.pk)
    return redirect("accounts:deleted")


@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    return render(request, "account/deleted.html")


# For staff


@require_safe
def staff_login(request: HttpRequest) -> HttpResponse:
    """The old address. Staff log in as everybody else does."""
    after = request.GET.get("next") or reverse(STAFF_PAGE)
    return redirect(f"{reverse('account_login')}?{urlencode({'next': after})}")


@never_cache
@members
@require_http_methods(["GET", "HEAD", "POST"])
def reset_link(request: HttpRequest) -> HttpResponse:
    """A link for somebody who forgot their password. It is shown in the answer to this request, and nowhere again."""
    staff = acting(request)
    if staff is None or not staff.is_staff:
        raise Http404("for staff only")
    form = ResetLink(request.POST if request.method == "POST" else None)
    link = _link(request, form, staff) if form.is_valid() else ""
    return render(request, "account/reset_link.html", {"form": form, "link": link})


def _link(request: HttpRequest, form: ResetLink, staff: User) -> str:
    """Empty when there is none; the form then says why."""
    try:
        return request.build_absolute_uri(reset_links.make(form.cleaned_data["name"].strip(), by=staff, request=request))
    except reset_links.NoLink as problem:
        form.add_error("name", str(problem))
        return ""
