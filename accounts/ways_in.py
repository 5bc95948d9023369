"""django-allauth's addresses, below ``/accounts/``, under its own names: those that this site has a page for, and no other."""

from allauth.account import views
from allauth.socialaccount import views as social
from django.conf import settings
from django.urls import include, path, re_path

from accounts.views import LogIn, ResetPassword, members

urlpatterns = [
    path("login/", LogIn.as_view(), name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("signup/", views.signup, name="account_signup"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("password/change/", members(views.password_change), name="account_change_password"),
    path("password/set/", members(views.password_set), name="account_set_password"),
    path("password/reset/", ResetPassword.as_view(), name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]

if settings.SOCIALACCOUNT_PROVIDERS:
    urlpatterns += [
        path("", include("allauth.socialaccount.providers.github.urls")),
        path("github/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
        path("github/error/", social.login_error, name="socialaccount_login_error"),
        path("github/signup/", social.signup, name="socialaccount_signup"),
        path("github/", members(social.connections), name="socialaccount_connections"),
    ]
