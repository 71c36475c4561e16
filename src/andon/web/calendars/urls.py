"""Addresses of a team's working hours."""

from django.urls import path

from andon.web.calendars import views

app_name = "hours"
urlpatterns = [
    path("", views.teams, name="list"),
    path("<slug:slug>/", views.hours, name="show"),
    path("<slug:slug>/end/", views.end, name="end"),
]
