"""Staff's lists of the people, and what every list of what people did has in common."""

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.contrib.admin.options import ShowFacets
from django.contrib.auth.admin import UserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import LoginEvent, User

ROWS = 50
"""On one page of a list: an action on all of them is a form with fewer fields than a form may have."""


if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    Accounts = UserAdmin[User]
else:
    ModelAdmin, Accounts = admin.ModelAdmin, UserAdmin


class ReadOnly(ModelAdmin):
    """What people did is looked at and not rewritten. It goes when its user does."""

    list_per_page = ROWS
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    unlisted: tuple[str, ...] = ()
    """Fields that are long, and not read for a list."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found: QuerySet[Any] = super().get_queryset(request)
        match = request.resolver_match
        return found.defer(*self.unlisted) if match and (match.url_name or "").endswith("_changelist") else found

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(User)
class PeopleAdmin(Accounts):
    """Who may do what is for superusers to say; nobody else changes or deletes one of them."""

    list_display = ("username", "email", "is_guest", "is_staff", "is_active", "worked_at")
    list_filter = ("is_guest", "is_staff", "is_superuser", "is_active")
    search_fields = ("username", "email")
    ordering = ("-worked_at", "-pk")
    list_per_page = ROWS
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    powers = ("is_staff", "is_superuser", "groups", "user_permissions")
    fieldsets = (
        (None, {"fields": ("username", "email", "sign_in", "is_guest", "is_active")}),
        ("May", {"fields": powers}),
        ("When", {"fields": ("worked_at", "last_login", "date_joined")}),
    )

    @admin.display(description="password")
    def sign_in(self, user: User) -> SafeString:
        """Whether there is a password, and nothing of it."""
        words = "Set" if user.has_usable_password() else "None"
        address = reverse("admin:auth_user_password_change", args=[user.pk])
        return format_html('{}. <a href="{}">Set a new one</a>', words, address)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        always = ("sign_in", "is_guest", "worked_at", "last_login", "date_joined")
        return always if _superuser(request) else (*always, *self.powers)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """What is a user's goes with the user: that needs no permission of its own, and is listed before it happens."""
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, needed & {str(self.opts.verbose_name)}, protected


@admin.register(LoginEvent)
class LoginEventAdmin(ReadOnly):
    list_display = ("time", "user", "what", "address", "by")
    list_select_related = ("user", "by")
    list_filter = ("what", "time")
    search_fields = ("user__username", "user__email", "address")
    ordering = ("-pk",)


# allauth's own. Who changes a row there may leave an account that cannot be logged in to.
admin.site.unregister([EmailAddress, SocialApp, SocialAccount, SocialToken])


def _superuser(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_superuser


def _may_touch(request: HttpRequest, user: User | None) -> bool:
    return user is None or not user.is_superuser or _superuser(request)
