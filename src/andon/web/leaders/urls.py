"""Addresses of the leaders' view and the silence report."""

from django.urls import path

from andon.web.leaders import views

app_name = "leaders"
urlpatterns = [
    path("", views.leaders, name="home"),
    path("silence/", views.silence, name="silence"),
]
