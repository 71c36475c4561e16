"""Addresses of principles. Verbs begin with "+", which no short name can hold."""

from django.urls import path

from andon.web.principles import edits, views

app_name = "principles"
urlpatterns = [
    path("", views.every, name="list"),
    path("+new/", edits.new, name="new"),
    path("<slug:slug>/", views.show, name="show"),
    path("<slug:slug>/+edit/", edits.change, name="change"),
    path("<slug:slug>/+retire/", edits.retire, name="retire"),
    path("<slug:slug>/+bring-back/", edits.bring_back, name="bring_back"),
    path("<slug:slug>/+behaviour/", edits.new_behaviour, name="new_behaviour"),
    path("behaviours/<int:pk>/+edit/", edits.change_behaviour, name="change_behaviour"),
    path("behaviours/<int:pk>/+retire/", edits.retire_behaviour, name="retire_behaviour"),
]
