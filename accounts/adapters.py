"""How django-allauth and guests go together. By itself it would take a guest for somebody who has logged in already."""

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse

from accounts import guests
from accounts.models import User

STAFF_HOURS = 12
"""How long staff stay logged in; everybody else for as long as a guest would."""
MISMATCH = "The email or username and the password do not belong together. The password minds capital letters."


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": MISMATCH,
        "username_password_mismatch": MISMATCH,
        "email_taken": "There is an account with this email already. Log in to it: what you did here is added to it.",
        "too_many_login_attempts": "Too many tries for this account. Wait five minutes, then try again.",
        "enter_current_password": "This is not your password now.",
    }

    def new_user(self, request: HttpRequest) -> User:
        """Who signs up as a guest stays the same user, with all of their work."""
        return guests.guest_of(request) or User()

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        with transaction.atomic():
            if user.pk and not User.objects.select_for_update().filter(pk=user.pk, is_guest=True).exists():
                # The button was pressed twice, and the other request was quicker.
                raise ImmediateHttpResponse(redirect("account_login"))
            return cast("User", super().save_user(request, guests.made_full(user), form, commit=commit))

    def login(self, request: HttpRequest, user: User) -> None:
        """Takes a guest's work over while it is still known who that is: Django's own login empties the session."""
        if guest := guests.guest_of(request):
            guests.merge(guest, user)
        super().login(request, user)
        keep_logged_in(request)

    def logout(self, request: HttpRequest) -> None:
        """A guest has nothing but its session to come back with, so that never ends here; the next login takes its work over."""
        if guests.guest_of(request) is None:
            super().logout(request)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:home") if guests.guest_of(request) else cast("str", super().get_logout_redirect_url(request))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return f"{reverse('accounts:home')}?password=changed"

    def add_message(self, *_: Any, **__: Any) -> None:
        """Pages here say by themselves what happened."""


class SocialAdapter(DefaultSocialAccountAdapter):
    def new_user(self, request: HttpRequest, sociallogin: SocialLogin) -> User:
        """Whom the other site tells of; it is not known yet whether there is an account."""
        return User()

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Of the emails there, takes the first one and only if it is the person's. A guest has no account that another can be
        connected to."""
        if not sociallogin.is_existing:
            sociallogin.email_addresses = [one for one in sociallogin.email_addresses if one.primary and one.verified][:1]
            sociallogin.user.email = next((one.email for one in sociallogin.email_addresses), "")
        if guests.guest_of(request) and sociallogin.state.get("process") == AuthProcess.CONNECT:
            sociallogin.state["process"] = AuthProcess.LOGIN

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: BaseForm | None = None) -> User:
        suggested = cast("User", sociallogin.user)
        if form:  # which was shown because the email cannot be used
            sociallogin.email_addresses = []
        with transaction.atomic():
            if guest := guests.guest_of(request):
                guest.username, guest.email = suggested.username, suggested.email
                guest.first_name, guest.last_name = suggested.first_name, suggested.last_name
                sociallogin.user = guests.made_full(guest)
            return cast("User", super().save_user(request, sociallogin, form))


def keep_logged_in(request: HttpRequest) -> None:
    """Says for how long. To be called once somebody has logged in."""
    staff = isinstance(request.user, User) and request.user.is_staff
    request.session.set_expiry(STAFF_HOURS * 3600 if staff else None)
