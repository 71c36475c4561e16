"""Every address of Andon."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from andon.mail import webhooks

urlpatterns = [
    path("language/", login_not_required(set_language), name="set_language"),
    path("accounts/", include("allauth.urls")),
    path("api/", include("andon.api.urls")),
    path("mail/in/<str:secret>/<slug:provider>/", webhooks.arrive, name="mail_webhook"),
    path("", include("andon.web.urls")),
]

handler404 = "andon.web.errors.not_found"
handler403 = "andon.web.errors.forbidden"
handler500 = "andon.web.errors.failed"
