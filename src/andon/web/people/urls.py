"""Addresses of people, teams and roles."""

from django.urls import path

from andon.web.people import roles, views

app_name = "people"
urlpatterns = [
    path("", views.everybody, name="list"),
    path("teams/", views.teams, name="teams"),
    path("teams/<slug:slug>/", views.team, name="team"),
    path("roles/", roles.granted, name="roles"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/grant/", roles.give, name="grant"),
    path("<int:pk>/withdraw/", roles.take, name="withdraw"),
]
