from django.contrib import admin
from django.urls import include, path

from site_config import themes

urlpatterns = [
    path("", include("lessons.urls")),
    path("staff/admin/", admin.site.urls),
    path("", include("accounts.urls")),
    path("accounts/", include("accounts.ways_in")),
    path("theme/", themes.choose, name="theme"),
]

handler400 = "lessons.views.errors.bad_request"
handler403 = "lessons.views.errors.forbidden"
handler404 = "lessons.views.errors.not_found"
handler429 = "accounts.views.too_many"
handler500 = "lessons.views.errors.server_error"
