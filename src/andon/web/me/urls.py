"""Addresses of what is one's own."""

from django.urls import path

from andon.web.me import views

app_name = "me"
urlpatterns = [path("estimates/", views.estimates, name="estimates")]
