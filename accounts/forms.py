"""The forms at the doors: django-allauth's, in this site's words, and with the cursor where something has to be mended."""

from typing import Any

from allauth.account import forms as allauth
from allauth.socialaccount import forms as social
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from accounts.adapters import keep_logged_in
from accounts.models import User

RULES = "At least 8 characters. Not digits alone, and nothing that is easy to guess."
LONGEST_NAME = 254
DELETE = "delete"


class Plain(forms.BaseForm):
    """No placeholders, which go when somebody types; after a mistake the cursor is in the first field that holds one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def full_clean(self) -> None:
        super().full_clean()
        if self.errors and self.fields:
            first = next((name for name in self.fields if name in self.errors), next(iter(self.fields)))
            self.fields[first].widget.attrs["autofocus"] = True


class LogIn(Plain, allauth.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Email or username"
        self.fields["login"].widget.attrs |= {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
            "maxlength": str(LONGEST_NAME),
        }
        self.fields["password"].help_text = ""

    def user_credentials(self) -> dict[str, str]:
        """One name only: with both, a wrong password would be tried twice, and the time it takes say that there is an account."""
        login = self.cleaned_data["login"]
        return {"email" if "@" in login else "username": login, "password": self.cleaned_data["password"]}

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        response: HttpResponse = super().login(request, redirect_url)
        keep_logged_in(request)  # allauth has just said otherwise
        return response


class SignUp(Plain, allauth.SignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["spellcheck"] = "false"
        self.fields["password1"].help_text = RULES


class ChangePassword(Plain, allauth.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.fields["oldpassword"].label, self.fields["oldpassword"].help_text = "Your password now", ""
        self.fields["password1"].label, self.fields["password1"].help_text = "A new one", RULES


class SetPassword(Plain, allauth.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.fields["password1"].help_text = RULES


class NewPassword(Plain, allauth.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.fields["password1"].label, self.fields["password1"].help_text = "A new password", RULES


class ResetPassword(Plain, allauth.ResetPasswordForm):
    pass


class SocialSignUp(Plain, social.SignupForm):
    pass


class Disconnect(Plain, social.DisconnectForm):
    pass


class Delete(Plain, forms.Form):
    """Asks for the password once more; of those who have none it asks for a word."""

    password = forms.CharField(
        label="Your password", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    word = forms.CharField(
        label=f"Type “{DELETE}” to say that you mean it", widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        del self.fields["word" if user.has_usable_password() else "password"]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise ValidationError("This is not your password.")
        return password

    def clean_word(self) -> str:
        word: str = self.cleaned_data["word"]
        if word.strip().lower() != DELETE:
            raise ValidationError(f"Type {DELETE}, or leave this page: nothing has been deleted.")
        return word


class ResetLink(Plain, forms.Form):
    """For staff: whom they make a link for."""

    name = forms.CharField(
        label="Their email or username",
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
