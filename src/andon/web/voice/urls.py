"""Addresses of the customer voice."""

from django.urls import path

from andon.web.voice import clusters, keeping, sorting, views

app_name = "voice"
urlpatterns = [
    path("", views.stream, name="list"),
    path("assign/", sorting.assign, name="assign"),
    path("undo/", sorting.undo, name="undo"),
    path("views/save/", keeping.save, name="save"),
    path("views/<int:pk>/forget/", keeping.forget, name="forget"),
    path("clusters/", clusters.index, name="clusters"),
    path("clusters/<int:pk>/", clusters.show, name="cluster"),
    path("<str:key>/", views.show, name="show"),
    path("<str:key>/assign/", sorting.assign_one, name="assign_one"),
]
