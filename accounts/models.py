from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone

AGENT_LENGTH = 200


class User(AbstractUser):
    """Everyone who works here. A guest is a user without a password; signing up turns that same user into a full one."""

    is_guest = models.BooleanField(default=False, db_index=True)
    guest_key = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    """A hash of the CSRF secret that the guest's first action came with; NULL, and so not unique, for everybody else."""
    worked_at = models.DateTimeField(default=timezone.now, db_index=True)
    """When they last did something, to within a day."""


class LoginEventQuerySet(models.QuerySet["LoginEvent"]):
    def older_than(self, age: timedelta) -> "LoginEventQuerySet":
        return self.filter(time__lt=timezone.now() - age)


class LoginEvent(models.Model):
    """What happened to the way into an account, for staff to read. It goes with the account, and in any case after 90 days."""

    class What(models.TextChoices):
        SIGNED_UP = "signed up"
        LOGGED_IN = "logged in"
        FAILED = "failed to log in"
        LOGGED_OUT = "logged out"
        PASSWORD_CHANGED = "changed the password"  # noqa: S105
        LINK_MADE = "was made a reset link"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="login_events"
    )
    """Whose account it is; None where nobody goes by what was typed. That is not kept: it may be a password."""
    what = models.CharField(max_length=30, choices=What)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    """Who of the staff did it, where it was not the user."""
    address = models.GenericIPAddressField(null=True, blank=True)
    """None for what came from the command line."""
    agent = models.CharField(max_length=AGENT_LENGTH, blank=True)
    """What the browser calls itself, cut short."""
    time = models.DateTimeField(default=timezone.now, db_index=True)

    objects = LoginEventQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user_id} {self.what}"
