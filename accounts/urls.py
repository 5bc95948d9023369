from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("login/", views.SignIn.as_view(), name="sign-in"),
    path("logout/", views.SignOut.as_view(), name="sign-out"),
]
