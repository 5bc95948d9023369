"""Links to choose a new password with, for staff to hand out where the site sends no mail."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from accounts import events
from accounts.models import LoginEvent, User


class NoLink(Exception):
    """Why there is none, in words for whoever asked."""


def make(name: str, *, by: User | None, request: HttpRequest | None = None) -> str:
    """The path of a link for the account with this email or username. It works once, until the next login and for a day at most.

    ``by`` is who of the staff asks, None on the command line. Raises NoLink.
    """
    account = _account(name)
    if by and account.is_staff and not by.is_superuser:
        raise NoLink("That account is staff. Only a superuser can make a link for it.")
    key = default_token_generator.make_token(account)
    events.note(LoginEvent.What.LINK_MADE, account, request, by=by)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(account), key])


def _account(name: str) -> User:
    found = User.objects.filter(Q(email__iexact=name) | Q(username__iexact=name), is_guest=False)[:2]
    match list(found):
        case []:
            raise NoLink("There is no account with this email or username.")
        case [account] if account.is_active:
            return account
        case [_]:
            raise NoLink("That account is switched off.")
        case _:
            raise NoLink("Two accounts go by that. Give the username.")
