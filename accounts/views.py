"""How staff sign in. Learners need no account; whoever signs in here leaves the guest of this browser behind, with its work."""

from typing import cast

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpResponse

from accounts.models import User

HOURS = 12
"""How long staff stay signed in. A guest has nothing but the cookie, so that lives for a year; a password is typed again."""


class StaffForm(AuthenticationForm):
    """Takes those who are staff. Others hear what a wrong password gives."""

    def confirm_login_allowed(self, user: object) -> None:
        super().confirm_login_allowed(cast("User", user))
        if not cast("User", user).is_staff:
            raise self.get_invalid_login_error()


class SignIn(LoginView):
    authentication_form = StaffForm
    template_name = "accounts/sign_in.html"
    http_method_names = ["get", "head", "post", "options"]

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Django empties a session that was somebody else's, so nothing of a guest's is in the new one."""
        response = super().form_valid(form)
        self.request.session.set_expiry(HOURS * 3600)
        return response


class SignOut(LogoutView):
    next_page = "/"
