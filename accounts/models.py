from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone


class User(AbstractUser):
    """Everyone who works here. A guest is a user without a password; signing up turns that same user into a full one."""

    is_guest = models.BooleanField(default=False, db_index=True)
    guest_key = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    """A hash of the CSRF secret that the guest's first action came with; NULL, and so not unique, for everybody else."""
    worked_at = models.DateTimeField(default=timezone.now, db_index=True)
    """When they last did something, to within a day."""
