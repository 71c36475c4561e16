"""Addresses of the contact centre."""

from django.urls import path

from andon.web.centre import views

app_name = "centre"
urlpatterns = [
    path("contact-centre/", views.every, name="every"),
    path("contact-centre/<slug:key>/", views.one, name="one"),
]
