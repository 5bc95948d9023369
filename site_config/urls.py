from django.urls import include, path

from site_config import themes

urlpatterns = [
    path("", include("lessons.urls")),
    path("staff/", include("accounts.urls")),
    path("theme/", themes.choose, name="theme"),
]

handler400 = "lessons.views.errors.bad_request"
handler403 = "lessons.views.errors.forbidden"
handler404 = "lessons.views.errors.not_found"
handler500 = "lessons.views.errors.server_error"
