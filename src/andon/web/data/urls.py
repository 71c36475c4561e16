"""Addresses of bringing data."""

from django.urls import path

from andon.web.data import bringing, doing, naming, samples, views

app_name = "data"
urlpatterns = [
    path("", views.brought, name="list"),
    path("bring/", bringing.bring, name="bring"),
    path("templates/<slug:name>.csv", samples.download, name="template"),
    path("<str:key>/", views.show, name="show"),
    path("<str:key>/columns/", naming.name_columns, name="map"),
    path("<str:key>/progress/", views.progress, name="progress"),
    path("<str:key>/refused.csv", views.refused, name="refused"),
    path("<str:key>/take-out/", doing.take_out, name="take_out"),
    path("<str:key>/try-again/", doing.try_again, name="try_again"),
]
