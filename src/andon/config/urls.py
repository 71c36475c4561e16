"""Every address of Andon."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("api/", include("andon.api.urls")),
    path("", include("andon.web.urls")),
]

handler404 = "andon.web.errors.not_found"
handler403 = "andon.web.errors.forbidden"
handler500 = "andon.web.errors.failed"
