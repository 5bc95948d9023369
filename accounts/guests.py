"""Guests: nobody has to sign up to practise."""

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth import login
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from accounts.signals import guest_merged

KEY_LIFE = timedelta(seconds=60)
IDLE_LIFE = timedelta(days=90)
BACKEND = "django.contrib.auth.backends.ModelBackend"


def ensure_learner(request: HttpRequest) -> User:
    """The user who acts. The first action of an anonymous visitor makes a guest and signs it in; to be called in actions only."""
    if isinstance(request.user, User):
        return note_work(request.user)
    guest = guest_for(request.META.get("CSRF_COOKIE"))
    login(request, guest, backend=BACKEND)
    return guest


def guest_for(csrf_secret: str | None) -> User:
    """One guest for one CSRF secret, however many first actions arrive at once.

    Signing in changes the secret, so only requests that were already under way still carry the old one. After
    ``KEY_LIFE``, or once the guest has signed up, it opens nothing: an old cookie must not lead to somebody's work.
    """
    key = hashlib.sha256(csrf_secret.encode()).hexdigest() if csrf_secret else None
    since = timezone.now() - KEY_LIFE
    spent = Q(date_joined__lt=since) | Q(is_guest=False)
    User.objects.filter(spent, guest_key__isnull=False, guest_key=key).update(guest_key=None)
    try:
        with transaction.atomic():
            return _new_guest(key)
    except IntegrityError:
        return User.objects.get(guest_key=key, is_guest=True)


def _new_guest(key: str | None) -> User:
    guest = User(username=f"guest-{secrets.token_hex(8)}", is_guest=True, guest_key=key)
    guest.set_unusable_password()
    guest.save()
    return guest


def guest_of(request: HttpRequest) -> User | None:
    """The guest who is signed in, as the database has it now; None for visitors and full users."""
    if not isinstance(request.user, User) or not request.user.is_guest:
        return None
    return User.objects.filter(pk=request.user.pk, is_guest=True).first()


def made_full(guest: User) -> User:
    """The same user, to be saved as one who can come back from anywhere."""
    guest.is_guest, guest.guest_key = False, None
    return guest


def merge(guest: User, account: User) -> None:
    """Gives the account all that is the guest's, and deletes the guest. The second of two who ask at once does nothing."""
    with transaction.atomic():
        # Nobody can store anything new for a user whose row is locked.
        locked = User.objects.select_for_update().filter(pk=guest.pk, is_guest=True).exclude(pk=account.pk).first()
        if locked is None:
            return
        guest_merged.send(sender=User, guest=locked, account=account)
        User.objects.filter(pk=account.pk, worked_at__lt=locked.worked_at).update(worked_at=locked.worked_at)
        locked.delete()


def note_work(user: User) -> User:
    """Keeps ``worked_at`` true to within a day, so that most actions write nothing."""
    now = timezone.now()
    if now - user.worked_at > timedelta(days=1):
        User.objects.filter(pk=user.pk).update(worked_at=now)
    return user


def delete_stale(*, idle: timedelta = IDLE_LIFE) -> int:
    """Deletes the guests who have done nothing for so long, with their work; returns how many."""
    stale = User.objects.filter(is_guest=True, worked_at__lt=timezone.now() - idle)
    keys = list(stale.values_list("pk", flat=True))
    for start in range(0, len(keys), 500):
        # The filter is asked again: somebody may have come back in the meantime.
        stale.filter(pk__in=keys[start : start + 500]).delete()
    return len(keys)
