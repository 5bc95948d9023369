from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("accounts/", views.home, name="home"),
    path("accounts/export/", views.export, name="export"),
    path("accounts/delete/", views.delete, name="delete"),
    path("accounts/deleted/", views.deleted, name="deleted"),
    path("staff/login/", views.staff_login, name="staff-login"),
    path("staff/reset-link/", views.reset_link, name="reset-link"),
]
