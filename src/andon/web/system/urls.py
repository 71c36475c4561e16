"""Addresses of “Is it the system?”."""

from django.urls import path

from andon.web.system import views

app_name = "system"
urlpatterns = [
    path("system/", views.everything, name="list"),
    path("system/how/", views.how, name="how"),
    path("mechanisms/<slug:slug>/<slug:measure>/system/", views.of_measure, name="measure"),
]
