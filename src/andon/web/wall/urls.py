"""Addresses of the wall."""

from django.urls import path

from andon.web.wall import views

urlpatterns = [path("", views.wall, name="wall")]
