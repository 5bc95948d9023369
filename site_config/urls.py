from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("lessons.urls")),
    path("staff/admin/", admin.site.urls),
    path("staff/", include("accounts.urls")),
]

handler400 = "lessons.views.errors.bad_request"
handler403 = "lessons.views.errors.forbidden"
handler404 = "lessons.views.errors.not_found"
handler500 = "lessons.views.errors.server_error"
